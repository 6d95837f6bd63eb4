"""Standard MIDI files as timed messages, in the form that `Channels` hears."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import mido

from rt.atomic_write import atomic_write
from rt.errors import ControlError
from rt.midi import chunks
from rt.midi.messages import NOTE_ON

MAX_SECONDS = 4 * 3600.0
MAX_BYTES = 32 << 20
MAX_NAME_BYTES = 1000
"""A longer text is no name."""
STILL_TICK_S = 0.004
"""Of files whose header gives no ticks a beat, as FluidSynth plays them."""
TICKS_PER_BEAT, BEATS_PER_S = 960, 2
"""Of what is written: half a millisecond a tick, at 120 beats a minute."""
USUAL_TEMPO = 1_000_000 // BEATS_PER_S
"""Microseconds a beat, where a file tells none."""
_TRACK_NAME, _INSTRUMENT_NAME, _PORT, _TEMPO = 0x03, 0x04, 0x21, 0x51
"""Meta events."""


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
    port: int = 0
    """The cable of a file for several: the same channel of two ports is two channels."""


def merged(tracks: Iterable[MidiTrack]) -> list[TimedMessage]:
    """The messages of all tracks in order of time; of those at once the earlier track's first."""
    return sorted((timed for track in tracks for timed in track.messages), key=_time)


def load(path: Path, report: Callable[[str], None] = lambda _: None) -> list[MidiTrack]:
    """The tracks of a file, without system exclusive messages; ControlError when it cannot be read or lasts hours.

    report : shows the user a line about what of the file is not as it should be. All songs of a type 2 file begin at
    once, as FluidSynth plays them.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a MIDI file"
        raise ControlError(f"{path}: {reason}; give a standard MIDI file") from error
    try:
        if len(content) > MAX_BYTES:
            raise ControlError(f"larger than {MAX_BYTES >> 20} MiB; cut it into pieces")
        return _tracks(chunks.parse(content, lambda line: report(f"{path.name}: {line}")))
    except ControlError as error:
        raise ControlError(f"{path}: {error}") from error


def _tracks(file: chunks.Chunks) -> list[MidiTrack]:
    entries = [(event.tick, number, event.data) for number, track in enumerate(file.tracks) for event in track]
    entries += [(tick, number, b"") for number, tick in enumerate(file.ends)]
    entries.sort(key=itemgetter(0))  # of what comes at once, the earlier track's first
    found = [MidiTrack([], [], 0.0) for _ in file.tracks]
    instruments: list[list[str]] = [[] for _ in file.tracks]
    ends_s, ports = [0.0] * len(found), [0] * len(found)
    fixed_s = _fixed_tick_s(file.division)
    tick_s = fixed_s or USUAL_TEMPO * 1e-6 / file.division
    at_s, last = 0.0, 0
    for tick, number, data in entries:
        at_s += (tick - last) * tick_s
        last, ends_s[number] = tick, at_s
        if not data:
            continue
        if data[0] < chunks.META:
            if at_s <= MAX_SECONDS:
                found[number].messages.append(TimedMessage(at_s, tuple(data)))
            elif data[0] & 0xF0 == NOTE_ON and data[2]:
                raise ControlError(f"longer than {MAX_SECONDS / 3600:g} hours; cut it into pieces")
        elif data[1] == _TEMPO and len(data) >= 5 and not fixed_s:
            tick_s = int.from_bytes(data[2:5], "big") * 1e-6 / file.division
        elif len(data) > MAX_NAME_BYTES:
            continue
        elif data[1] == _INSTRUMENT_NAME:
            instruments[number].append(text_of(data[2:]))
        elif data[1] == _TRACK_NAME:
            found[number].names.append(text_of(data[2:]))
        elif data[1] == _PORT and len(data) > 2:
            ports[number] = data[2]
    return [
        MidiTrack([*names, *track.names], track.messages, min(end_s, MAX_SECONDS), port)
        for names, track, end_s, port in zip(instruments, found, ends_s, ports, strict=True)
    ]


def _fixed_tick_s(division: int) -> float:
    """Seconds of a tick that no tempo changes, those of SMPTE time code; 0 where ticks are parts of beats."""
    if division < 0x8000:
        return 0.0 if division else STILL_TICK_S
    frames_per_s, ticks = 0x100 - (division >> 8), division & 0xFF
    return 1.0 / ((30.0 / 1.001 if frames_per_s == 29 else frames_per_s) * ticks) if ticks else STILL_TICK_S


def text_of(data: bytes) -> str:
    """A name as UTF-8 where it is that, as UTF-16 where it says so, else as Latin-1; without padding."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\0", "").strip()


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
        with atomic_write(path) as place:
            file.save(place)
    except OSError as error:
        raise ControlError(f"{path} cannot be written ({error.strerror}); give a name in a writable folder") from error
