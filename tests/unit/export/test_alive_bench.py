"""The figures of `tests.bench.alive` on notes whose figures are known."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.alive.apart import apart
from export.alive.held import held
from rt.arrays import F64
from rt.errors import BridgeError
from tests.bench.alive import measured, notes_of, row_of, spread
from tests.bench.alive_measures import OCTAVES_HZ, figures
from tests.support.played import RATE_HZ, play


def in_silence(sound: F64) -> F64:
    return np.concatenate([np.zeros(RATE_HZ // 4), sound, np.zeros(RATE_HZ // 4)])


def test_noise_to_partials_per_octave() -> None:
    truth = play(69, noise_db=-40.0, seconds=2.0)
    found = figures(apart(in_silence(truth.sound), RATE_HZ, 69))
    assert found is not None and found.noise_db.shape == (len(OCTAVES_HZ),)
    octave_hz = np.array(OCTAVES_HZ)
    width_hz = octave_hz * (np.sqrt(2.0) - np.sqrt(0.5))
    line_hz, power = 440.0 * np.arange(1, 21), 0.5 * truth.amplitude**2
    inside = np.abs(np.log2(line_hz / octave_hz[:, None])) < 0.5
    expected = 10 * np.log10(width_hz * truth.noise / np.maximum(inside @ power, 1e-12))
    has_tone = inside.any(axis=1)
    assert np.isnan(found.noise_db[~has_tone]).all()
    np.testing.assert_allclose(found.noise_db[has_tone], expected[has_tone], atol=1.0)
    all_db = 10 * np.log10(10**-4.0 * 20_000 / 22_050 / power.sum())
    assert found.noise_all_db == pytest.approx(all_db, abs=0.5)


def test_deviations_of_a_vibrato_and_a_tremolo() -> None:
    truth = play(72, vibrato_cents=20.0, seconds=2.5)
    t = np.arange(len(truth.sound)) / RATE_HZ
    tremolo_db = 3.0 * np.sin(2 * np.pi * 3.0 * t)
    found = figures(apart(in_silence(truth.sound * 10 ** (tremolo_db / 20)), RATE_HZ, 72))
    assert found is not None
    assert found.pitch_cents == pytest.approx(20.0 / np.sqrt(2), rel=0.05)
    assert found.partials_db == pytest.approx(3.0 / np.sqrt(2), rel=0.1)
    assert np.isnan(found.decay_s)


@pytest.mark.parametrize("decay_s", [1.5, 6.0])
def test_decay_times(decay_s: float) -> None:
    truth = play(60, decay=np.log(1000.0) / decay_s, seconds=3.0)
    found = figures(apart(in_silence(truth.sound), RATE_HZ, 60))
    assert found is not None and found.decay_s == pytest.approx(decay_s, rel=0.05)


def test_short_and_silent_notes_have_no_figures() -> None:
    assert figures(apart(np.zeros(RATE_HZ), RATE_HZ, 60)) is None
    assert held(apart(in_silence(play(60, seconds=0.3).sound), RATE_HZ, 60)) is None


def test_a_folder_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for note in (60, 64, 67):
        soundfile.write(tmp_path / f"{note}.wav", in_silence(play(note, noise_db=-45.0).sound), RATE_HZ)
    rows = [[f"{note}.wav", "made", "note", note] for note in (60, 64, 67)] + [["x.wav", "made", "breath", ""]]
    with (tmp_path / "table.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["file", "source", "kind", "midi"], *rows])
    notes = notes_of(tmp_path)
    assert [note.midi for note in notes] == [60, 64, 67] and [n.midi for n in spread(notes, 2)] == [60, 67]
    found = measured(notes)
    assert found is not None and found["notes"] == 3
    row = row_of("made", found)
    assert row.startswith("| made (3) | ") and row.count("|") == 2 + len(OCTAVES_HZ) + 8 - 1


def test_a_folder_without_notes_is_said(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("file,kind\na.wav,note\n", encoding="utf-8")
    with pytest.raises(BridgeError, match="needed are the columns"):
        notes_of(tmp_path)
    with pytest.raises(BridgeError, match="no such path"):
        notes_of(tmp_path / "nowhere")
