"""A note as partials and noise: what `apart` finds and `together` plays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F64, AnyArray
from rt.errors import BridgeError
from rt.sound_file import is_damaged
from rt.units import MAX_RATE_HZ, MIN_RATE_HZ, hz_of_note

HOP_SAMPLES = 256
"""5.8 ms at 44.1 kHz."""
HIGHEST_HZ, HIGHEST_SHARE = 20_000.0, 0.46
"""Partials and noise end at the lower one of this frequency and this share of the sample rate."""
MOST_PARTIALS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteParts:
    """One note, taken apart. Hop i is centred on sample i * hop_samples; partial 0 is the fundamental."""

    rate_hz: int
    hop_samples: int
    n_samples: int
    fundamental_hz: F64
    """(n_hops,) of the tone; where nothing sounds, held."""
    inharmonicity: float
    """B: partial h lies at h sqrt(1 + B h^2) times the fundamental."""
    amplitude: F64
    """(n_hops, n_partials) peak amplitudes; 0 where the noise hides the partial."""
    partial_hz: F64
    """(n_hops, n_partials) where each partial lies."""
    noise: F64
    """(n_hops, n_bands) power per Hz at the centres of `noise_bands`, one-sided, full scale 1."""

    @property
    def hop_s(self) -> float:
        """Distance between two hops in seconds."""
        return self.hop_samples / self.rate_hz

    @property
    def places(self) -> F64:
        """(n_partials,) the partials' frequencies as multiples of the fundamental."""
        return partial_places(self.amplitude.shape[1], self.inharmonicity)


def partial_places(n_partials: int, inharmonicity: float) -> F64:
    """Multiples of the fundamental at which the partials of a stiff string lie; of a column of air with 0."""
    h = np.arange(1, n_partials + 1, dtype=np.float64)
    return np.asarray(h * np.sqrt(1.0 + inharmonicity * h * h), np.float64)


def highest_hz(rate_hz: float) -> float:
    """Where partials and noise end."""
    return min(HIGHEST_HZ, HIGHEST_SHARE * rate_hz)


def partials_below(limit_hz: float, fundamental_hz: float, inharmonicity: float) -> int:
    """How many partials lie below a limit, at most MOST_PARTIALS."""
    return int(np.sum(partial_places(MOST_PARTIALS, inharmonicity) * fundamental_hz < limit_hz))


def check_note(samples: AnyArray, rate_hz: int, note: float, hop_samples: int, name: str) -> None:
    """Raise BridgeError with one line where a note cannot be taken apart."""
    if samples.ndim != 1 or not len(samples):
        raise BridgeError(f"{name}: shape {samples.shape}; a note is one channel of at least one sample, (n_samples,)")
    if is_damaged(samples):
        raise BridgeError(f"{name}: holds samples that are no sound (NaN, infinite or huge); record or convert it anew")
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise BridgeError(f"{name}: rate of {rate_hz} Hz, allowed are {MIN_RATE_HZ} to {MAX_RATE_HZ}; resample it")
    if not 0.0 <= note <= 127.0:
        raise BridgeError(f"{name}: MIDI note {note}, allowed are 0 to 127; correct its label")
    if hz_of_note(note) * 1.1 > highest_hz(rate_hz):
        raise BridgeError(
            f"{name}: MIDI note {note} ({hz_of_note(note):.0f} Hz) does not fit into a recording of {rate_hz} samples a"
            " second; correct its label, or take a recording of a higher rate"
        )
    if not 16 <= hop_samples <= 0.1 * rate_hz:
        raise BridgeError(f"{name}: hop of {hop_samples} samples, allowed are 16 to {int(0.1 * rate_hz)}")
