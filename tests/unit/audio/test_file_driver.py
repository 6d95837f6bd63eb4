"""A server without a device writes its file at the clock's pace, whatever the machine does in between."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rt.arrays import F32
from rt.audio import offline
from rt.audio.offline import END_FADE_S, MAX_LATE_S, FileDriver
from rt.stats import Stats

RATE_HZ, BLOCK = 48_000, 480
BLOCK_S = BLOCK / RATE_HZ


class DriverRig:
    """A clock that is moved by hand, and what was written meanwhile."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.blocks: list[F32] = []

    def render(self, out: F32) -> None:
        out.fill(1.0)

    def write(self, samples: F32) -> None:
        self.blocks.append(samples.copy())

    def driver(self, seconds: float = 0.0) -> FileDriver:
        part: Any = self
        return FileDriver(part, Stats(), part, sample_rate_hz=RATE_HZ, block_samples=BLOCK, seconds=seconds)


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> DriverRig:
    made = DriverRig()
    monkeypatch.setattr(offline, "time", SimpleNamespace(monotonic=lambda: made.now_s))
    return made


def work(driver: FileDriver) -> float:
    """Step until nothing is due; how long it naps then."""
    while not (nap_s := driver.step()):
        pass
    return nap_s


def test_it_keeps_to_the_clock_and_catches_up(rig: DriverRig) -> None:
    driver, elapsed_s = rig.driver(), 0.0
    for later_s in (0.0, 0.001, 0.024, 0.5, 0.0004, 0.9):
        elapsed_s += later_s
        rig.now_s += later_s
        nap_s = work(driver)
        assert len(rig.blocks) == int(elapsed_s / BLOCK_S + 1e-6) + 1
        assert elapsed_s + nap_s == pytest.approx(len(rig.blocks) * BLOCK_S)


def test_a_machine_that_slept_does_not_catch_up(rig: DriverRig) -> None:
    driver = rig.driver()
    work(driver)
    rig.now_s += 60.0
    work(driver)
    assert len(rig.blocks) == pytest.approx(MAX_LATE_S / BLOCK_S, abs=3)


def test_a_file_of_some_length_is_exactly_so_long_and_fades_out(rig: DriverRig) -> None:
    driver = rig.driver(seconds=0.505)
    for _ in range(10):
        rig.now_s += 0.1
        work(driver)
    sound, n_fade = np.concatenate(rig.blocks), round(END_FADE_S * RATE_HZ)
    assert sound.shape == (24_240,)
    assert (sound[:-n_fade] == 1.0).all()
    assert (np.diff(sound[-n_fade:]) < 0.0).all()
    assert 0.0 < sound[-1] < 0.001
