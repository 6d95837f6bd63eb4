"""Legato: voices on their way from one note to the next, in the latent space."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, I64


class Glides:
    """Where each of `n_slots` voices left from and how long it is on its way; times are samples."""

    def __init__(self, n_slots: int, size: int, n_bins: int) -> None:
        self.latent = np.zeros((n_slots, size), np.float32)
        """Where a glide began, without offset and wandering."""
        self.tilt = np.ones((n_slots, n_bins), np.float32)
        self._begin = np.zeros(n_slots, np.int64)
        self._length = np.zeros(n_slots, np.int64)
        self._begun: set[int] = set()

    def __bool__(self) -> bool:
        """Whether any voice has glided since it began; without one there is nothing to work out."""
        return bool(self._begun)

    def end(self, slot: int) -> None:
        """A voice is where it is."""
        self._length[slot] = 0
        self._begun.discard(slot)

    def begin(self, slot: int, now: int, length: int, *, latent: F32, tilt: F32) -> None:
        """A voice leaves a point (size,), with factors (n_bins,) on its frames."""
        self._begin[slot], self._length[slot] = now, max(length, 1)
        self.latent[slot], self.tilt[slot] = latent, tilt
        self._begun.add(slot)

    def share(self, slots: I64, at: I64 | int) -> F64:
        """How far voices (n,) have come at sample times, 0 to 1 with rest at both ends; 1 without a glide."""
        length = self._length[slots]
        u = np.clip((at - self._begin[slots]) / np.maximum(length, 1), 0.0, 1.0)
        return np.asarray(np.where(length > 0, u * u * (3.0 - 2.0 * u), 1.0), np.float64)
