"""How an instrument's held notes move around their mean.

A few principal directions, each an autoregressive process, and a wobble of each value by itself. It knows nothing of
what the values are: levels of partials, or latents.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from export.alive.processes import Processes, ProcessPlayer, fitted
from rt.arrays import F64, AnyArray
from rt.errors import BridgeError

N_DIRECTIONS, ORDER, OWN_ORDER = 8, 12, 6
TOGETHER, OWN = 1, 2
"""Streams of random numbers."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Life:
    """Deviations of n_values from their mean at that age, as a process."""

    step_s: float
    """Time between two steps; values between them are interpolated."""
    directions: F64
    """(n_directions, n_values) what one unit of each process adds to the values."""
    together: Processes
    """n_directions processes."""
    own: Processes
    """n_values processes, one for what the directions leave of each value."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.step_s) and 0.0 < self.step_s <= 1.0):
            raise BridgeError(f"life: step of {self.step_s} s, allowed are 0 to 1: fit it again")
        shape = (len(self.together.std), len(self.own.std))
        if self.directions.shape != shape or not np.isfinite(self.directions).all():
            raise BridgeError(f"life: directions of shape {self.directions.shape}, expected {shape}: fit it again")

    @property
    def std(self) -> F64:
        """(n_values,) standard deviations of the values."""
        return np.asarray(np.sqrt((self.together.std**2) @ self.directions**2 + self.own.std**2), np.float64)

    def to_json(self) -> str:
        """One JSON object, figures to 6 digits."""
        together, own = self.together, self.own
        plain = {
            "step_s": self.step_s,
            "directions": _plain(self.directions),
            "together": {"reflection": _plain(together.reflection), "std": _plain(together.std)},
            "own": {"reflection": _plain(own.reflection), "std": _plain(own.std)},
        }
        return json.dumps(plain)

    @classmethod
    def from_json(cls, text: str, *, name: str = "life") -> Life:
        """Read what `to_json` wrote; BridgeError with one line where it is something else."""
        try:
            plain = json.loads(text)
            return cls(
                step_s=float(plain["step_s"]),
                directions=np.array(plain["directions"], np.float64),
                together=_processes(plain["together"]),
                own=_processes(plain["own"]),
            )
        except BridgeError as error:
            raise BridgeError(f"{name}: {error}") from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"{type(error).__name__} {error}".splitlines()[0]
            raise BridgeError(f"{name}: no description of a life ({reason}); fit it again") from None


def _plain(values: F64) -> list[Any]:
    rounded = np.vectorize(lambda value: float(f"{value:.6g}"), otypes=[np.float64])(values) if values.size else values
    out: list[Any] = rounded.tolist()
    return out


def _processes(plain: dict[str, Any]) -> Processes:
    return Processes(np.array(plain["reflection"], np.float64), np.array(plain["std"], np.float64))


class LifePlayer:
    """Plays a life; a function of the seed and the step, whatever is asked for at a time."""

    def __init__(self, life: Life, *, seed: int) -> None:
        self._directions = life.directions
        self._together = ProcessPlayer(life.together, seed=seed, stream=TOGETHER)
        self._own = ProcessPlayer(life.own, seed=seed, stream=OWN)

    def next(self, n_steps: int) -> F64:
        """The next deviations, (n_steps, n_values), as large as the recordings'."""
        out = self._own.next(n_steps)
        for process, direction in zip(self._together.next(n_steps).T, self._directions, strict=True):
            out += process[:, None] * direction  # one after the other: the order of adding must not depend on n_steps
        return out


def fit(
    paths: Sequence[AnyArray],
    step_s: float,
    *,
    n_directions: int = N_DIRECTIONS,
    order: int = ORDER,
    own_order: int = OWN_ORDER,
) -> Life:
    """A life like the deviations (n_steps, n_values) of several notes; NaN where a note lacks a value.

    Directions are the principal ones of values scaled to the same deviation.
    """
    if not paths or len({path.shape[1:] for path in paths}) != 1 or paths[0].ndim != 2 or not paths[0].shape[1]:
        raise BridgeError(
            f"life: paths of shapes {[path.shape for path in paths][:3]}; all must be (n_steps, n_values)"
        )
    everything = np.concatenate(paths)
    if np.isinf(everything).any():
        raise BridgeError("life: infinite values in the paths; analyse the notes again")
    known = ~np.isnan(everything)
    if len(everything) < 2 * order or not known.any():
        raise BridgeError(f"life: {len(everything)} steps of held notes, at least {2 * order} are needed: more notes")
    filled = np.where(known, everything, 0.0)
    share = np.maximum(np.mean(known, axis=0), 1e-9)
    scale = np.sqrt(np.mean(filled**2, axis=0) / share)
    scaled = filled / np.maximum(scale, 1e-12)
    _, axes = np.linalg.eigh(scaled.T @ scaled)
    axes = axes[:, ::-1][:, : min(n_directions, scaled.shape[1])].T
    axes *= np.sign(axes[np.arange(len(axes)), np.argmax(np.abs(axes), axis=1)])[:, None]
    cuts = np.cumsum([len(path) for path in paths])[:-1]
    scores = scaled @ axes.T
    left = (scaled - scores @ axes) * scale
    together = fitted(np.split(scores, cuts), order, step_s)
    own = fitted(np.split(left, cuts), own_order, step_s)
    directions = axes * scale
    # values that few notes have are as lively in those that have them
    missing = np.sqrt(np.maximum(scale**2 - together.std**2 @ directions**2, 0.0))
    own = Processes(own.reflection, np.where(share > 0.999, own.std, missing))
    return Life(step_s=step_s, directions=directions, together=together, own=own)


def deviations(paths: Sequence[AnyArray]) -> list[F64]:
    """What paths (n_steps, n_values) of several notes do beside the mean at their age, each note's level and slope.

    NaN stays NaN. What every note of an instrument does at some age is its envelope, and how fast one of them decays or
    how loud it is says which note it is: neither is life. An age that a single note reaches has no mean but its own.
    """
    levelled = [_without_line(path) for path in paths]
    longest = max(len(path) for path in levelled)
    total, count = np.zeros((longest, levelled[0].shape[1])), np.zeros((longest, levelled[0].shape[1]))
    for path in levelled:
        known = ~np.isnan(path)
        total[: len(path)] += np.where(known, path, 0.0)
        count[: len(path)] += known
    # the mean of n notes takes 1/n of their own variance with it: given back by leaving as much of the mean
    mean = np.where(count > 1, total / np.maximum(count, 1), 0.0)
    return [_without_line((path - mean[: len(path)]) * _given_back(count[: len(path)])) for path in levelled]


def _given_back(count: F64) -> F64:
    return np.asarray(np.where(count > 1, np.sqrt(count / np.maximum(count - 1, 1)), 1.0), np.float64)


def _without_line(path: AnyArray) -> F64:
    """A path without the straight line of each of its values, fitted where it is known."""
    out = np.array(path, np.float64)
    t = np.arange(len(out), dtype=np.float64)
    for column in out.T:
        known = ~np.isnan(column)
        if known.sum() > 2:
            column -= np.polyval(np.polyfit(t[known], column[known], 1), t)
        elif known.any():
            column -= np.mean(column[known])
    return out


def coarser(path: AnyArray, factor: int) -> F64:
    """Means (n // factor, n_values) of so many hops each; NaN where one of them is."""
    n = len(path) // factor
    return np.asarray(np.mean(np.reshape(path[: n * factor], (n, factor, -1)), axis=1), np.float64)
