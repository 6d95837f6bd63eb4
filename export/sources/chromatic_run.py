"""Recordings of a chromatic scale, note after note with silence between them, cut into their notes.

How many notes there are is known from the file's name. The level under which it counts as silent is the one that gives
as many sounds; when none does, the file is refused rather than labelled wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import scipy.ndimage
import scipy.signal

from export.prepare.tuning import RELIABLE_CORRELATION, audible_partials, period_offset_cents
from rt.arrays import F32, F64

WIDTH_S = 0.02
"""Of the window that the level is measured in."""
STEP_S = 0.005
RUMBLE_HZ = 40.0
"""Steps and wind below are louder than soft notes."""
UNDER_LOUDEST_DB = np.arange(-66.0, -11.0, 1.5)
"""Levels that are tried as the bound of silence."""
GAPS_S = (0.5, 0.25, 0.12, 0.06)
"""Shorter holes are part of a note: a tremor, or the beats of a piano's strings. The longest that does is taken."""
LEAST_NOTE_S = 0.15
"""Shorter sounds are no notes: a key, a chair."""
BEFORE_S = 0.1
"""How much of the silence before a note goes with it."""
SEARCH_CENTS = 160.0
MOST_APART_CENTS, MOST_OFF_CENTS = 60.0, 80.0
"""How far a note may lie from the others of its run, and from its label."""


def split_run(samples: F32, rate_hz: int, n_notes: int) -> list[tuple[int, int]] | None:
    """The first and one past the last sample of each note, in order; None when there are not as many sounds.

    samples : (n_samples, n_channels).
    """
    level_db = _level_db(samples, rate_hz)
    sounds = _sounds(level_db, n_notes)
    if sounds is None:
        return None
    step = max(int(STEP_S * rate_hz), 1)
    before = int(BEFORE_S / STEP_S)
    starts = [max(start - before, (start + end) // 2, 0) for (_, end), (start, _) in pairwise(sounds)]
    starts = [max(sounds[0][0] - before, 0), *starts]
    ends = [*starts[1:], len(level_db)]
    return [(start * step, min(end * step, len(samples))) for start, end in zip(starts, ends, strict=True)]


def out_of_scale(notes: Mapping[int, F32], rate_hz: int) -> int | None:
    """The first note that is not a semitone above the one before, as far as their pitch can be told; None if all are.

    notes : samples (n_samples, n_channels) by MIDI note, as `split_run` cuts them. A sound too many here and one too
    few there would make the right number, and semitones are too near for the label check, which allows for players
    out of tune.
    """
    offsets = {}
    for note, samples in notes.items():
        first = int((BEFORE_S + 0.05) * rate_hz)
        part = samples[first : first + int(min(1.0 * rate_hz, 0.7 * max(len(samples) - first, 0)))]
        if len(part) < LEAST_NOTE_S * rate_hz / 2:
            continue
        offset_cents, correlation = period_offset_cents(
            *audible_partials(part, rate_hz, note), note, search_cents=SEARCH_CENTS
        )
        if correlation > RELIABLE_CORRELATION:
            offsets[note] = offset_cents
    if not offsets:
        return None
    middle = float(np.median(list(offsets.values())))
    return next(
        (
            note
            for note, offset in offsets.items()
            if abs(offset - middle) > MOST_APART_CENTS or abs(offset) > MOST_OFF_CENTS
        ),
        None,
    )


def _level_db(samples: F32, rate_hz: int) -> F64:
    """Level every STEP_S under the loudest moment, (n_steps,)."""
    sections = scipy.signal.butter(2, min(RUMBLE_HZ, 0.2 * rate_hz), "highpass", fs=rate_hz, output="sos")
    heard = scipy.signal.sosfilt(sections, samples, axis=0)
    power = scipy.ndimage.uniform_filter1d(np.mean(heard**2, axis=1), max(int(WIDTH_S * rate_hz), 1), mode="constant")
    power = np.maximum(power[:: max(int(STEP_S * rate_hz), 1)], 0.0)
    found: F64 = 10.0 * np.log10(power / max(float(power.max(initial=0.0)), 1e-30) + 1e-12)
    return found


def _sounds(level_db: F64, n_notes: int) -> list[tuple[int, int]] | None:
    """Steps at which each sound begins and ends, at a bound of silence among those that agree best."""
    for gap_s in GAPS_S:
        found = [_above(level_db, bound, int(gap_s / STEP_S)) for bound in UNDER_LOUDEST_DB]
        agree = np.array([len(sounds) == n_notes for sounds in found])
        runs, n_runs = scipy.ndimage.label(agree)
        if n_runs:
            longest = 1 + int(np.argmax(np.bincount(runs)[1:]))
            agreeing = np.flatnonzero(runs == longest)
            return found[agreeing[len(agreeing) // 3]]  # the lowest ones hear the noise of the room before a note
    return None


def _above(level_db: F64, bound_db: float, n_gap: int) -> list[tuple[int, int]]:
    """Stretches above a level, holes up to n_gap steps closed and short ones left out."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], level_db > bound_db, [False])).astype(np.int8)))
    sounds: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if sounds and start - sounds[-1][1] <= n_gap:
            sounds[-1] = sounds[-1][0], end
        else:
            sounds.append((start, end))
    return [(start, end) for start, end in sounds if end - start >= LEAST_NOTE_S / STEP_S]
