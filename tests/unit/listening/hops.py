"""Moments and notes as the ears tell them, for tests."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.transcribe import Hop, NoteStarted
from tests.support.recording_bridge import N_LATENTS

RATE_HZ = 48_000


def hop(
    at_s: float, *, level_db: float = -20.0, latent: float | None = 0.5, instrument: int = 1, dynamics: int = 3
) -> Hop:
    """A moment; `latent` is every coordinate, None means below the gate."""
    symbols = None
    if latent is not None:
        symbols = {"instrument": one_hot(instrument, 6), "dynamics": one_hot(dynamics, 6)}
    return Hop(
        at_s=at_s,
        peak_db=level_db,
        level_db=level_db,
        rise_db=0.0,
        notes=np.zeros(129, np.float32),
        values=np.zeros(410, np.float32),
        latent=None if latent is None else np.full(N_LATENTS, latent, np.float32),
        symbols=symbols,
    )


def one_hot(index: int, n: int) -> F32:
    return np.asarray(np.arange(n) == index, np.float32)


def started(note: int, at_s: float = 0.0, velocity: int = 90) -> NoteStarted:
    return NoteStarted(at_s=at_s, note=note, velocity=velocity, confidence=0.9, onset_s=at_s, instrument=1)
