"""Frames without their noise: what white noise shows in them is known, and tones that stand over it stay."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rt.arrays import F32
from rt.frames.noise import NOISE_40, values_of_power
from rt.frames.nsgt import Nsgt
from rt.frames.scaling import values_of_magnitudes
from rt.frames.spec import NSGT_410, bin_of_hz
from tests.support.learning import need

pytestmark = pytest.mark.train
torch, tones = need("torch", "export.tones")

SPEC = dataclasses.replace(NSGT_410, noise=NOISE_40)
N = 4 * 22_050
RMS = 0.03


def magnitudes(sound: F32) -> F32:
    transform = Nsgt(NSGT_410, N)
    columns = np.linspace(0.2, 0.8, 200) * transform.n_columns
    found = transform.forward_at(sound[None], columns.astype(int))[0]
    return np.asarray(np.abs(found) / transform.sine_gain, np.float32)


def white(rms: float = RMS) -> F32:
    return (rms * np.random.default_rng(0).standard_normal(N)).astype(np.float32)


def its_noise(n: int, rms: float = RMS) -> F32:
    """Values (n, 40) of white noise of an RMS at the frames' rate."""
    return np.repeat(values_of_power(SPEC, np.full((1, 40), 2.0 * rms**2 / NSGT_410.sample_rate_hz)), n, axis=0)


def taken(frames: F32, noise: F32) -> F32:
    found = tones.ToneFrames(SPEC, torch.device("cpu"))(torch.from_numpy(frames), torch.from_numpy(noise))
    return np.asarray(found, np.float32)


def test_noise_shows_in_frames_as_it_is_told() -> None:
    told_db = tones.ToneFrames(SPEC, torch.device("cpu")).noise_db(torch.from_numpy(its_noise(1)))[0].numpy()
    found_db = 10.0 * np.log10(np.mean(np.square(magnitudes(white())), axis=0))
    off_db = (found_db - told_db)[220:-4]  # below, noise changes too seldom for an average of some seconds
    assert abs(off_db.mean()) < 0.3 and np.abs(off_db).max() < 2.0


def test_a_tone_in_noise_is_what_is_left() -> None:
    t = np.arange(N) / NSGT_410.sample_rate_hz
    tone = (0.3 * np.sin(2.0 * np.pi * 1000.0 * t)).astype(np.float32)
    frames = values_of_magnitudes(NSGT_410, magnitudes(tone + white()))
    left = taken(frames, its_noise(len(frames)))
    band = round(bin_of_hz(NSGT_410, 1000.0))
    np.testing.assert_allclose(left[:, band], frames[:, band], atol=0.01)
    away = np.abs(np.arange(410) - band) > 4
    assert (left[:, away] > 0.0).mean() < 0.05 and (frames[:, away] > 0.0).mean() > 0.9
    assert (left <= frames + 1e-6).all() and (left >= 0.0).all()


def test_unknown_noise_and_none_take_nothing() -> None:
    frames = values_of_magnitudes(NSGT_410, magnitudes(white()))[:4]
    for value in (-1.0, 0.0):
        quiet = np.full((4, 40), value, np.float32)
        np.testing.assert_allclose(taken(frames, quiet), frames, atol=1e-2 if value == 0.0 else 1e-6)
    assert not taken(np.zeros((4, 410), np.float32), its_noise(4)).any()
