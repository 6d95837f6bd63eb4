"""Lines of JSON to the host that never wait: a host that does not read in time misses notes, but no driver waits."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

FULL_BYTES = 1 << 15
"""What may wait besides the pipe's own 64 KiB; more is a flood that would only be played late."""


class Outbox:
    """The way to the host; any thread may write."""

    def __init__(self, descriptor: int) -> None:
        if hasattr(os, "set_blocking"):  # Windows has it from Python 3.12 on
            os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._waiting = bytearray()

    @property
    def is_full(self) -> bool:
        """Whether notes are better left out."""
        return len(self._waiting) > FULL_BYTES

    @property
    def is_empty(self) -> bool:
        """Whether the host's pipe has everything."""
        return not self._waiting

    def say(self, kind: str, **facts: Any) -> None:
        """Add a line and write what can be written."""
        line = json.dumps({"kind": kind} | facts, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            self._waiting += line
            self._write()

    def flush(self) -> None:
        """Write what waits, as far as there is room."""
        if self._waiting:
            with self._lock:
                self._write()

    def _write(self) -> None:
        try:
            del self._waiting[: os.write(self._descriptor, self._waiting)]
        except BlockingIOError:
            pass
        except OSError:  # the host is gone; the end of standard input says so too
            self._waiting.clear()
