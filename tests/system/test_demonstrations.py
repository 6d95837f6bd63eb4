"""The published demonstrations on every instrument of the default bundle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt import bundle
from rt.arrays import F32
from rt.cli import main
from rt.units import hz_of_note, name_of_note
from tests.listening import biggest_step, cents, frequency_hz, level_db

RATE_HZ = 24_000
INSTRUMENTS = [spec.name for spec in bundle.load(bundle.DEFAULT).manifest.instruments]
LOW, HIGH = 72, 77
"""Notes that all of them reach."""

pytestmark = pytest.mark.system


def sound(path: Path, *arguments: str) -> F32:
    own = [str(path) if argument == "OUT" else argument for argument in arguments]
    assert main([*own, "--provider", "cpu"]) == 0
    samples: F32 = soundfile.read(path, dtype="float32")[0]
    return samples


def off_cents(samples: F32, note: int, begin_s: float, end_s: float) -> float:
    part = samples[round(begin_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return cents(frequency_hz(part, hz_of_note(note), RATE_HZ), hz_of_note(note))


def labels(instrument: str, *notes: int) -> str:
    return " ".join(f"{instrument.replace(' ', '')}:{name_of_note(note)}:mf" for note in notes)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_symbols_to_signal_and_back_through_the_latent_space(instrument: str, tmp_path: Path) -> None:
    rate = ["--sample-rate", str(RATE_HZ)]
    played = sound(tmp_path / "played.wav", "sequence", labels(instrument, LOW, HIGH), "OUT", "--seconds", "0.6", *rate)
    again = sound(tmp_path / "again.wav", "reconstruct", str(tmp_path / "played.wav"), "OUT")
    assert len(again) == len(played)
    for samples in (played, again):
        assert abs(off_cents(samples, LOW, 0.15, 0.55)) < 20.0 and abs(off_cents(samples, HIGH, 0.75, 1.15)) < 20.0
    for begin in (0.1, 0.7):
        part = slice(round(begin * RATE_HZ), round((begin + 0.4) * RATE_HZ))
        assert level_db(again[part]) == pytest.approx(level_db(played[part]), abs=3.0)
    assert biggest_step(again) <= 1.5 * biggest_step(played)


@pytest.mark.parametrize("interp", ["none", "linear", "cubic"])
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_morphs_to_the_next_instrument(instrument: str, interp: str, tmp_path: Path) -> None:
    other = INSTRUMENTS[(INSTRUMENTS.index(instrument) + 1) % len(INSTRUMENTS)]
    way = ["--interp", interp, "--seconds", "1.6", "--hold", "0.5", "--sample-rate", str(RATE_HZ)]
    asked = f"{labels(instrument, LOW)} {labels(other, HIGH)}"
    out = sound(tmp_path / "out.wav", "morph", asked, "OUT", *way, "--latents", str(tmp_path / "way.npz"))
    assert len(out) == round(1.6 * RATE_HZ)
    assert abs(off_cents(out, LOW, 0.1, 0.5)) < 20.0 and abs(off_cents(out, HIGH, 1.15, 1.55)) < 20.0
    assert abs(level_db(out[2_400:12_000]) - level_db(out[27_600:37_200])) < 8.0
    held = max(biggest_step(out[2_400:12_000]), biggest_step(out[27_600:37_200]))
    assert biggest_step(out) <= 1.8 * held
    times_s, latents = (np.load(tmp_path / "way.npz")[name] for name in ("times_s", "latents"))
    jumps = (np.diff(times_s) == 0.0) & (np.abs(np.diff(latents, axis=0)).max(axis=1) > 0.0)
    assert jumps.any() == (interp == "none")


@pytest.mark.parametrize("kind", ["line", "circle", "helix"])
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_trajectories_about_a_note(instrument: str, kind: str, tmp_path: Path) -> None:
    way = ["--kind", kind, "--radius", "0.2", "--seconds", "1", "--around", labels(instrument, LOW)]
    out = sound(tmp_path / "out.wav", "trajectory", "OUT", *way, "--sample-rate", str(RATE_HZ))
    assert len(out) == RATE_HZ and level_db(out) > -50.0
    assert abs(off_cents(out, LOW, 0.1, 0.9)) < 35.0
