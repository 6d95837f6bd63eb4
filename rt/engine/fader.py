"""The output gain: it glides, in step with the engine's quanta."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.dsp.voice_table import QUANTUM

GLIDE_S = 0.02


class Fader:
    """A gain that follows its target without a step."""

    def __init__(self, gain: float, sample_rate_hz: float) -> None:
        """Begin at a linear gain."""
        self._target = gain
        self._gain = gain
        self._speed = 1.0 - float(np.exp(-QUANTUM / (GLIDE_S * sample_rate_hz)))

    def set_target(self, gain: float) -> None:
        """Glide to a linear gain."""
        self._target = gain

    def apply(self, chunk: F32) -> None:
        """Scale chunk (n,), a whole number of quanta, in place."""
        if self._gain == self._target == 1.0:
            return
        for start in range(0, len(chunk), QUANTUM):
            before = self._gain
            self._gain += (self._target - before) * self._speed
            if abs(self._gain - self._target) < 1e-6:
                self._gain = self._target
            chunk[start : start + QUANTUM] *= np.linspace(before, self._gain, QUANTUM, dtype=np.float32)
