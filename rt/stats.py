"""Counters that the engine process writes and the host reads, in one shared-memory array.

Only the engine process writes; every counter is one aligned 64-bit number, so a reader sees a whole value.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from rt.arrays import F64


@dataclass(slots=True)
class Snapshot:
    """All counters at one moment."""

    blocks: float = 0.0
    """Audio blocks rendered."""
    block_samples: float = 0.0
    """Length of the last block."""
    sample_rate_hz: float = 0.0
    device_latency_s: float = 0.0
    """Output latency that the driver reports."""
    xruns: float = 0.0
    """Output underflows that the driver reported."""
    ring_underruns: float = 0.0
    """Blocks that were padded because the render thread was late (`lead_blocks` above 0)."""
    input_overflows: float = 0.0
    """Times that the driver reported lost input."""
    last_input_s: float = 0.0
    """`time.monotonic()` when the microphone's last block had come."""
    input_lost: float = 0.0
    """Samples of the microphone that the host was too late for."""
    callback_errors: float = 0.0
    """Blocks that raised; they came out silent."""
    last_block_s: float = 0.0
    """`time.monotonic()` of the last block."""
    load: float = 0.0
    """Smoothed render time of a block over its length."""
    peak_load: float = 0.0
    """Greatest render time of a block over its length since the start."""
    events: float = 0.0
    """Events applied."""
    voices: float = 0.0
    """Voices that sound now."""
    stolen: float = 0.0
    """Notes cut short because all voices were taken."""
    limited: float = 0.0
    """Samples that the limiter lowered."""
    guarded: float = 0.0
    """Voices or samples silenced because they were not finite."""
    bundle_loads: float = 0.0
    """Bundles swapped in."""
    bundle_failures: float = 0.0
    """Bundles that failed to load."""


NAMES = tuple(f.name for f in fields(Snapshot))


class Stats:
    """Named counters over a float64 array; attribute access reads and writes it."""

    __slots__ = ("array",)

    def __init__(self, array: F64 | None = None) -> None:
        self.array: F64 = np.zeros(len(NAMES)) if array is None else array

    def add(self, name: str, amount: float = 1.0) -> None:
        """Count up."""
        self.array[INDEX[name]] += amount

    def set(self, name: str, value: float) -> None:
        """Replace a value."""
        self.array[INDEX[name]] = value

    def get(self, name: str) -> float:
        """One value."""
        return float(self.array.item(INDEX[name]))

    def addresses(self) -> dict[str, int]:
        """Where compiled code finds the counters."""
        return {name: self.array[i:].ctypes.data for name, i in INDEX.items()}

    def snapshot(self) -> Snapshot:
        """Copy of everything."""
        return Snapshot(*self.array.tolist())


INDEX = {name: i for i, name in enumerate(NAMES)}
