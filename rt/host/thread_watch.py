"""Notices that a thread has ended: it is told and started again, and given up when that does not help. Main thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from rt.errors import BridgeError

MAX_RESTARTS = 3
WITHIN_S = 60.0


class Watched(Protocol):
    """What works on a thread of its own."""

    @property
    def failure(self) -> Exception | None:
        """What ended the thread, if anything did."""

    def restart(self) -> None:
        """Go on after a failure has ended the thread."""


class ThreadWatch:
    """Looks after threads by name; sound goes on whatever becomes of them."""

    def __init__(self, show: Callable[[str], None], give_up: Callable[[str], None]) -> None:
        """`show` prints a line for the user; `give_up` is told the name of what stays off."""
        self._show = show
        self._give_up = give_up
        self._restarts: dict[str, list[float]] = {}
        self._off: set[str] = set()

    def look(self, name: str, part: Watched | None, *, is_vital: bool = False) -> None:
        """Start a part again that has ended.

        is_vital : without it nothing is left to do, so that giving it up ends the program with BridgeError.
        """
        error = part.failure if part is not None and name not in self._off else None
        if part is None or error is None:
            return
        now_s = time.monotonic()
        recent = [at_s for at_s in self._restarts.get(name, ()) if at_s > now_s - WITHIN_S]
        self._restarts[name] = [*recent, now_s]
        why = " ".join(f"{type(error).__name__}: {error}".split())
        if len(recent) < MAX_RESTARTS:
            self._show(f"{name} failed ({why}) and was started again; sound goes on")
            part.restart()
            return
        failed = f"{name} failed {len(recent) + 1} times within a minute ({why})"
        if is_vital:
            raise BridgeError(f"{failed}; --debug shows where")
        self._off.add(name)
        self._show(f"{failed} and stays off; sound goes on, start the bridge again to have it back")
        self._give_up(name)
