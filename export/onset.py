"""What the transform loses around an onset, and how the voice gets it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rt.arrays import F32, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.spec import centre_hz

if TYPE_CHECKING:
    import torch
    from torch import Tensor

N_AGES = 2048
"""Entries of the table, dense around the onset."""
LONGEST_S = 3.0
"""The lowest band has seen its whole window by then."""


def onset_gain_db(spec: FrameSpec, age_s: AnyArray) -> F32:
    """What the transform loses around an onset: a band sees a step rise through its long window, from -6 dB at once.

    The voice is trained on frames raised by this, so that it speaks as fast as what was recorded.

    age_s : (n,) time since onset.
    Returns (n, n_bins) dB, 6 at time 0 and 0 once a band's window has passed.
    """
    centres = centre_hz(spec)
    width_hz = np.gradient(centres) * 2.0
    u = np.linspace(0.0, 2.0, 401)
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.where(np.isclose(u, 1.0), 0.5, np.sinc(u) / (1.0 - u**2))
    rise = 0.5 + 0.5 * (np.cumsum(shape) - shape) / np.sum(shape)
    seen = np.interp(np.outer(age_s, width_hz), u, np.minimum(rise, 1.0))
    return np.asarray(-20.0 * np.log10(np.maximum(seen, 0.5)), np.float32)


class Sharpener:
    """`onset_gain_db` from a table, for batches; the scores of a bundle need the formula alone, and no torch."""

    def __init__(self, spec: FrameSpec, device: torch.device) -> None:
        import torch

        share = np.linspace(0.0, 1.0, N_AGES)
        self._table = torch.from_numpy(onset_gain_db(spec, LONGEST_S * share**3) / spec.step_db).to(device)

    def __call__(self, frame: Tensor, age_s: Tensor) -> Tensor:
        """Frame values (n, n_bins) raised by what was lost; age_s (n,). Silence stays silence."""
        place = ((age_s.clamp(0.0, LONGEST_S) / LONGEST_S) ** (1.0 / 3.0) * (N_AGES - 1)).round().long()
        return (frame + self._table[place]).where(frame > 0.0, 0.0)
