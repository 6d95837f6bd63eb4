"""MIDI files from bytes, as other programs write them: whole, odd and damaged."""

from __future__ import annotations

PPQ = 480
END = bytes.fromhex("00ff2f00")
NOTE = bytes.fromhex("009045648360804540")
"""A4 for half a second: note on, and 480 ticks later note off."""
SECOND = bytes.fromhex("009047648360804740")
"""B4 for half a second."""


def meta(kind: int, data: bytes = b"", delta: bytes = b"\0") -> bytes:
    """A meta event."""
    return delta + bytes((0xFF, kind, len(data))) + data


def chunk(name: bytes, content: bytes, size: int | None = None) -> bytes:
    """A chunk; size : told instead of the true one."""
    return name + (len(content) if size is None else size).to_bytes(4, "big") + content


def header(kind: int = 1, n_tracks: int = 1, division: int = PPQ) -> bytes:
    """The head of a file."""
    return chunk(b"MThd", b"".join(n.to_bytes(2, "big") for n in (kind, n_tracks, division)))


def file_of(*tracks: bytes, kind: int = 1, n_tracks: int | None = None, division: int = PPQ) -> bytes:
    """A file of tracks, each as it stands between the head of its chunk and the next."""
    count = len(tracks) if n_tracks is None else n_tracks
    return header(kind, count, division) + b"".join(chunk(b"MTrk", track) for track in tracks)


def one(*events: bytes) -> bytes:
    """A file of one track with its end."""
    return file_of(b"".join(events) + END)


_ON, _OFF = bytes.fromhex("00904564"), bytes.fromhex("8360804540")
_LONG = bytes.fromhex("cb20")
"""9,632 ticks, ten seconds and a bit."""

WHOLE = {
    "one note": one(NOTE),
    "format 0": file_of(NOTE + END, kind=0),
    "two tracks, tempo in the first": file_of(meta(0x51, b"\x0f\x42\x40") + END, NOTE + END),
    "tempo changes within a note": one(_ON, meta(0x51, b"\x03\xd0\x90", b"\x60"), _OFF),
    "format 2 of two songs": file_of(NOTE + END, SECOND + END, kind=2),
    "running status": one(bytes.fromhex("009045648360450000476483604700")),
    "track of no bytes": file_of(b"", NOTE + END),
    "no end of track": file_of(NOTE),
    "bytes after the end of the track": file_of(NOTE + END + b"\x12\x34\x56"),
    "notes after the end of the track": file_of(NOTE + END + SECOND),
    "junk after the last chunk": one(NOTE) + b"\0\1\2junk\xff" * 9,
    "tempo 0": one(meta(0x51, b"\0\0\0"), NOTE),
    "no ticks a beat": file_of(NOTE + END, division=0),
    "32767 ticks a beat": file_of(_ON + bytes.fromhex("81ff7f804500") + END, division=32767),
    "key of 8 sharps": one(meta(0x59, b"\x08\0"), NOTE),
    "key of scale 255": one(meta(0x59, b"\0\xff"), NOTE, meta(0x59, b"\xf8\x07"), SECOND),
    "SMPTE offset of no known rate": one(meta(0x54, b"\xe1\0\0\0\0"), NOTE),
    "sequence number of no bytes": one(meta(0x00), NOTE),
    "channel prefix of no bytes": one(meta(0x20), NOTE),
    **{f"meta {kind:#x} between notes": one(NOTE, meta(kind, b"ab", _LONG), SECOND) for kind in
       (0x08, 0x09, 0x0A, 0x0F, 0x10, 0x4B, 0x60, 0x7E, 0x7F)},
    "controller 255": one(bytes.fromhex("00b007ff"), NOTE),
    "no note off": one(_ON, meta(0x01, b"x", b"\x87\x40")),
    "the same note twice": one(bytes.fromhex("00904564817090453c8170804500874080" + "4500")),
    "three note offs": one(NOTE, bytes.fromhex("008045000080450000904764836080" + "4740")),
    "note on before the off of its key": one(_ON, bytes.fromhex("8360904564008045008360804500")),
    "note of no length": one(bytes.fromhex("0090456400804500"), SECOND),
    "note off first": one(bytes.fromhex("00804500"), NOTE),
    "karaoke": one(meta(0x01, b"@KMIDI KARAOKE FILE"), meta(0x05, b"la"), NOTE),
    "system exclusive of no bytes": one(b"\0\xf0\0", NOTE),
    "system exclusive above 127": one(bytes.fromhex("00f003ff80f7"), NOTE),
    "two ports": file_of(meta(0x21, b"\0") + NOTE + END, meta(0x21, b"\1") + SECOND + END),
    "drums alone": one(bytes.fromhex("009926648360892640")),
    "pressures": one(_ON, bytes.fromhex("00a0456400d064"), _OFF),
    "many notes": one(*(bytes((0, 0x90, 40 + n % 48, 100, 0x20, 0x80, 40 + n % 48, 64)) for n in range(400))),
}  # fmt: skip
"""Files that FluidSynth plays."""

BOTH = [(0.0, 69), (0.5, 71)]
ODD: dict[str, tuple[bytes, list[tuple[float, int]]]] = {
    "running status over a meta": (one(_ON, meta(1, b"x"), bytes.fromhex("8360450000476483604700")), BOTH),
    "running status over system exclusive": (
        one(_ON, bytes.fromhex("00f0027ef78360450000476483604700")),
        BOTH,
    ),
    "foreign chunk before the track": (header() + chunk(b"XFIH", b"abcd") + chunk(b"MTrk", NOTE + END), BOTH[:1]),
    "foreign chunk that is counted": (
        header(1, 2) + chunk(b"XFIH", b"abcde") + chunk(b"MTrk", NOTE + END),
        BOTH[:1],
    ),
    "foreign chunk between tracks": (
        header(1, 2) + chunk(b"MTrk", NOTE + END) + chunk(b"XFKM", b"MTr") + chunk(b"MTrk", SECOND + END),
        [(0.0, 69), (0.0, 71)],
    ),
    "more tracks than are told": (file_of(NOTE + END, SECOND + END, n_tracks=1), [(0.0, 69), (0.0, 71)]),
    "fewer tracks than are told": (file_of(NOTE + END, n_tracks=9), BOTH[:1]),
    **{f"size told as {size:#x}": (
        header(1, 2) + chunk(b"MTrk", NOTE + END, size) + chunk(b"MTrk", SECOND + END), [(0.0, 69), (0.0, 71)])
       for size in (0, 1, 5, len(NOTE), len(NOTE) + 3, len(NOTE) + 7, 1000, 0x7FFFFFFF, 0xFFFFFFFF)},
    "header of 10 bytes": (chunk(b"MThd", header()[8:] + b"more") + chunk(b"MTrk", NOTE + END), BOTH[:1]),
    "RMID": (b"RIFF\x2d\0\0\0RMIDdata\x21\0\0\0" + one(NOTE), BOTH[:1]),
    "header of another program in front": (bytes(128) + one(NOTE), BOTH[:1]),
    "tempo of two bytes": (one(meta(0x51, b"\x07\xa1"), NOTE), BOTH[:1]),
    "key of no bytes": (one(meta(0x59), NOTE), BOTH[:1]),
    "five-byte zero": (one(b"\x80\x80\x80\x80" + NOTE), BOTH[:1]),
    "system exclusive in packets": (
        one(bytes.fromhex("00f00343120000f7029045" + "00f7039045f7"), NOTE),
        BOTH[:1],
    ),
    "escape with a note": (one(bytes.fromhex("00f703904564"), _OFF, SECOND), BOTH),
    "escape with two messages": (one(bytes.fromhex("00f706" + "904564904764")), [(0.0, 69), (0.0, 71)]),
    "real time": (one(bytes.fromhex("00f800fe00fa00fb00fc"), _ON, b"\0\xf8", _OFF), BOTH[:1]),
    "system common": (one(bytes.fromhex("00f11000f2000000f30100f6"), NOTE), BOTH[:1]),
    "undefined statuses": (one(bytes.fromhex("00f400f500f900fd"), NOTE), BOTH[:1]),
    "25 frames of 40 ticks": (file_of(NOTE + END, division=0xE728), BOTH[:1]),
    "one tick a beat": (file_of(_ON + bytes.fromhex("01804500") + END, division=1), BOTH[:1]),
    "end of track five hours late": (one(NOTE, meta(1, b"x", b"\x8f\xff\xff\x7f")), BOTH[:1]),
    "controller five hours late": (one(NOTE, bytes.fromhex("8fffff7fb00740")), BOTH[:1]),
}  # fmt: skip
"""Files that FluidSynth refuses or plays a part of, and the notes (seconds, MIDI note) of them."""

CUT = {
    "last byte missing": (one(NOTE)[:-1], BOTH[:1]),
    "within the last note": (one(NOTE, SECOND)[:-6], BOTH),
    "within a text": (one(NOTE, meta(1, b"hello world"))[:-9], BOTH[:1]),
    "data without status": (one(NOTE, b"\0\xf0\1\xf7")[:-4] + b"\0\xf0\x90\x90\x90\x90\x90\x90", BOTH[:1]),
}
"""Files that end too early, or hold what cannot be read, and the notes of what comes before."""
