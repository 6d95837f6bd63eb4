"""A JACK server for tests."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import pytest

from tests.system.waiting import needs

RATE_HZ = 48_000
START_S = 10.0
AGAIN_S = 1.0
"""So long nobody joins a server that was killed and comes back: clients of its first moments may wait for the dead."""


def may_use_fifo() -> bool:
    """Whether this user may have real-time priority."""
    before, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
        os.sched_setscheduler(0, before, parameter)
    except PermissionError:
        return False
    return True


def urgent() -> tuple[str, ...]:
    """Options of a server whose clock neither waits for a busy machine, where that is allowed, nor loses samples."""
    return (*(("-R", "-P", "60") if may_use_fifo() else ("-r",)), "-S", "-t", "1000")


class Jackd:
    """A JACK server with the dummy driver and a name of its own.

    Synchronous by default: a client that is late delays the clock instead of losing samples, so that what is heard is
    exact on a busy machine.
    """

    def __init__(
        self, period: int = 128, *, options: Sequence[str] = ("-r", "-S", "-t", "1000"), n_inputs: int = 2
    ) -> None:
        self.name = f"lb{uuid.uuid4().hex[:10]}"
        self.period = period
        self.rate_hz = RATE_HZ
        """Like the period, of its next start."""
        self.n_inputs = n_inputs
        """Of the hardware that it has at its next start."""
        self.environment = {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }
        self._log = Path(tempfile.gettempdir()) / f"{self.name}.log"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._was_killed = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._log.unlink(missing_ok=True)

    def announce(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let all programs that the test starts find this server."""
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    def start(self) -> None:
        command = [needs("jackd"), *self._options, "-n", self.name, "-d", "dummy"]
        command += ["-r", str(self.rate_hz), "-p", str(self.period), "-C", str(self.n_inputs)]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                command, env=os.environ | self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if self._was_killed:
            time.sleep(AGAIN_S)
        end_s = time.monotonic() + START_S
        while not self._is_running():
            if self._process.poll() is not None or time.monotonic() > end_s:
                self._process.kill()
                self._process.wait(START_S)
                pytest.fail(f"jackd did not start in {START_S} s: {self.read_log()[-500:]}")
            time.sleep(0.02)

    def _is_running(self) -> bool:
        """Whether a client gets in; `jack_wait --wait` would look once a second only."""
        check = [needs("jack_wait"), "--server", self.name, "--check"]
        done = subprocess.run(check, capture_output=True, text=True, timeout=START_S, check=False)
        return done.stdout.strip() == "running"

    def read_log(self) -> str:
        """What the server has printed so far."""
        return self._log.read_text(errors="replace")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it, with force if a client that died holds it up; after SIGKILL start it again."""
        if self._process is None:
            return
        self._was_killed = how == signal.SIGKILL
        self._process.send_signal(how)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            self.start()  # only a server of the same name frees the place of a killed one, and there are eight places
            self._process.terminate()
            self._process.wait(5)
        self._process = None
