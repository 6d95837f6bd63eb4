"""What sounds become before they are heard: transposed with their label, bent, mixed. `export.noises` disturbs them.

All of it on frame values, in which 20 dB are 1. Every draw comes from the generator that is passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from export.models import SEMITONE_BINS

STEP_DB = 20.0
NEPERS = math.log(10.0) * STEP_DB / 10.0
"""Logarithm of the power ratio that a frame value of 1 stands for."""
SCOOPED_S = 0.06
"""How long after an onset players may still slide up to their note."""
STRETCHED_NOTE = 96
"""From here on pianos are tuned sharp."""
BENT_SHARE = 0.3
LEGATO_S = 0.08
"""How long after an onset the note before is often still heard."""


def uniform(generator: torch.Generator, n: int, low: float = 0.0, high: float = 1.0) -> Tensor:
    """(n, 1) numbers between two bounds."""
    return low + (high - low) * torch.rand(n, 1, generator=generator, device=generator.device)


def chance(generator: torch.Generator, n: int, share: float) -> Tensor:
    """(n, 1) True with a probability."""
    return uniform(generator, n) < share


def moved_by(frame: Tensor, bins: Tensor) -> Tensor:
    """Frames (n, n_bins) moved up by (n, 1) bands; what comes in from beyond is silence."""
    place = torch.arange(frame.shape[1], device=frame.device)[None] - bins
    outside = (place < 0) | (place >= frame.shape[1])
    return torch.gather(frame, 1, place.clamp(0, frame.shape[1] - 1)).masked_fill(outside, 0.0)


def semitones(note: Tensor, low: Tensor, high: Tensor, most: int, generator: torch.Generator) -> Tensor:
    """Semitones to move each frame by: half of them stay, and all that would leave their instrument.

    note, low, high : (n, n_sources) MIDI notes and ranges of the instruments. Returns (n,).
    """
    if not most:
        return torch.zeros(len(note), dtype=torch.long, device=note.device)
    by = torch.randint(-most, most + 1, (len(note),), generator=generator, device=generator.device)
    by = by * chance(generator, len(note), 0.5)[:, 0]
    fits = ((note + by[:, None] >= low) & (note + by[:, None] <= high)).all(1)
    return torch.where(fits, by, 0)


def transpose(frame: Tensor, by: Tensor) -> Tensor:
    """Frames (n, n_bins) moved up by (n,) semitones."""
    return moved_by(frame, SEMITONE_BINS * by[:, None])


def bent(frame: Tensor, note: Tensor, age_s: Tensor, generator: torch.Generator) -> Tensor:
    """Live frames (n, n_bins) with some young ones flat and some of the highest notes sharp, by a band.

    note : (n, n_sources) MIDI notes. age_s : (n, 1) time since onset.
    """
    flat = chance(generator, len(frame), BENT_SHARE) & (age_s < SCOOPED_S)
    sharp = chance(generator, len(frame), BENT_SHARE) & (note.amax(1, keepdim=True) >= STRETCHED_NOTE)
    return moved_by(frame, sharp.long() - flat.long())


def over_the_last(frame: Tensor, age_s: Tensor, generator: torch.Generator) -> Tensor:
    """Live frames with another note dying away beneath: half of the young ones, as when playing legato.

    frame : (n, n_bins) values. age_s : (n, 1). The note before is that of another row, up to 46 dB below the peak.
    """
    under = (uniform(generator, len(frame)) < torch.where(age_s < LEGATO_S, 0.5, 0.1))[:, 0]
    upper, lower = frame[under], frame.roll(1, 0)[under]
    gap = (upper.amax(1, keepdim=True) - lower.amax(1, keepdim=True)) * STEP_DB
    gain_db = gap - uniform(generator, len(upper), 1.0, 46.0)
    both = frame.clone()
    both[under] = mix([upper, lower], torch.cat([torch.zeros_like(gain_db), gain_db], 1), generator)
    return both


def mix(frames: Sequence[Tensor], gains_db: Tensor, generator: torch.Generator | None) -> Tensor:
    """Frames of simultaneous sources as one: powers, with a random relative phase in every band.

    frames : (n, n_bins) values each. gains_db : (n, n_sources), minus infinity for silence.
    generator : None adds mere powers, the mean over the phases.
    """
    gain = gains_db * (NEPERS / (2.0 * STEP_DB))
    real = imaginary = torch.zeros_like(frames[0])
    for source, frame in enumerate(frames):
        size = (frame * (NEPERS / 2.0) + gain[:, source, None]).exp().masked_fill(frame <= 0.0, 0.0)
        if generator is None:
            real = real + size * size
        else:
            shape = frame.shape if source else (len(frame), 1)
            phase = 2.0 * math.pi * torch.rand(shape, generator=generator, device=generator.device)
            real, imaginary = real + size * phase.cos(), imaginary + size * phase.sin()
    power = real if generator is None else real * real + imaginary * imaginary
    return ((power + 1e-9).log() / NEPERS).clamp(min=0.0)
