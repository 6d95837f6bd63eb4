"""The pitch of a labelled note hop by hop, and how far its partials are stretched.

The label says where to look. The note is warped by what is known of its pitch so far; what the partials' phases still
advance is the error, which is added, until nothing is left.
"""

from __future__ import annotations

import numpy as np
import scipy.ndimage
import scipy.signal

from export.alive.lines import Lines
from export.alive.parts import highest_hz, partial_places, partials_below
from export.alive.warp import Warp, frames_at
from rt.arrays import F64, AnyArray
from rt.units import hz_of_note

SEARCH_CENTS = 80.0
BLUR_CENTS = 60.0
"""Either way; a vibrato is strongest at its turning points, its pitch lies between them."""
LINES_S, LINES_PERIODS, FIRST_S = 0.0464, 4.0, 0.0116
"""Windows of partials: at least so long, and so many periods; those of the first look are shorter."""
LONG_S, LONG_PERIODS = 0.37, 12.0
"""Windows in which the stretch of the partials is read."""
ROUNDS = ((2, 1.0), (3, 1.0), (8, 1.0), (16, 2.0), (30, 1.0), (30, 2.0), (30, 1.0))
"""How many partials each round listens to, and by how much of the error it goes: quick movements, which the windows
show halved, need twice."""
SMOOTH_S = 0.04
MOST_INHARMONIC = 0.03
_TONE_DB = 12.0
"""A partial counts for the stretch where it stands so far above its surroundings."""


def lines_samples(rate_hz: float, fundamental_hz: float, *, at_least_s: float = LINES_S) -> int:
    """Length of the windows in which partials are measured, even."""
    return 2 * int(np.ceil(0.5 * rate_hz * max(at_least_s, LINES_PERIODS / fundamental_hz)))


def track(sound: AnyArray, rate_hz: int, note: float, hop_samples: int) -> tuple[F64, float]:
    """Fundamental (n_hops,) in Hz, and inharmonicity B of a note whose label is right."""
    n_hops = len(sound) // hop_samples + 1
    start = tuning_hz(sound, rate_hz, note)
    hz, stretch = np.full(n_hops, start), 0.0
    n_smooth = SMOOTH_S * rate_hz / hop_samples
    for turn, (n_heard, gain) in enumerate(ROUNDS):
        warp = Warp(sound, hz, hop_samples)
        if turn >= 2:
            tuned, stretch = stretched(warp.sound, warp.centres, rate_hz, warp.reference_hz)
            if tuned != warp.reference_hz:
                hz = hz * (tuned / warp.reference_hz)
                warp = Warp(sound, hz, hop_samples)
        reference = warp.reference_hz
        n_known = min(n_heard, max(1, partials_below(highest_hz(rate_hz), reference, stretch)))
        places = partial_places(n_known, stretch)
        window_s = FIRST_S if turn == 0 else LINES_S
        lines = Lines(places * reference, rate_hz, lines_samples(rate_hz, reference, at_least_s=window_s))
        off_hz, weight = lines.drift_hz(warp.sound, warp.centres)
        top = smoothed(weight @ places**2, n_smooth)
        error = smoothed((weight * off_hz) @ places, n_smooth) / (top + 1e-6 * top.max() + 1e-30)
        hz = np.clip(hz + gain * error * warp.speed, start * 2 ** (-1 / 6), start * 2 ** (1 / 6))
    return hz, stretch


def smoothed(values: AnyArray, n_hops: float) -> F64:
    """Values (n_hops, ...) averaged by a Hann window over so many hops; nothing comes from outside of the note."""
    kernel = np.hanning(2 * max(1, round(0.5 * n_hops)) + 3)[1:-1]
    return np.asarray(scipy.ndimage.convolve1d(values, kernel / kernel.sum(), axis=0, mode="constant"), np.float64)


def long_spectrum(sound: AnyArray, centres: AnyArray, rate_hz: float, seconds: float) -> tuple[F64, F64]:
    """Mean power (n_bins,) of a note's loud windows, drawn four times finer than they resolve, and the bins' Hz."""
    length = 2 * int(0.5 * seconds * rate_hz)
    loud = np.array([np.sum(frame**2) for frame in frames_at(sound, centres, length)])
    chosen = np.flatnonzero(loud >= 0.25 * loud.max())
    chosen = chosen[:: max(1, len(chosen) // 24)]
    window = scipy.signal.get_window("hann", length)
    n = 4 * 2 ** int(np.ceil(np.log2(length)))
    power = np.mean(
        [np.abs(np.fft.rfft(f * window, n)) ** 2 for f in frames_at(sound, centres[chosen], length)], axis=0
    )
    return np.asarray(power, np.float64), np.asarray(np.fft.rfftfreq(n, 1.0 / rate_hz), np.float64)


def tuning_hz(sound: AnyArray, rate_hz: int, note: float) -> float:
    """Roughly how a note is tuned: where the low partials together are strongest, within 80 cents of the label."""
    label = hz_of_note(note)
    if len(sound) < LINES_PERIODS * rate_hz / label or not np.any(sound):
        return label
    hop = max(1, int(0.1 * rate_hz))
    centres = np.arange(0, len(sound), hop)
    power, bins = long_spectrum(sound, centres, rate_hz, max(LONG_S, LONG_PERIODS / label))
    cents = np.arange(-SEARCH_CENTS - BLUR_CENTS, SEARCH_CENTS + BLUR_CENTS + 1.0, 2.0)
    n_heard = min(8, max(1, partials_below(highest_hz(rate_hz), label * 1.05, 0.0)))
    hz = label * 2.0 ** (cents / 1200.0)
    root = np.sqrt(power)
    score = np.sum([np.interp(h * hz, bins, root) for h in range(1, n_heard + 1)], axis=0)
    blurred = np.convolve(score, np.hanning(int(BLUR_CENTS) + 1), "same") * (np.abs(cents) <= SEARCH_CENTS)
    return float(hz[np.argmax(blurred)])


def stretched(sound: AnyArray, centres: AnyArray, rate_hz: int, reference_hz: float) -> tuple[float, float]:
    """Fundamental and inharmonicity that the partials of a warped note show; (reference_hz, 0) where they show none.

    Partials are found one after the other upwards, each where the ones below it foretell it.
    """
    if not np.any(sound):
        return reference_hz, 0.0
    power, bins = long_spectrum(sound, centres, rate_hz, max(LONG_S, LONG_PERIODS / reference_hz))
    level = 10.0 * np.log10(power + 1e-30)
    found: list[tuple[int, float]] = []
    tuned, stretch = reference_hz, 0.0
    for h in range(1, min(40, partials_below(highest_hz(rate_hz), reference_hz, 0.0)) + 1):
        expected = tuned * partial_places(h, stretch)[-1]
        wide = 0.25 * reference_hz * min(1.0, h / 4.0) if len(found) < 6 else 0.12 * reference_hz
        near = np.flatnonzero(np.abs(bins - expected) < max(wide, 0.02 * expected if h == 1 else 0.0))
        if len(near) < 3 or near[-1] + 1 >= len(level):
            continue
        k = int(near[np.argmax(level[near])])
        around = level[np.abs(bins - expected) < 0.5 * reference_hz]
        if level[k] < np.median(around) + _TONE_DB or level[k] < level.max() - 70.0 or k in (near[0], near[-1]):
            continue
        a, b, c = level[k - 1 : k + 2]
        found.append((h, float(bins[k] + 0.5 * (a - c) / (a - 2 * b + c) * bins[1])))
        if len(found) >= 3:
            tuned, stretch = fitted(found)
    return (tuned, stretch) if len(found) >= 3 else (reference_hz, 0.0)


def fitted(found: list[tuple[int, float]]) -> tuple[float, float]:
    """Fundamental and B of partials (number, Hz): a line through (Hz / number)^2 against number^2, without outliers."""
    h, hz = np.array(found).T
    value, keep = (hz / h) ** 2, np.ones(len(h), bool)
    slope = 0.0
    for _ in range(4):
        design = np.stack([np.ones(len(h)), h**2], axis=1)[keep] * h[keep, None]
        (offset, slope), *_ = np.linalg.lstsq(design, value[keep] * h[keep], rcond=None)
        error = np.abs(value - offset - slope * h**2) * h
        keep = error <= 3.0 * np.median(error[keep]) + 1e-9 * value[0]
        if offset <= 0.0 or keep.sum() < 3:
            break
    stretch = slope / offset if offset > 0.0 else 0.0
    reach = np.sqrt(np.sum((h[keep] ** 2 - np.mean(h[keep] ** 2)) ** 2)) + 1.0
    doubt = np.sqrt(np.mean(error[keep] ** 2)) / reach / np.mean(h[keep])
    if not 0.0 < stretch < MOST_INHARMONIC or slope < 3.0 * doubt:
        return float(np.sqrt(np.average(value[keep], weights=h[keep] ** 2))), 0.0
    return float(np.sqrt(offset)), float(stretch)
