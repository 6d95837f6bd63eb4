"""Standard MIDI files as timed messages, in the form that `Channels` hears."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import mido

from rt.errors import ControlError

MAX_SECONDS = 4 * 3600.0
TICKS_PER_BEAT, BEATS_PER_S = 960, 2
"""Of what is written: half a millisecond a tick, at 120 beats a minute."""


class TimedMessage(NamedTuple):
    """One message of a file."""

    at_s: float
    """From the start of the file, tempo changes counted in."""
    message: tuple[int, ...]


def load(path: Path) -> list[TimedMessage]:
    """All channel messages of a file in order; ControlError when it cannot be read or lasts for hours."""
    try:
        file = mido.MidiFile(path, clip=True)
        if file.type == 2:
            raise ControlError(f"{path}: the tracks of a type 2 file are songs of their own; save it as type 0 or 1")
        if not 0 < file.ticks_per_beat < 0x8000:
            raise ControlError(f"{path}: its clock is SMPTE time code or stands still; save it with ticks per beat")
        at_s = 0.0
        found = []
        for message in file:
            at_s += message.time
            if at_s > MAX_SECONDS:
                raise ControlError(f"{path}: longer than {MAX_SECONDS / 3600:g} hours; cut it into pieces")
            if not message.is_meta and message.type != "sysex":
                found.append(TimedMessage(at_s, tuple(message.bytes())))
    except OSError as error:
        raise ControlError(f"{path}: {error.strerror or 'not a MIDI file'}; give a standard MIDI file") from error
    except (ValueError, TypeError, EOFError, IndexError, KeyError) as error:
        raise ControlError(f"{path}: damaged MIDI file ({error}); export it again") from error
    return found


def save(path: Path, messages: Iterable[TimedMessage]) -> None:
    """Write channel messages, in order of time, as a file of one track; ControlError when it cannot be written."""
    track = mido.MidiTrack()
    file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_BEAT)
    file.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=1_000_000 // BEATS_PER_S))
    last = 0
    for timed in messages:
        tick = max(round(timed.at_s * BEATS_PER_S * TICKS_PER_BEAT), last)
        track.append(mido.Message.from_bytes(timed.message, time=tick - last))
        last = tick
    try:
        file.save(path)
    except OSError as error:
        raise ControlError(f"{path} cannot be written ({error.strerror}); give a name in a writable folder") from error
