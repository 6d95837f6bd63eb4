"""The meter tells what only the user can mend."""

from __future__ import annotations

import numpy as np
import pytest

from rt.arrays import F32
from rt.listening.meter import CLIPPING, FLOOR_DB, NOT_FINITE, OFFSETS, ZERO, Meter
from tests.unit.listening.hops import RATE_HZ


def meter(sound: F32, seconds: int = 6) -> tuple[list[str], float]:
    watch = Meter(RATE_HZ)
    told: list[str] = []
    for _ in range(seconds * 100):
        told += watch.take(sound.copy())
    return told, watch.peak_db


def sine(level: float, offset: float = 0.0) -> F32:
    return (offset + level * np.sin(2 * np.pi * 440 * np.arange(RATE_HZ // 100) / RATE_HZ)).astype(np.float32)


def test_the_meter_tells_what_only_the_user_can_mend() -> None:
    assert meter(np.zeros(480, np.float32)) == ([ZERO], FLOOR_DB)
    told, peak_db = meter(sine(0.5))
    assert told == []
    assert peak_db == pytest.approx(-6.0, abs=0.1)
    assert set(meter(np.clip(sine(2.0), -1.0, 1.0))[0]) == {CLIPPING}
    assert set(meter(sine(0.01, 0.3))[0]) == {OFFSETS}
    bad = sine(0.1)
    bad[::7] = np.nan
    bad[3] = np.inf
    told, peak_db = meter(bad)
    assert set(told) == {NOT_FINITE}
    assert peak_db == pytest.approx(-20.0, abs=0.5)
