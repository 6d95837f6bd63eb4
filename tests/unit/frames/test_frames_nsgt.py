"""The transform: its centres, its inverse and its gain."""

from __future__ import annotations

import numpy as np
import pytest

from rt.arrays import AnyArray
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, bin_of_hz, centre_hz, step_cents

N_SAMPLES = 22050


def band_limited_noise(seed: int) -> AnyArray:
    """Noise between 60 Hz and 9 kHz, inside the bands."""
    rng = np.random.default_rng(seed)
    spectrum = np.zeros(N_SAMPLES // 2 + 1, np.complex128)
    spectrum[60:9000] = rng.standard_normal(8940) + 1j * rng.standard_normal(8940)
    return np.fft.irfft(spectrum, N_SAMPLES)


def test_centres_span_the_range_in_equal_steps() -> None:
    centres = centre_hz(NSGT_410)
    assert centres.shape == (410,)
    assert centres[0] == pytest.approx(30.0)
    assert centres[-1] == pytest.approx(11000.0)
    np.testing.assert_allclose(1200.0 * np.diff(np.log2(centres)), step_cents(NSGT_410))
    assert step_cents(NSGT_410) == pytest.approx(25.0, abs=0.02)
    assert bin_of_hz(NSGT_410, float(centres[123])) == pytest.approx(123.0)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-5)])
def test_inverse_restores_the_signal(dtype: type[np.floating], tolerance: float) -> None:
    samples = band_limited_noise(1)
    transform = Nsgt(NSGT_410, N_SAMPLES, dtype=dtype)
    coefficients = transform.forward(samples)
    assert coefficients.shape == (transform.n_columns, 410)
    assert coefficients.dtype == (np.complex128 if dtype is np.float64 else np.complex64)
    restored = transform.inverse(coefficients)
    assert restored.shape == samples.shape
    assert np.abs(restored - samples).max() < tolerance * np.abs(samples).max()


@pytest.mark.parametrize("n_samples", [22050, 44100, 30001])
def test_a_sine_at_a_centre_has_the_gain_of_the_transform(n_samples: int) -> None:
    transform = Nsgt(NSGT_410, n_samples, dtype=np.float64)
    cycles = round(float(centre_hz(NSGT_410)[250]) * n_samples / 22050)
    sine = np.cos(2.0 * np.pi * cycles * np.arange(n_samples) / n_samples)
    magnitudes = np.abs(transform.forward(sine)) / transform.sine_gain
    assert magnitudes.shape[1] == 410
    np.testing.assert_allclose(magnitudes.sum(axis=1), 1.0, rtol=0.01)
    assert magnitudes.mean(axis=0).argmax() == 250
    assert transform.columns_per_s == pytest.approx(313.0, abs=2.0)


def test_silence_stays_silent() -> None:
    transform = Nsgt(NSGT_410, 4096)
    assert not transform.forward(np.zeros(4096)).any()
    assert not transform.inverse(np.zeros((transform.n_columns, 410), np.complex64)).any()


def test_some_columns_are_those_of_the_whole_transform() -> None:
    rng = np.random.default_rng(5)
    transform = Nsgt(NSGT_410, 22050)
    samples = rng.standard_normal((2, 22050)).astype(np.float32)
    columns = np.array([0, 3, 3, transform.n_columns - 1])
    found = transform.forward_at(samples, columns)
    assert found.shape == (2, 4, 410)
    for one, channel in zip(found, samples, strict=True):
        np.testing.assert_allclose(one, transform.forward(channel)[columns], atol=2e-6 * np.abs(found).max())
