"""A call on a thread of its own: one that never ends can be given up, and holds nobody up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Attempt(Generic[T]):
    """Runs from construction; what comes of one that was given up is dropped."""

    def __init__(self, call: Callable[[], T], limit_s: float) -> None:
        self._call = call
        self._result: list[T] = []
        self._error: Exception | None = None
        self._done = threading.Event()
        self._end_s = time.monotonic() + limit_s
        threading.Thread(target=self._run, name="attempt", daemon=True).start()

    def wait(self, timeout_s: float) -> bool:
        """Whether it is over, with a result or without; waits so long at most."""
        self._done.wait(max(0.0, min(timeout_s, self._end_s - time.monotonic())))
        return self._done.is_set() or time.monotonic() >= self._end_s

    def result(self) -> T:
        """What the call gave, or raised; TimeoutError while it is not done."""
        if not self._done.is_set():
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._result[0]

    def _run(self) -> None:
        try:
            self._result.append(self._call())
        except Exception as error:  # for who asks for the result
            self._error = error
        self._done.set()
