"""The frequency scale of the frames, and the one that the default bundle is trained on."""

from __future__ import annotations

import numpy as np

from rt.arrays import F64
from rt.bundle.manifest import FrameSpec

NSGT_410 = FrameSpec(
    kind="nsgt",
    sample_rate_hz=22050,
    f_min_hz=30.0,
    f_max_hz=11000.0,
    bins_per_octave=48,
    n_bins=410,
    floor_db=-80.0,
    step_db=20.0,
)
"""48 bands an octave from 30 Hz to 11 kHz, as published; values rise by 1 every 20 dB above -80 dB."""


def centre_hz(spec: FrameSpec) -> F64:
    """Centre frequencies of the bands.

    Returns (n_bins,) in Hz, rising from `f_min_hz` to `f_max_hz`, equally spaced in pitch.
    """
    ratio = spec.f_max_hz / spec.f_min_hz
    return np.asarray(spec.f_min_hz * ratio ** (np.arange(spec.n_bins) / (spec.n_bins - 1.0)), np.float64)


def step_cents(spec: FrameSpec) -> float:
    """Distance between two neighbouring band centres in cents."""
    return float(1200.0 * np.log2(spec.f_max_hz / spec.f_min_hz) / (spec.n_bins - 1))


def bin_of_hz(spec: FrameSpec, frequency_hz: float) -> float:
    """Band index, with fraction, that a frequency falls on; it may lie outside 0..n_bins-1."""
    return float(1200.0 * np.log2(frequency_hz / spec.f_min_hz) / step_cents(spec))
