"""What happens to frames before the encoder hears them: transposition with its label, gain, filtering, noise.

All of it on frame values, in which 20 dB are 1. Only the transposition also changes the frame to reconstruct.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

STEP_DB = 20.0
FLOOR_DB = -80.0


def transpose(frame: Tensor, note: Tensor, low: Tensor, high: Tensor, semitones: int) -> tuple[Tensor, Tensor]:
    """Move half of the frames by up to some semitones, where the instrument has the new note.

    frame : (n, n_bins) values. note, low, high : (n,) MIDI note and the instrument's range.
    Returns the moved frames and their notes.
    """
    n, n_bins = frame.shape
    by = torch.randint(-semitones, semitones + 1, (n,)) * (torch.rand(n) < 0.5)
    by = torch.where((note + by >= low) & (note + by <= high), by, 0)
    place = torch.arange(n_bins)[None] - 4 * by[:, None]
    outside = (place < 0) | (place >= n_bins)
    moved = torch.gather(frame, 1, place.clamp(0, n_bins - 1))
    return torch.where(outside, 0.0, moved), note + by


def disturb(frame: Tensor) -> Tensor:
    """Detuning up to a band, gain, a smooth random filter and noise; (n, n_bins) -> the same shape, 30 % clean."""
    n, n_bins = frame.shape
    place = torch.arange(n_bins)[None] - torch.randint(-1, 2, (n, 1))
    level_db = torch.gather(frame, 1, place.clamp(0, n_bins - 1)) * STEP_DB + FLOOR_DB
    level_db = level_db + (torch.rand(n, 1) * 2.0 - 1.0) * 4.0
    ramp = torch.linspace(0.0, 1.0, n_bins)[None]
    for k in (1, 2, 3, 5):
        level_db = level_db + torch.randn(n, 1) * 3.0 / k * torch.cos(math.pi * k * ramp + torch.rand(n, 1) * 6.28)
    noise_db = -110.0 + torch.rand(n, 1) * 50.0 * (torch.rand(n, 1) < 0.7) + (torch.rand(n, 1) - 0.5) * 30.0 * ramp
    power = 10.0 ** (level_db / 10.0) + 10.0 ** (noise_db / 10.0) * torch.empty_like(frame).exponential_()
    noisy = (10.0 * torch.log10(power) - FLOOR_DB).clamp(min=0.0) / STEP_DB
    return torch.where(torch.rand(n, 1) < 0.3, frame, noisy)


def silence(n: int, n_bins: int) -> Tensor:
    """Frames of a quiet room: white noise of random level below -60 dB a band; (n, n_bins)."""
    level_db = -110.0 + 50.0 * torch.rand(n, 1) + 10.0 * torch.log10(torch.empty(n, n_bins).exponential_() + 1e-3)
    return (level_db - FLOOR_DB).clamp(min=0.0) / STEP_DB
