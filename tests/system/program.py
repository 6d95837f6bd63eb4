"""The real program, as users start it, and other commands."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Self

import pytest

from tests.system.osc_client import Osc, free_udp_port
from tests.system.waiting import until

ROOT = Path(__file__).parents[2]


class BridgeProgram:
    """The real program, started as a user does."""

    def __init__(self, *flags: str, environment: dict[str, str] | None = None, osc: bool = True) -> None:
        self.osc_port = free_udp_port()
        self._flags = [*flags, "--osc-port", str(self.osc_port)] if osc else list(flags)
        self._environment = os.environ | (environment or {})
        self._log = Path(tempfile.gettempdir()) / f"lb{uuid.uuid4().hex[:10]}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            self._log.unlink(missing_ok=True)

    @property
    def output(self) -> str:
        """Everything it printed so far."""
        return self._log.read_text(errors="replace")

    def start(self) -> None:
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "run_server.py"), *self._flags],
                cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait_ready(self, timeout_s: float = 120.0) -> None:
        """Wait until OSC answers; the first start after an installation compiles."""
        assert self.process is not None
        with Osc(self.osc_port) as osc:

            def answers() -> bool:
                assert self.process is not None
                if self.process.poll() is not None:
                    pytest.fail(f"the bridge ended with {self.process.returncode}: {self.output[-2000:]}")
                osc.send("/lb/ping")
                got = osc.receive(0.2)
                return got is not None and got[0] == "/lb/pong"

            until(answers, timeout_s, "the bridge does not answer /lb/ping")

    def stop(self, how: int = signal.SIGTERM, timeout_s: float = 10.0) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail(f"signal {how} did not end the bridge within {timeout_s} s: {self.output[-2000:]}")


def descendants(pid: int) -> list[int]:
    """Process ids of all children, and theirs (Linux only)."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def role_of(pid: int) -> str:
    """The module of ours that a process runs, or else its program (Linux only)."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    names = [part.decode() for part in command if part.startswith(b"rt.")]
    return names[0] if names else command[0].decode(errors="replace")


def run(
    *command: str, timeout_s: float = 120.0, environment: dict[str, str] | None = None, folder: Path = ROOT
) -> tuple[int, str, str]:
    """A command's exit code, standard output and standard error."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        timeout=timeout_s,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def latent_bridge(*arguments: str, timeout_s: float = 120.0) -> tuple[int, str, str]:
    """`latent-bridge` with these arguments."""
    return run(sys.executable, "-m", "rt.cli", *arguments, timeout_s=timeout_s)
