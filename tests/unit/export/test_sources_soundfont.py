"""Soundfonts without a synthesizer: programs, licences and files that are none."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from export.sources import SourceOptions, open_source
from export.sources.fonts import FOLDERS, KNOWN_FONTS, font_info
from export.sources.soundfont import DYNAMICS, SoundfontSource, parse_programs
from rt.errors import BridgeError
from rt.frames.symbols import velocity_of_dynamics


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def write_font(path: Path, **info: str) -> Path:
    """A soundfont without sounds; only its INFO texts are right."""
    texts = b"".join(chunk(name.encode(), text.encode() + b"\0") for name, text in info.items())
    content = b"sfbk" + chunk(b"LIST", b"INFO" + texts) + chunk(b"LIST", b"sdta")
    path.write_bytes(b"RIFF" + struct.pack("<I", len(content)) + content)
    return path


def test_dynamics_are_the_velocities_of_the_runtime() -> None:
    assert [velocity for _, velocity in DYNAMICS] == [velocity_of_dynamics(i) for i in range(5)]


def test_the_default_programs_are_the_five_instruments() -> None:
    assert list(parse_programs(None)) == ["Alto Sax", "Flute", "Piano", "Trumpet", "Violin"]


def test_programs_have_names_numbers_and_ranges() -> None:
    found = parse_programs("Flute=73:60-72, my pad = 89 ,Cello, alto_sax=65")
    assert [(i.name, i.program, i.low_note, i.high_note, i.decays) for i in found.values()] == [
        ("Flute", 73, 60, 72, False),
        ("my pad", 89, 36, 96, False),
        ("Cello", 42, 36, 81, False),
        ("Alto Sax", 65, 49, 81, False),
    ]
    assert found["Flute"].brightness == 1.5
    harp = parse_programs("My Harp=46")["My Harp"]
    assert harp.decays and harp.hold_s == 7.5 and (harp.low_note, harp.high_note) == (24, 103)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not understood"),
        ("theremin", "is not understood"),
        ("Flute=x", "is not understood"),
        ("Flute=73:60", "is not understood"),
        ("Flute=128", "must lie in 0-127"),
        ("Flute=73:72-60", "must lie in 0-127"),
        ("Flute=73:60-128", "must lie in 0-127"),
        ("Flute=73,flute=74", "named twice"),
        ("silent=3", "names silence"),
    ],
)
def test_programs_that_cannot_be_played_are_refused(text: str, reason: str) -> None:
    with pytest.raises(BridgeError, match=reason):
        parse_programs(text)


def test_a_font_of_the_users_own_says_who_made_it(tmp_path: Path) -> None:
    path = write_font(tmp_path / "mine.sf2", INAM="My  Font", ICOP="(c) 2020 Me", IENG="Nobody")
    assert font_info(path) == {"INAM": "My Font", "ICOP": "(c) 2020 Me", "IENG": "Nobody"}
    source = open_source(str(path), SourceOptions(licence="CC0"))
    assert isinstance(source, SoundfontSource) and source.name == "mine" and not source.recorded
    assert source.licence.source == "My Font (soundfont mine.sf2)"
    assert (source.licence.licence, source.licence.credit) == ("CC0", "(c) 2020 Me")


def test_a_known_font_is_known_anywhere(tmp_path: Path) -> None:
    source = open_source(f"soundfont:{write_font(tmp_path / 'TimGM6mb.sf2')}", SourceOptions())
    assert source.name == "TimGM6mb" and source.licence.licence == "GPL-2"


def test_a_known_name_is_looked_for_where_systems_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("export.sources.fonts.FOLDERS", (str(tmp_path),))
    with pytest.raises(BridgeError, match=r"FluidR3_GM: not in .*; install the FluidR3 GM soundfont \(Debian package"):
        open_source("soundfont:FluidR3_GM", SourceOptions())
    path = write_font(tmp_path / "FluidR3_GM.sf2")
    for text in ("soundfont:FluidR3_GM", "FluidR3_GM", "soundfont:FluidR3_GM.sf2"):
        source = open_source(text, SourceOptions())
        assert isinstance(source, SoundfontSource) and source.path == path
    assert len(FOLDERS) > 3 and all(font.licence.credit for font in KNOWN_FONTS.values())


@pytest.mark.parametrize("content", [b"", b"this is no soundfont", b"RIFF0000WAVE"])
def test_what_is_no_soundfont_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.sf2").write_bytes(content)
    with pytest.raises(BridgeError, match="this is no soundfont"):
        open_source(str(tmp_path / "x.sf2"), SourceOptions())


def test_a_short_font_has_no_info(tmp_path: Path) -> None:
    (tmp_path / "x.sf2").write_bytes(b"RIFF\x04\0\0\0sfbk")
    assert font_info(tmp_path / "x.sf2") == {}


def test_columns_of_soundfonts_need_a_class(tmp_path: Path) -> None:
    path = write_font(tmp_path / "mine.sf2")
    with pytest.raises(BridgeError, match="mine: no column 'bow', it has none; give a class: bow=NAME"):
        open_source(str(path), SourceOptions(columns=("bow",)))


def test_one_note_in_n_must_be_a_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("export.sources.soundfont.load_fluidsynth", object)
    path = write_font(tmp_path / "mine.sf2")
    takes = open_source(str(path), SourceOptions(every=12, programs="Flute=73:60-96")).takes()
    assert sorted({take.note for take in takes}) == [60, 72, 84, 96] and len(takes) == 4 * 5
    with pytest.raises(BridgeError, match="one note in 0 cannot be taken"):
        open_source(str(path), SourceOptions(every=0)).takes()
