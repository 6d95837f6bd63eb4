"""Tables of a bank, written between two blocks: one compiled call where numpy would need a dozen.

Between blocks all code falls out of the caches, so that every separate call of numpy costs microseconds. These calls
keep the order of operations: they give the same numbers as numpy would.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, I64, AnyArray
from rt.dsp.jit import exact
from rt.dsp.voice_table import FRAME_LENGTH, FRAME_POSITION, GAIN_TARGET, MOST_GAIN, MOST_MAGNITUDE, RATIO, SIDE_TARGET


@exact
def move_voices(
    slots: I64,
    state: F64,
    tuning: F64,
    gain: F64,
    side: F64,
    channel: I64,
    follows: AnyArray,
    ratio_of_channel: F64,
    gain_of_channel: F64,
    side_of_channel: F64,
    free_gain: float,
) -> None:
    """Set ratio, gain and place of the voices in slots (n,); a gain that is no number is silence.

    state : (n_slots, N_STATE). tuning, gain, side, channel, follows : (n_slots,); `follows` says whether gain and side
    of the channel count, or free_gain. ratio_of_channel, gain_of_channel, side_of_channel : (n_channels,).
    """
    for s in slots:
        c = channel[s]
        state[s, RATIO] = tuning[s] * ratio_of_channel[c]
        wanted = gain[s] * (gain_of_channel[c] if follows[s] else free_gain)
        state[s, SIDE_TARGET] = min(max(side[s] + (side_of_channel[c] if follows[s] else 0.0), -1.0), 1.0)
        state[s, GAIN_TARGET] = min(wanted, MOST_GAIN) if wanted >= 0.0 else 0.0


@exact
def shape_frames(frames: F32, noise: F32, rows: I64, tilt: F32) -> int:
    """Multiply frames and their noise in place by rows of tilt, and silence what is no magnitude, noise and all.

    frames : (n, n_bins). noise : (n, n_noise). rows : (n,) of tilt (n_rows, n_bins + n_noise).
    Returns how many frames were silenced.
    """
    n_bins = frames.shape[1]
    n_guarded = 0
    for i in range(len(frames)):
        is_fine = True
        factors = tilt[rows[i]]
        for k in range(n_bins):
            frames[i, k] *= factors[k]
            is_fine = is_fine and np.float32(0.0) <= frames[i, k] <= np.float32(MOST_MAGNITUDE)
        for k in range(noise.shape[1]):
            noise[i, k] *= factors[n_bins + k]
            is_fine = is_fine and np.float32(0.0) <= noise[i, k] <= np.float32(MOST_MAGNITUDE)
        if not is_fine:
            frames[i, :] = np.float32(0.0)
            noise[i, :] = np.float32(0.0)
            n_guarded += 1
    return n_guarded


@exact
def go_on(
    slots: I64,
    length: I64,
    frames: F32,
    noise: F32,
    state: F64,
    frame_a: F32,
    frame_b: F32,
    noise_a: F32,
    noise_b: F32,
) -> None:
    """Have voices move on from the frame where they are now, and from their noise.

    slots, length : (n,) which voices, and in how many samples they reach their next frames (n, n_bins) and noise
    (n, n_noise). state, frame_a, frame_b, noise_a, noise_b : tables of all slots, changed in place.
    """
    for i in range(len(slots)):
        s = slots[i]
        share = np.float32(min(max(state[s, FRAME_POSITION] / state[s, FRAME_LENGTH], 0.0), 1.0))
        for k in range(frames.shape[1]):
            frame_a[s, k] += share * (frame_b[s, k] - frame_a[s, k])
            frame_b[s, k] = frames[i, k]
        for k in range(noise.shape[1]):
            noise_a[s, k] += share * (noise_b[s, k] - noise_a[s, k])
            noise_b[s, k] = noise[i, k]
        state[s, FRAME_POSITION] = 0.0
        state[s, FRAME_LENGTH] = length[i]
