"""Standard MIDI files as timed messages, in the form that `Channels` hears."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import mido

from rt.errors import ControlError

MAX_SECONDS = 4 * 3600.0
TICKS_PER_BEAT, BEATS_PER_S = 960, 2
"""Of what is written: half a millisecond a tick, at 120 beats a minute."""
USUAL_TEMPO = 1_000_000 // BEATS_PER_S
"""Microseconds a beat, where a file tells none."""


class TimedMessage(NamedTuple):
    """One message of a file."""

    at_s: float
    """From the start of the file, tempo changes counted in."""
    message: tuple[int, ...]


class MidiTrack(NamedTuple):
    """One track of a file."""

    names: list[str]
    """Of its instrument and of itself, as far as they are told; the instrument's first."""
    messages: list[TimedMessage]
    """In order of time."""
    end_s: float
    """Where it ends, which may be after its last message."""


def merged(tracks: Iterable[MidiTrack]) -> list[TimedMessage]:
    """The messages of all tracks in order of time; of those at once the earlier track's first."""
    return sorted((timed for track in tracks for timed in track.messages), key=_time)


def load(path: Path) -> list[MidiTrack]:
    """The tracks of a file, without system exclusive messages; ControlError when it cannot be read or lasts hours."""
    try:
        file = mido.MidiFile(path, clip=True)
        if file.type == 2:
            raise ControlError(f"{path}: the tracks of a type 2 file are songs of their own; save it as type 0 or 1")
        if not 0 < file.ticks_per_beat < 0x8000:
            raise ControlError(f"{path}: its clock is SMPTE time code or stands still; save it with ticks per beat")
        return _tracks(file, path)
    except OSError as error:
        raise ControlError(f"{path}: {error.strerror or 'not a MIDI file'}; give a standard MIDI file") from error
    except (ValueError, TypeError, EOFError, IndexError, KeyError) as error:
        raise ControlError(
            f"{path}: damaged MIDI file ({str(error) or 'it ends too early'}); export it again"
        ) from error


def _tracks(file: mido.MidiFile, path: Path) -> list[MidiTrack]:
    ticks: list[tuple[int, int, Any]] = []
    for number, track in enumerate(file.tracks):
        tick = 0
        for message in track:
            tick += message.time
            ticks.append((tick, number, message))
    ticks.sort(key=lambda entry: entry[0])  # of what comes at once, the earlier track's first
    names: list[list[str]] = [[] for _ in file.tracks]
    messages: list[list[TimedMessage]] = [[] for _ in file.tracks]
    ends_s = [0.0] * len(file.tracks)
    at_s, last, tempo = 0.0, 0, USUAL_TEMPO
    for tick, number, message in ticks:
        at_s += (tick - last) * tempo * 1e-6 / file.ticks_per_beat
        last, ends_s[number] = tick, at_s
        if at_s > MAX_SECONDS:
            raise ControlError(f"{path}: longer than {MAX_SECONDS / 3600:g} hours; cut it into pieces")
        if message.type == "set_tempo":
            tempo = message.tempo
        elif message.type == "instrument_name":
            names[number].insert(0, message.name)
        elif message.type == "track_name":
            names[number].append(message.name)
        elif not message.is_meta and message.type != "sysex":
            messages[number].append(TimedMessage(at_s, tuple(message.bytes())))
    return [MidiTrack(*found) for found in zip(names, messages, ends_s, strict=True)]


def _time(timed: TimedMessage) -> float:
    return timed.at_s


def save(path: Path, messages: Iterable[TimedMessage], *, name: str = "") -> None:
    """Write channel messages, in order of time, as a file of one track; ControlError when it cannot be written.

    name : of the track, which DAWs show; what it cannot hold of it becomes a question mark.
    """
    track = mido.MidiTrack()
    file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_BEAT)
    file.tracks.append(track)
    if name:
        track.append(mido.MetaMessage("track_name", name=name.encode(file.charset, "replace").decode(file.charset)))
    track.append(mido.MetaMessage("set_tempo", tempo=USUAL_TEMPO))
    last = 0
    for timed in messages:
        tick = max(round(timed.at_s * BEATS_PER_S * TICKS_PER_BEAT), last)
        track.append(mido.Message.from_bytes(timed.message, time=tick - last))
        last = tick
    try:
        file.save(path)
    except OSError as error:
        raise ControlError(f"{path} cannot be written ({error.strerror}); give a name in a writable folder") from error
