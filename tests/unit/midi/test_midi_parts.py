"""Which instrument plays what in a MIDI file."""

from __future__ import annotations

import pytest

from rt.midi import midi_parts, programs
from rt.midi.midi_file import MidiTrack, TimedMessage, merged
from tests.support.recording_bridge import manifest

INSTRUMENTS = manifest().instruments
SAX, FLUTE, PIANO, TRUMPET, VIOLIN = range(5)


def track(*names: str, channel: int = 0, program: int | None = None, notes: tuple[int, ...] = (60,)) -> MidiTrack:
    """Notes, one a second; what a producer calls a track."""
    start = [] if program is None else [TimedMessage(0.0, (0xC0 | channel, program))]
    played = [TimedMessage(float(at), (0x90 | channel, note, 90)) for at, note in enumerate(notes)]
    return MidiTrack(list(names), start + played, float(len(notes)))


def arrange(*tracks: MidiTrack) -> tuple[list[set[int]], dict[int, int], list[str]]:
    """The channels of each track, the instruments fixed by name, and what was told."""
    told: list[str] = []
    arranged = midi_parts.arrange(tracks, INSTRUMENTS, told.append)
    assert [t.end_s for t in arranged.tracks] == [t.end_s for t in tracks]
    channels = [{message[0] & 0x0F for _, message in found.messages} for found in arranged.tracks]
    return channels, arranged.instruments, told


@pytest.mark.parametrize(
    ("program", "in_file", "live"),
    [
        (0, PIANO, SAX),
        (1, PIANO, FLUTE),  # Bright Acoustic Piano
        (4, PIANO, VIOLIN),  # Electric Piano 1
        (40, VIOLIN, VIOLIN),
        (42, VIOLIN, None),  # Cello
        (57, TRUMPET, None),  # Trombone
        (64, SAX, None),  # Soprano Sax
        (65, SAX, SAX),
        (73, FLUTE, FLUTE),
        (24, None, None),  # Acoustic Guitar
        (127, None, None),
    ],
)
def test_files_speak_general_midi_and_live_programs_are_the_order(
    program: int, in_file: int | None, live: int | None
) -> None:
    assert programs.of_program(INSTRUMENTS, program, general_midi_first=True) == in_file
    assert programs.of_program(INSTRUMENTS, program) == live


def test_a_bundle_without_general_midi_falls_back_on_its_order() -> None:
    assert programs.of_program(INSTRUMENTS[:2], 1, general_midi_first=True) == FLUTE


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("Piano", PIANO),
        ("1-Grand Piano", PIANO),
        ("Piano left hand", PIANO),
        ("Violins II", VIOLIN),
        ("alto saxophone", SAX),
        ("Violin and Piano", None),
        ("Violoncello", None),
        ("Fl\xf6te", None),
        ("Track 1", None),
        ("", None),
    ],
)
def test_names_of_tracks(name: str, index: int | None) -> None:
    assert programs.of_name(INSTRUMENTS, name) == index


def test_a_name_wins_over_programs() -> None:
    assert arrange(track("Violin", program=0)) == ([{0}], {0: VIOLIN}, [])
    assert arrange(track("", "Piano"), track("Solo", "Flute 2", channel=4)) == ([{0}, {4}], {0: PIANO, 4: FLUTE}, [])


def test_the_name_of_a_song_is_no_instrument() -> None:
    whole = MidiTrack(["Violin Sonata"], track(program=73).messages + track(channel=1, program=0).messages, 1.0)
    assert arrange(whole) == ([{0, 1}], {}, [])
    assert arrange(MidiTrack(["Piano Concerto"], [], 0.0), track("Flute")) == ([set(), {0}], {0: FLUTE}, [])


def test_tracks_of_one_channel_are_kept_apart_unless_they_are_one_instrument() -> None:
    both = track("Violin"), track("Piano right", channel=0), track("Piano left"), track("Strings"), track("Flute")
    assert arrange(*both) == ([{0}, {1}, {1}, {0}, {2}], {0: VIOLIN, 1: PIANO, 2: FLUTE}, [])
    assert arrange(track(program=73), track(program=0), track(channel=1)) == ([{0}, {2}, {1}], {}, [])
    later = track("Violin"), track(program=0, notes=(60, 62))
    assert arrange(*later)[0] == [{0}, {1}]


def test_too_many_instruments_are_told() -> None:
    full = [track(channel=channel, program=40) for channel in range(16) if channel != midi_parts.DRUMS]
    channels, _, told = arrange(*full, track("Piano"), track("Flute"))
    assert channels[-2:] == [{9}, {0}]
    assert told == ["more than 16 instruments at once: track 17 joins another"]


def test_drums_are_left_out_and_told() -> None:
    channels, fixed, told = arrange(track("Flute"), track("Drums", channel=9, program=0, notes=(36, 38)))
    assert (channels, fixed, told) == ([{0}, set()], {0: FLUTE}, [midi_parts.DRUMS_LEFT_OUT])
    one = MidiTrack([], merged([track(), track(channel=9, notes=(36, 38))]), 2.0)
    assert arrange(one) == ([{0}], {}, [midi_parts.DRUMS_LEFT_OUT])


def test_channel_10_plays_where_it_is_named_or_alone() -> None:
    assert arrange(track("Flute"), track("Piano", channel=9)) == ([{0}, {9}], {0: FLUTE, 9: PIANO}, [])
    assert arrange(track(channel=9)) == ([{9}], {}, [])
