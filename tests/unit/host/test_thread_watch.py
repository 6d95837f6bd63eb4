"""A thread that ends is told and started again, and given up after the fourth time within a minute."""

from __future__ import annotations

import time

import pytest

from rt.errors import BridgeError
from rt.host.thread_watch import MAX_RESTARTS, ThreadWatch
from rt.worker import Worker


def failing(n_times: int) -> tuple[Worker, list[int]]:
    """A worker whose first steps fail, each on a thread of its own, and a list of its steps."""
    steps: list[int] = []

    def step() -> float:
        steps.append(len(steps))
        if len(steps) <= n_times:
            raise OSError("the line\nis dead")
        return 0.01

    return Worker("failing", step), steps


def wait_for_failure(worker: Worker) -> None:
    end_s = time.monotonic() + 5
    while worker.failure is None:
        assert time.monotonic() < end_s
        time.sleep(0.005)


def test_a_thread_that_ends_is_told_and_started_again() -> None:
    shown: list[str] = []
    given_up: list[str] = []
    watch = ThreadWatch(shown.append, given_up.append)
    worker, steps = failing(1)
    with worker:
        wait_for_failure(worker)
        watch.look("OSC", worker)
        end_s = time.monotonic() + 5
        while len(steps) < 3 and time.monotonic() < end_s:
            time.sleep(0.01)
        watch.look("OSC", worker)
    assert len(steps) >= 3
    assert shown == ["OSC failed (OSError: the line is dead) and was started again; sound goes on"]
    assert given_up == []


@pytest.mark.parametrize("is_vital", [False, True])
def test_the_fourth_failure_within_a_minute_is_the_last(is_vital: bool) -> None:
    shown: list[str] = []
    given_up: list[str] = []
    watch = ThreadWatch(shown.append, given_up.append)
    worker, steps = failing(100)
    with worker:
        for _ in range(MAX_RESTARTS):
            wait_for_failure(worker)
            watch.look("OSC", worker, is_vital=is_vital)
        wait_for_failure(worker)
        if is_vital:
            with pytest.raises(BridgeError, match="OSC failed 4 times within a minute"):
                watch.look("OSC", worker, is_vital=True)
        else:
            for _ in range(5):
                watch.look("OSC", worker)
            assert given_up == ["OSC"]
            assert "stays off" in shown[-1] and len(shown) == MAX_RESTARTS + 1
    assert len(steps) == MAX_RESTARTS + 1


def test_a_worker_that_was_stopped_is_not_started_again() -> None:
    worker, steps = failing(1)
    with worker:
        wait_for_failure(worker)
    worker.restart()
    assert len(steps) == 1
