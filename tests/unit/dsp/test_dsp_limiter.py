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


def test_what_is_not_finite_becomes_silence() -> None:
    limiter = Limiter(0.9, 48_000.0)
    samples = np.asarray([0.1, np.nan, np.inf, -np.inf, 0.2], np.float32)
    limiter.apply(samples)
    assert np.isfinite(samples).all() and limiter.n_guarded == 3
    np.testing.assert_allclose(samples[[0, 4]], [0.1, 0.2])
