"""Steady lines in windows: amplitudes and phases of partials, and what is left of a sound without them."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.linalg
import scipy.signal
from numpy.typing import NDArray

from export.alive.warp import frames_at
from rt.arrays import F64, AnyArray

C128 = NDArray[np.complex128]
_CHUNK = 128
"""Frames in memory at once."""


class Lines:
    """Lines of given frequencies in Hann windows of `length` samples, fitted all at once: none hears another."""

    def __init__(self, line_hz: AnyArray, rate_hz: float, length: int) -> None:
        self.line_hz, self.rate_hz, self.length = np.asarray(line_hz, np.float64), rate_hz, length
        self.window = scipy.signal.get_window("hann", length)
        angle = 2.0 * np.pi / rate_hz * np.outer(np.arange(length) - length // 2, self.line_hz)
        self._basis = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
        weighted = self._basis * self.window[:, None]
        gram = self._basis.T @ weighted
        gram[np.diag_indices_from(gram)] *= 1.0 + 1e-9
        self._solver = scipy.linalg.solve(gram, weighted.T, assume_a="pos").T

    def measure(self, sound: AnyArray, centres: AnyArray) -> C128:
        """Complex peak amplitudes (n_centres, n_lines); their angle is the phase at the centre."""
        n = len(self.line_hz)
        out = np.empty((len(centres), n), np.complex128)
        for first in range(0, len(centres), _CHUNK):
            pairs = frames_at(sound, centres[first : first + _CHUNK], self.length) @ self._solver
            out[first : first + _CHUNK] = pairs[:, :n] - 1j * pairs[:, n:]
        return out

    def drift_hz(self, sound: AnyArray, centres: AnyArray) -> tuple[F64, F64]:
        """How far each line lies above its frequency in Hz, and its power, which says how sure that is.

        Both (n_centres, n_lines); from the phases' advance between a moment before a centre and one after.
        """
        step = max(1, self.length // 16)
        before, after = self.measure(sound, centres - step), self.measure(sound, centres + step)
        turn = after * np.conj(before) * np.exp(-4j * np.pi * step / self.rate_hz * self.line_hz)
        return np.angle(turn) / (4.0 * np.pi * step / self.rate_hz), np.abs(turn)

    def rest(self, sound: AnyArray, centres: AnyArray, lines: C128) -> F64:
        """The sound without its lines (n_centres, n_lines), windows overlapped and added."""
        half, n = self.length // 2, len(sound)
        drawn, weight = np.zeros(n + 2 * self.length), np.zeros(n + 2 * self.length)
        for first in range(0, len(centres), _CHUNK):
            c = lines[first : first + _CHUNK]
            frames = np.concatenate([c.real, -c.imag], axis=1) @ self._basis.T
            for centre, frame in zip(centres[first : first + _CHUNK], frames, strict=True):
                start = int(centre) + self.length - half
                drawn[start : start + self.length] += self.window * frame
                weight[start : start + self.length] += self.window
        inside = slice(self.length, self.length + n)
        return np.asarray(sound - drawn[inside] / np.maximum(weight[inside], 1e-3), np.float64)

    def passed(self, hz: AnyArray) -> F64:
        """Share of the power of noise at (n,) Hz that `rest` leaves, between 0 on a line and 1 far from all."""
        taken: Any = np.zeros(len(hz))
        for line in self.line_hz:
            taken = taken + lobe((np.asarray(hz) - line) * self.length / self.rate_hz) ** 2
        return np.asarray((1.0 - np.minimum(taken, 1.0)) ** 2, np.float64)

    @property
    def noise_gain(self) -> float:
        """Expected squared amplitude that noise of 1 per Hz shows where a line is measured."""
        return float(2.0 * self.rate_hz * np.sum(self.window**2) / np.sum(self.window) ** 2)


def lobe(offset_bins: AnyArray) -> F64:
    """Response of a Hann window, 1 in the middle, to a line that lies so many bins off."""
    x = np.asarray(offset_bins, np.float64)
    near = np.abs(np.abs(x) - 1.0) < 1e-6
    return np.where(near, 0.5, np.sinc(x) / np.where(near, 1.0, 1.0 - x * x))
