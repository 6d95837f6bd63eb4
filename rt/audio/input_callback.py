"""PortAudio's callback of a stream that only hears, compiled: it copies and counts without the interpreter.

In Python it cost more than all listening: the code that wraps and runs a Python callback is large, and a thread that
has slept finds none of it in its processor's caches. It does what `rt.audio.callback.InputCallback` does, which serves
where the clock of `time.monotonic` cannot be read from compiled code.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numba
import numpy as np
from numba import types
from numba.extending import intrinsic

from rt.arrays import F64, I64, AnyArray
from rt.audio.device import NativeCallback
from rt.audio.rings import Shared
from rt.jit import IS_KEPT, jit

CLOCK = {"linux": "CLOCK_MONOTONIC", "darwin": "CLOCK_UPTIME_RAW"}
"""What `time.monotonic` reads, by `sys.platform`."""
INPUT_OVERFLOW = 2
"""PortAudio's flag."""
WIRES = (
    *("samples", "n_room", "written", "read", "is_open"),
    *("blocks", "block_samples", "last_block_s", "last_input_s", "input_lost", "input_overflows"),
    *("channel", "n_inputs", "clock", "now"),
)
"""Addresses of what the callback reads and writes, and what else it must know. Numba keeps compiled code on disk, so
that no place which another file decides may be part of it."""
_RECORD: Any = np.dtype([(name, np.int64) for name in WIRES])

_clock_gettime: Any = types.ExternalFunction("clock_gettime", types.int32(types.int64, types.voidptr))


class CompiledInput(NativeCallback):
    """The callback of one stream, and where it puts what it hears."""

    def __init__(self, shared: Shared, *, channel: int, n_inputs: int) -> None:
        """Begin with channel : counted from 1. n_inputs : channels of the stream."""
        assert 1 <= channel <= n_inputs
        self._shared = shared
        self._now: I64 = np.zeros(2, np.int64)
        addresses = shared.heard.addresses() | shared.stats.addresses()
        addresses |= {"channel": channel - 1, "n_inputs": n_inputs}
        addresses |= {"clock": getattr(time, CLOCK[sys.platform]), "now": self._now.ctypes.data}
        self._wires: AnyArray = np.array([tuple(addresses[name] for name in WIRES)], _RECORD)
        self.function = _hear.address
        self.argument = self._wires.ctypes.data

    @staticmethod
    def is_possible() -> bool:
        """Whether this system has the clock."""
        return sys.platform in CLOCK


def _make_pointer(typing_context: Any, address: Any) -> Any:
    """An address as a pointer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(address), generate


_pointer: Any = intrinsic(_make_pointer)
_array: Any = numba.carray  # type: ignore[attr-defined]


@jit()
def _count(address: int) -> I64:
    """The whole number at an address, (1,)."""
    found: I64 = _array(_pointer(address), 1, np.int64)
    return found


@jit()
def _stat(address: int) -> F64:
    """The counter at an address, (1,)."""
    found: F64 = _array(_pointer(address), 1, np.float64)
    return found


def _take_block(sound: Any, out: Any, n_frames: Any, times: Any, flags: Any, argument: Any) -> int:
    """Copy one channel of sound (n_frames, n_inputs) if the host wants it; 0, for PortAudio to go on."""
    wires, n_samples, n_written = _array(argument, 1, _RECORD)[0], np.int64(n_frames), np.int64(0)
    is_open, written = _count(wires.is_open)[0], _count(wires.written)
    if is_open:
        block = _array(sound, (n_samples, wires.n_inputs), np.float32)
        room = _array(_pointer(wires.samples), wires.n_room, np.float32)
        n_written = min(n_samples, wires.n_room - (written[0] - _count(wires.read)[0]))
        for i in range(n_written):
            room[(written[0] + i) % wires.n_room] = block[i, wires.channel]
    _clock_gettime(wires.clock, _pointer(wires.now))  # a foreign call: the samples are written before the count
    now = _array(_pointer(wires.now), 2, np.int64)
    now_s = now[0] + 1e-9 * now[1]
    if is_open:
        written[0] += n_written
        _stat(wires.last_input_s)[0] = now_s
        _stat(wires.input_lost)[0] += n_samples - n_written
    if flags & INPUT_OVERFLOW:
        _stat(wires.input_overflows)[0] += 1.0
    _stat(wires.block_samples)[0] = n_samples
    _stat(wires.last_block_s)[0] = now_s
    _stat(wires.blocks)[0] += 1.0
    return 0


_WORD, _PLACE = types.uint64, types.voidptr
_hear: Any = numba.cfunc(types.int32(_PLACE, _PLACE, _WORD, _PLACE, _WORD, _PLACE), cache=IS_KEPT)(_take_block)
