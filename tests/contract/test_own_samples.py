"""Export: a folder of the user's own samples becomes a bundle that plays in tune."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.sources.synth import open_synth
from rt.bundle import bundle
from rt.units import hz_of_note, name_of_note
from tests.support.learning import need
from tests.support.rendering import render_note
from tests.system.pitch import autocorrelation_hz

pytestmark = pytest.mark.train
_, command = need("torch", "export.__main__")

FONTS = ("/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2")
FLUTE, LOW_NOTE, HIGH_NOTE = 73, 60, 71


def own_samples(folder: Path) -> None:
    """What a musician may have: a folder with WAV files named by note and dynamics."""
    need("fluidsynth")
    font = next((font for font in FONTS if Path(font).exists()), None)
    if font is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no soundfont is installed")
        pytest.skip(f"none of {', '.join(FONTS)} is installed")
    folder.mkdir()
    synth = open_synth(gain=1.0, sample_rate_hz=44100.0)
    synth.program_select(0, synth.sfload(font), 0, FLUTE)
    for note in range(LOW_NOTE, HIGH_NOTE + 1):
        for dynamics, velocity in (("p", 49), ("f", 100)):
            synth.all_sounds_off(0)
            synth.get_samples(22050)
            synth.noteon(0, note, velocity)
            stereo = synth.get_samples(66150).reshape(-1, 2) / 32768.0
            soundfile.write(folder / f"{name_of_note(note)}_{dynamics}.wav", stereo, 44100)
            synth.noteoff(0, note)
    synth.delete()


def test_own_samples_become_a_bundle_that_plays_in_tune(tmp_path: Path) -> None:
    need("soxr")
    samples, data, model, report, out = (tmp_path / name for name in ("Flute", "data", "m.pt", "report", "mine"))
    own_samples(samples)
    assert command.main(["prepare", str(samples), "--out", str(data), "--jobs", "1"]) == 0
    train = ["train", "--data", str(data), "--out", str(model), "--preset", "tiny", "--steps", "400", "--quiet"]
    assert command.main(train) == 0
    assert command.main(["evaluate", str(model), "--data", str(data), "--out", str(report)]) == 0
    assert command.main(["bundle", "--model", str(model), "--out", str(out), "--report", str(report)]) == 0
    manifest = bundle.load(out).manifest
    assert [(i.name, i.low_note, i.high_note) for i in manifest.instruments] == [("Flute", LOW_NOTE, HIGH_NOTE)]
    assert manifest.symbol("dynamics").classes == ("p", "f", "silent")
    for note in (62, 69):
        sound = render_note(out, tmp_path, note, "Flute")[14_400:48_000]
        assert 0.01 < np.abs(sound).max() < 1.0
        cents = 1200.0 * np.log2(autocorrelation_hz(sound, 48_000.0) / hz_of_note(note))
        assert abs(cents) < 25.0, f"note {note} sounds {cents:.0f} cents off"
