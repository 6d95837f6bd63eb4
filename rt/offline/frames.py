"""Frames between frames, frames of other pitches, and sounds at other rates."""

from __future__ import annotations

import math

import numpy as np
import scipy.signal

from rt.arrays import F32, F64
from rt.bundle.manifest import FrameSpec


def resampled(samples: F32, from_hz: int, to_hz: int) -> F32:
    """(n, ...) at another rate, along the first axis."""
    if from_hz == to_hz:
        return samples
    common = math.gcd(from_hz, to_hz)
    return np.asarray(scipy.signal.resample_poly(samples, to_hz // common, from_hz // common, axis=0), np.float32)


def moved(spec: FrameSpec, frames: F32, ratios: F64) -> F32:
    """Frames (n, n_bins) with all frequencies times a ratio each."""
    bins_per_octave = (spec.n_bins - 1) / math.log2(spec.f_max_hz / spec.f_min_hz)
    places = np.arange(spec.n_bins)
    found = [
        np.interp(places - bins_per_octave * math.log2(ratio), places, frame, left=0.0, right=0.0)
        for frame, ratio in zip(frames, ratios, strict=True)
    ]
    return np.asarray(found, np.float32)


def between(frames: F32, at_s: F64, wanted_s: F64) -> F32:
    """Frames at wanted times, linearly interpolated."""
    upper = np.clip(np.searchsorted(at_s, wanted_s, side="right"), 1, max(len(at_s) - 1, 1))
    if len(at_s) == 1:
        return np.repeat(frames, len(wanted_s), axis=0)
    lower = upper - 1
    share = np.clip((wanted_s - at_s[lower]) / np.maximum(at_s[upper] - at_s[lower], 1e-9), 0.0, 1.0)
    return np.asarray(frames[lower] + share.astype(np.float32)[:, None] * (frames[upper] - frames[lower]), np.float32)
