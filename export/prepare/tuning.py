"""How sharp a note sounds, by its periodicity: what autocorrelation pitch estimators such as YIN read.

The autocorrelation is a sum of cosines weighted by the power of the partials, so its maximum near the period
weighs strong and high partials more; inharmonic piano strings get the pitch that the estimators give them.
"""

from __future__ import annotations

import numpy as np
import scipy.fft

from rt.arrays import F64, AnyArray
from rt.units import hz_of_note

SEARCH_CENTS = 80.0
RELIABLE_CORRELATION = 0.5
MAX_CORRECTION_CENTS = 60.0
N_STRING_PARTIALS = 24


def period_offset_cents(frequencies_hz: AnyArray, powers: AnyArray, note: int) -> tuple[float, float]:
    """Offset of the period of a sum of partials from that of a MIDI note.

    frequencies_hz, powers : (n_partials,).
    Returns the offset in cents, positive when sharp, and the correlation there (1 is perfectly periodic).
    """
    grid: F64 = np.arange(-SEARCH_CENTS, SEARCH_CENTS + 0.5, 1.0)
    total = float(np.sum(powers))
    if total <= 0.0:
        return 0.0, 0.0
    period_s = 2.0 ** (-grid / 1200.0) / hz_of_note(note)
    correlation = np.cos(2.0 * np.pi * np.outer(period_s, frequencies_hz)) @ powers / total
    best = int(np.argmax(correlation))
    if best in (0, len(grid) - 1):
        return float(grid[best]), 0.0
    left, middle, right = correlation[best - 1 : best + 2]
    bend = left - 2.0 * middle + right
    return float(grid[best] + (0.5 * (left - right) / bend if bend else 0.0)), float(middle)


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
    windowed = samples * np.hanning(len(samples))[:, None]
    spectrum = np.sum(np.abs(scipy.fft.rfft(windowed, axis=0)) ** 2, axis=1)
    frequencies = np.arange(len(spectrum)) * rate_hz / len(samples)
    audible = (frequencies > 0.6 * hz_of_note(note)) & (frequencies < 6000.0) & (spectrum > 1e-5 * spectrum.max())
    return period_offset_cents(frequencies[audible], spectrum[audible], note)


def correction_cents(offset_cents: float, correlation: float) -> float:
    """What to retune by: nothing when the estimate is unreliable or larger than a mistuned sample can be."""
    if correlation < RELIABLE_CORRELATION or abs(offset_cents) > MAX_CORRECTION_CENTS:
        return 0.0
    return offset_cents
