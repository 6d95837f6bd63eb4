"""Which part of a note is held: after its attack and before its end."""

from __future__ import annotations

import numpy as np

from export.alive import noise_bands
from export.alive.parts import NoteParts, highest_hz
from rt.arrays import F64

BEGUN_DB, ENDED_DB, FADED_DB = -20.0, -15.0, -30.0
"""Relative to its loudest hop, a note begins and ends where its level crosses the first two; one that decays fast the
last one."""
SETTLED_S, LEAST_S = 0.15, 0.4
"""Left out at either end of what is held; where less is left, nothing is."""
SILENT_DB = -150.0


def noise_power(parts: NoteParts) -> F64:
    """Power of the noise of each hop (n_hops,)."""
    return np.asarray(parts.noise @ noise_bands.widths_hz(highest_hz(parts.rate_hz)), np.float64)


def levels_db(parts: NoteParts) -> F64:
    """Level of each hop (n_hops,), partials and noise together."""
    power = 0.5 * np.sum(parts.amplitude**2, axis=1) + noise_power(parts)
    return np.asarray(10.0 * np.log10(power + 1e-20), np.float64)


def held(parts: NoteParts) -> slice | None:
    """The hops of the note between its attack and its end; None where it is too short."""
    level = levels_db(parts)
    if not np.any(level > SILENT_DB):
        return None
    level = level - level.max()
    first = int(np.argmax(level > BEGUN_DB))
    settled = round(SETTLED_S / parts.hop_s)
    for ended_db in (ENDED_DB, FADED_DB):
        last = len(level) - int(np.argmax(level[::-1] > ended_db))
        if (last - first - 2 * settled) * parts.hop_s >= LEAST_S:
            return slice(first + settled, last - settled)
    return None
