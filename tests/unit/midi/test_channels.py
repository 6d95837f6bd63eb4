"""MIDI messages of one source become events; each channel remembers its own pedal, bend, volume and program."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rt.events import AllNotesOff, AllSoundOff, Event, NoteOff, NoteOn, ResetControllers
from rt.midi.channels import MidiChannels
from rt.midi.midi_document import format_markdown
from rt.parameters import BEND, CHANNEL_GAIN, INSTRUMENT, LEGATO, MODULATION, SUSTAIN
from tests.support.recording_bridge import RecordingBridge

Play = Sequence[tuple[int, ...]]


def hear(*messages: tuple[int, ...], bridge: RecordingBridge | None = None) -> list[Event]:
    channels = MidiChannels(bridge or RecordingBridge())
    return [event for message in messages for event in channels.hear(message)]


def choose_bend_range(channel: int, semitones: int, cents: int = 0) -> list[tuple[int, ...]]:
    control = 0xB0 | channel
    return [(control, 101, 0), (control, 100, 0), (control, 6, semitones), (control, 38, cents)]


@pytest.mark.parametrize(
    ("message", "events"),
    [
        ((0x90, 60, 100), [NoteOn(0, 60, 100)]),
        ((0x9F, 60, 1), [NoteOn(15, 60, 1)]),
        ((0x90, 60, 0), [NoteOff(0, 60)]),
        ((0x85, 60, 64), [NoteOff(5, 60)]),
        ((0xB0, 1, 127), [MODULATION.on(0, 1.0)]),
        ((0xB0, 7, 127), [CHANNEL_GAIN.on(0, 1.0)]),
        ((0xB3, 11, 0), [CHANNEL_GAIN.on(3, 0.0)]),
        ((0xB0, 120, 0), [AllSoundOff(0)]),
        ((0xB2, 121, 0), [ResetControllers(2), CHANNEL_GAIN.on(2, 1.0)]),
        ((0xC0, 0), [INSTRUMENT.on(0, 0)]),
        ((0xC1, 4), [INSTRUMENT.on(1, 4)]),
        ((0xC0, 73), [INSTRUMENT.on(0, 1)]),
        ((0xC0, 40), [INSTRUMENT.on(0, 4)]),
        ((0xE0, 0, 64), [BEND.on(0, 0.0)]),
        ((0xE0, 127, 127), [BEND.on(0, 2.0)]),
        ((0xE7, 0, 0), [BEND.on(7, -2.0)]),
    ],
)
def test_messages_become_events(message: tuple[int, ...], events: list[Event]) -> None:
    assert hear(message) == events


@pytest.mark.parametrize(
    "message",
    [
        (),
        (0x90,),
        (0x90, 60),
        (0x90, 60, 128),
        (0x90, 300, 1),
        (60, 60, 60),
        (0xA0, 60, 1),
        (0xD0, 60),
        (0xB0, 0, 1),
        (0xB0, 122, 0),
        (0xF8,),
        (0xFE,),
        (0xFF, 0, 0),
        (0xF0, 1, 2, 0xF7),
        (0x90, 60, 1, 1),
    ],
)
def test_other_messages_do_nothing(message: tuple[int, ...]) -> None:
    assert hear(message) == []


@given(st.lists(st.integers(0, 300), max_size=5))
def test_no_message_does_harm(message: list[int]) -> None:
    assert isinstance(hear(tuple(message)), list)


@pytest.mark.parametrize("controller", [123, 124, 125, 126, 127])
def test_all_notes_off_leaves_the_pedal(controller: int) -> None:
    assert hear((0xB0, 64, 127), (0x90, 60, 9), (0xB0, controller, 0)) == [
        SUSTAIN.on(0, True),
        NoteOn(0, 60, 9),
        AllNotesOff(0),
    ]


def test_the_pedal_is_down_from_64_and_repeats_itself_once() -> None:
    play = [(0xB0, 64, value) for value in (0, 1, 63, 64, 90, 127, 64, 63, 10, 0)]
    assert hear(*play) == [SUSTAIN.on(0, True), SUSTAIN.on(0, False)]


def test_reset_lets_the_pedal_go_and_it_can_be_pressed_again() -> None:
    assert hear((0xB0, 64, 127), (0xB0, 121, 0), (0xB0, 64, 127)) == [
        SUSTAIN.on(0, True),
        ResetControllers(0),
        CHANNEL_GAIN.on(0, 1.0),
        SUSTAIN.on(0, True),
    ]


def test_notes_under_the_pedal_pass_as_played() -> None:
    strokes: Play = [(0xB0, 64, 127), (0x90, 60, 9), (0x80, 60, 0), (0x90, 60, 8), (0xB0, 64, 0)]
    assert hear(*strokes) == [
        SUSTAIN.on(0, True),
        NoteOn(0, 60, 9),
        NoteOff(0, 60),
        NoteOn(0, 60, 8),
        SUSTAIN.on(0, False),
    ]


def test_volume_and_expression_multiply_and_reset_keeps_the_volume() -> None:
    gains = [
        event.values[0]
        for event in hear((0xB0, 7, 64), (0xB0, 11, 64), (0xB0, 121, 0))
        if CHANNEL_GAIN.is_set_by(event)
    ]
    quarter = (64 / 127) ** 2
    assert gains == pytest.approx([quarter, quarter**2, quarter])


def test_channels_do_not_share_their_state() -> None:
    assert hear((0xB0, 7, 64), (0xB1, 11, 127))[1] == CHANNEL_GAIN.on(1, 1.0)


def test_bend_range_by_rpn() -> None:
    play = [*choose_bend_range(0, 12), (0xE0, 127, 127), (0xE1, 127, 127)]
    assert hear(*play) == [BEND.on(0, 12.0), BEND.on(1, 2.0)]


def test_bend_range_with_cents_applies_to_a_bend_that_is_held() -> None:
    bends = hear((0xE0, 0, 0), *choose_bend_range(0, 7, 50))
    assert bends == [BEND.on(0, -2.0), BEND.on(0, -7.0), BEND.on(0, -7.5)]


def test_bend_range_is_bounded() -> None:
    assert hear(*choose_bend_range(0, 127), (0xE0, 0, 0)) == [BEND.on(0, -96.0)]


@pytest.mark.parametrize(
    "leave",
    [
        [(0xB0, 101, 127), (0xB0, 100, 127)],
        [(0xB0, 99, 0)],
        [(0xB0, 98, 0)],
        [(0xB0, 100, 1)],
        [(0xB0, 121, 0)],
        [(0xB0, 101, 0), (0xB0, 100, 5)],
    ],
)
def test_data_entry_counts_only_while_the_range_is_chosen(leave: list[tuple[int, ...]]) -> None:
    play = [*choose_bend_range(0, 12), *leave, (0xB0, 6, 1), (0xE0, 0, 0)]
    assert hear(*play)[-1] == BEND.on(0, -12.0)


def test_the_range_before_any_rpn_is_the_setting() -> None:
    channels = MidiChannels(RecordingBridge(), bend_range_semitones=5.0)
    assert channels.hear((0xE0, 0, 0)) == [BEND.on(0, -5.0)]


def test_unknown_program_is_told_with_the_list() -> None:
    bridge = RecordingBridge()
    assert hear((0xC0, 99), (0xC0, 99), bridge=bridge) == []
    assert len(bridge.told) == 1
    assert "program 99" in bridge.told[0]
    assert "1 or 73 Flute" in bridge.told[0]


def test_the_order_of_the_bundle_goes_before_general_midi() -> None:
    bridge = RecordingBridge()
    assert bridge.manifest.instruments[2].program == 0
    assert hear((0xC0, 0), bridge=bridge) == [INSTRUMENT.on(0, 0)]


def test_a_note_out_of_reach_is_told_once_per_instrument() -> None:
    bridge = RecordingBridge()
    channels = MidiChannels(bridge)
    for event in channels.hear((0xC0, 1)):
        bridge.send(event)
    for note in (36, 37, 60, 96, 120):
        assert channels.hear((0x90, note, 1)) == [NoteOn(0, note, 1)]
    assert bridge.told == ["Flute reaches C4 to C7: C2 sounds as C4"]
    channels.hear((0x91, 120, 1))
    assert bridge.told[1:] == ["Alto-Sax reaches C#3 to G#5: C9 sounds as C5"]


def test_a_source_that_goes_releases_what_it_held() -> None:
    channels = MidiChannels(RecordingBridge())
    for message in [(0x90, 60, 1), (0x92, 61, 1), (0x93, 62, 1), (0x83, 62, 0), (0xB2, 64, 127)]:
        channels.hear(message)
    assert channels.release() == [AllNotesOff(0), SUSTAIN.on(2, False), AllNotesOff(2)]
    assert channels.release() == []


def test_ten_thousand_random_messages_leave_nothing_held() -> None:
    numbers = random.Random(3)
    channels = MidiChannels(RecordingBridge())
    for _ in range(10_000):
        kind = numbers.choice([0x80, 0x90, 0x90, 0xB0, 0xC0, 0xE0])
        size = 1 if kind == 0xC0 else 2
        channels.hear((kind | numbers.randrange(16), *(numbers.randrange(128) for _ in range(size))))
    assert len(channels.release()) > 0
    assert channels.release() == []


def test_the_document_names_every_controller() -> None:
    text = format_markdown()
    for controller in (1, 6, 7, 11, 38, 64, 98, 99, 100, 101, 120, 121, 123, 124, 125, 126, 127):
        assert f"\n| {controller} |" in text


def test_legato_and_portamento_glide_in_the_time_of_controller_5() -> None:
    on, time, off = (0xB1, 68, 127), (0xB1, 5, 127), (0xB1, 68, 0)
    first, slower, last = hear(on, time, off)
    assert LEGATO.is_set_by(first) and LEGATO.is_set_by(slower) and LEGATO.is_set_by(last)
    assert (first.channel, first.values[0], slower.values[0], last.values[0]) == (1, 1.0, 1.0, 0.0)
    assert first.values[1] == pytest.approx(0.1, rel=0.05) and slower.values[1] == pytest.approx(4.0)
    assert hear((0xB0, 5, 0)) == [] and hear((0xB0, 5, 0), (0xB0, 65, 64)) == [LEGATO.on(0, True, 0.01)]
    both = hear(on, (0xB1, 65, 127), off, (0xB1, 65, 0))
    assert [bool(event.values[0]) for event in both if LEGATO.is_set_by(event)] == [True, True, True, False]
    assert hear(on, (0xB1, 121, 0), time)[1:] == [ResetControllers(1), CHANNEL_GAIN.on(1, 1.0)]


def test_breath_multiplies_and_reset_ends_it() -> None:
    events = hear((0xB0, 7, 100), (0xB0, 2, 64), (0xB0, 121, 0))
    volume = (100 / 127) ** 2
    gains = [event.values[0] for event in events if CHANNEL_GAIN.is_set_by(event)]
    assert gains == pytest.approx([volume, volume * (64 / 127) ** 2, volume])


RPN_0 = [(0xB0, 101, 0), (0xB0, 100, 0)]


@pytest.mark.parametrize(
    ("play", "semitones"),
    [
        ([*RPN_0, (0xB0, 6, 12), (0xB0, 38, 50)], 12.5),
        ([*RPN_0, (0xB0, 38, 50), (0xB0, 6, 12)], 12.5),
        ([*RPN_0, (0xB0, 6, 12), (0xB0, 38, 50), (0xB0, 6, 7)], 7.0),
        ([*RPN_0[::-1], (0xB0, 6, 12)], 12.0),
        ([*RPN_0, (0xB0, 96, 0)], 2.01),
        ([*RPN_0, (0xB0, 6, 12), (0xB0, 97, 0), (0xB0, 97, 0)], 11.98),
        ([*RPN_0, *[(0xB0, 96, 0)] * 100, (0xB0, 38, 7)], 3.07),
        ([*RPN_0, *[(0xB0, 97, 0)] * 300], 0.0),
        ([*RPN_0, (0xB0, 6, 95), (0xB0, 38, 90), *[(0xB0, 96, 0)] * 20], 96.0),
        ([*RPN_0, (0xB0, 99, 0), (0xB0, 96, 0), (0xB0, 6, 9)], 2.0),
        ([(0xB0, 96, 0)], 2.0),
    ],
)
def test_the_bend_range_in_every_order(play: list[tuple[int, ...]], semitones: float) -> None:
    bend = hear(*play, (0xE0, 127, 127))[-1]
    assert BEND.is_set_by(bend)
    assert bend.values[0] == pytest.approx(semitones)
