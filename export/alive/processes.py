"""Autoregressive processes, several side by side: fitted to paths, written down, played without end.

They are kept as reflection coefficients, all within -1 and 1, so that every one that can be written down is stable, and
starts as it goes on: step t of the first ones is drawn by the predictor of order t, which has the same covariances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from export.alive.counter_noise import normals
from rt.arrays import F64, AnyArray
from rt.errors import BridgeError

MOST_REFLECTION = 0.9995
LONGEST_MEMORY_S = 2.0
"""A process forgets to 1/e within so long at the latest: what is slower would be heard as drift."""


@dataclass(frozen=True, slots=True, eq=False)
class Processes:
    """Independent processes of one order."""

    reflection: F64
    """(n_processes, order) coefficients, each within MOST_REFLECTION of 0."""
    std: F64
    """(n_processes,) standard deviations, at any step."""

    def __post_init__(self) -> None:
        if self.reflection.ndim != 2 or self.std.shape != self.reflection.shape[:1]:
            raise BridgeError(f"processes: {self.reflection.shape} coefficients and {self.std.shape} deviations differ")
        if not np.all(np.abs(self.reflection) <= MOST_REFLECTION):
            raise BridgeError(
                f"processes: reflection coefficients must lie within {MOST_REFLECTION} of 0: fit them again"
            )
        if not np.all((self.std >= 0.0) & np.isfinite(self.std)):
            raise BridgeError("processes: standard deviations must be finite and not negative: fit them again")

    def predictors(self) -> tuple[F64, F64]:
        """Coefficients of the predictors of order 0 .. order, and the deviations of what they leave.

        (order + 1, n_processes, order), the last axis from the step before backwards, and (order + 1, n_processes).
        """
        n, order = len(self.std), self.reflection.shape[1]
        coefficients, left = np.zeros((order + 1, n, order)), np.empty((order + 1, n))
        left[0] = self.std
        for p in range(order):
            k, before = self.reflection[:, p], coefficients[p, :, :p]
            coefficients[p + 1, :, :p] = before - k[:, None] * before[:, ::-1]
            coefficients[p + 1, :, p] = k
            left[p + 1] = left[p] * np.sqrt(1.0 - k**2)
        return coefficients, left

    def spectrum(self, hz: AnyArray, step_s: float) -> F64:
        """Power per Hz (n_processes, n) at frequencies (n,), one-sided."""
        coefficients, left = self.predictors()
        turns = np.exp(-2j * np.pi * step_s * np.outer(np.arange(1, self.reflection.shape[1] + 1), hz))
        return np.asarray(2.0 * step_s * left[-1][:, None] ** 2 / np.abs(1.0 - coefficients[-1] @ turns) ** 2)


class ProcessPlayer:
    """Plays processes step by step; the same steps whatever is asked for at a time."""

    def __init__(self, processes: Processes, *, seed: int, stream: int) -> None:
        self._seed, self._stream, self._step = seed, stream, 0
        self._coefficients, self._left = processes.predictors()
        self._past: F64 = np.zeros(processes.reflection.shape)

    def next(self, n_steps: int) -> F64:
        """The next steps, (n_steps, n_processes)."""
        n, order = self._past.shape
        draws = normals(self._seed, self._stream, self._step, (n_steps, n))
        out = np.empty((n_steps, n))
        for i, draw in enumerate(draws):
            p = min(self._step, order)
            value = np.sum(self._coefficients[p] * self._past, axis=1) + self._left[p] * draw
            self._past[:, 1:] = self._past[:, :-1]
            self._past[:, :1] = value[:, None]
            out[i] = value
            self._step += 1
        return out


def fitted(paths: Sequence[AnyArray], order: int, step_s: float) -> Processes:
    """Processes like the columns of paths (n_steps, n_processes), whose mean is taken to be 0.

    Burg's method over all paths at once, so no window darkens the ends of short notes; its reflection coefficients are
    within 1 by themselves. Processes that remember for longer than LONGEST_MEMORY_S are made to forget.
    """
    forward = [np.asarray(path, np.float64) for path in paths]
    n = forward[0].shape[1]
    n_steps = sum(len(path) for path in forward)
    std = np.sqrt(sum(np.sum(path**2, axis=0) for path in forward) / max(1, n_steps))
    backward = forward
    reflection = np.zeros((n, order))
    for p in range(order):
        pairs = [(f[1:], b[:-1]) for f, b in zip(forward, backward, strict=True) if len(f) > 1]
        if not pairs:
            break
        above = sum((np.sum(2.0 * f * b, axis=0) for f, b in pairs), np.zeros(n))
        below = sum((np.sum(f**2 + b**2, axis=0) for f, b in pairs), np.zeros(n))
        k = np.where(below > 0.0, above / np.maximum(below, 1e-300), 0.0)
        reflection[:, p] = k
        forward = [f - k * b for f, b in pairs]
        backward = [b - k * f for f, b in pairs]
    forgetting = np.array([_forgetting(row, step_s) for row in reflection]).reshape(n, order)
    return Processes(forgetting, np.asarray(std, np.float64))


def _forgetting(reflection: F64, step_s: float) -> F64:
    """Reflection coefficients (order,) of the process with its slow poles pulled in to LONGEST_MEMORY_S."""
    held = np.clip(reflection, -MOST_REFLECTION, MOST_REFLECTION)
    coefficients = _coefficients(held)
    furthest = np.exp(-step_s / LONGEST_MEMORY_S)
    pull = min(1.0, furthest / max(1e-9, _radius(held)))
    while _radius(held) > furthest:
        held = _reflection(coefficients * pull ** np.arange(1, len(held) + 1))
        pull *= 0.999
    return held


def _coefficients(reflection: F64) -> F64:
    return np.asarray(Processes(reflection[None], np.ones(1)).predictors()[0][-1, 0], np.float64)


def _radius(reflection: F64) -> float:
    """How slowly the slowest pole of a process fades, as a factor per step."""
    return float(np.abs(np.roots(np.concatenate([[1.0], -_coefficients(reflection)]))).max(initial=0.0))


def _reflection(coefficients: F64) -> F64:
    """Reflection coefficients of a predictor (order,): the way of `predictors` backwards."""
    a, out = coefficients, np.zeros(len(coefficients))
    for p in range(len(a), 0, -1):
        k = out[p - 1] = np.clip(a[p - 1], -MOST_REFLECTION, MOST_REFLECTION)
        a = (a[: p - 1] + k * a[: p - 1][::-1]) / (1.0 - k * k)
    return out
