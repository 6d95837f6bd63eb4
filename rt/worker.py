"""A thread that calls one function again and again until it is stopped, and what is started and stopped like it."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rt.errors import BridgeError

log = logging.getLogger(__name__)

PRIORITY = 50
"""Real-time priority of threads that sound or notes wait for; JACK's own threads have 55 and more."""
SHORT_S = 0.1
"""Naps up to this are slept to the end, which costs less than a nap that `stop` can break."""


def raise_priority() -> None:
    """Let the calling thread go before others, below the audio server's; where the system allows it.

    Threads and processes that it starts begin as ordinary ones: a bundle on trial must not hold up what plays.
    """
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(PRIORITY))


class Startable(ABC):
    """What runs from `start` to `stop`; as a context manager, inside the block."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @abstractmethod
    def start(self) -> None:
        """Begin; once."""

    @abstractmethod
    def stop(self) -> None:
        """End; safe to call twice."""


class Worker(Startable):
    """A thread that calls `step` until stopped; `step` returns a nap in seconds.

    Whatever `step` touches belongs to this thread from `start` to `stop`.
    """

    def __init__(self, name: str, step: Callable[[], float]) -> None:
        self.failure: Exception | None = None
        self._name = name
        self._step = step
        self._stopping = threading.Event()
        self._thread = self._make_thread()

    def start(self) -> None:
        """Begin calling `step`; a worker starts once."""
        self._thread.start()

    def restart(self) -> None:
        """Call `step` again after a failure has ended the thread."""
        if self._stopping.is_set():
            return
        self._thread.join()
        self.failure = None
        self._thread = self._make_thread()
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Ask the thread to end and wait for it; safe to call twice."""
        self._stopping.set()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            raise BridgeError(f"thread {self._thread.name!r} still runs after {timeout_s} s")

    def abandon(self) -> None:
        """Ask the thread to end, and do not wait: it is busy for long with what may be left half done."""
        self._stopping.set()

    def _make_thread(self) -> threading.Thread:
        return threading.Thread(target=self._run, name=self._name, daemon=True)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                nap_s = self._step()
                if nap_s > SHORT_S:
                    self._stopping.wait(nap_s)
                elif nap_s > 0.0:
                    time.sleep(nap_s)
        except Exception as error:
            self.failure = error  # the main thread polls it, tells the user and decides what becomes of it
            log.info("thread %s ended", self._name, exc_info=True)


class WorkerOwner(Startable):
    """What does its work on one worker of its own."""

    _worker: Worker

    @property
    def failure(self) -> Exception | None:
        """What ended the thread, if anything did."""
        return self._worker.failure

    def restart(self) -> None:
        """Go on after a failure has ended the thread."""
        self._worker.restart()
