"""Threads and their priority."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from rt.worker import raise_priority

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="schedulers are Linux's here")
ASK = "import os; print(os.sched_getscheduler(0))"


def test_what_an_urgent_thread_starts_is_an_ordinary_one() -> None:
    found: list[int] = []

    def run() -> None:
        raise_priority()
        found.append(os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK)
        thread = threading.Thread(target=lambda: found.append(os.sched_getscheduler(0)))
        thread.start()
        thread.join()
        found.append(int(subprocess.run([sys.executable, "-c", ASK], capture_output=True, check=True).stdout))

    urgent = threading.Thread(target=run)
    urgent.start()
    urgent.join()
    if found[0] != os.SCHED_FIFO:
        pytest.skip("no real-time priority for this user")
    assert found[1:] == [os.SCHED_OTHER, os.SCHED_OTHER]
