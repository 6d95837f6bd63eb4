"""Bands of noise: where they lie, and their values, the numbers that the models see.

Their centres are equally far apart on the mel scale (O'Shaughnessy, "Speech communication", 1987). A value is 0 at or
below the floor and rises by 1 every `step_db` of the power per Hz.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import FrameSpec, NoiseSpec

KNEE_HZ = 700.0
NOISE_40 = NoiseSpec(n_bands=40, highest_hz=20_000.0, floor_db=-140.0)
"""What is learnt beside `NSGT_410`: all of the noise at the floor is 97 dB below full scale."""


def noise_centres_hz(n_bands: int, highest_hz: float) -> F64:
    """(n_bands,) centres, rising, from near 0 to the highest frequency."""
    mel = np.linspace(0.0, np.log1p(highest_hz / KNEE_HZ), n_bands + 1)[1:]
    return np.asarray(KNEE_HZ * np.expm1(mel), np.float64)


def centres_of(spec: NoiseSpec | None) -> F64:
    """(n_bands,) the same for a bundle; none without noise."""
    return np.zeros(0) if spec is None else noise_centres_hz(spec.n_bands, spec.highest_hz)


def values_of_power(spec: FrameSpec, power: AnyArray) -> F32:
    """Values of power per Hz, one-sided, full scale 1; any shape, 0 at the floor and below."""
    assert spec.noise is not None
    floor_db = spec.noise.floor_db
    level_db = 10.0 * np.log10(np.maximum(power, 10.0 ** (floor_db / 10.0)))
    return np.asarray((level_db - floor_db) / spec.step_db, np.float32)
