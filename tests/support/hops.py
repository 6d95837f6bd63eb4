"""Hops made by hand: what the ears would give the tracker."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rt.arrays import F32
from rt.frames.live import LIVE, bandwidths_hz
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.transcribe import Hop
from rt.units import hz_of_note

HOP_S = 256 / 44_100
N_PARTIALS = 8
TOP = 3.4
"""Frame value of a partial that is fully seen."""
BANDS = [[round(bin_of_hz(NSGT_410, k * hz_of_note(note))) for k in range(1, N_PARTIALS + 1)] for note in range(128)]
DELAYS_S = np.minimum(2.0 / bandwidths_hz(NSGT_410, LIVE), LIVE.window_s / 2.0)


def draw(note: int, since_s: float) -> F32:
    """Frame values (410,) of a note that began so long ago: every partial rises while its band's kernel passes."""
    values = np.zeros(410, np.float32)
    bands = [band for band in BANDS[note] if 0 <= band < 410]
    passed = np.clip(since_s / (2.0 * DELAYS_S[bands]), 1e-4, 1.0)
    values[bands] = np.maximum(TOP + np.log10(passed - np.sin(2.0 * np.pi * passed) / (2.0 * np.pi)), 0.0)
    return values


class HopScore:
    """Hops one after the other."""

    def __init__(self) -> None:
        self.hops: list[Hop] = []
        self._began_s: dict[int, float] = {}
        """Notes that sound, and since when."""

    def play(
        self,
        heard: dict[int, float] | None,
        seconds: float,
        *,
        level_db: float = -20.0,
        rise_db: float = 0.0,
        shown: Iterable[int] | None = None,
    ) -> HopScore:
        """So long the ears hear these notes with these probabilities; None is below the gate.

        shown : notes that the frames show, if they are others.
        """
        notes = np.zeros(129, np.float32)
        for note, probability in (heard or {}).items():
            notes[note] = probability
        notes[-1] = 1.0 - notes[:-1].sum()
        now_s = len(self.hops) * HOP_S
        self._began_s = {note: self._began_s.get(note, now_s) for note in (heard or {} if shown is None else shown)}
        for k in range(round(seconds / HOP_S)):
            values = np.zeros(410, np.float32)
            for note, began_s in self._began_s.items():
                values = np.maximum(values, draw(note, (len(self.hops) + 1) * HOP_S - began_s))
            self.hops.append(
                Hop(
                    at_s=(len(self.hops) + 1) * HOP_S,
                    peak_db=level_db + 20.0 * float(values.max() - TOP if values.any() else 0.0),
                    level_db=level_db,
                    rise_db=rise_db if k < 4 else 0.0,
                    notes=notes,
                    values=values,
                    latent=None if heard is None else np.zeros(4, np.float32),
                    symbols=None if heard is None else symbols(),
                )
            )
        return self


def symbols() -> dict[str, F32]:
    """The ears are sure: mezzo-forte, the second instrument."""
    return {"dynamics": np.asarray([0, 0, 1, 0, 0, 0], np.float32), "instrument": np.asarray([0, 1, 0], np.float32)}
