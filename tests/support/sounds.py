"""Small sound files for the tests of corpora."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from rt.arrays import F32
from rt.units import hz_of_note

RATE_HZ = 22050


def note_samples(note: float, *, seconds: float = 0.4, n_channels: int = 1, n_partials: int = 6) -> F32:
    """(n_samples, n_channels) a note with falling partials, a short attack and no noise."""
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    partials = [k for k in range(1, n_partials + 1) if k * hz_of_note(note) < 0.45 * RATE_HZ]
    sound = sum(np.sin(2.0 * np.pi * k * hz_of_note(note) * time) / k**2 for k in partials)
    sound = 0.3 * np.asarray(sound) * np.minimum(time / 0.01, 1.0)
    return np.repeat(sound[:, None], n_channels, axis=1).astype(np.float32)


def write_note(path: Path, note: float = 60, *, seconds: float = 0.4, n_channels: int = 1) -> Path:
    """A note as a sound file of the kind that its suffix says; makes the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, note_samples(note, seconds=seconds, n_channels=n_channels), RATE_HZ)
    return path
