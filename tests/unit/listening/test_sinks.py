"""What is heard goes out by MIDI and OSC, in order, and ends at last."""

from __future__ import annotations

from typing import Any

import pytest

from rt.listening.sinks import MidiNotes, OscMessages
from rt.midi.output import MidiOutput, bend_message
from rt.transcribe import NoteEnded, PitchMoved
from tests.support.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.listening.hops import hop, started


class Port:
    """Stands in for an rtmidi client."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, ...]] = []

    def send_message(self, message: tuple[int, ...]) -> None:
        self.sent.append(tuple(message))

    def close_port(self) -> None:
        self.sent.append(())

    def delete(self) -> None:
        """Nothing to delete."""


def output(port: Port) -> MidiOutput:
    made = MidiOutput("virtual", api="auto", client_name="latent-bridge", jack=False, report=print)
    made._rt, made.port, made._is_started = port, "port", True
    return made


def test_midi_notes_leave_in_order_and_end_at_last() -> None:
    port = Port()
    with output(port) as opened:
        notes = MidiNotes(opened, channel=2, bends=False, report=print)
        notes.begin(RecordingBridge().manifest)
        notes.take(started(60), hop(0.0))
        notes.take(PitchMoved(0.0, 60, 20.0), hop(0.0))
        notes.take(NoteEnded(0.1, 60), hop(0.1))
        notes.take(started(64, 0.1, 1), hop(0.1))
        notes.rest()
        notes.take(started(65), hop(0.2))
    assert port.sent == [
        (0xB2, 123, 0), (0x92, 60, 90), (0x82, 60, 0), (0x92, 64, 1), (0x82, 64, 0), (0x92, 65, 90), (0x82, 65, 0), (),
    ]  # fmt: skip


def test_bends_are_straightened_before_the_next_note() -> None:
    port = Port()
    with output(port) as opened:
        notes = MidiNotes(opened, channel=0, bends=True, report=print)
        notes.begin(RecordingBridge().manifest)
        assert port.sent[1:5] == [(0xB0, 101, 0), (0xB0, 100, 0), (0xB0, 6, 2), (0xB0, 38, 0)]
        port.sent.clear()
        notes.take(started(60), hop(0.0))
        notes.take(PitchMoved(0.0, 60, 100.0), hop(0.0))
        notes.take(NoteEnded(0.1, 60), hop(0.1))
        notes.take(started(61), hop(0.1))
    assert port.sent[:5] == [(0x90, 60, 90), (0xE0, 0, 96), (0x80, 60, 0), (0xE0, 0, 64), (0x90, 61, 90)]


@pytest.mark.parametrize(("semitones", "value"), [(0.0, 8192), (2.0, 16383), (-2.0, 0), (9.0, 16383), (1.0, 12288)])
def test_bends_reach_from_end_to_end(semitones: float, value: int) -> None:
    status, low, high = bend_message(3, semitones, 2.0)
    assert status == 0xE3
    assert abs((high << 7) + low - value) <= 1


def test_osc_tells_notes_labels_and_latents() -> None:
    sent: list[tuple[Any, ...]] = []
    osc = OscMessages(lambda address, args: sent.append((address, *args)))
    osc.begin(RecordingBridge().manifest)
    osc.take(started(61), hop(0.1))
    for i in range(1, 13):
        osc.follow(hop(0.1 + 0.01 * i, dynamics=3 if i < 8 else 4))
    osc.take(NoteEnded(0.3, 61), hop(0.3))
    osc.follow(hop(0.3, latent=None))
    assert [message for message in sent if message[0] != "/lb/heard/latent"] == [
        ("/lb/heard/note", 61, 90),
        ("/lb/heard/symbols", "Flute", 4, 1, 3),
        ("/lb/heard/symbols", "Flute", 4, 1, 4),
        ("/lb/heard/note", 61, 0),
    ]
    latents = [message[1:] for message in sent if message[0] == "/lb/heard/latent"]
    assert 5 <= len(latents) <= 7
    assert set(latents) == {(0.5,) * N_LATENTS}


def test_labels_are_those_of_the_newest_of_several_notes() -> None:
    sent: list[tuple[Any, ...]] = []
    osc = OscMessages(lambda address, args: sent.append((address, *args)))
    osc.begin(RecordingBridge().manifest)
    osc.take(started(61), hop(0.1))
    osc.take(started(64, 0.2), hop(0.2))
    osc.take(NoteEnded(0.3, 61), hop(0.3))
    osc.follow(hop(0.4, dynamics=4))
    osc.take(NoteEnded(0.5, 64), hop(0.5))
    osc.follow(hop(0.6, dynamics=2))
    assert [message[3:] for message in sent if message[0] == "/lb/heard/symbols"] == [(1, 3), (4, 3), (4, 4)]
