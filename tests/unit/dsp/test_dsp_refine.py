"""Griffin-Lim over a whole sound: from its own phases and from random ones."""

from __future__ import annotations

import numpy as np
import pytest

from rt.dsp.refine import refine
from rt.dsp.single_voice import play
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz


def test_magnitudes_of_a_sound_find_that_sound_from_its_own_phases_and_come_nearer_from_random_ones() -> None:
    random = np.random.default_rng(2)
    time_s = np.arange(11_025) / 22_050
    sound = np.sin(2 * np.pi * 440 * time_s) * np.hanning(len(time_s))
    transform = Nsgt(NSGT_410, len(sound))
    wanted = transform.forward(sound)
    again = refine(wanted, np.abs(wanted), transform, n_iterations=2)
    assert again.shape == sound.shape and np.abs(again - sound).max() < 1e-3
    start = np.exp(2j * np.pi * random.random(wanted.shape)).astype(np.complex64)
    errors = []
    for n_iterations in (0, 5, 20):
        found = np.abs(transform.forward(refine(start, np.abs(wanted), transform, n_iterations=n_iterations)))
        errors.append(float(np.linalg.norm(found - np.abs(wanted))))
    assert errors[2] < errors[1] < errors[0]


def test_silence_stays_silent() -> None:
    transform = Nsgt(NSGT_410, 4410)
    nothing = np.zeros((transform.n_columns, NSGT_410.n_bins), np.complex64)
    assert not refine(nothing, np.abs(nothing), transform, n_iterations=3).any()


def test_momentum_comes_nearer_in_as_many_steps_and_nothing_sounds_outside_the_support() -> None:
    random = np.random.default_rng(3)
    time_s = np.arange(11_025) / 22_050
    support = (time_s > 0.2).astype(np.float32)
    sound = np.sin(2 * np.pi * 440 * time_s) * np.exp(-4.0 * time_s) * support
    transform = Nsgt(NSGT_410, len(sound))
    wanted = np.abs(transform.forward(sound))
    start = np.exp(2j * np.pi * random.random(wanted.shape)).astype(np.complex64)
    errors = []
    for momentum in (0.0, 0.9):
        found = refine(start, wanted, transform, n_iterations=15, momentum=momentum, support=support)
        assert found[support == 0].shape == (4411,) and not found[support == 0].any()
        errors.append(float(np.linalg.norm(np.abs(transform.forward(found)) - wanted)))
    assert errors[1] < 0.95 * errors[0]


def test_a_steady_sine_in_frames_is_played_whole_at_its_level() -> None:
    hz = centre_hz(NSGT_410)
    frames = np.zeros((3, len(hz)), np.float32)
    frames[:, 200] = 0.5
    found = play(frames, np.asarray([0.1, 0.2, 0.3]), 10_000, frequency_hz=hz, sample_rate_hz=22_050)
    assert found.shape == (10_000,) and found.dtype == np.float32
    power = np.abs(np.fft.rfft(found * np.hanning(10_000), 1 << 17))
    assert abs(np.argmax(power) * 22_050 / (1 << 17) - hz[200]) < 0.5
    assert np.sqrt(2 * np.mean(found[200:] ** 2)) == pytest.approx(0.5, rel=0.01)
