"""Slow random motion, one per voice: how latents stay alive inside their posterior."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray

SECONDS_PER_STEP = 0.25


class Wander:
    """Smooth noise of unit variance, (n_voices, size); the same seed and calls give the same noise."""

    def __init__(self, n_voices: int, size: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._from = self._random.standard_normal((n_voices, size)).astype(np.float32)
        self._to = self._random.standard_normal((n_voices, size)).astype(np.float32)
        self._start_s = np.zeros(n_voices)

    def at(self, voices: AnyArray, now_s: F64) -> F32:
        """Noise (n, size) of some voices (n,) at their times (n,), which only grow."""
        for i, voice in enumerate(voices):
            if now_s[i] >= self._start_s[voice] + SECONDS_PER_STEP:
                self._from[voice] = self._to[voice]
                self._to[voice] = self._random.standard_normal(self._to.shape[1])
                self._start_s[voice] = now_s[i]
        u = np.clip((now_s - self._start_s[voices]) / SECONDS_PER_STEP, 0.0, 1.0)
        turn = (0.5 * np.pi * u).astype(np.float32)[:, None]
        return np.asarray(np.cos(turn) * self._from[voices] + np.sin(turn) * self._to[voices])
