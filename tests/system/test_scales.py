"""`latent-bridge render` plays every note of every instrument in tune, evenly, and after its velocity."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import librosa
import mido
import numpy as np
import pytest
import soundfile

from rt.arrays import F32
from rt.bundle import bundle
from tests.system.pitch import centroid_hz, cents_off, harmonic_sum_hz, loudness_db
from tests.system.program import latent_bridge

pytestmark = pytest.mark.timeless

RATE_HZ = 48_000
NAMES = [i.name for i in bundle.load("default").manifest.instruments]
NOTE_S, STEP_S = 0.6, 0.8
PERIODIC = range(48, 90)
"""Notes whose period pYIN can tell; below and above, the sum of harmonics is measured."""

EQUAL = 1e-3
"""Centroids this near, as a share, are the same: soft high notes are nearly pure sines."""


class Struck(NamedTuple):
    """One note of a file."""

    at_s: float
    length_s: float
    note: int
    velocity: int


def write_midi(path: Path, notes: list[Struck]) -> None:
    """A MIDI file at 120 beats and 960 ticks a second."""
    timed = [(n.at_s, mido.Message("note_on", note=n.note, velocity=n.velocity)) for n in notes]
    timed += [(n.at_s + n.length_s, mido.Message("note_off", note=n.note)) for n in notes]
    timed.sort(key=lambda pair: (pair[0], pair[1].type))
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=500_000)])
    now = 0
    for at_s, message in timed:
        tick = round(at_s * 960)
        track.append(message.copy(time=tick - now))
        now = tick
    file.tracks.append(track)
    file.save(path)


def render(folder: Path, instrument: str, notes: list[Struck], *flags: str) -> F32:
    """What `latent-bridge render` makes of these notes."""
    write_midi(folder / "in.mid", notes)
    code, said, errors = latent_bridge(
        "render",
        str(folder / "in.mid"),
        str(folder / "out.wav"),
        "--instrument",
        instrument,
        "--mono",
        *flags,
        timeout_s=300,
    )
    assert code == 0, errors
    assert "times real time" in said
    sound, rate_hz = soundfile.read(folder / "out.wav", dtype="float32")
    assert rate_hz == RATE_HZ and sound.ndim == 1 and np.isfinite(sound).all()
    return np.asarray(sound, np.float32)


def cut(sound: F32, at_s: float, length_s: float) -> F32:
    return sound[int(at_s * RATE_HZ) : int((at_s + length_s) * RATE_HZ)]


def period_hz(sound: F32, note: int) -> float:
    """Median pitch by pYIN in a range of three octaves around the note."""
    hz = 440 * 2 ** ((note - 69) / 12)
    rate_hz = RATE_HZ / 2 if note < 84 else RATE_HZ
    x = librosa.resample(sound, orig_sr=RATE_HZ, target_sr=rate_hz) if rate_hz != RATE_HZ else sound
    frame = 4096 if note < 60 else 2048
    found, voiced, _ = librosa.pyin(
        x, sr=rate_hz, fmin=hz / 2.9, fmax=min(hz * 2.9, rate_hz / 4), frame_length=frame, hop_length=1024,
        resolution=0.05, center=False,
    )  # fmt: skip
    return float(np.median(found[voiced])) if voiced.any() else 0.0


@pytest.fixture(scope="module")
def scales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Struck], F32]]:
    """The chromatic scale of every instrument over its whole range."""
    made = {}
    for spec in bundle.load("default").manifest.instruments:
        span = range(spec.low_note, spec.high_note + 1)
        notes = [Struck(0.1 + STEP_S * k, NOTE_S, note, 90) for k, note in enumerate(span)]
        made[spec.name] = (notes, render(tmp_path_factory.mktemp("scale"), spec.name, notes))
    return made


@pytest.mark.parametrize("name", NAMES)
def test_scale_is_in_tune(scales: dict[str, tuple[list[Struck], F32]], name: str) -> None:
    notes, sound = scales[name]
    wrong = {}
    for n in notes:
        steady = cut(sound, n.at_s + 0.08, NOTE_S - 0.1)
        hz = 440 * 2 ** ((n.note - 69) / 12)
        found = period_hz(steady, n.note) if n.note in PERIODIC else harmonic_sum_hz(steady, RATE_HZ, hz)
        if abs(cents := cents_off(found, n.note)) > 10:
            wrong[n.note] = round(cents, 1)
    print(f"{name}: {len(notes) - len(wrong)} of {len(notes)} within 10 cents; {wrong}")
    assert len(notes) >= 24
    assert len(wrong) <= 0.05 * len(notes), wrong


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_are_within_6_db(scales: dict[str, tuple[list[Struck], F32]], name: str) -> None:
    notes, sound = scales[name]
    levels = np.array([loudness_db(cut(sound, n.at_s, NOTE_S), RATE_HZ) for n in notes])
    steps = np.abs(np.diff(levels))
    print(f"{name}: {levels.min():.1f} to {levels.max():.1f} dB, greatest step {steps.max():.1f} dB")
    assert steps.max() < 6, {notes[i].note: round(float(s), 1) for i, s in enumerate(steps) if s >= 6}


@pytest.mark.parametrize("name", NAMES)
def test_velocity_makes_notes_louder_and_brighter(tmp_path: Path, name: str) -> None:
    spec = bundle.load("default").manifest.instruments[NAMES.index(name)]
    velocities = (10, 30, 50, 70, 90, 110, 127)
    notes = np.linspace(spec.low_note, spec.high_note, 7)[1:-1].round().astype(int).tolist()
    pairs = enumerate((note, velocity) for note in notes for velocity in velocities)
    played = [Struck(0.1 + 1.2 * k, 0.6, note, velocity) for k, (note, velocity) in pairs]
    sound = render(tmp_path, name, played)
    for note in notes:
        struck = [n for n in played if n.note == note]
        levels = [loudness_db(cut(sound, n.at_s, 0.5), RATE_HZ) for n in struck]
        centroids = [centroid_hz(cut(sound, n.at_s + 0.02, 0.4), RATE_HZ) for n in struck]
        print(f"{name} {note}: {np.round(levels, 1)} dB, {np.round(centroids)} Hz")
        assert (np.diff(levels) > 0).all(), f"{note}: {np.round(levels, 1)} dB"
        assert levels[-1] > levels[0] + 10
        assert (np.diff(centroids) > -EQUAL * centroids[0]).all(), f"{note}: {np.round(centroids, 1)} Hz"
        assert centroids[-1] > 1.05 * centroids[0], f"{note}: {np.round(centroids, 1)} Hz"


def test_held_piano_decays_and_held_flute_does_not(tmp_path: Path) -> None:
    change = {}
    for name, note in (("Piano", 60), ("Flute", 72)):
        sound = render(tmp_path, name, [Struck(0.1, 5.0, note, 90)])
        change[name] = loudness_db(cut(sound, 4.5, 0.4), RATE_HZ) - loudness_db(cut(sound, 0.4, 0.4), RATE_HZ)
    assert change["Piano"] < -6
    assert abs(change["Flute"]) < 3


def test_file_is_as_long_as_its_notes_and_their_tail(tmp_path: Path) -> None:
    sound = render(tmp_path, "Flute", [Struck(0.0, 1.0, 72, 90)])
    assert 1.0 < len(sound) / RATE_HZ < 3.0
    assert np.abs(sound[-RATE_HZ // 5 :]).max() < 1e-4
    assert len(render(tmp_path, "Flute", [Struck(0.0, 1.0, 72, 90)], "--tail", "0")) == RATE_HZ


def test_same_seed_same_file(tmp_path: Path) -> None:
    notes = [Struck(0.0, 0.4, 60, 90), Struck(0.2, 0.4, 64, 70)]
    first = render(tmp_path, "Violin", notes, "--alive", "0.5", "--seed", "3")
    again = render(tmp_path, "Violin", notes, "--alive", "0.5", "--seed", "3")
    other = render(tmp_path, "Violin", notes, "--alive", "0.5", "--seed", "4")
    np.testing.assert_array_equal(first, again)
    assert len(first) != len(other) or np.abs(first - other).max() > 1e-3
