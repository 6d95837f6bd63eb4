"""Who plays what in a MIDI file: its tracks on the 16 channels, and the instruments that their names ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rt.bundle.manifest import InstrumentSpec
from rt.midi import programs
from rt.midi.messages import NOTE_ON, PROGRAM
from rt.midi.midi_file import MidiTrack, TimedMessage
from rt.units import N_CHANNELS

DRUMS = 9
"""The channel of percussion in General MIDI, from 0."""
DRUMS_LEFT_OUT = "channel 10 is General MIDI's drums and left out; name its track after an instrument to hear it"


@dataclass(frozen=True, slots=True)
class MidiPart:
    """The notes of one track on one channel."""

    track: int
    channel: int
    port: int
    named: int | None
    """Index of the instrument that the track is named after."""
    wanted: int | None
    """The same; without it, the one of the first program that the track sends on the channel."""


class Arranged(NamedTuple):
    """A file whose every channel is played by one instrument at a time."""

    tracks: list[MidiTrack]
    instruments: dict[int, int]
    """Of channels whose track is named after one; program changes do not count there."""


def arrange(
    tracks: Sequence[MidiTrack], instruments: Sequence[InstrumentSpec], report: Callable[[str], None]
) -> Arranged:
    """Leave drums out, and give parts that share a channel but not its instrument channels of their own.

    instruments : that may be asked for. report : shows the user a line.
    """
    parts = _parts(tracks, instruments)
    drums = [part for part in parts if part.channel == DRUMS and part.named is None]
    if len(drums) == len(parts):  # nothing else plays
        drums = []
    if drums:
        report(DRUMS_LEFT_OUT)
    channels = _channels([part for part in parts if part not in drums], report)
    fixed: dict[int, int] = {}
    for part, channel in channels.items():
        if part.named is not None:
            fixed.setdefault(channel, part.named)
    silent = {part.track for part in drums}
    found = []
    for number, track in enumerate(tracks):
        moves = {part.channel: channel for part, channel in channels.items() if part.track == number}
        found.append(_moved(track, moves, without=DRUMS if number in silent else None))
    return Arranged(found, fixed)


def _parts(tracks: Sequence[MidiTrack], instruments: Sequence[InstrumentSpec]) -> list[MidiPart]:
    found = []
    for number, track in enumerate(tracks):
        channels = sorted({message[0] & 0x0F for _, message in track.messages if message[0] & 0xF0 == NOTE_ON})
        names = track.names if len(channels) == 1 else []  # the name of several is the song's
        asked = (programs.of_name(instruments, name) for name in names)
        named = next((index for index in asked if index is not None), None)
        for channel in channels:
            wanted = _first_program(track, channel, instruments) if named is None else named
            found.append(MidiPart(number, channel, track.port, named, wanted))
    return found


def _first_program(track: MidiTrack, channel: int, instruments: Sequence[InstrumentSpec]) -> int | None:
    program = next((message[1] for _, message in track.messages if message[0] == PROGRAM | channel), None)
    return None if program is None else programs.of_program(instruments, program, general_midi_first=True)


def _channels(parts: Sequence[MidiPart], report: Callable[[str], None]) -> dict[MidiPart, int]:
    """The channel that each part is played on."""
    free = [channel for channel in range(N_CHANNELS) if channel not in {part.channel for part in parts}]
    ports: dict[int, int] = {}
    plays: dict[int, int | None] = {}
    """What each channel is wanted to be; None is whatever it may be."""
    found: dict[MidiPart, int] = {}
    for part in parts:
        shared = [part.channel, *(found[other] for other in found if other.channel == part.channel)]
        same = [channel for channel in shared if ports.get(channel, part.port) == part.port]
        fitting = [channel for channel in same if plays.get(channel) is None or part.wanted in (None, plays[channel])]
        if not fitting and not free:
            report(f"more than {N_CHANNELS} instruments at once: track {part.track + 1} joins another")
        channel = fitting[0] if fitting else free.pop(0) if free else part.channel
        found[part] = channel
        ports.setdefault(channel, part.port)
        if plays.get(channel) is None:
            plays[channel] = part.wanted
    return found


def _moved(track: MidiTrack, channels: dict[int, int], *, without: int | None) -> MidiTrack:
    messages = []
    for at_s, message in track.messages:
        channel = message[0] & 0x0F
        if message[0] >= 0xF0:
            messages.append(TimedMessage(at_s, message))
        elif channel != without:
            messages.append(TimedMessage(at_s, (message[0] & 0xF0 | channels.get(channel, channel), *message[1:])))
    return track._replace(messages=messages)
