"""Synthetic notes of which everything is known: partials, their stretch and vibrato, white noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F64, AnyArray
from rt.units import hz_of_note

RATE_HZ = 44100


@dataclass(frozen=True, kw_only=True)
class Played:
    """A note and the truth about it."""

    sound: F64
    hz: F64
    """(n_samples,) fundamental."""
    amplitude: F64
    """(n_partials,) at the start."""
    noise: float
    """Power per Hz, one-sided."""


def play(
    note: float,
    *,
    seconds: float = 1.5,
    rate_hz: int = RATE_HZ,
    n_partials: int = 20,
    inharmonicity: float = 0.0,
    vibrato_cents: float = 0.0,
    noise_db: float | None = None,
    decay: float = 0.0,
    seed: int = 0,
) -> Played:
    """Partials of 0.3 / h that decay by exp(-decay t), in white noise of an RMS of `noise_db`."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    hz: AnyArray = hz_of_note(note) * 2.0 ** (vibrato_cents / 1200.0 * np.sin(2 * np.pi * 5.5 * t))
    cycles = np.cumsum(hz) / rate_hz
    sound, amplitude = np.zeros(len(t)), []
    for h in range(1, n_partials + 1):
        place = h * np.sqrt(1.0 + inharmonicity * h * h)
        if place * hz.max() < 0.44 * rate_hz:
            amplitude.append(0.3 / h)
            sound += 0.3 / h * np.exp(-decay * t) * np.cos(2 * np.pi * (place * cycles + rng.uniform()))
    rms = 0.0 if noise_db is None else 10.0 ** (noise_db / 20.0)
    sound = sound + rms * rng.standard_normal(len(t))
    return Played(sound=sound, hz=hz, amplitude=np.array(amplitude), noise=2.0 * rms**2 / rate_hz)
