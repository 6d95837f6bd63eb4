"""How long the ears may sleep: several hops are heard at once while nothing can be told.

Every wake-up costs more than the hop that it is for. A note is told after several hops of evidence at the earliest, so
a nap that ends when there may be enough of it delays nothing.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

from rt.transcribe import HeardEvent, Hop, NoteStarted

MOST_HOPS = 4
"""Heard at once at most; also the fewest hops of which each speaks for a note that tell it after silence."""
LEAST = 0.9
"""Probability of what is heard already, under which it may become something else."""
RISE_DB = 1.5
"""Rise of the spectrum above which something may begin."""
FALL_DB = 4.0
"""Fall of the level within the last hops above which something may end."""


class WakeupScheduler:
    """Looks at every hop; says how many may be waited for."""

    def __init__(self, *, is_patient: bool = True, is_monophonic: bool = True, min_note_s: float = 0.0) -> None:
        """Begin with is_patient : whether more than one hop may ever be waited for.

        is_monophonic : whether one note ends before another starts, and no sooner than min_note_s after its own start.
        """
        self._is_patient = is_patient
        self._is_monophonic = is_monophonic
        self._min_note_s = min_note_s
        self._levels_db: deque[float] = deque(maxlen=MOST_HOPS + 1)
        self.begin()

    def begin(self) -> None:
        """Nothing sounds."""
        self._sounding: set[int] = set()
        self._levels_db.clear()
        self._born_s = self._at_s = -1.0
        self._n_evidence = self._n_silent = 0
        self.n_hops = 1
        """To wait for now."""

    def take(self, hop: Hop, events: Sequence[HeardEvent]) -> None:
        """A moment has passed."""
        if not self._is_patient:
            return
        for event in events:
            if isinstance(event, NoteStarted):
                self._sounding.add(event.note)
                self._born_s = event.at_s
            else:
                self._sounding.discard(event.note)
        hop_s, self._at_s = hop.at_s - self._at_s, hop.at_s
        self._levels_db.append(hop.level_db)
        if self._sounding:
            self.n_hops = self._while_sounding(hop, hop_s, bool(events))
        else:
            self.n_hops = self._while_silent(hop, bool(events))

    def _while_silent(self, hop: Hop, has_ended: bool) -> int:
        """As many hops as are missing for a note to be told."""
        if has_ended:
            self._n_evidence = 0  # a melody's next note begins from nothing
            return MOST_HOPS if self._is_monophonic else 1
        if hop.notes[-1] >= LEAST:
            self._n_silent += 1
            if self._n_silent >= MOST_HOPS:
                self._n_evidence = 0
            return MOST_HOPS
        self._n_silent = 0
        self._n_evidence += 1
        return max(MOST_HOPS - self._n_evidence, 1)

    def _while_sounding(self, hop: Hop, hop_s: float, has_event: bool) -> int:
        """As many hops as must pass before the note may end; else several where what is heard stays what it is."""
        if self._is_monophonic and hop_s > 0.0:
            n_left = math.ceil((self._born_s + self._min_note_s - hop.at_s) / hop_s)
            if n_left > 0:
                return min(n_left, MOST_HOPS)
        if has_event or len(self._sounding) > 1 or hop.latent is None or hop.rise_db > RISE_DB:
            return 1
        (note,) = self._sounding
        has_fallen = max(self._levels_db) - hop.level_db > FALL_DB
        return 1 if has_fallen or hop.notes[note] < LEAST else MOST_HOPS
