"""Frames without the noise that has bands of its own, so that nothing is played twice, and no noise as sines."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from export.alive.apart import GATE
from rt.arrays import F64
from rt.bundle.manifest import FrameSpec
from rt.frames.noise import centres_of
from rt.frames.spec import centre_hz

LEAST_POWER = 1e-30


def noise_width_hz(spec: FrameSpec) -> F64:
    """(n_bins,) a band of the transform shows twice so many Hz of noise: a sine of amplitude 1 has half its power.

    Bands are cosine bells from one neighbour to the other, which hold 3/8 of the power of their width.
    """
    places = np.concatenate(([0.0], centre_hz(spec), [spec.sample_rate_hz / 2.0]))
    return np.asarray(0.375 * (places[2:] - places[:-2]), np.float64)


class ToneFrames:
    """Takes the noise out of frames: its power, and all of a band where it hides what else there is."""

    def __init__(self, spec: FrameSpec, device: torch.device) -> None:
        assert spec.noise is not None
        centres = centres_of(spec.noise)
        weights = np.stack([np.interp(centre_hz(spec), centres, row) for row in np.eye(len(centres))])
        self._weights = torch.from_numpy(weights.astype(np.float32)).to(device)
        self._gain_db = torch.from_numpy((10.0 * np.log10(2.0 * noise_width_hz(spec))).astype(np.float32)).to(device)
        self._spec, self._noise_floor_db = spec, spec.noise.floor_db

    def noise_db(self, noise: Tensor) -> Tensor:
        """What noise (n, n_noise) shows in frames on average, (n, n_bins) in dB; next to nothing where unknown."""
        amplitude = 10.0 ** ((self._noise_floor_db + self._spec.step_db * noise) / 20.0)
        shown = amplitude.masked_fill(noise <= 0.0, 0.0) @ self._weights
        return 20.0 * shown.clamp(min=LEAST_POWER).log10() + self._gain_db

    def __call__(self, frame: Tensor, noise: Tensor) -> Tensor:
        """Frame values (n, n_bins) without noise (n, n_noise); as they are where it is not known."""
        level_db = self._spec.floor_db + self._spec.step_db * frame
        share = 10.0 ** ((self.noise_db(noise) - level_db) / 10.0)
        left = frame + 10.0 * (1.0 - share).clamp(min=LEAST_POWER).log10() / self._spec.step_db
        return left.clamp(min=0.0).masked_fill(share > 1.0 / GATE, 0.0)
