"""Tables of a bank, written between two blocks."""

from __future__ import annotations

import numpy as np

from rt.dsp import voice_table as dsp
from rt.dsp.feed import go_on, move_voices, shape_frames


def test_frames_get_their_factors_and_no_sound_is_silent() -> None:
    rng = np.random.default_rng(0)
    frames = rng.random((4, 30)).astype(np.float32)
    noise = rng.random((4, 5)).astype(np.float32)
    tilt = rng.random((9, 35)).astype(np.float32)
    frames[1, 7], noise[2, 4] = np.nan, np.inf
    expected = np.concatenate([frames, noise], axis=1) * tilt[[8, 0, 3, 3]]
    expected[[1, 2]] = 0.0
    assert shape_frames(frames, noise, np.asarray([8, 0, 3, 3]), tilt) == 2
    np.testing.assert_array_equal(np.concatenate([frames, noise], axis=1), expected)


def test_voices_go_on_from_where_they_are_to_the_bit() -> None:
    rng = np.random.default_rng(0)
    state = np.zeros((6, dsp.N_STATE))
    a, b, frames = (rng.random((n, 30)).astype(np.float32) for n in (6, 6, 3))
    slots, share = np.asarray([5, 0, 2]), np.asarray([0.3, 0.0, 1.0], np.float32)
    state[slots, dsp.FRAME_POSITION], state[slots, dsp.FRAME_LENGTH] = (300.0, 0.0, 1400.0), 1000.0
    here = a[slots] + share[:, None] * (b[slots] - a[slots])
    others = a[1].copy(), b[1].copy()
    noise_a, noise_b, noise = (rng.random((n, 7)).astype(np.float32) for n in (6, 6, 3))
    noise_here = noise_a[slots] + share[:, None] * (noise_b[slots] - noise_a[slots])
    go_on(slots, np.asarray([768, 1024, 1024]), frames, noise, state, a, b, noise_a, noise_b)
    np.testing.assert_array_equal(noise_a[slots], noise_here)
    np.testing.assert_array_equal(noise_b[slots], noise)
    np.testing.assert_array_equal(a[slots], here)
    np.testing.assert_array_equal(b[slots], frames)
    np.testing.assert_array_equal((a[1], b[1]), others)
    np.testing.assert_array_equal(state[slots, dsp.FRAME_POSITION], 0.0)
    np.testing.assert_array_equal(state[slots, dsp.FRAME_LENGTH], (768.0, 1024.0, 1024.0))


def test_notes_follow_their_channels_and_the_free_voice_its_own_gain() -> None:
    state = np.zeros((3, dsp.N_STATE))
    tuning, gain = np.asarray([1.0, 1.1, 0.9]), np.asarray([0.5, 0.25, 2.0])
    channel, follows = np.asarray([2, 0, 0]), np.asarray([True, False, True])
    ratio_of, gain_of = np.asarray([2.0, 1.0, 3.0]), np.asarray([0.5, 1.0, 0.1])
    side, side_of = np.asarray([-0.5, 0.25, 0.5]), np.asarray([0.75, -1.0, -0.75])
    move_voices(np.asarray([0, 1]), state, tuning, gain, side, channel, follows, ratio_of, gain_of, side_of, 4.0)
    np.testing.assert_array_equal(state[:, dsp.RATIO], (3.0, 2.2, 0.0))
    np.testing.assert_array_equal(state[:, dsp.GAIN_TARGET], (0.05, 1.0, 0.0))
    np.testing.assert_array_equal(state[:, dsp.SIDE_TARGET], (-1.0, 0.25, 0.0))
