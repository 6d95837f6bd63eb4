"""Checks the bundles that are asked for by OSC, so that large files hold up no note.

Worker `bundles` takes one after the other, each on a thread that is given up where a disk never answers.
"""

from __future__ import annotations

import queue
from collections.abc import Callable

from rt.attempt import Attempt
from rt.audio.bundle_loads import LIMIT_S, late
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.errors import BundleError
from rt.events import MAX_TEXT_BYTES
from rt.worker import Worker, WorkerOwner

Done = Callable[[str], None]
LOOK_S = 0.1
"""Between two looks at whether to end."""
MAX_WAITING = 16


class Opener(WorkerOwner):
    """Opens bundles in the order in which they are asked for."""

    def __init__(self, use: Callable[[Bundle, Done], None]) -> None:
        """`use` gets each bundle that is in order, on the worker's thread."""
        self._use = use
        self._wanted: queue.Queue[tuple[str, Done]] = queue.Queue(MAX_WAITING)
        self._now: tuple[str, Done, Attempt[Bundle]] | None = None
        self._worker = Worker("bundles", self._step)

    def start(self) -> None:
        """Begin to open."""
        self._worker.start()

    def stop(self) -> None:
        """Open no more; safe to call twice."""
        self._worker.stop()

    def ask(self, name_or_path: str, done: Done) -> None:
        """Open a bundle and have it used; `done` gets why it cannot be. Any thread, quick."""
        try:
            self._wanted.put_nowait((name_or_path, done))
        except queue.Full:
            done(f"{MAX_WAITING} bundles wait to be loaded already; try again")

    def _step(self) -> float:
        if self._now is None:
            try:
                name, done = self._wanted.get(timeout=LOOK_S)
            except queue.Empty:
                return 0.0
            self._now = (name, done, Attempt(lambda: _open(name), LIMIT_S))
            return 0.0
        name, done, attempt = self._now
        if attempt.wait(LOOK_S):
            self._now = None
            try:
                opened = attempt.result()
            except TimeoutError:
                done(late(name, LIMIT_S))
            except BundleError as error:
                done(str(error))
            else:
                self._use(opened, done)
        return 0.0


def _open(name_or_path: str) -> Bundle:
    """The bundle, checked whole; BundleError says what is wrong."""
    opened = bundle.load(name_or_path)
    path = str(opened.path.resolve())
    if len(path.encode()) > MAX_TEXT_BYTES:
        raise BundleError(f"{path}: the path is longer than {MAX_TEXT_BYTES} bytes; move the bundle")
    return opened
