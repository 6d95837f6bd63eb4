"""Bytes of a standard MIDI file as the events of its tracks, in ticks; bytes in, events out.

Kept by us: mido loses the time of events that it does not know, and refuses whole files for one odd event. symusic
keeps their time, but counts foreign chunks as tracks and refuses time code, cut files, controllers above 127 and status
0xF4. This one reads all that FluidSynth plays, and of damaged files what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rt.errors import ControlError

META, SYSEX, ESCAPE, END_OF_TRACK = 0xFF, 0xF0, 0xF7, 0x2F
MAX_EVENTS = 1_000_000
"""Of all tracks; each takes some 300 bytes of memory."""
MAX_TRACKS = 1000
_SYSTEM_COMMON = {0xF1: 1, 0xF2: 2, 0xF3: 1}
"""Number of data bytes; other statuses from 0xF4 up have none."""
_MAX_NUMBER_BYTES = 5
_LATEST_HEADER = 1 << 16
"""Where a header may begin: RIFF files and some transfer programs put their own in front."""


class TrackEvent(NamedTuple):
    """One event: a channel message, or a meta event as 0xFF, its type and its data."""

    tick: int
    data: bytes


class Chunks(NamedTuple):
    """A whole file."""

    kind: int
    """0, 1 or 2."""
    division: int
    """As in the header: ticks a beat, or SMPTE from 0x8000 up."""
    tracks: list[list[TrackEvent]]
    ends: list[int]
    """The tick at which each track ends."""


class _Damaged(Exception):
    """Nothing more of a track can be read."""


def parse(content: bytes, report: Callable[[str], None]) -> Chunks:
    """All tracks of a file; ControlError when it is none. report : hears what could not be read of it."""
    start = content.find(b"MThd", 0, _LATEST_HEADER)
    if start < 0:
        raise ControlError("no MIDI file, or it ends too early; give a standard MIDI file (.mid)")
    length = int.from_bytes(content[start + 4 : start + 8], "big")
    header = content[start + 8 : start + 14]
    if len(header) < 6:
        raise ControlError("damaged MIDI file (it ends too early); export it again")
    found = Chunks(int.from_bytes(header[:2], "big"), int.from_bytes(header[4:6], "big"), [], [])
    place = start + 8 + length if _is_chunk(content, start + 8 + length) else start + 14
    room = MAX_EVENTS
    while (place := _next_track(content, place)) >= 0:
        if len(found.tracks) >= MAX_TRACKS:
            report(f"more than {MAX_TRACKS} tracks; the first {MAX_TRACKS} play")
            break
        track = _Track(content, place, room)
        room -= len(track.events)
        if track.problem:
            report(f"track {len(found.tracks) + 1} {track.problem}; what comes before plays")
        found.tracks.append(track.events)
        found.ends.append(track.tick)
        place = track.next_place
    if not found.tracks:
        raise ControlError("damaged MIDI file (no track in it); export it again")
    return found


def _next_track(content: bytes, place: int) -> int:
    """Where the next track begins, past chunks of other kinds; -1 when there is none."""
    while _is_chunk(content, place) and content[place : place + 4] != b"MTrk":
        after = place + 8 + int.from_bytes(content[place + 4 : place + 8], "big")
        if not _is_chunk(content, after):
            break  # its size is wrong, or it is the last
        place = after
    return content.find(b"MTrk", place)


def _is_chunk(content: bytes, place: int) -> bool:
    """Whether something with the name of a chunk, and the size of one, begins at a place."""
    name = content[place : place + 4]
    after = place + 8 + int.from_bytes(content[place + 4 : place + 8], "big")
    return name == b"MTrk" or (len(name) == 4 and all(0x20 <= byte < 0x7F for byte in name) and after <= len(content))


class _Track:
    """The events of one track, read as far as it goes."""

    def __init__(self, content: bytes, place: int, room: int) -> None:
        """Read the track that begins at a place, and of its events as many as there is room for."""
        self._content = content
        self._place = place + 8
        self._room = room
        self._running = 0
        self._in_sysex = False
        self.events: list[TrackEvent] = []
        self.tick = 0
        self.problem = ""
        told = place + 8 + int.from_bytes(content[place + 4 : place + 8], "big")
        self._end = min(told, len(content))
        if told < len(content) and not _is_chunk(content, told):
            self._end = self._bound()  # a size that is too small, or bytes that belong to nothing
        is_whole = False
        try:
            while not is_whole and self._place < self._end:
                is_whole = self._event()
        except _Damaged as damage:
            self.problem = str(damage)
        if told > len(content) and not is_whole and not self.problem:
            self.problem = "ends too early"
        if self._content[self._place : self._place + 4] == b"MTrk" or told > len(content):
            self.next_place = self._place
        else:
            self.next_place = told if _is_chunk(content, told) else min(self._place, len(content))

    def _bound(self) -> int:
        """Where the next track or the file ends this one."""
        following = self._content.find(b"MTrk", self._place)
        return following if following >= 0 else len(self._content)

    def _event(self) -> bool:
        """Read one event; True when it ends the track."""
        self.tick += self._number()
        status = self._byte()
        if status < 0x80:
            if not self._running:
                raise _Damaged("has data that belongs to no message")
            self._place -= 1
            status = self._running
        if status < 0xF0:
            self._running = status
            self._keep(self._message(status, self._bytes(1 if 0xC0 <= status < 0xE0 else 2)))
        elif status == META:
            kind = self._byte()
            data = self._bytes(self._number())
            if kind == END_OF_TRACK:
                return True
            self._keep(bytes((META, kind)) + data)
        elif status == SYSEX:
            data = self._bytes(self._number())
            self._in_sysex = data[-1:] != b"\xf7"
        elif status == ESCAPE:
            self._escaped(self._bytes(self._number()))
        else:
            self._bytes(_SYSTEM_COMMON.get(status, 0))
        return False

    def _escaped(self, data: bytes) -> None:
        """The rest of a sysex message, or messages as a cable would carry them."""
        if self._in_sysex:
            self._in_sysex = data[-1:] != b"\xf7"
            return
        place = status = 0
        while place < len(data):
            if data[place] >= 0x80:
                status, place = data[place], place + 1
            size = 1 if 0xC0 <= status < 0xE0 else 2
            if not 0x80 <= status < 0xF0 or place + size > len(data):
                return
            self._keep(self._message(status, data[place : place + size]))
            place += size

    @staticmethod
    def _message(status: int, data: bytes) -> bytes:
        """A channel message whose values are held to 127; empty for a note that is no note."""
        if status < 0xB0 and data[0] > 127:
            return b""
        return bytes((status, *(min(byte, 127) for byte in data)))

    def _keep(self, data: bytes) -> None:
        if data:
            if len(self.events) >= self._room:
                raise ControlError(f"more than {MAX_EVENTS:,} events; cut it into pieces")
            self.events.append(TrackEvent(self.tick, data))

    def _number(self) -> int:
        """A number of variable length."""
        number = 0
        for _ in range(_MAX_NUMBER_BYTES):
            byte = self._byte()
            number = number << 7 | byte & 0x7F
            if byte < 0x80:
                return number
        raise _Damaged("has a time or length that never ends")

    def _byte(self) -> int:
        return self._bytes(1)[0]

    def _bytes(self, size: int) -> bytes:
        if self._place + size > self._end:
            self._end = max(self._end, self._bound())  # an end that cuts an event was told wrongly
        data = self._content[self._place : self._place + size]
        if self._place + size > self._end:
            raise _Damaged("ends in the middle of an event")
        self._place += size
        return data
