"""The pitch between semitones, from the frames of the live analyser."""

from __future__ import annotations

import numpy as np
import pytest

from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.scaling import values_of_magnitudes
from rt.frames.spec import NSGT_410
from rt.transcribe.bend import Bender
from rt.units import hz_of_note


@pytest.fixture(scope="module")
def analyser() -> LiveAnalyser:
    return LiveAnalyser(NSGT_410, LIVE, 48_000)


@pytest.mark.parametrize("cents", [-45.0, -20.0, 0.0, 12.5, 40.0])
@pytest.mark.parametrize("note", [45, 57, 69, 81, 93])
def test_the_pitch_between_semitones(analyser: LiveAnalyser, note: int, cents: float) -> None:
    f0 = hz_of_note(note) * 2 ** (cents / 1200)
    time_s = np.arange(analyser.n_window) / 48_000
    sound = np.sum([np.sin(2 * np.pi * h * f0 * time_s + h) / h**1.5 for h in range(1, 12) if h * f0 < 11_000], axis=0)
    values = values_of_magnitudes(NSGT_410, 0.1 * analyser.magnitudes(sound[None])[0])
    found = Bender(NSGT_410).cents(values, note)
    assert found is not None and abs(found - cents) < 4.0


def test_no_partials_no_pitch() -> None:
    assert Bender(NSGT_410).cents(np.zeros(410, np.float32), 60) is None
