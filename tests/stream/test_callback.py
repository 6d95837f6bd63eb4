"""What runs for every block copies, pads and counts, and never raises."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rt.arrays import F32
from rt.audio.callback import (
    MAX_BLOCK_SAMPLES,
    MAX_EVENTS,
    BlockRenderer,
    DirectCallback,
    DuplexCallback,
    InputCallback,
    LeadCallback,
    Microphone,
    RenderAhead,
)
from rt.audio.input_callback import CompiledInput
from rt.audio.offline import render_events
from rt.audio.rings import N_HEARD, Shared
from rt.events import AllSoundOff, Event, NoteOn
from rt.parameters import GAIN

OVERFLOW = 2
FINE = SimpleNamespace(output_underflow=False, input_overflow=False)
LATE = SimpleNamespace(output_underflow=True, input_overflow=True)
Hear = Callable[..., None]
"""Takes sound, and whether the driver lost some before it."""


class CountingEngine:
    """Plays 1, 2, 3, ... and remembers what it was told and when."""

    def __init__(self) -> None:
        self.position = 0
        self.events: list[tuple[int, Event]] = []
        self.used: list[Any] = []

    def apply(self, event: Event) -> None:
        if GAIN.is_set_by(event):
            raise ValueError("no gain here")
        self.events.append((self.position, event))

    def render(self, out: F32) -> None:
        if any(isinstance(event, AllSoundOff) for _, event in self.events):
            raise RuntimeError("cannot")
        out.T[:] = np.arange(self.position + 1, self.position + 1 + len(out))
        self.position += len(out)

    def use(self, prepared: Any) -> None:
        self.used.append(prepared)


@pytest.mark.parametrize("block_samples", [1, 17, 128, MAX_BLOCK_SAMPLES + 100])
@pytest.mark.parametrize("n_channels", [1, 2])
def test_every_channel_gets_every_sample_once(block_samples: int, n_channels: int) -> None:
    with Shared() as shared:
        player = BlockRenderer(CountingEngine(), shared.events, shared.stats, sample_rate_hz=48_000)
        callback = DirectCallback(player, shared.stats)
        blocks = []
        for _ in range(3):
            out = np.full((block_samples, n_channels), np.nan, np.float32)
            callback(out, block_samples, None, FINE)
            blocks.append(out)
        heard = np.concatenate(blocks)
        assert heard.shape == (3 * block_samples, n_channels)
        for channel in range(n_channels):
            np.testing.assert_array_equal(heard[:, channel], np.arange(1, 3 * block_samples + 1))
        now = shared.stats.snapshot()
        assert (now.blocks, now.block_samples, now.xruns) == (3, block_samples, 0)
        assert now.last_block_s > 0
        assert now.peak_load > 0


def test_events_are_applied_before_the_block_and_bounded() -> None:
    engine = CountingEngine()
    with Shared() as shared:
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)
        sent = [NoteOn(0, i, 100) for i in range(MAX_EVENTS + 5)]
        for event in sent:
            shared.events.put(event)
        player.render(np.zeros(64, np.float32))
        player.render(np.zeros(64, np.float32))
    assert engine.events == [(0 if i < MAX_EVENTS else 64, event) for i, event in enumerate(sent)]


def test_event_that_raises_is_counted_and_the_next_ones_apply() -> None:
    engine = CountingEngine()
    with Shared() as shared:
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)
        for event in (GAIN.set(1.0), GAIN.set(2.0), NoteOn(0, 60, 100)):
            shared.events.put(event)
        out = np.zeros(8, np.float32)
        player.render(out)
        assert out[0] == 1.0
        assert engine.events == [(0, NoteOn(0, 60, 100))]
        assert shared.stats.snapshot().callback_errors == 2
        assert isinstance(player.fault, ValueError)


def test_engine_that_raises_is_silent_and_counted() -> None:
    with Shared() as shared:
        player = BlockRenderer(CountingEngine(), shared.events, shared.stats, sample_rate_hz=48_000)
        callback = DirectCallback(player, shared.stats)
        shared.events.put(AllSoundOff(-1))
        out = np.full((32, 2), 9.0, np.float32)
        callback(out, 32, None, LATE)
        np.testing.assert_array_equal(out, 0.0)
        now = shared.stats.snapshot()
        assert (now.callback_errors, now.blocks, now.xruns) == (1, 1, 1)


def test_what_the_loader_has_made_is_used_between_blocks() -> None:
    engine = CountingEngine()
    with Shared() as shared:
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)
        player.render(np.zeros(8, np.float32))
        assert engine.used == []
        player.prepared = "ready"
        player.render(np.zeros(8, np.float32))
        assert engine.used == ["ready"]
        assert player.prepared is None
        assert shared.stats.snapshot().bundle_loads == 1


@pytest.mark.parametrize("lead_blocks", [1, 2, 5])
def test_rendering_ahead_loses_nothing_once_it_runs(lead_blocks: int) -> None:
    with Shared() as shared:
        player = BlockRenderer(CountingEngine(), shared.events, shared.stats, sample_rate_hz=48_000)
        ahead = RenderAhead(player, shared.stats, lead_blocks=lead_blocks, n_channels=2, sample_rate_hz=48_000)
        callback = LeadCallback(ahead.ring, shared.stats)
        assert ahead.step() > 0.0, "nobody has asked yet"
        out = np.full((64, 2), 9.0, np.float32)
        callback(out, 64, None, FINE)
        np.testing.assert_array_equal(out, 0.0)
        assert shared.stats.snapshot().ring_underruns == 1
        heard = []
        for _ in range(10):
            n_steps = 0
            while ahead.step() == 0.0:
                n_steps += 1
            assert ahead.ring.n_readable == 64 * lead_blocks
            callback(out, 64, None, FINE)
            heard.append(out[:, 1].copy())
        np.testing.assert_array_equal(np.concatenate(heard), np.arange(1, 641))
        assert shared.stats.snapshot().ring_underruns == 1


def test_late_rendering_is_padded_and_counted() -> None:
    with Shared() as shared:
        player = BlockRenderer(CountingEngine(), shared.events, shared.stats, sample_rate_hz=48_000)
        ahead = RenderAhead(player, shared.stats, lead_blocks=1, n_channels=1, sample_rate_hz=48_000)
        callback = LeadCallback(ahead.ring, shared.stats)
        out = np.zeros((64, 1), np.float32)
        callback(out, 64, None, FINE)
        ahead.step()
        wide = np.full((100, 1), 9.0, np.float32)
        callback(wide, 100, None, FINE)
        np.testing.assert_array_equal(wide[:, 0], [*range(1, 65), *[0] * 36])
        assert shared.stats.snapshot().ring_underruns == 2


@pytest.mark.parametrize("block_samples", [1, 7, 64, 1000])
def test_offline_events_fall_on_their_sample(block_samples: int) -> None:
    engine = CountingEngine()
    events: list[tuple[int, Event]] = [(at, NoteOn(0, i, 100)) for i, at in enumerate((0, 0, 5, 64, 65, 200, 299, 300))]
    blocks = list(render_events(engine, events, 300, block_samples=block_samples))
    heard = np.concatenate(blocks)
    assert heard.shape == (300,)
    np.testing.assert_array_equal(heard, np.arange(1, 301))
    assert engine.events == events[:-1], "what lies beyond the end does not happen"
    assert max(len(block) for block in blocks) <= block_samples


def steps(n_samples: int, start: int = 0) -> F32:
    """Two channels of numbered samples, (n_samples, 2); the second is the negative of the first."""
    ramp = np.arange(start, start + n_samples, dtype=np.float32)
    return np.stack([ramp, -ramp], axis=1)


@pytest.mark.parametrize("block_samples", [1, 64, 1000])
@pytest.mark.parametrize("channel", [1, 2])
def test_the_host_gets_every_sample_of_the_channel_it_wants(block_samples: int, channel: int) -> None:
    with Shared() as shared, Shared() as silent:
        player = BlockRenderer(CountingEngine(), shared.events, shared.stats, sample_rate_hz=48_000)
        alone = DirectCallback(
            BlockRenderer(CountingEngine(), silent.events, silent.stats, sample_rate_hz=48_000), silent.stats
        )
        callback = DuplexCallback(
            Microphone(shared.heard, shared.stats, channel=channel), DirectCallback(player, shared.stats)
        )
        shared.heard.open(True)
        for i in range(5):
            out, expected = np.zeros((block_samples, 2), np.float32), np.zeros((block_samples, 2), np.float32)
            callback(steps(block_samples, i * block_samples), out, block_samples, None, FINE)
            alone(expected, block_samples, None, FINE)
            np.testing.assert_array_equal(out, expected)
        heard = np.zeros(5 * block_samples + 10, np.float32)
        assert shared.heard.read(heard) == 5 * block_samples
        np.testing.assert_array_equal(heard[: 5 * block_samples], steps(5 * block_samples)[:, channel - 1])
        now = shared.stats.snapshot()
        assert (now.blocks, now.input_lost, now.input_overflows) == (5, 0, 0)


def interpreted(shared: Shared, channel: int) -> Hear:
    """The callback in Python."""
    callback = InputCallback(Microphone(shared.heard, shared.stats, channel=channel), shared.stats)
    return lambda sound, is_late=False: callback(sound, len(sound), None, LATE if is_late else FINE)


def compiled(shared: Shared, channel: int) -> Hear:
    """The callback as PortAudio calls it, by address."""
    made = CompiledInput(shared, channel=channel, n_inputs=2)
    words, place = ctypes.c_ulong, ctypes.c_void_p
    function = ctypes.CFUNCTYPE(ctypes.c_int, place, place, words, place, words, place)(made.function)

    def hear(sound: F32, is_late: bool = False) -> None:
        assert sound.flags.c_contiguous
        assert function(sound.ctypes.data, None, len(sound), None, is_late * OVERFLOW, made.argument) == 0

    return hear


callbacks = pytest.mark.parametrize("make", [interpreted, compiled])


@callbacks
def test_what_nobody_wants_is_not_copied_and_not_lost(make: Callable[[Shared, int], Hear]) -> None:
    with Shared() as shared:
        callback = make(shared, 2)
        callback(steps(100))
        assert shared.heard.n_readable == 0
        shared.heard.open(True)
        callback(steps(100, 100), True)
        shared.heard.open(False)
        callback(steps(100, 200))
        shared.heard.open(True)
        assert shared.heard.n_readable == 0, "what is old when the ring opens is not heard"
        begin_s = time.monotonic()
        callback(steps(100, 300))
        for name in ("last_input_s", "last_block_s"):
            assert begin_s <= shared.stats.get(name) <= time.monotonic()
        heard = np.zeros(200, np.float32)
        assert shared.heard.read(heard) == 100
        np.testing.assert_array_equal(heard[:100], steps(100, 300)[:, 1])
        now = shared.stats.snapshot()
        assert (now.blocks, now.block_samples, now.input_lost, now.input_overflows) == (4, 100, 0, 1)
        assert now.xruns == 0


@callbacks
def test_a_late_host_loses_the_newest_samples_and_they_are_counted(make: Callable[[Shared, int], Hear]) -> None:
    with Shared() as shared:
        callback = make(shared, 1)
        shared.heard.open(True)
        callback(steps(1000))
        heard = np.zeros(N_HEARD, np.float32)
        assert shared.heard.read(heard) == 1000
        callback(steps(N_HEARD - 10))  # beyond the ring's end
        callback(steps(74, N_HEARD - 10))
        assert shared.stats.snapshot().input_lost == 64
        assert shared.heard.read(heard) == N_HEARD
        np.testing.assert_array_equal(heard, steps(N_HEARD)[:, 0])
