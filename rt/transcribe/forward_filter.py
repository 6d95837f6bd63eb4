"""The compiled part of the trackers: what every hop costs, however little it says."""

from __future__ import annotations

import math

from rt.arrays import F32, F64, AnyArray
from rt.jit import jit


@jit()
def filter_one(posterior: F64, heard: F32, first: int, transition: F64, floor: float, tempering: float) -> int:
    """Update the belief in one note at a time, in place.

    posterior : (n_notes + 1,) sums to 1, silence last. heard : (129,) probabilities of all MIDI notes and silence.
    first : MIDI note of the first place. transition : as belief, what other notes have lent to each before anything
    is heard. Returns the place of the largest.
    """
    n_notes, total = posterior.shape[0] - 1, 0.0
    for k in range(n_notes + 1):
        said = heard[first + k] if k < n_notes else heard[heard.shape[0] - 1]
        posterior[k] = (posterior[k] + transition[k]) * (said + floor) ** tempering
        total += posterior[k]
    best = 0
    for k in range(n_notes + 1):
        posterior[k] /= total
        if posterior[k] > posterior[best]:
            best = k
    return best


@jit()
def filter_each(
    posterior: F64, heard: F32, first: int, transition: F64, change: float, floor: float, even: float, tempering: float
) -> float:
    """Update the belief in every note by itself, in place.

    posterior : (n_notes,) probabilities. heard : (128,) probability of every MIDI note. transition : (n_notes,)
    chance that a note starts. change : chance that it ends. even : odds in what is heard that say nothing. Returns
    the largest.
    """
    best = 0.0
    for k in range(posterior.shape[0]):
        said = heard[first + k]
        on = posterior[k] * (1.0 - change) + (1.0 - posterior[k]) * transition[k]
        weighed = on * ((said + floor) / (1.0 - said + floor) / even) ** tempering
        posterior[k] = weighed / (weighed + 1.0 - on)
        best = max(best, posterior[k])
    return best


@jit()
def sum_db(values: F32, bins: AnyArray, peak_db: float, step_db: float) -> float:
    """How loud the loudest bands of several groups are together; -200 where all lie at the floor.

    values : (n_bins,) of a frame whose loudest band is at peak_db. bins : (n_groups, n_reach).
    """
    top = values[0]
    for k in range(1, values.shape[0]):
        top = max(top, values[k])
    power = 1e-20
    for group in range(bins.shape[0]):
        loudest = values[bins[group, 0]]
        for k in range(1, bins.shape[1]):
            loudest = max(loudest, values[bins[group, k]])
        if loudest > 0.0:
            power += 10.0 ** (0.1 * (peak_db - step_db * (top - loudest)))
    return 10.0 * math.log10(power)
