"""What is heard is played again: as an echo on an instrument, or as the free voice."""

from __future__ import annotations

import pytest

from rt.errors import ConfigError
from rt.events import Event, NoteOff, NoteOn
from rt.listening.resynthesis import Echo, Transfer, check_echo
from rt.parameters import BEND, CHANNEL_GAIN, FREE_GAIN, GATE, INSTRUMENT, INTERPOLATION, LATENT
from rt.transcribe import NoteEnded, PitchMoved
from tests.support.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.listening.hops import hop, started


def test_echo_plays_in_tune_and_as_loud() -> None:
    bridge = RecordingBridge()
    echo = Echo(bridge, "violin", channel=15)
    echo.begin(bridge.manifest)
    bridge.events.clear()
    echo.take(started(60), hop(0.0, level_db=-20.0))
    echo.take(PitchMoved(0.0, 60, 20.0), hop(0.0))
    echo.follow(hop(0.001))
    echo.follow(hop(0.02, level_db=-14.0))
    echo.take(NoteEnded(0.1, 60), None)
    echo.rest()
    gains = [round(event.values[0], 3) for event in bridge.events if CHANNEL_GAIN.is_set_by(event)]
    assert gains == [1.0, 1.995, 1.0]
    assert [event for event in bridge.events if not CHANNEL_GAIN.is_set_by(event)] == [
        BEND.on(15, 0.0), NoteOn(15, 60, 90), BEND.on(15, 0.2), NoteOff(15, 60), BEND.on(15, 0.0),
    ]  # fmt: skip


def test_echo_takes_its_instrument_by_name_in_every_bundle() -> None:
    bridge = RecordingBridge()
    Echo(bridge, "violin", channel=15).begin(bridge.manifest)
    assert bridge.events[0] == INSTRUMENT.on(15, 4)
    with pytest.raises(
        ConfigError, match=r"listen\.echo: no instrument 'kazoo' in bundle 'memory'; there are Alto-Sax"
    ):
        check_echo(bridge.manifest, "kazoo")


def test_transfer_follows_latents_and_level_and_rests_in_silence() -> None:
    events: list[Event] = []
    transfer = Transfer(events.append, reference_db=-12.0)
    transfer.begin(RecordingBridge().manifest)
    assert events == [FREE_GAIN.set(1.0), INTERPOLATION.set(1, 0.02)]
    events.clear()
    for i in range(4):
        transfer.follow(hop(0.006 * i, level_db=-32.0))
    point = LATENT.set(*(0.5,) * N_LATENTS)
    assert [event for event in events if not FREE_GAIN.is_set_by(event)] == [point, GATE.set(True), point]
    assert [event.values[0] for event in events if FREE_GAIN.is_set_by(event)] == pytest.approx([0.1, 0.1])
    events.clear()
    for i in range(4, 20):
        transfer.follow(hop(0.006 * i, latent=None))
    assert events == [GATE.set(False)]
    transfer.follow(hop(0.2))
    assert events[-1] == GATE.set(True)
    transfer.rest()
    assert events[-2:] == [GATE.set(False), FREE_GAIN.set(1.0)]
