"""What is heard goes out by MIDI and OSC, in order, and ends at last."""

from __future__ import annotations

from typing import Any

import pytest

from rt.config.config import MidiConfig
from rt.listening.sinks import MidiNotes, OscMessages
from rt.midi.link import MidiLink
from rt.midi.messages import bend_message
from rt.transcribe import NoteEnded, PitchMoved
from tests.support.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.listening.hops import hop, started


def output() -> tuple[MidiLink, list[tuple[int, ...]]]:
    """A link whose process is this test: a port that is open, and what it gets."""
    config = MidiConfig(input="none", api="auto", port_name="latent-bridge")
    engine_client = MidiLink(config, RecordingBridge(), jack=False, bend_range_semitones=2.0, output="none")
    sent: list[tuple[int, ...]] = []
    engine_client._child, engine_client._is_output_wanted = object(), True  # type: ignore[assignment]
    engine_client._write = lambda order: sent.append(tuple(order["message"]))  # type: ignore[method-assign]
    return engine_client, sent


def test_midi_notes_leave_in_order_and_end_at_last() -> None:
    opened, sent = output()
    notes = MidiNotes(opened, channel=2, bends=False, report=print)
    notes.begin(RecordingBridge().manifest)
    notes.take(started(60), hop(0.0))
    notes.take(PitchMoved(0.0, 60, 20.0), hop(0.0))
    notes.take(NoteEnded(0.1, 60), hop(0.1))
    notes.take(started(64, 0.1, 1), hop(0.1))
    notes.rest()
    notes.take(started(65), hop(0.2))
    opened.release()
    assert sent == [
        (0xB2, 123, 0), (0x92, 60, 90), (0x82, 60, 0), (0x92, 64, 1), (0x82, 64, 0), (0x92, 65, 90), (0x82, 65, 0),
    ]  # fmt: skip


def test_bends_are_straightened_before_the_next_note() -> None:
    opened, sent = output()
    notes = MidiNotes(opened, channel=0, bends=True, report=print)
    notes.begin(RecordingBridge().manifest)
    assert sent[1:5] == [(0xB0, 101, 0), (0xB0, 100, 0), (0xB0, 6, 2), (0xB0, 38, 0)]
    sent.clear()
    notes.take(started(60), hop(0.0))
    notes.take(PitchMoved(0.0, 60, 100.0), hop(0.0))
    notes.take(NoteEnded(0.1, 60), hop(0.1))
    notes.take(started(61), hop(0.1))
    assert sent[:5] == [(0x90, 60, 90), (0xE0, 0, 96), (0x80, 60, 0), (0xE0, 0, 64), (0x90, 61, 90)]


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
