"""The pitch between the semitones, from the shape of the partials' peaks."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.bundle.manifest import FrameSpec
from rt.frames.spec import bin_of_hz, step_cents
from rt.units import hz_of_note

N_PARTIALS = 10
REACH_CENTS = 75.0
RANGE = 2.0
"""Partials whose frame value lies further under the loudest are not asked."""


class Bender:
    """How far a note lies from its semitone."""

    def __init__(self, frame: FrameSpec) -> None:
        self._frame = frame
        self._step_cents = step_cents(frame)

    def cents(self, values: F32, note: int) -> float | None:
        """Offset in cents, positive when sharp; None where no partial shows it.

        values : (n_bins,) frame values.
        """
        reach = round(REACH_CENTS / self._step_cents)
        found, weights = [], []
        top = float(values.max())
        for partial in range(1, N_PARTIALS + 1):
            place = bin_of_hz(self._frame, partial * hz_of_note(note))
            low, high = round(place) - reach, round(place) + reach
            if low < 1 or high > len(values) - 2:
                continue
            peak = low + int(np.argmax(values[low : high + 1]))
            below, here, above = (float(v) for v in values[peak - 1 : peak + 2])
            if here < top - RANGE or not (below <= here >= above) or below + above >= 2.0 * here:
                continue
            centre = peak + 0.5 * (below - above) / (below - 2.0 * here + above)
            found.append((centre - place) * self._step_cents)
            weights.append(2.0 * here - below - above)  # narrow peaks know better
        return float(np.average(found, weights=weights)) if found else None
