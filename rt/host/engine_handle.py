"""One engine process as its host sees it: started, listened to, ended for certain."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rt.audio.engine_messages import EngineConfigMessage
from rt.audio.rings import Shared

COMMAND = (sys.executable, "-P", "-m", "rt.audio.engine_process")
STOP_S = 2.0
TERM_S = 0.3


class EngineHandle:
    """One engine process with its shared memory and its messages."""

    def __init__(self, command: Sequence[str], config_message: EngineConfigMessage, shared: Shared) -> None:
        self.shared = shared
        self.messages: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.ready_at_s: float | None = None
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="engine messages", daemon=True)
        self._reader.start()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(config_message.to_json().encode() + b"\n")
            self._process.stdin.flush()

    @property
    def exit_code(self) -> int | None:
        """How the process ended, None while it runs; its last words are in `messages` by then."""
        code = self._process.poll()
        if code is not None:
            self._reader.join(STOP_S)
        return code

    @property
    def pid(self) -> int:
        """Process number."""
        return self._process.pid

    def end(self, patience_s: float = 0.0) -> None:
        """Have the process end: asked by its pipe, then by SIGTERM, then by SIGKILL; its memory goes too."""
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
        self.shared.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                self.messages.put(json.loads(line))


def ending(code: int) -> str:
    """How a process ended, in words, by its exit code."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
