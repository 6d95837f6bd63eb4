"""Bundles on their way into the engine; the lock of the link guards them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rt.bundle.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Load:
    """A bundle on its way in."""

    bundle: Bundle
    mark: int
    """Number of its event in the stream."""
    done: Callable[[str], None]


class Loads:
    """Those that the engine was told of and has not answered for."""

    def __init__(self) -> None:
        self._loads: list[Load] = []

    def add(self, load: Load) -> None:
        """The engine is told of one."""
        self._loads.append(load)

    def take(self, path: str) -> Load | None:
        """The oldest one of that folder, answered now."""
        found = next((load for load in self._loads if load.bundle.path.resolve() == Path(path)), None)
        if found is not None:
            self._loads.remove(found)
        return found

    def is_waiting(self, mark: int) -> bool:
        """Whether one that was told before `mark` is not answered."""
        return any(load.mark <= mark for load in self._loads)

    def give_up(self) -> list[Load]:
        """All of them: the engine that was told is gone."""
        given, self._loads = self._loads, []
        return given
