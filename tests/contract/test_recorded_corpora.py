"""`python -m export prepare` ends in a corpus with the labels that an SFZ file or the names of Iowa say."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("soxr")
pytest.importorskip("tqdm")

from export import store
from export.__main__ import main
from export.prepare.pipeline import PROBLEMS
from rt.frames.symbols import PITCH_CLASSES
from tests.support.sounds import RATE_HZ, note_samples, write_note

NOTES = (60, 64, 67)
TEXT = """
#define $EXT wav
<control> default_path=Samples\\ note_offset=12
<global> seq_length=2 ampeg_release=0.2
<group> hivel=63
#include "maps/soft.txt"
<group> lovel=64
{loud}
<group> trigger=release
<region> sample=loud_60_1.$EXT key=48
"""


def region(name: str, note: int, take: int) -> str:
    """As written before the file's note_offset: an octave lower; every sample also plays the key above."""
    low = f"<region> sample={name}_{note}_{take}.$EXT seq_position={take} pitch_keycenter={note - 12}"
    return f"{low} lokey={note - 12} hikey={note - 11}\n"


def instrument(folder: Path) -> Path:
    (folder / "maps").mkdir(parents=True)
    maps = {}
    for name in ("soft", "loud"):
        for note in NOTES:
            for take in (1, 2):
                wrong = (name, note, take) == ("loud", 67, 2)
                write_note(folder / "samples" / f"{name}_{note}_{take}.wav", note + 5 * wrong, seconds=0.7)
        maps[name] = "".join(region(name, note, take) for note in NOTES for take in (1, 2))
    (folder / "maps" / "soft.txt").write_text(maps["soft"], encoding="utf-8")
    path = folder / "My oboe.sfz"
    path.write_text(TEXT.format(loud=maps["loud"]), encoding="utf-8")
    return path


def test_an_sfz_instrument_becomes_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = instrument(tmp_path / "reed")
    source = f"sfz:{path},instrument=oboe,licence=CC0 1.0,credit=Nobody"
    assert main(["prepare", source, "--out", str(tmp_path / "corpus"), "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "reed/My oboe: 1 regions left out: 1 release sounds" in told
    corpus = store.load(tmp_path / "corpus")
    classes = {symbol.name: symbol.classes for symbol in corpus.symbols}
    assert classes["dynamics"] == ("p", "f", "silent") and classes["instrument"] == ("Oboe", "silent")
    labels = {}
    for name, (octave, pitch_class, dynamics, _), (note,) in zip(
        corpus.name.tolist(), corpus.classes[:, 0].tolist(), corpus.note.tolist(), strict=True
    ):
        assert (
            12 * (int(classes["octave"][octave]) + 1) + PITCH_CLASSES.index(classes["pitch_class"][pitch_class]) == note
        )
        labels[name] = note, classes["dynamics"][dynamics]
    expected = {
        f"samples/{name}_{note}_{take}.wav": (note, dynamics)
        for name, dynamics in (("soft", "p"), ("loud", "f"))
        for note in NOTES
        for take in (1, 2)
    }
    del expected["samples/loud_67_2.wav"]
    assert labels == expected
    with (tmp_path / "corpus" / PROBLEMS).open(encoding="utf-8") as stream:
        (problem,) = csv.DictReader(stream)
    assert problem["name"] == "samples/loud_67_2.wav" and "sounds like C5 (MIDI 72)" in problem["reason"]
    assert [(one.licence, one.credit) for one in corpus.licences] == [("CC0 1.0", "Nobody")]


def test_a_chromatic_run_becomes_single_notes(tmp_path: Path) -> None:
    silence = np.zeros((RATE_HZ // 2, 1), np.float32)
    for name, notes in (("Flute.vib.ff.C4E4.aiff", range(60, 65)), ("Flute.vib.pp.C4E4.aiff", range(60, 64))):
        run = np.concatenate([part for note in notes for part in (silence, note_samples(note, seconds=0.7))])
        (tmp_path / "iowa").mkdir(exist_ok=True)
        soundfile.write(tmp_path / "iowa" / name, run, RATE_HZ)
    assert main(["prepare", str(tmp_path / "iowa"), "--out", str(tmp_path / "corpus"), "--jobs", "1"]) == 0
    corpus = store.load(tmp_path / "corpus")
    assert corpus.sources == ("Iowa",) and corpus.note[:, 0].tolist() == [60, 61, 62, 63, 64]
    assert corpus.name.tolist() == [f"Flute.vib.ff.C4E4.aiff at {note}" for note in ("C4", "C#4", "D4", "D#4", "E4")]
    with (tmp_path / "corpus" / PROBLEMS).open(encoding="utf-8") as stream:
        problems = list(csv.DictReader(stream))
    assert len(problems) == 5
    assert all("5 notes from C4 to E4, but it holds not as many sounds" in problem["reason"] for problem in problems)


def test_a_louder_source_is_no_louder_in_the_corpus(tmp_path: Path) -> None:
    sources = []
    for name, gain in (("near", 1.0), ("far", 0.05)):
        for note in NOTES:
            path = write_note(tmp_path / name / f"{note}.wav", note, seconds=0.7)
            samples, rate_hz = soundfile.read(path)
            soundfile.write(path, gain * samples, rate_hz, subtype="FLOAT")
        regions = "".join(f"<region> sample={note}.wav key={note}\n" for note in NOTES)
        (tmp_path / name / "Oboe.sfz").write_text(regions)
        sources.append(f"sfz:{tmp_path / name / 'Oboe.sfz'}")
    assert main(["prepare", *sources, "--out", str(tmp_path / "corpus"), "--jobs", "1"]) == 0
    corpus = store.load(tmp_path / "corpus")
    assert corpus.sources == ("near/Oboe", "far/Oboe") and corpus.source.tolist() == [0, 0, 0, 1, 1, 1]
    loudest = [float(corpus.live[corpus.live_take == take].max()) for take in range(2 * len(NOTES))]
    assert max(loudest) > 1.0
    assert loudest[: len(NOTES)] == pytest.approx(loudest[len(NOTES) :], abs=0.1)  # 20 dB are 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no <region> in it; give an SFZ file"),
        ("<region> sample=gone.wav key=60", "no usable recordings; the first, gone.wav: there is no such file"),
        ('<group> #include "gone.txt"', '#include "gone.txt": no such file below'),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    path = tmp_path / "bad.sfz"
    path.write_text(text)
    assert main(["prepare", f"sfz:{path}", "--out", str(tmp_path / "corpus")]) == 2
    errors = capsys.readouterr().err
    assert told in errors and "Traceback" not in errors and errors.count("\n") <= 2
