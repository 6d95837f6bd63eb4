"""How sharp a note sounds, by its periodicity: what autocorrelation pitch estimators such as YIN read.

The autocorrelation is a sum of cosines weighted by the power of the partials, so its maximum near the period
weighs strong and high partials more; inharmonic piano strings get the pitch that the estimators give them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.fft

from rt.arrays import F64, AnyArray
from rt.units import hz_of_note, name_of_note

SEARCH_CENTS = 80.0
RELIABLE_CORRELATION = 0.5
MAX_CORRECTION_CENTS = 60.0
"""A synthesised note is never further off."""
MAX_RECORDED_CENTS = 110.0
"""A recorded one may be: some players' A is 70 cents from 440 Hz."""
N_STRING_PARTIALS = 24


OTHER_NOTES = 26
"""Semitones to both sides among which a wrong label is looked for."""
OTHER_STEP_CENTS = 8.0
OTHER_PARTIALS = 12
"""Partials above the label's fundamental that take part: more would need a finer step."""
OTHER_BINS = 600
CLEARLY_BETTER = 0.35
"""Least difference of correlations by which another note must win, and how periodic it must be."""
CLEARLY_PERIODIC = 0.8
HIGHER_NOTE = 0.985
"""Correlation at a half or third of the period above which nothing is heard of the labelled fundamental."""
HIGHER_NOTE_OUT_OF_TUNE = 0.95
"""The same where the label would be far out of tune besides."""


class Tuning(NamedTuple):
    """How a recording agrees with its label."""

    correction_cents: float
    """How sharp it is, as far as it shall be retuned."""
    mislabelled: str | None
    """What it sounds like instead."""


def tuning_of(samples: AnyArray, rate_hz: int, note: int, *, recorded: bool) -> Tuning:
    """Compare a recorded note with its label.

    samples : (n_samples, n_channels) the part to measure. recorded : False for synthesised notes, whose label is true.
    """
    partials = audible_partials(samples, rate_hz, note)
    if not recorded:
        return Tuning(correction_cents(*period_offset_cents(*partials, note)), None)
    other = other_note(*partials, note)
    if other is not None:
        return Tuning(0.0, f"sounds like {name_of_note(other)} (MIDI {other})")
    offset, correlation = period_offset_cents(*partials, note, search_cents=2.0 * MAX_RECORDED_CENTS)
    if abs(offset) > MAX_RECORDED_CENTS and correlation > RELIABLE_CORRELATION:
        return Tuning(0.0, f"sounds more than {MAX_RECORDED_CENTS:.0f} cents {'sharp' if offset > 0.0 else 'flat'}")
    return Tuning(correction_cents(offset, correlation, limit_cents=MAX_RECORDED_CENTS), None)


def other_note(frequencies_hz: AnyArray, powers: AnyArray, note: int) -> int | None:
    """The note whose period fits the partials clearly better than that of the label; None when the label is right.

    Every multiple of a period fits as well as the period, so a lower note must win clearly, and a higher one is
    taken when the partials between its own are missing.
    """
    chosen = np.flatnonzero(frequencies_hz < OTHER_PARTIALS * hz_of_note(note))
    chosen = chosen[np.argsort(powers[chosen])[-OTHER_BINS:]]
    total = float(np.sum(powers[chosen]))
    if total <= 0.0:
        return None
    grid = np.arange(-100.0 * OTHER_NOTES, 100.0 * OTHER_NOTES + 1.0, OTHER_STEP_CENTS)
    period_s = 2.0 ** (-grid / 1200.0) / hz_of_note(note)
    phase = np.outer(period_s, 2.0 * np.pi * frequencies_hz[chosen]).astype(np.float32)
    correlation = _weighted(np.cos(phase), (powers[chosen] / total).astype(np.float32))
    near = np.abs(grid) <= MAX_RECORDED_CENTS + 20.0
    own = float(correlation[near].max())
    off_cents = abs(float(grid[near][np.argmax(correlation[near])]))
    surely = HIGHER_NOTE if off_cents <= MAX_CORRECTION_CENTS else HIGHER_NOTE_OUT_OF_TUNE
    for semitones in (24, 19, 12):
        place = np.abs(grid - 100.0 * semitones) <= MAX_RECORDED_CENTS
        if own > surely and correlation[place].max() > surely:
            return note + semitones
    best = int(np.argmax(np.where(near, -1.0, correlation)))
    if correlation[best] > CLEARLY_PERIODIC and correlation[best] > own + CLEARLY_BETTER:
        return note + round(float(grid[best]) / 100.0)
    return None


def period_offset_cents(
    frequencies_hz: AnyArray, powers: AnyArray, note: int, *, search_cents: float = SEARCH_CENTS
) -> tuple[float, float]:
    """Offset of the period of a sum of partials from that of a MIDI note.

    frequencies_hz, powers : (n_partials,). search_cents : how far to look to both sides.
    Returns the offset in cents, positive when sharp, and the correlation there (1 is perfectly periodic).
    """
    grid: F64 = np.arange(-search_cents, search_cents + 0.5, 1.0)
    total = float(np.sum(powers))
    if total <= 0.0:
        return 0.0, 0.0
    period_s = 2.0 ** (-grid / 1200.0) / hz_of_note(note)
    correlation = _weighted(np.cos(2.0 * np.pi * np.outer(period_s, frequencies_hz)), powers) / total
    best = int(np.argmax(correlation))
    if best in (0, len(grid) - 1):
        return float(grid[best]), 0.0
    left, middle, right = correlation[best - 1 : best + 2]
    bend = left - 2.0 * middle + right
    return float(grid[best] + (0.5 * (left - right) / bend if bend else 0.0)), float(middle)


def _weighted(waves: AnyArray, powers: AnyArray) -> AnyArray:
    """Sum over the partials, whose order must not depend on how many threads there are: (n, n_partials) -> (n,)."""
    return np.asarray(np.einsum("gp,p->g", waves, powers))


def string_offset_cents(frequencies_hz: AnyArray, powers: AnyArray, note: int) -> float:
    """Offset of the fundamental of a stiff string from a MIDI note, in cents.

    The partials of a string lie at k f sqrt(1 + B k^2); f and B are those that meet the most partials.

    frequencies_hz, powers : (n_partials,).
    """
    loudest = np.argsort(powers)[-N_STRING_PARTIALS:]
    heard_cents = 1200.0 * np.log2(np.maximum(frequencies_hz[loudest], 1.0) / hz_of_note(note))
    weight = powers[loudest] ** 0.25
    k = np.arange(1, N_STRING_PARTIALS + 1)
    grid = np.arange(-40.0, 40.5, 1.0)
    best, found = -1.0, 0.0
    for stiffness in (0.0, *np.geomspace(2e-5, 2e-3, 20)):
        place_cents = 1200.0 * np.log2(k * np.sqrt(1.0 + stiffness * k**2))
        gap = heard_cents[None, :] - place_cents[:, None]
        met = np.exp(-0.5 * ((gap[..., None] - grid) / 8.0) ** 2)
        score = np.einsum("i,kig->g", weight, met)
        if score.max() > best:
            best, found = float(score.max()), float(grid[np.argmax(score)])
    return found


def note_offset_cents(samples: AnyArray, rate_hz: int, note: int) -> tuple[float, float]:
    """Offset of a recorded note from its label, and how sure that is (0..1).

    samples : (n_samples, n_channels) the part to measure, best half a second or more.
    """
    return period_offset_cents(*audible_partials(samples, rate_hz, note), note)


def audible_partials(samples: AnyArray, rate_hz: int, note: int) -> tuple[F64, F64]:
    """Frequencies in Hz and powers of the bins of a spectrum, (n_bins,), that tell the period of a note."""
    size = scipy.fft.next_fast_len(len(samples), real=True)
    windowed = samples.T * np.hanning(len(samples)).astype(np.float32)
    spectrum: F64 = np.sum(np.abs(scipy.fft.rfft(windowed, size)) ** 2, axis=0, dtype=np.float64)
    frequencies = np.arange(len(spectrum)) * rate_hz / size
    audible = (frequencies > 0.6 * hz_of_note(note)) & (frequencies < 6000.0) & (spectrum > 1e-5 * spectrum.max())
    return frequencies[audible], spectrum[audible]


def loudest_peaks(frequencies_hz: AnyArray, powers: AnyArray) -> tuple[AnyArray, AnyArray]:
    """The loudest peaks among the bins of a spectrum, as many as a string's partials that are looked for."""
    peak = np.flatnonzero((powers[1:-1] > powers[:-2]) & (powers[1:-1] >= powers[2:])) + 1
    peak = peak[np.argsort(powers[peak])[-N_STRING_PARTIALS:]]
    return frequencies_hz[peak], powers[peak]


def correction_cents(offset_cents: float, correlation: float, *, limit_cents: float = MAX_CORRECTION_CENTS) -> float:
    """What to retune by: nothing when the estimate is unreliable or larger than a mistuned sample can be."""
    if correlation < RELIABLE_CORRELATION or abs(offset_cents) > limit_cents:
        return 0.0
    return offset_cents
