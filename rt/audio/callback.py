"""What runs for every block: copy the microphone, take events, render, copy, count. It never waits, logs or raises.

With `lead` 0 all of it happens on PortAudio's thread. With a lead, a thread of its own renders ahead into a ring and
PortAudio's thread only copies.
"""

from __future__ import annotations

import time
from typing import Any, Protocol

import numpy as np

from rt.arrays import F32
from rt.audio.rings import EventRing, SampleRing
from rt.events import Event
from rt.stats import Stats
from rt.worker import raise_priority

MAX_EVENTS = 64
"""Events applied per block; the rest wait for the next."""
MAX_BLOCK_SAMPLES = 8192
"""Longest piece that is rendered at once; longer blocks are rendered in pieces."""
LOAD_SMOOTHING_S = 0.5
"""Time in which the smoothed load follows a change."""


class SoundSource(Protocol):
    """The engine as the callback sees it; tests put simpler ones here."""

    def apply(self, event: Event) -> None:
        """Take an event in."""

    def render(self, out: F32) -> None:
        """Fill out (n_samples, n_channels) with the next samples."""

    def use(self, prepared: Any) -> None:
        """Play another model from now on."""


class BlockRenderer:
    """The engine with its events and counters; belongs to the one thread that renders."""

    def __init__(self, engine: SoundSource, events: EventRing, stats: Stats, *, sample_rate_hz: float) -> None:
        self.prepared: Any = None
        """What the loader has finished; taken at the next block."""
        self.fault: Exception | None = None
        """The first exception of the engine, for the main thread to tell."""
        self._engine = engine
        self._events = events
        self._stats = stats
        self._sample_rate_hz = sample_rate_hz

    def render(self, out: F32) -> None:
        """Apply what has arrived and fill out (n_samples, n_channels); silence where the engine raises."""
        start_s = time.perf_counter()
        stats = self._stats
        try:
            prepared = self.prepared
            if prepared is not None:
                self.prepared = None
                self._engine.use(prepared)
                stats.add("bundle_loads")
            for event in self._events.take(MAX_EVENTS):
                self._apply(event)
            self._engine.render(out)
        except Exception as error:
            self._count_fault(error)
            out.fill(0.0)
        n_samples = len(out)
        load = (time.perf_counter() - start_s) * self._sample_rate_hz / max(n_samples, 1)
        share = min(1.0, n_samples / (LOAD_SMOOTHING_S * self._sample_rate_hz))
        stats.set("load", stats.get("load") + share * (load - stats.get("load")))
        if load > stats.get("peak_load"):
            stats.set("peak_load", load)

    def _apply(self, event: Event) -> None:
        """One bad event must not cost the ones behind it."""
        try:
            self._engine.apply(event)
        except Exception as error:
            self._count_fault(error)

    def _count_fault(self, error: Exception) -> None:
        self._stats.add("callback_errors")
        if self.fault is None:
            self.fault = error


class DirectCallback:
    """PortAudio's callback that renders by itself."""

    def __init__(self, player: BlockRenderer, stats: Stats) -> None:
        self._player = player
        self._stats = stats

    def __call__(self, out: F32, n_samples: int, times: object, status: Any) -> None:
        """Fill out (n_samples, n_channels)."""
        for start in range(0, n_samples, MAX_BLOCK_SAMPLES):
            self._player.render(out[start : start + MAX_BLOCK_SAMPLES])
        count_block(self._stats, n_samples, status)


class LeadCallback:
    """PortAudio's callback that copies what a thread has rendered ahead."""

    def __init__(self, ring: SampleRing, stats: Stats) -> None:
        self._ring = ring
        self._stats = stats

    def __call__(self, out: F32, n_samples: int, times: object, status: Any) -> None:
        """Fill out (n_samples, n_channels), padded with silence."""
        is_late = False
        for start in range(0, n_samples, MAX_BLOCK_SAMPLES):
            piece = out[start : start + MAX_BLOCK_SAMPLES]
            is_late |= self._ring.read(piece) < len(piece)
        if is_late:
            self._stats.add("ring_underruns")
        count_block(self._stats, n_samples, status)


class Microphone:
    """Copies one channel of the input into the ring that the host reads."""

    def __init__(self, ring: SampleRing, stats: Stats, *, channel: int) -> None:
        """Begin with channel : counted from 1."""
        self._ring = ring
        self._stats = stats
        self._channel = channel - 1

    def take(self, sound: F32, status: Any) -> None:
        """Copy sound (n_samples, n_inputs) if the host wants it; what finds no room is counted."""
        if status and status.input_overflow:
            self._stats.add("input_overflows")
        if self._ring.is_open:
            n_lost = len(sound) - self._ring.write(sound[:, self._channel])
            if n_lost:
                self._stats.add("input_lost", n_lost)
            self._stats.set("last_input_s", time.monotonic())


class DuplexCallback:
    """PortAudio's callback that hears and plays."""

    def __init__(self, microphone: Microphone, play: DirectCallback | LeadCallback) -> None:
        self._microphone = microphone
        self._play = play

    def __call__(self, sound: F32, out: F32, n_samples: int, times: object, status: Any) -> None:
        """Take in sound (n_samples, n_inputs), fill out (n_samples, n_channels)."""
        self._microphone.take(sound, status)
        self._play(out, n_samples, times, status)


class InputCallback:
    """PortAudio's callback that only hears."""

    def __init__(self, microphone: Microphone, stats: Stats) -> None:
        self._microphone = microphone
        self._stats = stats

    def __call__(self, sound: F32, n_samples: int, times: object, status: Any) -> None:
        """Take in sound (n_samples, n_inputs)."""
        self._microphone.take(sound, status)
        count_block(self._stats, n_samples, None)


class RenderAhead:
    """Keeps `lead_blocks` blocks in a ring; `step` runs on a `Worker`."""

    def __init__(
        self, player: BlockRenderer, stats: Stats, *, lead_blocks: int, n_channels: int, sample_rate_hz: float
    ) -> None:
        """Begin with an empty ring of n_channels : those of the stream."""
        self.ring = SampleRing(np.zeros((lead_blocks * MAX_BLOCK_SAMPLES, n_channels), np.float32))
        self._player = player
        self._stats = stats
        self._lead_blocks = lead_blocks
        self._is_urgent = False
        self._sample_rate_hz = sample_rate_hz
        self._block = np.zeros((MAX_BLOCK_SAMPLES, n_channels), np.float32)

    def step(self) -> float:
        """Render a block if one is missing; return how long to nap."""
        if not self._is_urgent:
            self._is_urgent = True
            raise_priority()
        n_samples = min(int(self._stats.get("block_samples")), MAX_BLOCK_SAMPLES)
        if n_samples == 0:  # the device has not asked yet
            return 0.001
        if self.ring.n_readable > (self._lead_blocks - 1) * n_samples:
            return 0.25 * n_samples / self._sample_rate_hz
        block = self._block[:n_samples]
        self._player.render(block)
        self.ring.write(block)
        return 0.0


def count_block(stats: Stats, n_samples: int, status: Any) -> None:
    """Count a finished block; `status` is PortAudio's, or None."""
    if status and status.output_underflow:
        stats.add("xruns")
    stats.set("block_samples", n_samples)
    stats.set("last_block_s", time.monotonic())
    stats.add("blocks")
