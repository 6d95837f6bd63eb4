"""Tables of a bank, written between two blocks: one compiled call where numpy would need a dozen.

Between blocks all code falls out of the caches, so that every separate call of numpy costs microseconds. These calls
keep the order of operations: they give the same numbers as numpy would.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, I64, AnyArray
from rt.dsp.jit import exact
from rt.dsp.voice_table import FRAME_LENGTH, FRAME_POSITION, GAIN_TARGET, RATIO


@exact
def move_voices(
    slots: I64,
    state: F64,
    tuning: F64,
    gain: F64,
    channel: I64,
    follows: AnyArray,
    ratio_of_channel: F64,
    gain_of_channel: F64,
    free_gain: float,
) -> None:
    """Set ratio and gain of the voices in slots (n,).

    state : (n_slots, N_STATE). tuning, gain, channel, follows : (n_slots,); `follows` says whether the gain of the
    channel counts, or free_gain. ratio_of_channel, gain_of_channel : (n_channels,).
    """
    for s in slots:
        c = channel[s]
        state[s, RATIO] = tuning[s] * ratio_of_channel[c]
        state[s, GAIN_TARGET] = gain[s] * (gain_of_channel[c] if follows[s] else free_gain)


@exact
def shape_frames(frames: F32, rows: I64, tilt: F32) -> int:
    """Multiply frames (n, n_bins) in place by rows (n,) of tilt (n_rows, n_bins), and silence what is not finite.

    Returns how many frames were silenced.
    """
    n_guarded = 0
    for i in range(len(frames)):
        is_fine = True
        factors = tilt[rows[i]]
        for k in range(frames.shape[1]):
            frames[i, k] *= factors[k]
            is_fine = is_fine and np.isfinite(frames[i, k])
        if not is_fine:
            frames[i, :] = np.float32(0.0)
            n_guarded += 1
    return n_guarded


@exact
def go_on(slots: I64, length: I64, frames: F32, state: F64, frame_a: F32, frame_b: F32) -> None:
    """Have voices move on from the frame where they are now.

    slots, length : (n,) which voices, and in how many samples they reach their next frames (n, n_bins).
    state, frame_a, frame_b : tables of all slots, changed in place.
    """
    for i in range(len(slots)):
        s = slots[i]
        share = np.float32(min(max(state[s, FRAME_POSITION] / state[s, FRAME_LENGTH], 0.0), 1.0))
        for k in range(frames.shape[1]):
            frame_a[s, k] += share * (frame_b[s, k] - frame_a[s, k])
            frame_b[s, k] = frames[i, k]
        state[s, FRAME_POSITION] = 0.0
        state[s, FRAME_LENGTH] = length[i]
