"""Samples to hops: what every few milliseconds of sound look like to the model's ears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rt.arrays import F32, AnyArray
from rt.model import Ears
from rt.transcribe.settings import ListenerSettings


@dataclass(frozen=True, slots=True)
class Hop:
    """One moment; arrays are the receiver's."""

    at_s: float
    """Seconds of sound so far."""
    level_db: float
    """Level of the loudest band; 0 dB is a full-scale sine."""
    rise_db: float
    """How far the spectrum as a whole rose within the last 30 ms."""
    notes: F32
    """(129,) probability of every MIDI note, and of silence at the end."""
    values: F32
    """(n_bins,) frame values after auto-gain."""
    latent: F32 | None
    """(size,) None below the gate."""
    symbols: dict[str, F32] | None
    """Class probabilities by symbol, silence last; None below the gate."""


class Listener:
    """Makes hops of samples."""

    def __init__(self, ears: Ears, *, sample_rate_hz: float, settings: ListenerSettings | None = None) -> None:
        raise NotImplementedError

    def hear(self, samples: AnyArray) -> Iterator[Hop]:
        """The hops that these samples complete."""
        raise NotImplementedError
