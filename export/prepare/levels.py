"""Level and brightness of prepared notes: what makes neighbouring notes and different sources agree.

The levels of a corpus are evened out as a whole: the loudest frame of every mf note gets one level, and the other
dynamics keep their mean distance from it, smoothed along the scale.
"""

from __future__ import annotations

import functools

import numpy as np
import scipy.ndimage

from export.prepare.partials import k_weighting_db
from rt.arrays import F64, I64, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.spec import centre_hz
from rt.units import hz_of_note

MF_LEVEL_DB = -14.0
MF_VELOCITY = 72.0
DB_PER_VELOCITY = 0.25
"""Distance of two classes of dynamics where no instrument tells it."""
TILT_VELOCITIES, TILTS_DB = (33.0, 49.0, 72.0, 96.0, 115.0), (-3.0, -1.5, 0.0, 1.5, 3.0)
"""Brightening per octave above the fundamental: what recorded players do and the soundfonts lack."""
TILT_OCTAVES = 3.0
LEAST_BRIGHTENING = 1.06
"""Least ratio of the spectral centroids of two neighbouring classes of dynamics of the voice."""
MOST_SLOPE_DB = 12.0
"""Largest slope per octave that may be added to reach it."""
BELOW_FUNDAMENTAL_DB = -20.0
"""Applied to bands under 0.8 of the fundamental, which hold only noise."""
PEAK_SHARE = 0.75
"""Share of a partial's power that its loudest bands show."""


def tilt_db(spec: FrameSpec, note: int, velocity: float, brightness: float) -> F64:
    """Correction of a note's frames, (n_bins,) in dB: brightness by dynamics, less noise below the fundamental.

    brightness : share of the tilt that the instrument bears.
    """
    octaves = np.log2(centre_hz(spec) / hz_of_note(note))
    slope = float(np.interp(velocity, TILT_VELOCITIES, TILTS_DB)) * brightness
    below: F64 = BELOW_FUNDAMENTAL_DB * np.clip(-octaves * 6.0 - 1.0, 0.0, 1.0)
    return slope * np.clip(octaves, 0.0, TILT_OCTAVES) + below


def brightening_db(spec: FrameSpec, power: AnyArray, note: int, middle: int) -> F64:
    """What makes each step of a note's dynamics brighter than the last by LEAST_BRIGHTENING, by a steady slope.

    power : (n_dynamics, n_bins) mean power, softest first. middle : the class that stays.
    Returns (n_dynamics, n_bins) in dB.
    """
    centres = centre_hz(spec)
    octaves = np.clip(np.log2(centres / hz_of_note(note)), 0.0, TILT_OCTAVES)
    slopes = np.linspace(-MOST_SLOPE_DB, MOST_SLOPE_DB, 121)
    tilted = power[:, None] * 10.0 ** (slopes[:, None] * octaves / 10.0)
    centroid = tilted @ centres / (tilted.sum(axis=2) + 1e-30)  # (n_dynamics, n_slopes), rising along the slopes
    flat = len(slopes) // 2
    chosen = np.full(len(power), flat)
    for step in range(middle + 1, len(power)):
        wanted = centroid[step - 1, chosen[step - 1]] * LEAST_BRIGHTENING
        chosen[step] = np.clip(np.searchsorted(centroid[step], wanted), flat, len(slopes) - 1)
    for step in range(middle - 1, -1, -1):
        wanted = centroid[step + 1, chosen[step + 1]] / LEAST_BRIGHTENING
        chosen[step] = np.clip(np.searchsorted(centroid[step], wanted) - 1, 0, flat)
    found: F64 = slopes[chosen][:, None] * octaves
    return found


def levels_db(spec: FrameSpec, magnitudes: AnyArray) -> F64:
    """K-weighted levels (n_frames,) of frames (n_frames, n_bins); silence is -120 dB."""
    power = np.square(magnitudes, dtype=np.float64) @ _weights(spec) / PEAK_SHARE
    return np.asarray(10.0 * np.log10(power + 1e-12))


def peak_level_db(spec: FrameSpec, magnitudes: AnyArray) -> float:
    """K-weighted level of a note's loudest frame; magnitudes (n_frames, n_bins)."""
    return float(levels_db(spec, magnitudes).max(initial=-120.0))


@functools.cache
def _weights(spec: FrameSpec) -> F64:
    """Share of each band in perceived power, (n_bins,)."""
    weights: F64 = 10.0 ** (k_weighting_db(centre_hz(spec)) / 10.0)
    return weights


def levelling_gains_db(
    level_db: AnyArray, note: I64, dynamics: I64, instrument: I64, source: I64, velocities: AnyArray
) -> F64:
    """Gain per take, (n_takes,): mf is MF_LEVEL_DB everywhere, the other dynamics keep their smoothed distance.

    level_db, note, dynamics, instrument, source : (n_takes,). velocities : (n_dynamics,) rising.
    """
    middle = middle_of(velocities)
    wanted = np.full(len(level_db), MF_LEVEL_DB + DB_PER_VELOCITY * (velocities[middle] - MF_VELOCITY))
    for index in np.unique(instrument):
        of_instrument = instrument == index
        middles = _means(note, source, level_db, of_instrument & (dynamics == middle))
        for step in np.unique(dynamics[of_instrument]):
            chosen = of_instrument & (dynamics == step)
            levels = _means(note, source, level_db, chosen)
            steps = {place: level - middles[place] for place, level in levels.items() if place in middles}
            if steps:
                wanted[chosen] += _smooth_steps(steps, note[chosen])
            elif middles:  # never recorded on the same note
                wanted[chosen] += np.mean(list(levels.values())) - np.mean(list(middles.values()))
            else:
                wanted[chosen] += DB_PER_VELOCITY * (velocities[step] - velocities[middle])
    return wanted - level_db


def keeping_gains_db(level_db: AnyArray, dynamics: I64, source: I64, velocities: AnyArray) -> F64:
    """Gain per take, (n_takes,), one for each source: its median mf is MF_LEVEL_DB and all differences stay."""
    gains = np.zeros(len(level_db))
    for index in np.unique(source):
        chosen = source == index
        classes = np.unique(dynamics[chosen])
        middle = classes[middle_of(velocities[classes])]
        gains[chosen] = MF_LEVEL_DB - np.median(level_db[chosen & (dynamics == middle)])
    return gains


def middle_of(velocities: AnyArray) -> int:
    """Index of the class of dynamics that is nearest to mf; velocities (n_dynamics,)."""
    return int(np.argmin(np.abs(np.asarray(velocities) - MF_VELOCITY)))


def _means(note: I64, source: I64, level_db: AnyArray, chosen: AnyArray) -> dict[tuple[int, int], float]:
    """Mean level of the chosen takes by note and source."""
    found: dict[tuple[int, int], list[float]] = {}
    for n, s, level in zip(note[chosen].tolist(), source[chosen].tolist(), level_db[chosen].tolist(), strict=True):
        found.setdefault((n, s), []).append(level)
    return {place: float(np.mean(levels)) for place, levels in found.items()}


def _smooth_steps(steps: dict[tuple[int, int], float], wanted: I64) -> F64:
    """Mean over the sources, smoothed along the scale, at some notes."""
    notes = sorted({note for note, _ in steps})
    mean = np.array([np.mean([step for (note, _), step in steps.items() if note == one]) for one in notes])
    smooth = scipy.ndimage.gaussian_filter1d(scipy.ndimage.median_filter(mean, 9, mode="nearest"), 3)
    return np.asarray(np.interp(wanted, notes, smooth), np.float64)
