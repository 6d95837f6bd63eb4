"""How long the ears may sleep: while nothing changes, several hops are heard at once.

Every wake-up costs more than the hop that it is for. A note is told some 30 ms after its onset at the earliest, so a
nap of three hops that ends with the first sign of a note delays nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted

CALM_HOPS = 4
"""Heard at once while nothing changes."""
LEAST = 0.9
"""Probability of what is heard already, under which it may become something else."""
RISE_DB = 1.5
"""Rise of the spectrum above which something may begin."""
CHANGE_DB = 1.5
"""Change of the level within the last hops above which something may end."""


class Patience:
    """Looks at every hop; says how many may be waited for."""

    def __init__(self, *, is_patient: bool = True) -> None:
        """Begin with is_patient : whether more than one may ever be waited for."""
        self._is_patient = is_patient
        self._sounding: set[int] = set()
        self._levels_db: deque[float] = deque(maxlen=CALM_HOPS + 1)
        self.n_hops = 1
        """To wait for now."""

    def begin(self) -> None:
        """Nothing sounds."""
        self._sounding.clear()
        self._levels_db.clear()
        self.n_hops = 1

    def take(self, hop: Hop, events: Sequence[HeardEvent]) -> None:
        """A moment has passed."""
        for event in events:
            if isinstance(event, NoteStarted):
                self._sounding.add(event.note)
            elif isinstance(event, NoteEnded):
                self._sounding.discard(event.note)
        self._levels_db.append(hop.level_db)
        is_calm = self._is_patient and not events and self._is_steady(hop)
        self.n_hops = CALM_HOPS if is_calm else 1

    def _is_steady(self, hop: Hop) -> bool:
        """Whether what is heard is what was told, and stays so."""
        if not self._sounding:
            return bool(hop.notes[-1] >= LEAST)
        if len(self._sounding) > 1 or hop.latent is None or hop.rise_db > RISE_DB:
            return False
        (note,) = self._sounding
        has_moved = max(self._levels_db) - min(self._levels_db) > CHANGE_DB
        return bool(hop.notes[note] >= LEAST) and not has_moved
