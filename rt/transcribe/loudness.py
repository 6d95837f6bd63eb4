"""How hard a note was played, from its level and from what the ears hear of dynamics."""

from __future__ import annotations

import numpy as np

from rt.bundle.manifest import Manifest
from rt.frames.symbols import DYNAMICS, INSTRUMENT, velocities_of, velocity_of_level
from rt.transcribe.listener import Hop
from rt.transcribe.settings import TrackerSettings


class Loudness:
    """Levels to velocities."""

    def __init__(self, manifest: Manifest, settings: TrackerSettings) -> None:
        self._settings = settings
        self._velocities = np.asarray(velocities_of(manifest.symbol(DYNAMICS).classes[:-1]))

    def velocity(self, hop: Hop, level_db: float) -> int:
        """1-127 for a note of this level; 0 dB is a full-scale sine."""
        s = self._settings
        mixed = velocity_of_level(level_db, full_db=s.full_db, range_db=s.range_db)
        if hop.symbols is not None:
            dynamics = hop.symbols[DYNAMICS][:-1]
            by_class = float(np.dot(dynamics, self._velocities) / max(float(dynamics.sum()), 1e-9))
            mixed = (1.0 - s.dynamics_share) * mixed + s.dynamics_share * by_class
        return round(min(max(mixed, 1.0), 127.0))


def instrument_of(hop: Hop) -> int | None:
    """Index of the likeliest instrument; None below the gate."""
    return None if hop.symbols is None else int(np.argmax(hop.symbols[INSTRUMENT][:-1]))
