"""Output limiter and guard: nothing above the ceiling, nothing that is no sound, no latency."""

from __future__ import annotations

import math

import numpy as np

from rt.arrays import F32, F64
from rt.dsp.jit import jit
from rt.dsp.voice_table import NOWHERE

RELEASE_S = 0.12
MOST = 1e3
"""A sample beyond this, 60 dB over full scale, is no sound: it would hold all others down for seconds."""


@jit
def _guarded(x: np.float32, state: F64) -> np.float32:
    """A sample, or silence in place of one that is no sound."""
    if not abs(x) <= MOST:  # nor what is no number
        state[2] += 1.0
        return np.float32(0.0)
    return x


@jit
def _limit(left: F32, right: F32, state: F64, ceiling: float, fall: float) -> None:
    """Scale samples so that none passes the ceiling; state: peak held, samples lowered, samples guarded."""
    peak = state[0]
    is_stereo = len(right) > 0
    for i in range(len(left)):
        x = _guarded(left[i], state)
        y = _guarded(right[i], state) if is_stereo else np.float32(0.0)
        peak = max(max(abs(x), abs(y)), peak * fall)
        if peak > ceiling:
            gain = ceiling / peak
            x, y = np.float32(x * gain), np.float32(y * gain)
            state[1] += 1.0
        left[i] = x
        if is_stereo:
            right[i] = y
    state[0] = peak


class Limiter:
    """Peak limiter with instant attack and a release of RELEASE_S; both channels of a sound are lowered together."""

    def __init__(self, ceiling: float, sample_rate_hz: float) -> None:
        """`ceiling` is the greatest absolute sample let through."""
        self._ceiling = ceiling
        self._fall = math.exp(-1.0 / (RELEASE_S * sample_rate_hz))
        self.state = np.zeros(3)

    @property
    def n_limited(self) -> float:
        """Moments whose samples were lowered so far."""
        return float(self.state[1])

    @property
    def n_guarded(self) -> float:
        """Samples that were no sound so far."""
        return float(self.state[2])

    def apply(self, left: F32, right: F32 = NOWHERE) -> None:
        """Limit `left` and `right` (n,) in place; without `right` one channel."""
        _limit(left, right, self.state, self._ceiling, self._fall)
