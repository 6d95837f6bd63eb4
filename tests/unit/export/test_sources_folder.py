"""Folders of recordings: names, tables, and files that are not what they seem."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.sources import SourceOptions, open_source
from export.sources.files import MAX_READ_S
from export.sources.folder import FolderSource
from rt.errors import BridgeError
from tests.support.sounds import RATE_HZ, note_samples, write_note


def folder_source(folder: Path, **options: object) -> FolderSource:
    source = open_source(f"folder:{folder}", SourceOptions(**options))  # type: ignore[arg-type]
    assert isinstance(source, FolderSource)
    return source


def test_usual_names_need_no_pattern(tmp_path: Path) -> None:
    for name in (
        "Cello_A#2_mf.wav",
        "Cello_C3_ff.flac",
        "low/Alto_Sax_60_pianissimo.ogg",
        "readme.txt",
        "._x_C3_ff.wav",
    ):
        write_note(tmp_path / name) if "txt" not in name else (tmp_path / name).write_text("hello")
    write_note(tmp_path / "notes.wav")
    source = open_source(str(tmp_path), SourceOptions())
    takes = source.takes()
    assert [(t.name, t.instrument, t.note, t.dynamics) for t in takes] == [
        ("Cello_A#2_mf.wav", "Cello", 46, "mf"),
        ("Cello_C3_ff.flac", "Cello", 48, "ff"),
        ("low/Alto_Sax_60_pianissimo.ogg", "Alto Sax", 60, "pp"),
    ]
    assert [(p.name, p.reason) for p in source.problems] == [
        ("notes.wav", "does not fit the pattern '{instrument}_{note}_{dynamics}'")
    ]
    assert source.remarks == ["3 of 4 names read as '{instrument}_{note}_{dynamics}'"]
    assert source.takes() == takes and len(source.problems) == 1  # asking again changes nothing
    assert source.recorded and source.licence.licence == "not stated"


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "aiff", "mp3"])
def test_every_kind_of_file_is_read(tmp_path: Path, suffix: str) -> None:
    write_note(tmp_path / f"Oboe_C5.{suffix}", 72, n_channels=2)
    source = pickle.loads(pickle.dumps(folder_source(tmp_path)))
    (take,) = source.takes()
    samples, rate_hz = source.read(take)
    assert samples.dtype == np.float32 and samples.shape[1] == 2 and rate_hz == RATE_HZ
    assert abs(len(samples) - len(note_samples(72))) < 3000
    spectrum = np.abs(np.fft.rfft(samples[:, 0]))
    assert np.argmax(spectrum) * rate_hz / len(samples) == pytest.approx(523.25, rel=0.01)


def test_a_pattern_names_labels_of_the_users_own(tmp_path: Path) -> None:
    write_note(tmp_path / "Vn" / "sul tasto" / "v100 C4.wav")
    write_note(tmp_path / "Vn" / "ordinario" / "v33 Db4.wav")
    source = folder_source(tmp_path, pattern="{instrument}/{bow}/v{velocity} {note}.wav")
    takes = source.takes()
    assert [(t.instrument, t.note, t.dynamics, t.labels) for t in takes] == [
        ("Vn", 61, "33", (("bow", "ordinario"),)),
        ("Vn", 60, "100", (("bow", "sul tasto"),)),
    ]
    with pytest.raises(BridgeError, match="no column 'mute'"):
        folder_source(tmp_path, pattern="{instrument}/{bow}/v{velocity} {note}", columns=("mute",)).takes()
    with_default = folder_source(tmp_path, pattern="{instrument}/*/v{velocity} {note}", columns=("mute=none",))
    assert {take.labels for take in with_default.takes()} == {(("mute", "none"),)}


def test_missing_labels_come_from_the_options(tmp_path: Path) -> None:
    write_note(tmp_path / "mine" / "A4.wav")
    source = folder_source(tmp_path / "mine")
    assert [(t.instrument, t.note, t.dynamics) for t in source.takes()] == [("mine", 69, "mf")]
    assert "no instrument in the names" in source.remarks[1]
    named = folder_source(tmp_path / "mine", instrument="Viola", dynamics="ff", middle_c=3)
    assert [(t.instrument, t.note, t.dynamics) for t in named.takes()] == [("Viola", 81, "ff")]


def test_one_note_in_n(tmp_path: Path) -> None:
    for note in range(60, 70):
        write_note(tmp_path / f"Oboe_{note}.wav", seconds=0.05)
        write_note(tmp_path / f"Cello_{note - 12}.wav", seconds=0.05)
    takes = folder_source(tmp_path, every=4).takes()
    assert [take.note for take in takes] == [48, 52, 56, 60, 64, 68]
    with pytest.raises(BridgeError, match="allowed are 1 and more"):
        folder_source(tmp_path, every=0).takes()


TABLE = """File;Instrument;Pitch_Class;Octave;Dynamics;Bow
a.wav;Cello;C#;3;mf;up
b.wav;Cello;D;3;;down
missing.wav;Cello;D;3;mf;up
a.wav;Cello;E;3;mf;up
c.wav;Cello;H;3;mf;up
d.wav;Cello;C;12;mf;up
e.wav;Cello;C;3;mf;
f.txt;Cello;C;3;mf;up
;Cello;C;3;mf;up
"""


def test_a_table_names_the_files(tmp_path: Path) -> None:
    for name in "abcdex":
        write_note(tmp_path / f"{name}.wav", seconds=0.05)
    (tmp_path / "f.txt").write_text("hello")
    (tmp_path / "labels.csv").write_text(TABLE, encoding="utf-8-sig")
    source = open_source(str(tmp_path), SourceOptions(columns=("bow",)))
    takes = source.takes()
    assert [(t.name, t.instrument, t.note, t.dynamics, t.labels) for t in takes] == [
        ("a.wav", "Cello", 49, "mf", (("bow", "up"),)),
        ("b.wav", "Cello", 50, "mf", (("bow", "down"),)),
    ]
    reasons = {problem.name: problem.reason for problem in source.problems}
    assert set(reasons) == {"missing.wav", "a.wav", "c.wav", "d.wav", "e.wav", "f.txt"}
    assert reasons["missing.wav"].startswith("labels.csv:4: there is no such file")
    assert reasons["a.wav"] == "labels.csv:5: named twice; the first row counts"
    assert "pitch class 'H' is not understood" in reasons["c.wav"]
    assert "allowed are 0-127" in reasons["d.wav"]
    assert reasons["e.wav"] == "labels.csv:8: bow is empty"
    assert "is no sound file" in reasons["f.txt"]
    assert any("1 rows of labels.csv name no file" in remark for remark in source.remarks)
    assert any("1 sound files are not in labels.csv" in remark for remark in source.remarks)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"", "empty; the first line names the columns"),
        (b"file,instrument\na.wav,Cello\n", "no column 'pitch_class'|no column 'note'"),
        (b"note,instrument\nC4,Cello\n", "no column 'file'"),
        (b"file,note,note\na.wav,C4,C4\n", "column 'note' is there twice"),
        (b'file,note\n"a.wav,C4\n', "quotes must be closed"),
        (b"file,note\n\xff\xfe,C4\n", "not UTF-8"),
        (b"file,note\n", "no usable recordings"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, table: bytes, reason: str) -> None:
    write_note(tmp_path / "a.wav")
    (tmp_path / "own.csv").write_bytes(table)
    with pytest.raises(BridgeError, match=reason):
        folder_source(tmp_path, csv=tmp_path / "own.csv").takes()


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    write_note(tmp_path / "a.wav")
    with pytest.raises(BridgeError, match="No such file"):
        folder_source(tmp_path, csv=tmp_path / "own.csv").takes()


def test_bad_recordings_say_what_is_wrong(tmp_path: Path) -> None:
    whole = write_note(tmp_path / "whole.mp3", seconds=1.0).read_bytes()
    (tmp_path / "whole.mp3").unlink()
    (tmp_path / "Oboe_60.wav").write_text("this is no sound\n" * 100)
    (tmp_path / "Oboe_61.wav").write_bytes(b"")
    (tmp_path / "Oboe_62.mp3").write_bytes(whole[:90])
    soundfile.write(tmp_path / "Oboe_63.wav", np.zeros((0, 1)), RATE_HZ)
    soundfile.write(tmp_path / "Oboe_64.wav", np.zeros((1000, 1)), RATE_HZ)
    soundfile.write(tmp_path / "Oboe_65.wav", np.full((1000, 1), np.nan, np.float32), RATE_HZ, subtype="FLOAT")
    (tmp_path / "Oboe_66.wav").symlink_to(tmp_path / "gone.wav")
    (tmp_path / "Oboe_67.flac").write_bytes(np.random.default_rng(1).bytes(5000))
    (tmp_path / "Oboe_68.mp3").write_bytes(whole[: len(whole) // 2])
    source = folder_source(tmp_path)
    takes = source.takes()
    assert len(takes) == 9 and not source.problems
    reasons = {}
    for take in takes[:-1]:
        with pytest.raises(BridgeError) as caught:
            source.read(take)
        reasons[take.note] = str(caught.value)
        assert reasons[take.note].startswith(take.name) and "\n" not in reasons[take.note]
    assert "cannot be read" in reasons[60] and "cannot be read" in reasons[66] and "cannot be read" in reasons[67]
    assert "the file is empty" in reasons[61]
    assert "cannot be read (damaged)" in reasons[62]
    assert "holds no samples" in reasons[63]
    assert "holds only silence" in reasons[64]
    assert "no numbers" in reasons[65]
    half, rate_hz = source.read(takes[-1])  # what is there of a truncated file counts
    assert 0.2 * rate_hz < len(half) < 0.9 * rate_hz


def test_endless_recordings_are_cut(tmp_path: Path) -> None:
    write_note(tmp_path / "Oboe_C4.flac", seconds=MAX_READ_S + 5.0)
    source = folder_source(tmp_path)
    samples, rate_hz = source.read(source.takes()[0])
    assert len(samples) == int(MAX_READ_S * rate_hz)


def test_names_that_are_no_text_are_told(tmp_path: Path) -> None:
    write_note(tmp_path / "Oboe_C4.wav")
    try:
        os.rename(write_note(tmp_path / "x.wav"), os.fsencode(tmp_path) + b"/Oboe_\xff_C4.wav")
    except OSError as error:
        pytest.skip(f"no such names on this file system ({error})")
    source = folder_source(tmp_path)
    assert [take.name for take in source.takes()] == ["Oboe_C4.wav"]
    assert [(p.name, p.reason) for p in source.problems] == [
        ("Oboe_?_C4.wav", "its name is not plain UTF-8 text; rename it")
    ]


@pytest.mark.parametrize(
    "text", ["x" * 5000, "folder:" + "x" * 5000, "soundfont:" + "x" * 5000, "~nobody/x", "a\0b", ""]
)
def test_odd_paths_are_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_note(tmp_path / "Oboe_C4.wav")
    monkeypatch.chdir(tmp_path)  # no text stands for the present folder
    with pytest.raises(BridgeError):
        open_source(text, SourceOptions())


def test_folders_without_notes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match="no sound files in it"):
        folder_source(tmp_path).takes()
    write_note(tmp_path / "hello.wav")
    with pytest.raises(BridgeError, match=r"no notes found in names such as 'hello.wav'; give a pattern"):
        folder_source(tmp_path).takes()
    with pytest.raises(BridgeError, match="no file fits the pattern"):
        folder_source(tmp_path, pattern="{instrument}_{note}").takes()
    write_note(tmp_path / "Oboe_G#9.wav")
    with pytest.raises(BridgeError, match=r"no usable recordings; the first, Oboe_G#9\.wav: note 'G#9' is MIDI 128"):
        folder_source(tmp_path, pattern="Oboe_{note}").takes()
