"""Public data sets: their published names and metadata, on small folders made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from export.sources import SourceOptions, open_source
from rt.errors import BridgeError
from tests.support.sounds import RATE_HZ, write_note

PHILHARMONIA = (
    "saxophone/saxophone_As3_15_mezzo-forte_normal.mp3",
    "saxophone/saxophone_D4_025_pianissimo_normal.mp3",
    "saxophone/saxophone_D4_very-long_cresc-decresc_normal.mp3",
    "saxophone/saxophone_D4_phrase_forte_normal.mp3",
    "saxophone/saxophone_D4_1_forte_major-trill.mp3",
    "violin/violin_Gs6_05_fortissimo_arco-normal.mp3",
    "violin/violin_G3_long_piano_arco-tremolo.mp3",
    "violin/violin_G3_1_piano_pizz-normal.mp3",
    "cor anglais/cor-anglais_C4_1_mezzo-piano_normal.mp3",
    "percussion/agogo-bells__025_mezzo-forte_struck-singly.mp3",
    "violin/violin_H3_1_piano_arco-normal.mp3",
)


def philharmonia(folder: Path) -> Path:
    for name in PHILHARMONIA:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")
    write_note(folder / PHILHARMONIA[0], 58)
    return folder


def test_philharmonia_takes_plain_notes(tmp_path: Path) -> None:
    source = open_source(str(philharmonia(tmp_path)), SourceOptions())
    takes = source.takes()
    assert [(t.name, t.instrument, t.note, t.dynamics) for t in takes] == [
        (PHILHARMONIA[8], "English Horn", 60, "mp"),
        (PHILHARMONIA[0], "Alto Sax", 58, "mf"),
        (PHILHARMONIA[1], "Alto Sax", 62, "pp"),
        (PHILHARMONIA[5], "Violin", 92, "ff"),
    ]
    assert [(p.name, p.reason[:26]) for p in source.problems] == [(PHILHARMONIA[10], "note 'H3' is not understoo")]
    assert source.remarks == ["6 files with other articulations or dynamics left out"]
    assert "evaluate only" in source.licence.licence and source.recorded
    samples, rate_hz = source.read(takes[1])
    assert rate_hz == RATE_HZ and samples.shape[1] == 1
    with pytest.raises(BridgeError, match="the file is empty"):
        source.read(takes[2])


def test_philharmonia_lengths_and_articulations_can_be_labels(tmp_path: Path) -> None:
    options = SourceOptions(columns=("length", "articulation"))
    source = open_source(f"philharmonia:{philharmonia(tmp_path)}", options)
    labels = {take.name: dict(take.labels) for take in source.takes()}
    assert len(labels) == 6 and PHILHARMONIA[4] not in labels  # a trill is not one note
    assert labels[PHILHARMONIA[0]] == {"length": "1.5", "articulation": "normal"}
    assert labels[PHILHARMONIA[5]] == {"length": "0.5", "articulation": "normal"}
    assert labels[PHILHARMONIA[6]] == {"length": "long", "articulation": "tremolo"}
    assert labels[PHILHARMONIA[7]] == {"length": "1", "articulation": "pizz-normal"}
    with pytest.raises(BridgeError, match="it has length, articulation"):
        open_source(f"philharmonia:{tmp_path}", SourceOptions(columns=("bow",)))


SOL = (
    "Winds/Flute/ordinario/Fl-ord-C4-mf-N-T14d.wav",
    "Winds/Clarinet_Bb/ordinario/ClBb-ord-A#3-pp-alt1-R100u.wav",
    "Strings/Violin/ordinario/Vn-ord-G3-ff-4c-N.wav",
    "Strings/Violin/tremolo/Vn-trem-G3-ff-4c-N.wav",
    "Strings/Violin+sordina/ordinario/Vn+S-ord-G3-ff-4c-N.wav",
    "Brass/Bass_Tuba/ordinario/BTb-ord-F#1-f-N-T10u_R100d.wav",
    "Winds/Flute/ordinario/Fl-ord-C+4-mf-N-N.wav",
    "Winds/Flute/crescendo/Fl-ord-C4-ppff-N-N.wav",
    "Winds/Kazoo/ordinario/Kz-ord-C4-mf-N-N.wav",
)
SOL_HEAD = (
    "Path,Fold,Family,Instrument (abbr.),Instrument (in full),Technique (abbr.),Technique (in full),Pitch,Pitch ID,"
    "Dynamics,Dynamics ID,Instance ID,String ID (if applicable),Needed digital retuning"
)
SOL_ROWS = (
    f"{SOL[0]},0,Winds,Fl,Flute,ord,ordinario,C4,60,mf,2,0,,TRUE",
    f"{SOL[2]},3,Strings,Vn,Violin,ord,ordinario,G3,55,ff,4,3,4.0,FALSE",
    f"{SOL[5]},1,Brass,BTb,Bass Tuba,ord,ordinario,F#1,31,f,3,0,,TRUE",
    "Keyboards/Accordion/ordinario/Acc-ord-C4-mf-N-N.wav,0,Keyboards,Acc,Accordion,ord,ordinario,C4,60,mf,2,0,,FALSE",
)


def studio_on_line(folder: Path) -> Path:
    for name in SOL:
        write_note(folder / name, seconds=0.05)
    return folder


def test_tinysol_is_read_from_its_names(tmp_path: Path) -> None:
    source = open_source(str(studio_on_line(tmp_path / "TinySOL")), SourceOptions(columns=("retuning", "string")))
    assert [(t.name, t.instrument, t.note, t.dynamics, dict(t.labels)) for t in source.takes()] == [
        (SOL[5], "Tuba", 30, "f", {"retuning": "resampled", "string": "none"}),
        (SOL[2], "Violin", 55, "ff", {"retuning": "none", "string": "4"}),
        (SOL[1], "Clarinet", 58, "pp", {"retuning": "resampled", "string": "none"}),
        (SOL[0], "Flute", 60, "mf", {"retuning": "tuned", "string": "none"}),
    ]
    reasons = {problem.name: problem.reason for problem in source.problems}
    assert set(reasons) == {SOL[6], SOL[8]}
    assert "lies between two semitones" in reasons[SOL[6]]
    assert "instrument 'Kz' is unknown" in reasons[SOL[8]]
    assert source.remarks == ["3 files with other techniques, mutes or dynamics left out"]
    assert source.licence.licence == "CC BY 4.0"


def test_techniques_and_mutes_can_be_labels(tmp_path: Path) -> None:
    source = open_source(f"tinysol:{studio_on_line(tmp_path)}", SourceOptions(columns=("technique", "mute")))
    labels = {take.name: dict(take.labels) for take in source.takes()}
    assert labels[SOL[3]] == {"technique": "trem", "mute": "none"}
    assert labels[SOL[4]] == {"technique": "ord", "mute": "S"}
    assert source.name == "Studio On Line" and "not stated" in source.licence.licence


def test_tinysol_metadata_is_believed(tmp_path: Path) -> None:
    folder = studio_on_line(tmp_path)
    (folder / "TinySOL_metadata.csv").write_text("\n".join((SOL_HEAD, *SOL_ROWS)), encoding="utf-8")
    source = open_source(str(folder), SourceOptions(columns=("fold=none", "family=none")))
    takes = {take.name: take for take in source.takes()}
    assert dict(takes[SOL[2]].labels) == {"fold": "3", "family": "Strings"}
    assert dict(takes[SOL[1]].labels) == {"fold": "none", "family": "none"}  # not in the metadata
    reasons = {problem.name: problem.reason for problem in source.problems}
    assert reasons[SOL[5]] == "pitch 'F#1' is MIDI 30, but its pitch ID is 31"
    assert "1 rows of the metadata have no file here" in source.remarks
    (folder / "TinySOL_metadata.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BridgeError, match="this is no metadata of TinySOL"):
        open_source(str(folder), SourceOptions()).takes()


def nsynth_entry(name: str, **changes: object) -> dict[str, object]:
    instrument, pitch, velocity = name.rsplit("-", 2)
    family, source, _ = instrument.rsplit("_", 2)
    return {
        "note": 72288,
        "note_str": name,
        "instrument": 219,
        "instrument_str": instrument,
        "pitch": int(pitch),
        "velocity": int(velocity),
        "sample_rate": 16000,
        "qualities": [0] * 10,
        "qualities_str": [],
        "instrument_family": 3,
        "instrument_family_str": family,
        "instrument_source": 0,
        "instrument_source_str": source,
        **changes,
    }


def nsynth(folder: Path) -> Path:
    names = ("guitar_acoustic_010-066-100", "synth_lead_synthetic_003-021-025", "flute_electronic_001-108-127")
    entries: dict[str, object] = {name: nsynth_entry(name) for name in names}
    entries["flute_acoustic_002-060-050"] = nsynth_entry("flute_acoustic_002-060-050")  # has no file
    entries["reed_acoustic_037-068-127"] = nsynth_entry("reed_acoustic_037-068-127", pitch=200)
    entries["bass_acoustic_000-021-075"] = {"pitch": 21}
    for name in (*names, "reed_acoustic_037-068-127", "bass_acoustic_000-021-075"):
        write_note(folder / "audio" / f"{name}.wav", seconds=0.05)
    (folder / "examples.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder


def test_nsynth_is_read_from_its_index(tmp_path: Path) -> None:
    source = open_source(str(nsynth(tmp_path)), SourceOptions(columns=("source",)))
    takes = source.takes()
    assert [(t.name, t.instrument, t.note, t.dynamics, t.labels, t.hold_s) for t in takes] == [
        ("audio/flute_electronic_001-108-127.wav", "Flute", 108, "ff", (("source", "electronic"),), 3.0),
        ("audio/guitar_acoustic_010-066-100.wav", "Guitar", 66, "f", (("source", "acoustic"),), 3.0),
        ("audio/synth_lead_synthetic_003-021-025.wav", "Synth Lead", 21, "pp", (("source", "synthetic"),), 3.0),
    ]
    reasons = {problem.name: problem.reason for problem in source.problems}
    assert reasons["flute_acoustic_002-060-050"] == "there is no such file in the folder audio"
    assert "allowed are 0-127" in reasons["reed_acoustic_037-068-127"]
    assert reasons["bass_acoustic_000-021-075"] == "its entry has no velocity"
    assert source.licence.licence == "CC BY 4.0"
    assert source.read(takes[1])[1] == RATE_HZ


def test_nsynth_splits_and_single_instruments(tmp_path: Path) -> None:
    nsynth(tmp_path / "nsynth-test")
    nsynth(tmp_path / "nsynth-valid")
    source = open_source(str(tmp_path), SourceOptions(instrument="instrument_str"))
    takes = source.takes()
    assert len(takes) == 6 and takes[0].name == "nsynth-test/audio/flute_electronic_001-108-127.wav"
    assert takes[0].instrument == "flute electronic 001"
    assert source.read(takes[5])[0].shape[1] == 1
    (tmp_path / "nsynth-test" / "examples.json").write_text("[1,", encoding="utf-8")
    with pytest.raises(BridgeError, match="not JSON"):
        source.takes()
    with pytest.raises(BridgeError, match=r"no examples\.json"):
        open_source(f"nsynth:{tmp_path / 'nsynth-test' / 'audio'}", SourceOptions()).takes()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("filharmonia:x", "no kind of source 'filharmonia', allowed are .*; did you mean philharmonia?"),
        ("philharmonia:/no/such", "no such folder"),
        ("/no/such/path", "no such path"),
        ("soundfont:/no/such.sf2", "No such file"),
        ("/no/such.sf3", "No such file"),
    ],
)
def test_sources_that_do_not_exist_are_refused(text: str, reason: str) -> None:
    with pytest.raises(BridgeError, match=reason):
        open_source(text, SourceOptions())


def test_a_file_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match="a file that is no instrument"):
        open_source(str(write_note(tmp_path / "a.wav")), SourceOptions())
