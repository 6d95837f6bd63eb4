"""A process of ours as its host sees it: started, told lines of JSON and listened to, ended for certain."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

STOP_S = 2.0
TERM_S = 0.3


class Child:
    """One process; closing its standard input asks it to end."""

    def __init__(self, command: Sequence[str], job: str, take: Callable[[dict[str, Any]], None]) -> None:
        """Start it. job : its first line. take : gets what it says, on a thread of its own. OSError if it cannot be."""
        self._take = take
        root = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="messages of a process", daemon=True)
        self._reader.start()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(job.encode() + b"\n")
            self._process.stdin.flush()

    @property
    def exit_code(self) -> int | None:
        """How the process ended, None while it runs; its last words have been taken by then."""
        code = self._process.poll()
        if code is not None:
            self._reader.join(STOP_S)
        return code

    @property
    def pid(self) -> int:
        """Process number."""
        return self._process.pid

    def end(self, patience_s: float = 0.0) -> None:
        """Have the process end: asked by its pipe, then by SIGTERM, then by SIGKILL."""
        process = self._process
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        for act, wait_s in ((None, patience_s), (process.terminate, TERM_S), (process.kill, STOP_S)):
            if process.poll() is None and wait_s > 0.0:
                if act is not None:
                    act()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(wait_s)
        self._reader.join(STOP_S)
        if process.stdout is not None and not self._reader.is_alive():
            process.stdout.close()

    def kill(self) -> None:
        """End it at once; `end` still has to be called."""
        self._process.kill()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                self._take(json.loads(line))
            except ValueError:  # a line that its end cut off
                log.debug("no message: %r", line)
            except Exception:  # a defect of ours must not silence the other messages
                log.exception("message %r", line)

    def send(self, line: bytes) -> bool:
        """Write one short line whole, from one thread at a time; False when the process does not read, or has gone."""
        stdin = self._process.stdin
        try:
            assert stdin is not None
            descriptor = stdin.fileno()
            if hasattr(os, "set_blocking"):  # Windows has it from Python 3.12 on
                os.set_blocking(descriptor, False)
            return os.write(descriptor, line + b"\n") > 0  # one write of up to PIPE_BUF bytes is whole or nothing
        except (OSError, ValueError):
            return False


def ending(code: int) -> str:
    """How a process ended, in words, by its exit code."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
