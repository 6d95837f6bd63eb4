"""What export measures on frames: partials, loudness, tuning. None of it needs torch."""

from __future__ import annotations

import numpy as np
import pytest

from export.prepare.partials import centroid_hz, k_weighting_db, loudness_db, partials
from export.prepare.tuning import correction_cents, note_offset_cents, period_offset_cents, string_offset_cents
from rt.arrays import F64
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410
from rt.units import hz_of_note


def frame_of_sines(frequencies_hz: list[float], amplitudes: list[float]) -> F64:
    """Steady NSGT magnitudes, (410,), of some sines."""
    n_samples = 44100
    time = np.arange(n_samples) / 22050.0
    sound = sum(a * np.sin(2.0 * np.pi * f * time) for f, a in zip(frequencies_hz, amplitudes, strict=True))
    transform = Nsgt(NSGT_410, n_samples, dtype=np.float64)
    columns = np.abs(transform.forward(np.asarray(sound))) / transform.sine_gain
    return np.asarray(columns[len(columns) // 2], np.float64)


@pytest.mark.parametrize("frequency_hz", [110.0, 443.5, 1000.0, 3000.0, 7777.0])
def test_a_sine_is_one_partial_of_its_frequency_and_amplitude(frequency_hz: float) -> None:
    frequencies, amplitudes = partials(NSGT_410, frame_of_sines([frequency_hz], [0.25]))
    loudest = int(np.argmax(amplitudes))
    assert frequencies.shape == amplitudes.shape
    assert 1200.0 * np.log2(frequencies[loudest] / frequency_hz) == pytest.approx(0.0, abs=1.0)
    assert amplitudes[loudest] == pytest.approx(0.25, rel=0.1)  # the transform rounds its bands to whole bins


def test_loudness_of_a_sine_at_1_khz_is_its_level() -> None:
    assert loudness_db(NSGT_410, frame_of_sines([1000.0], [1.0])) == pytest.approx(0.0, abs=0.2)
    assert loudness_db(NSGT_410, frame_of_sines([1000.0], [0.1])) == pytest.approx(-20.0, abs=0.2)
    assert loudness_db(NSGT_410, np.zeros(410)) < -150.0


def test_k_weighting_cuts_lows_and_lifts_highs() -> None:
    weights = k_weighting_db(np.array([30.0, 1000.0, 8000.0]))
    assert weights.shape == (3,)
    assert weights[0] < -8.0
    assert weights[1] == pytest.approx(0.0)
    assert 2.5 < weights[2] < 4.5


def test_centroid_lies_between_the_partials() -> None:
    assert centroid_hz(NSGT_410, frame_of_sines([500.0, 1500.0], [0.1, 0.1])) == pytest.approx(1000.0, rel=0.02)


@pytest.mark.parametrize("cents", [-30.0, -3.0, 0.0, 12.5, 55.0])
@pytest.mark.parametrize("note", [33, 60, 96])
def test_offsets_of_harmonic_sounds_are_found(note: int, cents: float) -> None:
    f0 = hz_of_note(note + cents / 100.0)
    partial = np.arange(1, 7)
    found, correlation = period_offset_cents(f0 * partial, 1.0 / partial**2, note)
    assert found == pytest.approx(cents, abs=0.2)
    assert correlation == pytest.approx(1.0, abs=1e-3)
    time = np.arange(44100) / 44100.0
    sound = np.sin(2.0 * np.pi * f0 * time)[:, None] * np.array([1.0, 0.5])
    assert note_offset_cents(sound, 44100, note)[0] == pytest.approx(cents, abs=1.0)


def test_noise_and_silence_are_not_trusted() -> None:
    noise = np.random.default_rng(1).standard_normal((44100, 2))
    assert correction_cents(*note_offset_cents(noise, 44100, 60)) == 0.0
    assert period_offset_cents(np.array([440.0]), np.array([0.0]), 69) == (0.0, 0.0)
    assert correction_cents(70.0, 1.0) == 0.0
    assert correction_cents(20.0, 1.0) == 20.0


@pytest.mark.parametrize("stiffness", [0.0, 1e-4, 5e-4])
def test_the_fundamental_of_a_stiff_string_is_found(stiffness: float) -> None:
    k = np.arange(1, 16)
    frequencies = k * hz_of_note(36.05) * np.sqrt(1.0 + stiffness * k**2)
    assert string_offset_cents(frequencies, 1.0 / k, 36) == pytest.approx(5.0, abs=2.5)
