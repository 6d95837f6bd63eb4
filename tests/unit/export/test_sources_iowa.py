"""Names of the University of Iowa, and chromatic runs cut at their silences; the truth of every sound is known."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from export.sources import SourceOptions, open_source
from export.sources.chromatic_run import out_of_scale, split_run
from export.sources.folder import FolderSource
from export.sources.iowa import IowaSource, iowa_fields
from rt.arrays import F32
from rt.errors import BridgeError
from tests.support.sounds import RATE_HZ, note_samples, write_note


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Flute.nonvib.ff.B3B4.stereo.aif", ("Flute", "", "no", "ff", "", 59, 71)),
        ("AltoSax.NoVib.ff.C4.stereo.aif", ("Alto Sax", "", "no", "ff", "", 60, 60)),
        ("Piano.mf.Ab4.aiff", ("Piano", "", "", "mf", "", 68, 68)),
        ("Violin.arco.ff.sulG.G3.stereo.aif", ("Violin", "arco", "", "ff", "G", 55, 55)),
        ("Trumpet.novib.pp.A4.stereo.aiff", ("Trumpet", "", "no", "pp", "", 69, 69)),
        ("Violin.arco.ff.sulA.C5Db6.aiff", ("Violin", "arco", "", "ff", "A", 72, 85)),
        ("Bass.pizz.pp.sulE.E1B1.aiff", ("Contrabass", "pizz", "", "pp", "E", 28, 35)),
        ("Guitar.ff.sul_E.E4B4.mono.aif", ("Guitar", "", "", "ff", "E", 64, 71)),
        ("a/BbClar.ff.C4B4.aiff", ("Clarinet", "", "", "ff", "", 60, 71)),
        ("oboe.ff.C5B5.aiff", ("Oboe", "", "", "ff", "", 72, 83)),
        ("TenorTrombone.ff.C2B2.aiff", ("Trombone", "", "", "ff", "", 36, 47)),
        ("BassFlute.mf.C#4.flac", ("Bass Flute", "", "", "mf", "", 61, 61)),
        ("Horn.ff.C4B4.wav", ("French Horn", "", "", "ff", "", 60, 71)),
        ("SopSax.vib.mf.Db4.stereo.wav", ("Soprano Sax", "", "yes", "mf", "", 61, 61)),
        ("Marimba.deadstroke.ff.C4.stereo.aif", ("Marimba", "deadstroke", "", "ff", "", 60, 60)),
        ("Vibraphone.bow.C4B4.stereo.aif", ("Vibraphone", "bow", "", "", "", 60, 71)),
    ],
)
def test_names_are_understood(name: str, expected: tuple[object, ...]) -> None:
    found = iowa_fields(name)
    assert found and (*found[:-1], found.notes[0], found.notes[-1]) == expected
    assert found.notes == tuple(range(found.notes[0], found.notes[-1] + 1))


@pytest.mark.parametrize(
    "name",
    ["Flute.ff.aiff", "Flute.vib.ff.B4A4.aif", "C4.aif", "x", "Flute.ff.H4.aif", "1.ff.C4.wav", "Flute.ff.C4-1.wav"],
)
def test_other_names_are_not(name: str) -> None:
    assert iowa_fields(name) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_name_is_read_or_not(name: str) -> None:
    for text in (name, f"Flute.{name}.C4.aif", f"{name}.ff.C4B4.aif"):
        found = iowa_fields(text)
        assert found is None or all(0 <= note <= 127 for note in found.notes)


def test_a_folder_of_their_names_is_recognised(tmp_path: Path) -> None:
    for name in (
        "Violin.arco.ff.sulG.A3.stereo.wav",
        "Violin.arco.pp.sulD.A4.stereo.wav",
        "Violin.pizz.ff.sulG.B3.wav",
    ):
        write_note(tmp_path / name)
    source = open_source(str(tmp_path), SourceOptions(columns=("string", "vibrato")))
    assert isinstance(source, IowaSource)
    assert [(t.instrument, t.note, t.dynamics, t.labels) for t in source.takes()] == [
        ("Violin", 57, "ff", (("string", "G"), ("vibrato", "not stated"))),
        ("Violin", 69, "pp", (("string", "D"), ("vibrato", "not stated"))),
    ]
    assert source.remarks == ["1 notes of other techniques left out"]
    assert source.licence.licence.startswith("public domain")
    asked = open_source(f"iowa:{tmp_path}", SourceOptions(columns=("technique",))).takes()
    assert [take.labels[0][1] for take in asked] == ["ordinary", "ordinary", "pizz"]


def test_plain_names_stay_a_folder_unless_it_is_said(tmp_path: Path) -> None:
    write_note(tmp_path / "Piano.ff.C4.wav")
    assert isinstance(open_source(str(tmp_path), SourceOptions()), FolderSource)
    (take,) = open_source(f"iowa:{tmp_path}", SourceOptions()).takes()
    assert (take.instrument, take.note, take.dynamics) == ("Piano", 60, "ff")


def run_of(notes: list[float], rng: np.random.Generator, *, floor: float = 1e-4, gaps_s: tuple[float, float]) -> F32:
    """(n_samples, 1) notes of uneven loudness and length, some fading and some trembling, with noise under them."""
    parts = []
    for note in notes:
        sound = note_samples(note, seconds=rng.uniform(0.6, 1.4))[:, 0] * 10.0 ** (-rng.uniform(0.0, 12.0) / 20.0)
        time = np.arange(len(sound)) / RATE_HZ
        sound = sound * np.minimum((len(sound) / RATE_HZ - time) / 0.05, 1.0)
        shape = rng.integers(3)
        sound = sound * (np.exp(-3.0 * time) if shape == 0 else 1.0 + 0.8 * np.sin(35.0 * time) if shape == 1 else 1.0)
        parts += [np.zeros(int(rng.uniform(*gaps_s) * RATE_HZ)), sound]
    whole = np.concatenate([*parts, np.zeros(RATE_HZ // 2)])
    return np.asarray((whole + floor * rng.standard_normal(len(whole)))[:, None], np.float32)


def starts_of(notes: list[float], seed: int, gaps_s: tuple[float, float]) -> tuple[F32, list[int]]:
    """A run and where its notes begin: silent runs with one note each, drawn alike, tell."""
    whole = run_of(notes, np.random.default_rng(seed), floor=0.0, gaps_s=gaps_s)
    sounding = np.flatnonzero(np.abs(whole[:, 0]) > 0.0)
    breaks = np.flatnonzero(np.diff(sounding) > 0.1 * RATE_HZ)
    return whole, [int(sounding[0]), *(int(sounding[i + 1]) for i in breaks)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("gaps_s", "floor"), [((0.6, 1.5), 1e-4), ((0.2, 0.4), 1e-4), ((0.5, 1.0), 3e-3)])
def test_a_run_is_cut_at_its_silences(seed: int, gaps_s: tuple[float, float], floor: float) -> None:
    notes = [float(note) for note in range(59, 72)]
    samples, starts = starts_of(notes, seed, gaps_s)
    assert len(starts) == len(notes)
    noisy = samples + floor * np.random.default_rng(seed).standard_normal(samples.shape).astype(np.float32)
    parts = split_run(noisy, RATE_HZ, len(notes))
    assert parts is not None
    for (first, end), start, following in zip(parts, starts, [*starts[1:], len(samples) + RATE_HZ], strict=True):
        assert start - 0.15 * RATE_HZ <= first <= start + 0.02 * RATE_HZ
        assert start + 0.5 * RATE_HZ < end <= following + 0.02 * RATE_HZ
    cut = {int(note): noisy[slice(*part)] for note, part in zip(notes, parts, strict=True)}
    assert out_of_scale(cut, RATE_HZ) is None


def test_what_is_no_scale_is_found() -> None:
    right = {note: note_samples(note + 0.3) for note in range(60, 68)}  # all 30 cents sharp: a tuning, no mistake
    assert out_of_scale(right, RATE_HZ) is None
    late = {note: note_samples(note - (note > 65)) for note in range(60, 68)}
    assert out_of_scale(late, RATE_HZ) == 66
    shifted = {note: note_samples(note + 1) for note in range(60, 68)}
    assert out_of_scale(shifted, RATE_HZ) == 60


def test_runs_are_takes_of_single_notes(tmp_path: Path) -> None:
    run = run_of([60, 61, 62], np.random.default_rng(1), gaps_s=(0.5, 1.0))
    soundfile.write(tmp_path / "Flute.vib.mf.C4D4.aiff", run, RATE_HZ)
    write_note(tmp_path / "Flute.vib.mf.Eb4.stereo.aiff", 63)
    source = pickle.loads(pickle.dumps(open_source(f"iowa:{tmp_path}", SourceOptions())))
    takes = source.takes()
    assert [(take.name, take.note) for take in takes] == [
        ("Flute.vib.mf.C4D4.aiff at C4", 60),
        ("Flute.vib.mf.C4D4.aiff at C#4", 61),
        ("Flute.vib.mf.C4D4.aiff at D4", 62),
        ("Flute.vib.mf.Eb4.stereo.aiff", 63),
    ]
    for take in takes:
        samples, rate_hz = source.read(take)
        spectrum = np.abs(np.fft.rfft(samples[:, 0]))
        heard_hz = np.argmax(spectrum) * rate_hz / len(samples)
        assert heard_hz == pytest.approx(440.0 * 2.0 ** ((take.note - 69) / 12.0), rel=0.01)


@pytest.mark.parametrize(
    ("sounding", "told"),
    [
        ([60, 61], "its name says 3 notes from C4 to D4, but it holds not as many sounds with silence between them"),
        ([60, 61, 62, 63], "its name says 3 notes from C4 to D4, but it holds not as many sounds"),
        (
            [60, 62, 63],
            "its name says 3 notes from C4 to D4, but C4 is not where it should be; cut it into single notes",
        ),
    ],
)
def test_a_run_that_is_not_what_its_name_says_is_left_out(tmp_path: Path, sounding: list[float], told: str) -> None:
    soundfile.write(
        tmp_path / "Flute.mf.C4D4.wav", run_of(sounding, np.random.default_rng(2), gaps_s=(0.6, 1.0)), RATE_HZ
    )
    source = open_source(f"iowa:{tmp_path}", SourceOptions())
    for take in source.takes():
        with pytest.raises(BridgeError, match=told):
            source.read(take)
