"""What the host and the engine process share: an event ring, counters, and rings of samples.

Every ring has one consumer. The event ring may have many producing threads, all in the host, behind one lock.
Nothing waits: a full ring refuses, an empty one gives nothing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import struct
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Any

import numpy as np

from rt.arrays import F32, I64, AnyArray
from rt.audio.event_record import RECORD, pack, unpack
from rt.errors import DeviceError
from rt.events import Event
from rt.parameters import is_streamed
from rt.stats import NAMES, Stats

N_SLOTS = 1024
"""Events that fit into the ring."""
RESERVED_SLOTS = 256
"""Slots that a flood of latents leaves free for notes."""
MAX_TRIES = 16
"""Looks at a record that fails its check before it is given up: it is torn, not late."""

_SLOT = np.dtype([("sequence", "<u8"), ("crc", "<u4"), ("_", "<u4"), ("record", RECORD)])
_SLOT_HEAD = struct.Struct("<QI4x")
"""The fields of a slot before its record."""
_WRITTEN, _READ, _OPEN = 0, 8, 9
"""Places of the two counts, a cache line apart, and of the reader's wish to have samples."""
N_COUNTS = 16
N_HEARD = 1 << 17
"""Samples of the microphone that wait for the host at most: 2.7 s at 48 kHz, 0.7 s at 192 kHz."""


class EventRing:
    """Events from many host threads to the one thread that renders.

    A record carries its number in the stream and a checksum over both, so a reader on a processor that reorders
    writes takes it whole or looks again later.
    """

    def __init__(self, slots: AnyArray, counts: I64) -> None:
        """Begin with slots : (n_slots,) of `_SLOT`. counts : (N_COUNTS,), all zero at first."""
        self._slots = slots
        self._counts = counts
        self._lock = threading.Lock()
        self._sending = np.zeros(1, _SLOT)
        self._tries = 0
        self.n_torn = 0
        """Records that the reader gave up."""

    @property
    def n_written(self) -> int:
        """Events ever put."""
        return int(self._counts[_WRITTEN])

    @property
    def n_read(self) -> int:
        """Events ever taken."""
        return int(self._counts[_READ])

    def put(self, event: Event) -> bool:
        """Append an event, from any thread of the host; False when there is no room for it."""
        with self._lock:
            n_written = self.n_written
            n_free = len(self._slots) - (n_written - self.n_read)
            if n_free <= (RESERVED_SLOTS if is_streamed(event) else 0):
                return False
            slot = self._sending
            pack(event, slot["record"][0], time.monotonic())
            slot["sequence"] = n_written + 1
            slot["crc"] = _checksum(slot["record"].tobytes(), n_written + 1)
            self._slots[n_written % len(self._slots)] = slot[0]
            self._counts[_WRITTEN] = n_written + 1
            return True

    def take(self, limit: int) -> list[Event]:
        """Remove and return the oldest events, at most `limit`; for one thread only."""
        events: list[Event] = []
        n_read, n_written = self.n_read, self.n_written
        while n_read < n_written and len(events) < limit:
            place = n_read % len(self._slots)
            slot = self._slots[place : place + 1].tobytes()
            sequence, crc = _SLOT_HEAD.unpack_from(slot)
            record = slot[_SLOT_HEAD.size :]
            if sequence != n_read + 1 or crc != _checksum(record, sequence):
                self._tries += 1
                if self._tries < MAX_TRIES:
                    break
                self.n_torn += 1
            else:
                with contextlib.suppress(KeyError, ValueError):  # a kind that this version does not know
                    events.append(unpack(record))
            self._tries = 0
            n_read += 1
        self._counts[_READ] = n_read
        return events

    def detach(self) -> None:
        """Let go of the shared memory; the counts stay readable, nothing more is taken in."""
        with self._lock:
            self._counts = self._counts.copy()
            self._slots = self._slots[:0].copy()


def _checksum(record: bytes, sequence: int) -> int:
    return zlib.crc32(record, sequence & 0xFFFFFFFF)


class SampleRing:
    """Samples from one thread to one other, or to one other process; a sample may be one of several channels.

    The counts move after the samples, so each side owns what the other has not handed over.
    """

    def __init__(self, samples: F32, counts: I64 | None = None) -> None:
        """Begin with samples : (n_samples,) or (n_samples, n_channels) room.

        counts : (N_COUNTS,), all zero at first; None makes them.
        """
        self._samples = samples
        self._counts = (np.zeros(N_COUNTS, np.int64) if counts is None else counts).data  # quicker than the array

    @property
    def is_open(self) -> bool:
        """Whether the reader wants samples; what comes meanwhile is nobody's loss. `write` does not ask."""
        return bool(self._counts[_OPEN])

    def open(self, is_open: bool) -> None:
        """Say whether samples are wanted from now on; for the reader, which finds the ring empty then."""
        if is_open and not self.is_open:
            self._counts[_READ] = self._counts[_WRITTEN]
        self._counts[_OPEN] = is_open

    @property
    def n_readable(self) -> int:
        """Samples that wait to be read."""
        return self._counts[_WRITTEN] - self._counts[_READ]

    @property
    def n_writable(self) -> int:
        """Samples that there is room for."""
        return len(self._samples) - self.n_readable

    def addresses(self) -> dict[str, int]:
        """Where compiled code finds the room and the counts, and how many samples fit."""
        counts = {"written": _WRITTEN, "read": _READ, "is_open": _OPEN}
        addresses = {name: np.asarray(self._counts)[place:].ctypes.data for name, place in counts.items()}
        return addresses | {"samples": self._samples.ctypes.data, "n_room": len(self._samples)}

    def write(self, samples: F32) -> int:
        """Append as many samples as there is room for and return how many; for one thread only."""
        n = min(len(samples), self.n_writable)
        written = self._counts[_WRITTEN]
        place = written % len(self._samples)
        first = min(n, len(self._samples) - place)
        self._samples[place : place + first] = samples[:first]
        self._samples[: n - first] = samples[first:n]
        self._counts[_WRITTEN] = written + n
        return n

    def read(self, out: F32) -> int:
        """Fill `out`, padded with silence, and return how many samples were real; for one thread only."""
        n = min(len(out), self.n_readable)
        read = self._counts[_READ]
        place = read % len(self._samples)
        first = min(n, len(self._samples) - place)
        out[:first] = self._samples[place : place + first]
        out[first:n] = self._samples[: n - first]
        out[n:] = 0.0
        self._counts[_READ] = read + n
        return n

    def detach(self) -> None:
        """Let go of the shared memory."""
        self._counts = np.zeros(N_COUNTS, np.int64).data
        self._samples = self._samples[:0].copy()


class Shared:
    """One block of shared memory for one life of the engine process.

    The host creates it; the engine process attaches by name and unlinks the name at once, so nothing stays behind
    whichever of the two is killed. A new life gets a new block.
    """

    def __init__(self, name: str | None = None) -> None:
        """Attach to the block of that name; None creates one."""
        stats_at = N_COUNTS * 8
        slots_at = stats_at + 8 * len(NAMES)
        heard_at = slots_at + N_SLOTS * _SLOT.itemsize
        samples_at = heard_at + N_COUNTS * 8
        n_bytes = samples_at + N_HEARD * 4
        self._memory = _open(name or f"lb-{os.getpid()}-{secrets.token_hex(4)}", 0 if name else n_bytes)
        buffer = self._memory.buf
        assert buffer is not None
        if name is None:
            buffer[:n_bytes] = bytes(n_bytes)
        else:
            self.unlink()
        counts: I64 = np.frombuffer(buffer, np.int64, N_COUNTS)
        slots: AnyArray = np.frombuffer(buffer, _SLOT, N_SLOTS, slots_at)
        self.events = EventRing(slots, counts)
        self.stats = Stats(np.frombuffer(buffer, np.float64, len(NAMES), stats_at))
        self.heard = SampleRing(
            np.frombuffer(buffer, np.float32, N_HEARD, samples_at),
            np.frombuffer(buffer, np.int64, N_COUNTS, heard_at),
        )
        """What the microphone gives; closed at first."""

    @property
    def name(self) -> str:
        """What the engine process attaches by."""
        return self._memory.name

    def __enter__(self) -> Shared:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def unlink(self) -> None:
        """Remove the name; both sides keep the memory that they have."""
        with _untracked(), contextlib.suppress(FileNotFoundError):
            self._memory.unlink()

    def close(self) -> None:
        """Let go of the memory and its name; the last counters stay readable. Safe to call twice."""
        self.events.detach()
        self.heard.detach()
        self.stats.array = self.stats.array.copy()
        with _untracked():
            self._memory.close()
        self.unlink()


def _open(name: str, n_bytes: int) -> SharedMemory:
    """Create a block (`n_bytes` above 0) or attach to one, without a tracker process beside us.

    DeviceError where the system has no room for it: a block that exists by name only ends us when it is written to.
    """
    settings: dict[str, Any] = {"create": n_bytes > 0, "size": n_bytes}
    if sys.version_info >= (3, 13):
        settings["track"] = False
    try:
        with _untracked():
            memory = SharedMemory(name, **settings)
            if n_bytes and hasattr(os, "posix_fallocate"):
                try:
                    os.posix_fallocate(memory._fd, 0, n_bytes)  # type: ignore[attr-defined]
                except OSError:
                    memory.close()
                    memory.unlink()
                    raise
    except OSError as error:
        if not n_bytes or error.errno in (errno.EMFILE, errno.ENFILE):
            raise
        raise DeviceError(
            f"shared memory cannot be had ({error.strerror or error}); {n_bytes >> 10} kB of /dev/shm must be free and "
            "writable: mount -o remount,rw,size=64M /dev/shm, or --shm-size 64m for a container"
        ) from error
    return memory


@contextlib.contextmanager
def _untracked() -> Iterator[None]:
    """Keep Python's resource tracker out: before 3.13 it removes a block when a process that only attached ends."""
    kept = resource_tracker.register, resource_tracker.unregister
    resource_tracker.register = resource_tracker.unregister = lambda name, rtype: None
    try:
        yield
    finally:
        resource_tracker.register, resource_tracker.unregister = kept
