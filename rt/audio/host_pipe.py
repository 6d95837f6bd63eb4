"""The engine process's end of the pipes to its host: lines of JSON come and go, a closed input says that it is gone."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from rt.audio.device import DEBUG


class Messages:
    """Lines of JSON to the host, from any thread."""

    def __init__(self, descriptor: int) -> None:
        self._lock = threading.Lock()
        self._file = os.fdopen(descriptor, "w", buffering=1, encoding="utf-8")

    def say(self, kind: str, **facts: Any) -> None:
        """Send one; a host that is gone is no error here."""
        with self._lock, contextlib.suppress(OSError):
            self._file.write(json.dumps({"kind": kind} | facts) + "\n")


class Stop:
    """Whether to end; safe to request in a signal handler, which must not take locks.

    Threads that wait for it sleep through: each time one of them woke up to look, it could hold the interpreter that
    the audio thread wants, and lose the processor to another program meanwhile.
    """

    def __init__(self) -> None:
        self.is_wanted = False
        self._receiver, self._sender = socket.socketpair()

    def request(self, *_: object) -> None:
        """End soon."""
        self.is_wanted = True
        self._sender.send(b"x")

    def wait(self, timeout_s: float | None = None) -> bool:
        """Sleep until it is requested or the time is over; whether it was requested."""
        return self.is_wanted or bool(select.select([self._receiver], [], [], timeout_s)[0])


def take_over_output() -> int:
    """Keep standard output for messages and what C libraries print away from the terminal.

    Returns the descriptor for messages. Python's own errors still reach standard error.
    """
    messages = os.dup(1)
    if os.environ.get(DEBUG):
        os.dup2(2, 1)
    else:
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    return messages


def follow_host(take: Callable[[dict[str, Any]], None], stop: Stop) -> None:
    """Hand on what the host says, and request the end when it closes the pipe or ends; a thread's work."""
    try:
        for line in sys.stdin.buffer:
            with contextlib.suppress(ValueError):  # a line that its end cut off
                take(json.loads(line))
    finally:
        stop.request()
