"""The real program on a real JACK server, and what must still be so after an attack."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.attack.report import Report
from tests.system.jackd import Jackd, urgent
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram, descendants, role_of
from tests.system.rig import Rig
from tests.system.waiting import until

MORE_MB = 60
"""So much a process may grow under an attack: queues, caches and logs that have an end."""
MORE_DESCRIPTORS = 12
MORE_THREADS = 6
MOST_LOG_BYTES = 64_000
STATUS = [
    "voices",
    "load",
    "peak_load",
    "xruns",
    "ring_underruns",
    "blocks",
    "rate",
    "block",
    "latency",
    "stolen",
    "instrument",
    "bundle",
    "listening",
    "input",
    "input_lost",
]


class Target:
    """A bridge that plays, a JACK client that hears it, and its state before an attack."""

    def __init__(self, bridge: BridgeProgram, rig: Rig, osc: Osc) -> None:
        self.bridge, self.rig, self.osc = bridge, rig, osc
        assert bridge.process is not None
        self.pid = bridge.process.pid
        until(lambda: "OSCQuery on port" in bridge.output, 30, "the bridge does not say that all of it runs")
        self.before = self.facts()
        self.segments: set[str] = set()
        """Names of the shared memory that it had whenever `see_segments` was called."""

    def facts(self) -> dict[str, dict[str, int]]:
        """Memory in MB, descriptors and threads of the host and of what it started, by role."""
        found = {}
        for pid in (self.pid, *descendants(self.pid)):
            with contextlib.suppress(OSError):
                role = "host" if pid == self.pid else role_of(pid)
                found[role] = {
                    "pid": pid,
                    "mb": _resident_mb(pid),
                    "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
                    "threads": len(os.listdir(f"/proc/{pid}/task")),
                }
        return found

    def see_segments(self) -> None:
        """Note what shared memory it has now, but for JACK's."""
        for pid in (self.pid, *descendants(self.pid)):
            with contextlib.suppress(OSError):
                maps = Path(f"/proc/{pid}/maps").read_text()
                self.segments |= set(re.findall(r"/dev/shm/((?!jack)\S+)", maps))

    def status(self) -> dict[str, Any]:
        """What `/lb/status` says."""
        return dict(zip(STATUS, self.osc.ask("/lb/status.reply", "/lb/status", timeout_s=10.0), strict=False))

    def answers(self, timeout_s: float = 5.0) -> float:
        """Seconds until a ping is answered; infinity when it is not."""
        start_s = time.monotonic()
        self.osc.send("/lb/ping")
        while time.monotonic() - start_s < timeout_s:
            got = self.osc.receive(timeout_s)
            if got is not None and got[0] == "/lb/pong":
                return time.monotonic() - start_s
        return float("inf")

    def level(self, seconds: float = 0.3) -> float:
        """Peak of what sounds now."""
        return float(np.abs(self.rig.record(seconds)).max())

    def check(self, report: Report, *, same: bool = True) -> None:
        """Note what is broken: no answer, hanging notes, no sound, leaks, a flood of words, another process.

        same : whether the processes must be those from before the attack.
        """
        self.osc.socket.settimeout(0.01)
        report.check(self.answers() < 1.0, "a ping is not answered within a second")
        for address, value in (("/lb/panic", None), ("/lb/gain", 0.0), ("/lb/bend", 0.0), ("/lb/legato", 0)):
            self.osc.send(address, *([] if value is None else [value]))
        self.osc.send("/lb/instrument", "violin", 0)
        time.sleep(1.0)
        report.check(self.status()["voices"] == 0, f"{self.status()['voices']} voices hang after a panic")
        report.check(self.level() < 1e-3, "there is no silence after a panic")
        self.osc.send("/lb/note", 69, 100)
        time.sleep(0.3)
        report.check(self.level() > 0.01, "a note does not sound")
        self.osc.send("/lb/note", 69, 0)
        time.sleep(2.0)
        report.check(self.level() < 1e-3, "a note does not end")
        after = self.facts()
        for role, was in self.before.items():
            now = after.get(role)
            if now is None:
                report.fault(f"the {role} process is gone")
                continue
            report.check(not same or now["pid"] == was["pid"], f"the {role} process is another one")
            for what, most in (("mb", MORE_MB), ("descriptors", MORE_DESCRIPTORS), ("threads", MORE_THREADS)):
                more = now[what] - was[what]
                report.check(more <= most, f"the {role} process has {more} more {what}")
        said = self.bridge.output
        report.check("Traceback" not in said and "this is a bug" not in said, f"it said {said[-300:]}")
        report.check(len(said) < MOST_LOG_BYTES, f"it said {len(said)} bytes")


@contextlib.contextmanager
def target(*flags: str, urgent_clock: bool = True) -> Iterator[Target]:
    """A bridge on a JACK server of its own, connected to a JACK client."""
    with Jackd(options=urgent() if urgent_clock else ("-r",)) as jackd:
        os.environ.update(jackd.environment)
        with BridgeProgram("--host-api", "JACK", *flags, environment=jackd.environment) as bridge:
            bridge.wait_ready()
            with Rig(jackd, seconds=120.0) as rig, Osc(bridge.osc_port) as osc:
                rig.connect_bridge()
                time.sleep(1.0)
                yield Target(bridge, rig, osc)


def check_segments(report: Report, here: Target) -> None:
    """Note shared memory that is left of a bridge that has ended."""
    assert here.segments, "no shared memory was seen"
    left = here.segments & set(os.listdir("/dev/shm"))
    report.check(not left, f"shared memory is left: {left}")


def _resident_mb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0
