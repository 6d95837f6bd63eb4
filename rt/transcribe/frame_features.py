"""The compiled part of a hop: everything between the samples and the model, but for the frames themselves.

A thread that has slept finds its processor's caches cold, and every other piece of code that it runs then costs more
than what that computes; so there are few and large pieces.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, I64
from rt.jit import jit

FAST = frozenset({"reassoc", "contract", "arcp", "nsz"})
MOST = 8.0
"""Samples beyond this are cut, so that nothing overflows."""
QUIET_DB = -200.0
RISE_HOPS = 4
"""A rise is measured over so many hops, about 23 ms."""
RISE_RANGE_DB = 45.0
"""Bands this far under the loudest do not count towards a rise."""
RISE_BINS = 4
"""Bands are compared in groups of so many, a semitone; a partial that moves to the next group is no rise."""
SAME_VALUES = 0.1
"""Two frames sound the same if no loud band differs by more: 2 dB for frames of 20 dB a step."""
LOUD_VALUES = 1.5
"""Bands further under the loudest are not loud."""
LEAST = 1e-10
"""Magnitudes below this are read as this."""
N_NOTES = 128
OCTAVE_NOTES = 12


@jit(fast=FAST)
def append(tape: F32, at: int, block: F32) -> None:
    """Write sound where the tape ends.

    tape : (n_channels, n). at : where the tape ends. block : (n_samples, n_channels); what is not finite counts as 0.
    """
    for n in range(block.shape[0]):
        for channel in range(tape.shape[0]):
            value = block[n, channel]
            if not np.isfinite(value):
                value = np.float32(0.0)
            tape[channel, at + n] = min(max(value, np.float32(-MOST)), np.float32(MOST))


@jit(fast=FAST)
def peak_of(sound: F32) -> np.float32:
    """Largest absolute sample of sound (n_channels, n_samples); 0 where there is none."""
    peak = np.float32(0.0)
    for channel in range(sound.shape[0]):
        row = sound[channel]
        for n in range(row.shape[0]):
            peak = max(peak, abs(row[n]))
    return peak


@jit(fast=FAST)
def peaks_of(tape: F32, ends: I64, size: int, quiet: np.float32) -> tuple[F32, I64]:
    """Largest absolute sample of every window of a tape, (n,), and the ends of those that are not quiet, (n_loud,).

    tape : (n_channels, n_samples). ends : (n,) places behind the last sample of each window of size samples, rising.
    What all windows share is looked at once.
    """
    peaks, loud, n_loud = np.empty(ends.shape[0], np.float32), np.empty_like(ends), 0
    first, last = ends[-1] - size, max(ends[0], ends[-1] - size)
    shared = peak_of(tape[:, first:last])
    for n in range(ends.shape[0]):
        begin, end = ends[n] - size, ends[n]
        if first < end:
            peaks[n] = max(shared, peak_of(tape[:, begin:first]), peak_of(tape[:, last:end]))
        else:
            peaks[n] = peak_of(tape[:, begin:end])
        if not peaks[n] < quiet:
            loud[n_loud] = end
            n_loud += 1
    return peaks, loud[:n_loud]


@jit(fast=FAST)
def describe(
    frames: F32, share: F32, before: F32, turn: int, values: F32, gate_db: float, reference_db: float, scale: F32
) -> tuple[float, float, float]:
    """Levels and frame values of one moment.

    frames : (n_channels, n_bins) magnitudes. share : (n_bins,) what a band adds to the energy. before : (RISE_HOPS,
    n_groups) levels in dB of the last hops, a ring; row `turn`, the oldest, is replaced. values : (n_bins,) written:
    frame values after auto-gain. scale : (2,) the frame's floor and step in dB.

    Returns levels of the loudest band and of all together, and how far the bands rose above their own neighbourhood
    RISE_HOPS ago, in dB.
    """
    n_channels, n_bins = frames.shape
    energy, peak = np.float32(0.0), np.float32(LEAST)
    for k in range(n_bins):
        magnitude = frames[0, k]
        if n_channels > 1:  # no cancelling sides
            squares = np.float32(0.0)
            for channel in range(n_channels):
                squares += frames[channel, k] * frames[channel, k]
            magnitude = np.sqrt(squares / np.float32(n_channels))
        energy += magnitude * magnitude * share[k]
        peak = max(peak, magnitude)
        values[k] = np.float32(20.0) * np.log10(max(magnitude, np.float32(LEAST)))
    peak_db, all_db = 20.0 * np.log10(peak), 10.0 * np.log10(energy + 1e-20)
    floor_db = max(peak_db, gate_db) - RISE_RANGE_DB
    oldest, n_groups = before[turn], before.shape[1]
    groups_db = np.empty(n_groups, np.float32)
    rise_db = 0.0
    for group in range(n_groups):
        level_db = values[group * RISE_BINS]
        for k in range(group * RISE_BINS + 1, (group + 1) * RISE_BINS):
            level_db = max(level_db, values[k])
        groups_db[group] = level_db
        rise_db += max(level_db - max(oldest[group], floor_db), 0.0)
    for group in range(n_groups):
        low, high = max(group - 1, 0), min(group + 1, n_groups - 1)
        oldest[group] = max(groups_db[low], groups_db[group], groups_db[high])
    gain_db = reference_db - peak_db
    for k in range(n_bins):
        values[k] = max((values[k] + gain_db - scale[0]) / scale[1], 0.0)
    return peak_db, all_db, rise_db / n_groups


@jit(fast=FAST)
def describe_all(
    peaks: F32, frames: F32, share: F32, before: F32, turn: int, values: F32, levels: F64, quiet: np.float32,
    gate_db: float, reference_db: float, scale: F32,
) -> int:  # fmt: skip
    """Levels and frame values of several moments, one after the other; see `describe`.

    peaks : (n,) largest sample of each window; a moment below `quiet` has no frame. frames : (n_channels, n_loud,
    n_bins) of the others. values : (n, n_bins), 0 at first, and levels : (n, 3) are written; a quiet moment's level is
    that of its largest sample. Returns the turn after them.
    """
    n_loud = 0
    for n in range(peaks.shape[0]):
        if peaks[n] < quiet:
            before[turn] = QUIET_DB
            levels[n, :2] = 20.0 * np.log10(max(float(peaks[n]), LEAST))
            levels[n, 2] = 0.0
        else:
            levels[n, 0], levels[n, 1], levels[n, 2] = describe(
                frames[:, n_loud], share, before, turn, values[n], gate_db, reference_db, scale
            )
            n_loud += 1
        turn = (turn + 1) % RISE_HOPS
    return turn


@jit(fast=FAST)
def are_same(values: F32, others: F32) -> bool:
    """Whether two frames (n_bins,) after auto-gain are equal where they are loud."""
    top = np.float32(0.0)
    for k in range(values.shape[0]):
        top = max(top, values[k])
    limit = max(top - np.float32(LOUD_VALUES), np.float32(0.0))
    for k in range(values.shape[0]):
        if values[k] > limit and abs(values[k] - others[k]) > np.float32(SAME_VALUES):
            return False
    return True


@jit(fast=FAST)
def join_notes(octave: F32, pitch_class: F32) -> F32:
    """(n, 129) probability of every MIDI note, and of silence, from those of octave and pitch class, silence last."""
    out = np.zeros((octave.shape[0], N_NOTES + 1), np.float32)
    n_octaves, n_classes = octave.shape[1] - 1, pitch_class.shape[1] - 1
    for n in range(octave.shape[0]):
        total = octave[n, n_octaves] * pitch_class[n, n_classes]
        out[n, N_NOTES] = total
        for i in range(n_octaves):
            for j in range(n_classes):
                note = OCTAVE_NOTES * (i + 1) + j
                if note < N_NOTES:
                    out[n, note] = octave[n, i] * pitch_class[n, j]
                    total += out[n, note]
        for note in range(N_NOTES + 1):
            out[n, note] /= max(total, np.float32(1e-12))
    return out
