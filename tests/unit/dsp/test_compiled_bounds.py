"""Every index of compiled code is looked at when the tests run with NUMBA_BOUNDSCHECK=1, as `make test` does once.

Without it an index out of range is not seen, so that these tests have nothing to try.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from numba import types

import rt.dsp.jit
import rt.jit
from rt.arrays import F32

_settings: Any = numba.config
_array: Any = numba.carray  # type: ignore[attr-defined]

pytestmark = pytest.mark.skipif(not _settings.BOUNDSCHECK, reason="compiled code is not checked in this run")

WAYS = (
    rt.dsp.jit.jit,
    rt.dsp.jit.exact,
    rt.jit.jit(),
    rt.jit.jit(fast={"reassoc", "contract"}),
)


@pytest.mark.parametrize("way", WAYS, ids=("compiled", "exact", "plain", "fast"))
def test_one_place_too_far_is_refused(way: Callable[[Any], Any]) -> None:
    def inner(row: F32, at: int) -> None:
        row[at] = 1.0

    put = way(inner)

    def outer(table: F32, at: int) -> None:
        for row in range(table.shape[0]):
            put(table[row], at)

    put_all = way(outer)
    table = np.zeros((2, 4), np.float32)
    put_all(table, 3)
    np.testing.assert_array_equal(table[:, 3], 1.0)
    with pytest.raises(IndexError):
        put_all(table, 4)
    with pytest.raises(IndexError):
        put_all(table, -5)


def test_a_compiled_callback_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no caller to raise to: Python is told of what nobody catches, and pytest fails where it is."""

    def put(place: Any, at: int) -> int:
        _array(place, 4, np.float32)[at] = 1.0
        return 7

    callback: Any = numba.cfunc(types.int32(types.voidptr, types.int64))(put)
    room = np.zeros(8, np.float32)
    assert callback.ctypes(room.ctypes.data, 3) == 7
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    callback.ctypes(room.ctypes.data, 4)
    assert [one.exc_type for one in told] == [IndexError]
    np.testing.assert_array_equal(room, [0, 0, 0, 1, 0, 0, 0, 0])
