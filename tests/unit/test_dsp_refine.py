from __future__ import annotations

import numpy as np

from rt.dsp.refine import refine
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410


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
