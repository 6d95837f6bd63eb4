"""A small room about the voices: a few early reflections, and a short tail from a network of eight delay lines.

Feedback delay networks are Jot's (Jot and Chaigne, "Digital delay networks for designing artificial reverberators",
1991); the lines are mixed by a Hadamard matrix, which keeps power, and each loses by its length what the room loses in
that time. The direct sound passes undelayed. All of it runs quantum by quantum, so that the size of blocks changes
nothing.
"""

from __future__ import annotations

import math

import numpy as np

from rt.arrays import F32, F64, I64
from rt.dsp.jit import jit
from rt.dsp.limiter import MOST
from rt.dsp.voice_table import NOWHERE, QUANTUM

DECAY_S = 0.5
"""Time in which the tail falls by 60 dB."""
LINES_MS = (17.3, 20.9, 23.3, 26.9, 30.7, 34.1, 37.9, 42.1)
N_LINES, N_TAPS = 8, 4
TAPS_MS = (
    ((7.1, 13.9, 22.3, 31.1), (10.3, 17.9, 27.1, 36.7)),
    ((11.7, 19.3, 25.3, 38.3), (8.3, 15.1, 20.9, 33.7)),
)
"""Early reflections of the left and of the right channel, as the left side hears them, then as the right one does."""
TAP_GAINS = (
    ((0.62, -0.49, 0.38, -0.30), (0.52, 0.43, -0.34, 0.26)),
    ((-0.50, 0.42, 0.35, -0.25), (0.60, 0.47, -0.40, 0.29)),
)
AIR_HZ, WALL_HZ, FLOOR_HZ = 7000.0, 6000.0, 150.0
"""Reflections are lowered above the first and below the last, and those of the tail above WALL_HZ at every turn."""
FULL, LATE = 0.59, 0.45
"""Levels of everything and of the tail, so that a room of 1 is as loud as the direct sound."""
GLIDE_S = 0.02
"""Time for the amount to go from 0 to 1; and for the room to fall silent where all sound is to end."""
FAINTEST = 1e-7
"""Below this all is silence: the tail has ended."""
TINY = 1e-15
"""What is left of a filter's past below this is none: numbers near the least there are would take long to work out."""

WET, TARGET, FED, ENDING, QUIET, IS_RESTING, PLACE = range(7)
"""Columns of the room's state: amount now and later; share of the sound that it takes in, which rises when it is
switched on; quanta until it may sound again; samples since it was loud; whether it is empty; where its memory is
written."""


@jit
def _heard(x: np.float32) -> np.float32:
    """A sample as the room takes it in: neither what is no sound, which would never leave, nor what is too faint."""
    return x if FAINTEST < abs(x) <= MOST else np.float32(0.0)


@jit
def _filtered(past: F32, k: int, x: np.float32, share: np.float32) -> np.float32:
    """The next value of a lowpass that goes a share of the way to x."""
    y: np.float32 = past[k] + share * (x - past[k])
    if abs(y) <= np.float32(TINY):
        y = np.float32(0.0)
    past[k] = y
    return y


@jit
def _mix_lines(v: F32) -> None:
    """Hadamard's matrix on v (N_LINES,), in place; power is kept."""
    for k in range(4):
        v[2 * k], v[2 * k + 1] = v[2 * k] + v[2 * k + 1], v[2 * k] - v[2 * k + 1]
    for k in (0, 1, 4, 5):
        v[k], v[k + 2] = v[k] + v[k + 2], v[k] - v[k + 2]
    for k in range(4):
        v[k], v[k + 4] = v[k] + v[k + 4], v[k] - v[k + 4]
    for k in range(N_LINES):
        v[k] *= np.float32(1.0 / math.sqrt(N_LINES))


@jit
def _loudest(left: F32, right: F32) -> np.float32:
    most = np.float32(0.0)
    for i in range(len(left)):
        most = max(most, abs(_heard(left[i])))
    for i in range(len(right)):
        most = max(most, abs(_heard(right[i])))
    return most


@jit
def _play(
    left: F32, right: F32, state: F64, memory: F32, past: F32, lines: I64, loss: F32, walls: F32, taps: I64,
    tap_gains: F32, v: F32, air: np.float32, floor: np.float32, step: float,
) -> None:  # fmt: skip
    """Add the room to a whole number of quanta; see `Room` for what the arrays are."""
    n_room = memory.shape[0]
    mask = n_room - 1
    is_stereo = len(right) > 0
    for start in range(0, len(left), QUANTUM):
        stop = start + QUANTUM
        before = state[WET]
        wanted = 0.0 if state[ENDING] > 0.0 else state[TARGET]
        state[WET] += min(max(wanted - before, -step), step)
        has_ended = state[WET] == 0.0 and before == 0.0
        fed_before = state[FED]
        state[FED] = 0.0 if has_ended else min(fed_before + step, 1.0)
        if state[ENDING] > 0.0:
            state[ENDING] -= 1.0
        elif not has_ended and state[IS_RESTING] > 0.0 and _loudest(left[start:stop], right[start:stop]) > 0.0:
            state[IS_RESTING] = 0.0
        if has_ended or state[QUIET] > 2 * n_room:
            if state[IS_RESTING] == 0.0:
                memory[:] = np.float32(0.0)
                past[:] = np.float32(0.0)
            state[IS_RESTING], state[QUIET] = 1.0, 0.0
        if state[IS_RESTING] > 0.0:
            continue
        wet, slope = np.float32(before), np.float32((state[WET] - before) / QUANTUM)
        fed, fed_slope = np.float32(fed_before), np.float32((state[FED] - fed_before) / QUANTUM)
        place, power = int(state[PLACE]), np.float32(0.0)
        for i in range(start, stop):
            share = fed + fed_slope * np.float32(i - start)
            x = share * _heard(left[i])
            y = share * _heard(right[i]) if is_stereo else x
            memory[place, N_LINES] = x
            memory[place, N_LINES + 1] = y
            power += x * x + y * y
            for side in range(2):
                early = np.float32(0.0)
                for source in range(2):
                    for k in range(N_TAPS):
                        then = (place - taps[side, source, k]) & mask
                        early += tap_gains[side, source, k] * memory[then, N_LINES + source]
                early = _filtered(past, N_LINES + side, early, air)
                v[N_LINES + side] = early - _filtered(past, N_LINES + 2 + side, early, floor)
            tail_left, tail_right = np.float32(0.0), np.float32(0.0)
            for k in range(N_LINES):
                v[k] = loss[k] * _filtered(past, k, memory[(place - lines[k]) & mask, k], walls[k])
                tail_left += v[k] if k & 1 == 0 else -v[k]
                tail_right += v[k] if k & 2 == 0 else -v[k]
            _mix_lines(v)
            for k in range(N_LINES):
                into = v[k] + v[N_LINES + (k & 1)]
                memory[place, k] = into
                power += into * into
            place = (place + 1) & mask
            to_left = v[N_LINES] + np.float32(LATE) * tail_left
            to_right = v[N_LINES + 1] + np.float32(LATE) * tail_right
            level = np.float32(FULL) * (wet + slope * np.float32(i - start))
            if is_stereo:
                left[i] += level * to_left
                right[i] += level * to_right
            else:
                left[i] += level * np.float32(math.sqrt(0.5)) * (to_left + to_right)
        state[PLACE] = place
        state[QUIET] = state[QUIET] + QUANTUM if power < FAINTEST**2 else 0.0


class Room:
    """One room for all voices; it stays when the bundle changes. Allocates nothing after it is made."""

    def __init__(self, amount: float, sample_rate_hz: float) -> None:
        """Begin silent. amount : 0 to 1, of the room's sound; at 0 it costs nothing."""
        lines = np.asarray([round(ms * sample_rate_hz / 1e3) | 1 for ms in LINES_MS], np.int64)
        taps = np.round(np.asarray(TAPS_MS) * sample_rate_hz / 1e3).astype(np.int64)
        n_room = 1 << int(max(lines.max(), taps.max())).bit_length()
        usual = float(np.mean(lines))
        self._state = np.zeros(7)
        self._state[WET] = self._state[TARGET] = amount
        self._state[FED] = 1.0 if amount else 0.0
        self._state[IS_RESTING] = 1.0
        self._n_ending = math.ceil(GLIDE_S * sample_rate_hz / QUANTUM) + 2  # a quantum to round, and one to see it
        self._arrays = (
            np.zeros((n_room, N_LINES + 2), np.float32),
            np.zeros(N_LINES + 4, np.float32),
            lines,
            (10.0 ** (-3.0 * lines / (DECAY_S * sample_rate_hz))).astype(np.float32),
            np.asarray([_share(WALL_HZ * math.sqrt(usual / n), sample_rate_hz) for n in lines], np.float32),
            taps,
            np.asarray(TAP_GAINS, np.float32),
            np.zeros(N_LINES + 2, np.float32),
            np.float32(_share(AIR_HZ, sample_rate_hz)),
            np.float32(_share(FLOOR_HZ, sample_rate_hz)),
            QUANTUM / (GLIDE_S * sample_rate_hz),
        )

    def set_amount(self, amount: float) -> None:
        """Glide to so much of the room; what lies beyond 0 and 1 is these."""
        self._state[TARGET] = min(max(amount, 0.0), 1.0)

    def silence(self) -> None:
        """End what still sounds of it, within GLIDE_S."""
        self._state[ENDING] = self._n_ending

    def apply(self, left: F32, right: F32 = NOWHERE) -> None:
        """Add the room to `left` and `right` (n,), n a whole number of quanta; without `right` to one channel."""
        state = self._state
        if state[WET] or state[TARGET] or state[ENDING] or not state[IS_RESTING]:
            _play(left, right, self._state, *self._arrays)


def _share(cutoff_hz: float, sample_rate_hz: float) -> float:
    """How far a lowpass goes towards its input in a sample."""
    return 1.0 - math.exp(-math.tau * cutoff_hz / sample_rate_hz)
