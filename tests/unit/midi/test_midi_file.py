"""MIDI files as timed messages; a bad file is one line."""

from __future__ import annotations

import contextlib
from pathlib import Path

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rt.errors import ControlError
from rt.midi import midi_file


def save(path: Path, *tracks: list[mido.Message | mido.MetaMessage], ticks_per_beat: int = 480, kind: int = 1) -> Path:
    file = mido.MidiFile(type=kind, ticks_per_beat=ticks_per_beat)
    file.tracks.extend(mido.MidiTrack(track) for track in tracks)
    file.save(path)
    return path


def test_tracks_keep_apart_and_tempo_changes_count_in_all(tmp_path: Path) -> None:
    tempo = [
        mido.MetaMessage("set_tempo", tempo=500_000, time=0),
        mido.MetaMessage("set_tempo", tempo=1_000_000, time=480),
    ]
    notes = [
        mido.Message("note_on", note=60, velocity=90, time=480),
        mido.Message("note_off", note=60, velocity=0, time=480),
        mido.MetaMessage("end_of_track", time=960),
    ]
    other = [
        mido.MetaMessage("track_name", name="Lead"),
        mido.MetaMessage("instrument_name", name="Fl\xfbte"),
        mido.Message("sysex", data=[1, 2], time=0),
        mido.MetaMessage("lyrics", text="la", time=480),
        mido.Message("note_on", note=72, velocity=1, channel=3, time=0),
    ]
    got = midi_file.load(save(tmp_path / "a.mid", tempo, notes, other))
    first, second = [(0.5, (0x90, 60, 90)), (1.5, (0x80, 60, 0))], [(0.5, (0x93, 72, 1))]
    assert got == [([], [], 0.5), ([], first, 3.5), (["Fl\xfbte", "Lead"], second, 0.5)]
    assert midi_file.merged(got) == [first[0], *second, first[1]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ends too early"),
        (b"RIFF....WAVE", "MIDI file"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\xff\xff\0\x90", "damaged"),
        (b"MThd\0\0\0\6\0\2\0\1\1\xe0MTrk\0\0\0\4\0\xff\x2f\0", "type 2"),
        (b"MThd\0\0\0\6\0\1\0\1\xe7\x28MTrk\0\0\0\4\0\xff\x2f\0", "SMPTE"),
        (b"MThd\0\0\0\6\0\1\0\1\0\0MTrk\0\0\0\4\0\xff\x2f\0", "SMPTE"),
    ],
)
def test_bad_files_are_named_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.mid"
    path.write_bytes(content)
    with pytest.raises(ControlError, match=message) as caught:
        midi_file.load(path)
    assert "\n" not in str(caught.value)
    assert "bad.mid" in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="No such file"):
        midi_file.load(tmp_path / "none.mid")
    with pytest.raises(ControlError, match="directory"):
        midi_file.load(tmp_path)


def test_endless_file_is_refused(tmp_path: Path) -> None:
    late = [mido.Message("note_on", note=60, velocity=90, time=0x0FFFFFFF)]
    with pytest.raises(ControlError, match="longer than"):
        midi_file.load(save(tmp_path / "long.mid", late, ticks_per_beat=1))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 60), at=st.integers(0, 60), value=st.integers(0, 255))
def test_damaged_files_never_raise_anything_else(tmp_path: Path, cut: int, at: int, value: int) -> None:
    track = [mido.Message("note_on", note=n, velocity=90, time=10) for n in range(60, 66)]
    data = bytearray(save(tmp_path / "whole.mid", track).read_bytes())
    data[at % len(data)] = value
    (tmp_path / "damaged.mid").write_bytes(data[: len(data) - cut])
    with contextlib.suppress(ControlError):
        found = midi_file.merged(midi_file.load(tmp_path / "damaged.mid"))
        assert all(0 <= m.at_s <= midi_file.MAX_SECONDS for m in found)
