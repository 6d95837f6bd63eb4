"""Watches the microphone's samples for what only the user can mend."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.jit import jit

WINDOW_S = 1.0
ZERO_WINDOWS = 5
"""After so many windows of nothing but zeros it is told."""
CLIP = 0.999
CLIP_SHARE = 0.001
OFFSET = 0.02
FLOOR_DB = -120.0

ZERO = "the input is nothing but zeros: is the microphone plugged in, switched on and allowed to be heard?"
CLIPPING = "the input clips, so notes may be wrong: turn the microphone down"
OFFSETS = "the input has a constant offset: its cable or interface is faulty; it is listened to all the same"
NOT_FINITE = "the input holds numbers that are none; they count as silence"


class Meter:
    """Peak level, and advice about windows of a second."""

    def __init__(self, sample_rate_hz: float) -> None:
        self.peak_db = FLOOR_DB
        """Peak of the last whole window, or of the present one where that is higher; 0 dB is full scale."""
        self._n_window = int(WINDOW_S * sample_rate_hz)
        self._n_zero_windows = 0
        self._n = self._n_clipped = self._n_bad = 0
        self._sum = self._sum_squares = self._peak = 0.0

    def take(self, sound: F32) -> list[str]:
        """Look at samples (n,), n above 0; what is not finite becomes 0 in place. Advice when a window is full."""
        peak, n_clipped, n_bad, total, squares = _measure(sound)
        self._n += len(sound)
        self._peak = max(self._peak, peak)
        self._n_clipped += n_clipped
        self._n_bad += n_bad
        self._sum += total
        self._sum_squares += squares
        if peak > 0.0:
            self.peak_db = max(self.peak_db, _db(self._peak))
        return self._finish() if self._n >= self._n_window else []

    def _finish(self) -> list[str]:
        mean = self._sum / self._n
        variance = max(self._sum_squares / self._n - mean**2, 0.0)
        self._n_zero_windows = self._n_zero_windows + 1 if self._peak == 0.0 else 0
        found = {
            ZERO: self._n_zero_windows == ZERO_WINDOWS,
            CLIPPING: self._n_clipped > CLIP_SHARE * self._n and variance > 0.0,
            OFFSETS: abs(mean) > OFFSET and mean**2 > variance,
            NOT_FINITE: self._n_bad > 0,
        }
        self.peak_db = _db(self._peak)
        self._n = self._n_clipped = self._n_bad = 0
        self._sum = self._sum_squares = self._peak = 0.0
        return [advice for advice, holds in found.items() if holds]


def _db(peak: float) -> float:
    return max(20.0 * float(np.log10(peak)), FLOOR_DB) if peak > 0.0 else FLOOR_DB


@jit()
def _measure(sound: F32) -> tuple[float, int, int, float, float]:
    """Largest sample, how many clip and how many are no numbers, sum and sum of squares; the latter become 0."""
    peak, n_clipped, n_bad, total, squares = 0.0, 0, 0, 0.0, 0.0
    for n in range(sound.shape[0]):
        value = float(sound[n])
        if not np.isfinite(value):
            sound[n] = 0.0
            n_bad += 1
            continue
        peak = max(peak, abs(value))
        n_clipped += abs(value) >= CLIP
        total += value
        squares += value * value
    return peak, n_clipped, n_bad, total, squares
