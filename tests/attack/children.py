"""Runs a command of the program in a forked child with limits: a crash, a hang or a flood ends the child only."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.attack.report import Report

GIB = 1 << 30
ALLOWED = {0: "accepted", 2: "refused"}


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    code: int
    """Exit code; negative, the signal that ended it."""
    output: str
    took_s: float
    """By the clock."""
    processor_s: float
    """Time of processors, which a busy machine does not stretch."""
    peak_mb: int


@contextlib.contextmanager
def _limits(seconds: int, memory_bytes: int) -> Iterator[None]:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    yield


def run(work: Callable[[], int], *, seconds: int = 30, memory_bytes: int = 6 * GIB) -> Ended:
    """Call `work` in a child with so much time and address space; what it returns is the exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    start_s = time.monotonic()
    pid = os.fork()
    if pid == 0:
        code = 97
        try:
            os.close(reader)
            os.dup2(writer, 1)
            os.dup2(writer, 2)
            sys.stdout = os.fdopen(1, "w", buffering=1, errors="replace", closefd=False)
            sys.stderr = os.fdopen(2, "w", buffering=1, errors="replace", closefd=False)
            with _limits(seconds, memory_bytes):
                try:
                    code = work()
                except SystemExit as left:
                    code = left.code if isinstance(left.code, int) else int(left.code is not None)
                except BaseException:
                    traceback.print_exc()
                    code = 99
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(writer)
    output = b""
    while select.select([reader], [], [], seconds + 5.0)[0] and (piece := os.read(reader, 65536)):
        output = (output + piece)[-200_000:]
    os.close(reader)
    _, status, usage = os.wait4(pid, 0)
    return Ended(
        os.waitstatus_to_exitcode(status),
        output.decode(errors="replace"),
        time.monotonic() - start_s,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss // 1024,
    )


def judge(report: Report, name: str, ended: Ended, *, most_s: float = 20.0, most_mb: int = 1500) -> bool:
    """Count how a command ended and note what it must not have done; whether it was accepted.

    A command may do its work (exit code 0) or refuse with one line (2). It may not crash, show a traceback, call
    something a bug, hang, or take much memory.
    """
    report.count(ALLOWED.get(ended.code, f"code {ended.code}"))
    said = ended.output.strip()
    last = said.splitlines()[-1] if said else "nothing"
    if ended.code not in ALLOWED:
        report.fault(f"{name}: ended with {ended.code}: {last}")
    elif "Traceback" in said or "this is a bug" in said:
        report.fault(f"{name}: said {last}")
    elif ended.code == 2 and sum(line.startswith("latent-bridge:") for line in said.splitlines()) != 1:
        report.fault(f"{name}: refused in other than one line: {said[-300:]}")
    if ended.took_s > most_s:
        report.fault(f"{name}: took {ended.took_s:.1f} s")
    if ended.peak_mb > most_mb:
        report.fault(f"{name}: took {ended.peak_mb} MB")
    slowest = max(float(report.figures.get("slowest", "0 s").split()[0]), ended.processor_s)
    largest = max(int(report.figures.get("largest", "0 MB").split()[0]), ended.peak_mb)
    report.figures["slowest"] = f"{slowest:.1f} s"
    report.figures["largest"] = f"{largest} MB"
    return ended.code == 0
