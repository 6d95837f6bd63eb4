"""Where the free voice is in the latent space: moves between points, and a trajectory around them."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import LatentSpec
from rt.parameters import INTERPOLATION

NONE, LINEAR, CUBIC = range(3)
OFF, LINE, CIRCLE, HELIX = range(4)
HELIX_TURNS = 8.0
"""Turns of the helix until it is back."""


class LatentCurve(Protocol):
    """Anything that says where the free voice is."""

    def at(self, now_s: float) -> F64:
        """The point (size,) at a time."""


class FreeVoicePath:
    """A point that goes where it is sent, jumping, straight, or with continuous speed.

    Time is in seconds of the engine's clock and never runs backwards between calls.
    """

    def __init__(self, spec: LatentSpec) -> None:
        self._axes = np.asarray(spec.axes, np.float64)
        self._deviation = np.asarray(spec.axis_deviation, np.float64)
        self._from = np.asarray(spec.mean, np.float64)
        self._to = self._from.copy()
        self._speed = self._rest = np.zeros(spec.size)
        self._start_s = 0.0
        self._length_s = 0.0
        order, seconds = (number.default or 0.0 for number in INTERPOLATION.numbers)
        self._order, self._seconds = int(order), seconds
        self._shape, self._frequency_hz, self._radius = OFF, 0.0, 0.0
        self._turn, self._turn_s = 0.0, 0.0

    @property
    def moves(self) -> bool:
        """Whether the point is a function of time for ever: a trajectory is on."""
        return self._shape != OFF

    def set_interpolation(self, order: int, seconds: float) -> None:
        """How later points are reached: NONE, LINEAR or CUBIC, in so many seconds."""
        self._order = order
        self._seconds = seconds

    def set_trajectory(self, shape: int, frequency_hz: float, radius: float, now_s: float) -> None:
        """Circle the point: OFF, LINE, CIRCLE or HELIX; radius in standard deviations of the principal axes."""
        self._turn = self._turn_at(now_s)
        self._turn_s = now_s
        self._shape, self._frequency_hz, self._radius = shape, frequency_hz, radius

    def go(self, point: F64 | F32, now_s: float) -> None:
        """Head for a point (size,) from where the path is now."""
        here, speed = self._point(now_s)
        self._from, self._speed = here, speed
        self._to = np.asarray(point, np.float64)
        self._start_s = now_s
        self._length_s = 0.0 if self._order == NONE else self._seconds

    def at(self, now_s: float) -> F64:
        """The point (size,) at a time, trajectory included."""
        place = self._point(now_s)[0]
        return place if self._shape == OFF else place + self._orbit(now_s)

    def _point(self, now_s: float) -> tuple[F64, F64]:
        """Place and speed per second, without the trajectory."""
        if self._length_s <= 0.0 or now_s >= self._start_s + self._length_s:
            return self._to, self._rest
        u = max(0.0, (now_s - self._start_s) / self._length_s)
        curve = self._to - self._from
        if self._order == LINEAR:
            return self._from + u * curve, curve / self._length_s
        # Hermite: leaves with the speed it had, arrives at rest
        tangent = self._speed * self._length_s
        place = self._from + (3 * u**2 - 2 * u**3) * curve + (u**3 - 2 * u**2 + u) * tangent
        speed = (6 * u - 6 * u**2) * curve + (3 * u**2 - 4 * u + 1) * tangent
        return place, speed / self._length_s

    def _turn_at(self, now_s: float) -> float:
        return self._turn + (now_s - self._turn_s) * self._frequency_hz

    def _orbit(self, now_s: float) -> F64:
        turn = 2.0 * np.pi * self._turn_at(now_s)
        steps = [np.sin(turn)] if self._shape == LINE else [np.cos(turn), np.sin(turn)]
        if self._shape == HELIX:
            steps.append(np.sin(turn / HELIX_TURNS))
        n = min(len(steps), len(self._axes))
        weights = self._radius * np.asarray(steps[:n]) * self._deviation[:n]
        return np.asarray(weights @ self._axes[:n])
