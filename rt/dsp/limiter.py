"""Output limiter and guard: nothing above the ceiling, nothing that is not finite, no latency."""

from __future__ import annotations

import math

import numpy as np

from rt.arrays import F32, F64
from rt.dsp.jit import jit

RELEASE_S = 0.12


@jit
def _limit(out: F32, state: F64, ceiling: float, fall: float) -> None:
    """Scale samples so that none passes the ceiling; state: peak held, samples lowered, samples guarded."""
    peak = state[0]
    for i in range(len(out)):
        x = out[i]
        if not math.isfinite(x):
            x = np.float32(0.0)
            state[2] += 1.0
        size = abs(x)
        peak = max(size, peak * fall)
        if peak > ceiling:
            x = np.float32(x * (ceiling / peak))
            state[1] += 1.0
        out[i] = x
    state[0] = peak


class Limiter:
    """Peak limiter with instant attack and a release of RELEASE_S, over one channel."""

    def __init__(self, ceiling: float, sample_rate_hz: float) -> None:
        """`ceiling` is the greatest absolute sample let through."""
        self._ceiling = ceiling
        self._fall = math.exp(-1.0 / (RELEASE_S * sample_rate_hz))
        self.state = np.zeros(3)

    @property
    def n_limited(self) -> float:
        """Samples lowered so far."""
        return float(self.state[1])

    @property
    def n_guarded(self) -> float:
        """Samples that were not finite so far."""
        return float(self.state[2])

    def apply(self, out: F32) -> None:
        """Limit `out` (n,) in place."""
        _limit(out, self.state, self._ceiling, self._fall)
