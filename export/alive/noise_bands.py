"""Bands of noise: triangles that are equally wide on the mel scale, 59 Hz at the bottom and 1.3 kHz at the top.

The triangles sum to one, so noise whose level is interpolated linearly between the centres is the inverse of averaging
with them.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F64, AnyArray
from rt.frames.noise import noise_centres_hz

N_BANDS = 40
WINDOW_S = 0.0232
"""Noise is measured and played in Hann windows of this length."""


def window_samples(rate_hz: float) -> int:
    """Length of the noise window, even."""
    return 2 * round(0.5 * WINDOW_S * rate_hz)


def centres_hz(highest_hz: float) -> F64:
    """(N_BANDS,) centres, from near 0 to the highest frequency."""
    return noise_centres_hz(N_BANDS, highest_hz)


def triangles(hz: AnyArray, highest_hz: float) -> F64:
    """(N_BANDS, n) weight of each band at each frequency; below the first centre and above the last one its own."""
    centres = centres_hz(highest_hz)
    inside = np.asarray(hz) <= highest_hz
    return np.stack([np.interp(hz, centres, row) * inside for row in np.eye(N_BANDS)])


def widths_hz(highest_hz: float) -> F64:
    """(N_BANDS,) how many Hz each band stands for; power per Hz times this, summed, is the power of the noise."""
    edges = centres_hz(highest_hz)
    edges = np.concatenate([[-edges[0]], edges, edges[-1:]])
    return np.asarray(0.5 * (edges[2:] - edges[:-2]), np.float64)


def averages(power: AnyArray, hz: AnyArray, highest_hz: float) -> F64:
    """Mean of power (..., n) in each band, (..., N_BANDS)."""
    weights = triangles(hz, highest_hz)
    return np.asarray(power @ (weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)).T, np.float64)


def at_frequencies(noise: AnyArray, hz: AnyArray, highest_hz: float) -> F64:
    """Power per Hz of noise (..., N_BANDS) at frequencies (n,): (..., n); nothing above the highest."""
    return np.asarray(noise @ triangles(hz, highest_hz), np.float64)
