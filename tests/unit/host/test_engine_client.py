"""The link to the engine process: what is sent arrives, whole and in order."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rt.audio.engine_messages import StreamInfo
from rt.audio.rings import N_SLOTS, Shared
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST
from rt.events import Event, NoteOff, NoteOn
from rt.host import engine_client as module
from rt.host.engine_client import EngineClient
from rt.parameters import INSTRUMENT, INTERPOLATION, LATENT, LATENT_OFFSET
from tests.support.small_bundle import make_bundle


@pytest.fixture
def shared() -> Iterator[Shared]:
    with Shared() as memory:
        yield memory


@pytest.fixture
def engine_client(shared: Shared, tiny_bundle: Bundle) -> EngineClient:
    """A link to an engine that takes nothing by itself."""
    made = EngineClient(tiny_bundle, plays=True, settings=[INSTRUMENT.set(0)])
    made.begin(cast(Any, SimpleNamespace(shared=shared, ready_at_s=0.0, send=lambda line: True)))
    stream_info = StreamInfo(
        output="system", input="", host_api="JACK", is_jack=True, sample_rate_hz=48_000.0, block_samples=128,
        n_channels=2, device_latency_s=0.0, provider="cpu",
    )  # fmt: skip
    made.take_over(stream_info)
    while shared.events.n_read < shared.events.n_written:
        take(shared)
    return made


def take(shared: Shared) -> list[Event]:
    return shared.events.take(N_SLOTS)


def test_no_note_is_lost_however_many_come_at_once(engine_client: EngineClient, shared: Shared) -> None:
    sent = [kind for n in range(2 * N_SLOTS) for kind in (NoteOn(0, n % 128, 100), NoteOff(0, n % 128))]

    def send_all() -> None:
        for event in sent:
            engine_client.send(event)

    sender = threading.Thread(target=send_all)
    sender.start()
    while shared.events.n_written < shared.events.n_read + N_SLOTS:
        time.sleep(0.001)
    taken: list[Event] = []
    while sender.is_alive() or shared.events.n_read < shared.events.n_written:
        taken += take(shared)
        time.sleep(0.002)
    assert taken == sent


def test_a_stalled_engine_holds_nobody_up_for_long(
    engine_client: EngineClient, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    for _ in range(N_SLOTS):
        engine_client.send(NoteOn(0, 60, 100))
    begin_s = time.monotonic()
    engine_client.send(NoteOff(0, 60))
    assert 0.05 <= time.monotonic() - begin_s < 1.0
    begin_s = time.monotonic()
    for _ in range(100):
        engine_client.send(LATENT.set(0.0))
    assert time.monotonic() - begin_s < 0.05 * 100, "what is streamed does not wait"


def test_a_swap_keeps_what_the_new_bundle_knows_and_says_what_it_drops(
    engine_client: EngineClient, shared: Shared, tmp_path: Path
) -> None:
    for event in (INSTRUMENT.set(1), LATENT_OFFSET.set(0.0, 0.5, 0.0, 0.0), INTERPOLATION.set(2, 3.0)):
        engine_client.send(event)
    other = make_bundle(tmp_path / "other", "other", ("flute", "piano"))
    load = engine_client.load(other.path)
    dropped = engine_client.loaded(1, other.path, (other.path / MANIFEST).read_text(encoding="utf-8"))
    assert load.result(0) == other and engine_client.instrument(3) == 0
    assert dropped == ["instrument String (not in the bundle)", "latent offset (4 latents, the bundle has 2)"]
    take(shared)
    engine_client.take_over(cast(Any, engine_client.stream_info))
    told = take(shared)
    assert INTERPOLATION.set(2, 3.0) in told and not any(LATENT_OFFSET.is_set_by(event) for event in told)
