"""The limiter: the ceiling holds, what is below it passes, what is not finite becomes silence."""

from __future__ import annotations

import numpy as np

from rt.dsp.limiter import Limiter


def test_what_is_below_the_ceiling_passes_unchanged() -> None:
    samples = (0.5 * np.sin(np.arange(4800) * 0.1)).astype(np.float32)
    limited = samples.copy()
    Limiter(0.9, 48_000.0).apply(limited)
    np.testing.assert_array_equal(limited, samples)


def test_nothing_passes_the_ceiling_and_the_level_comes_back() -> None:
    limiter = Limiter(0.9, 48_000.0)
    loud = (5.0 * np.sin(np.arange(48_000) * 0.1)).astype(np.float32)
    limiter.apply(loud)
    assert np.max(np.abs(loud)) <= 0.9 + 1e-6 and limiter.n_limited > 0
    quiet = (0.5 * np.sin(np.arange(48_000) * 0.1)).astype(np.float32)
    limiter.apply(quiet)
    assert np.max(np.abs(quiet[-4800:])) > 0.499


def test_a_huge_sample_does_not_hold_the_others_down() -> None:
    limiter = Limiter(0.9, 48_000.0)
    samples = np.full(48_000, 0.5, np.float32)
    samples[:4] = 1e30, -1e30, 3e38, 1001.0
    limiter.apply(samples)
    assert limiter.n_guarded == 4
    np.testing.assert_array_equal(samples[4:], 0.5)


def test_what_is_not_finite_becomes_silence() -> None:
    limiter = Limiter(0.9, 48_000.0)
    samples = np.asarray([0.1, np.nan, np.inf, -np.inf, 0.2], np.float32)
    limiter.apply(samples)
    assert np.isfinite(samples).all() and limiter.n_guarded == 3
    np.testing.assert_allclose(samples[[0, 4]], [0.1, 0.2])


def test_both_channels_are_lowered_together() -> None:
    limiter = Limiter(0.9, 48_000.0)
    loud, soft = (np.full(4800, value, np.float32) for value in (1.8, 0.2))
    loud[2000], soft[1000] = np.nan, 3.0
    left, right = loud.copy(), soft.copy()
    limiter.apply(left, right)
    assert np.abs([left, right]).max() <= 0.9 + 1e-6
    assert left[2000] == 0.0 and limiter.n_guarded == 1 and limiter.n_limited == 4800
    fine = np.delete(np.arange(4800), 2000)
    np.testing.assert_allclose(right[fine] / left[fine], soft[fine] / loud[fine], rtol=1e-6)
    again, other = soft.copy(), loud.copy()
    Limiter(0.9, 48_000.0).apply(again, other)
    np.testing.assert_array_equal((again, other), (right, left))
