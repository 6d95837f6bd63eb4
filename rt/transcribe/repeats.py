"""The same note again: its own partials fall and rise at once, whatever else sounds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from rt.transcribe.listener import Hop

FALL_S = 0.25
"""A note that is played again had fallen within this time."""
RISE_S = 0.045
"""It rises within this time."""


class Repeats:
    """Watches the level of one sounding note."""

    def __init__(self, *, hop_s: float, dip_db: float) -> None:
        """Begin with dip_db : how far the level must fall and rise again."""
        self._dip_db = dip_db
        self._n_rise = max(round(RISE_S / hop_s), 2)
        self._levels_db: deque[float] = deque(maxlen=round(FALL_S / hop_s))

    def begin(self) -> None:
        """A note starts."""
        self._levels_db.clear()

    def has_come(self, level_db: float) -> bool:
        """Take the level of this hop; whether it is that of a new attack."""
        levels = self._levels_db
        levels.append(level_db)
        low_db, place = level_db, len(levels) - 1
        for back in range(2, min(self._n_rise, len(levels)) + 1):
            if levels[-back] < low_db:
                low_db, place = levels[-back], len(levels) - back
        if level_db < low_db + self._dip_db:
            return False
        high_db = max((levels[i] for i in range(place)), default=low_db)
        return high_db > low_db + self._dip_db

    def fall_db(self, n_hops: int) -> float:
        """How far the last level lies under the loudest of so many hops."""
        levels = self._levels_db
        if not levels:
            return 0.0
        return max(levels[-back] for back in range(1, min(n_hops, len(levels)) + 1)) - levels[-1]


def flux_growth_db(hops: Iterable[Hop]) -> float:
    """How far the rise of the whole spectrum grows within these hops; one that only calms down has no new attack."""
    least_db, most_db = float("inf"), 0.0
    for hop in hops:
        least_db = min(least_db, hop.rise_db)
        most_db = max(most_db, hop.rise_db - least_db)
    return most_db
