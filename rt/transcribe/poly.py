"""Hops to notes, several at once: a running belief in every note by itself.

The ideas are those of `rt.transcribe.tracker`: evidence is gathered hop by hop, tempered by how far one can be trusted;
harmonics of what sounds need more of it, a pitch needs fresh energy to sound again, and what dies does not start anew.
What a note's own partials show takes the place of the level and the rise of the whole sound.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import Manifest
from rt.transcribe.events import HeardEvent, NoteEnded, NoteStarted
from rt.transcribe.forward_filter import filter_each
from rt.transcribe.listener import Hop
from rt.transcribe.loudness import Loudness, instrument_of
from rt.transcribe.partials import Partials
from rt.transcribe.repeats import Repeats
from rt.transcribe.settings import TrackerSettings

HARMONICS = (12, 19, 24, 28, 31, 34, 36)
"""Steps from a note to those that have its partials."""
FAINT_DB = 35.0
"""Nothing starts that lies so far under the whole sound."""
LOOK_BACK_S, FALL_S = 0.15, 0.1


@dataclass(slots=True)
class ActiveNote:
    """A note that was told."""

    born_s: float
    repeats: Repeats


class PolyTracker:
    """Follows up to `poly` notes at once."""

    def __init__(self, manifest: Manifest, *, hop_s: float, settings: TrackerSettings) -> None:
        self._settings = settings
        self._hop_s = hop_s
        self._first = settings.low_note
        self._n_notes = settings.high_note - settings.low_note + 1
        self._partials = Partials(manifest)
        self._loudness = Loudness(manifest, settings)
        self._n_back = math.ceil(LOOK_BACK_S / hop_s)
        self._n_fall = math.ceil(FALL_S / hop_s)
        self._even = settings.poly_even / (1.0 - settings.poly_even)
        self._forget()

    def follow(self, hop: Hop) -> list[HeardEvent]:
        """What this hop decides; ends before starts."""
        self._past.append(hop)
        if hop.polyphonic is None:
            self._posterior[:] = 0.0
            self._dead.update({note: min(floor_db, hop.level_db) for note, floor_db in self._dead.items()})
            return [self._end(hop, note) for note in list(self._sounding) if self._may_end(hop, note)]
        self._hear(hop, hop.polyphonic)
        events: list[HeardEvent] = []
        for note in list(self._sounding):
            events += self._follow_one(hop, note)
        for note in self._candidates():
            if self._is_faint(hop, note):
                continue
            if len(self._sounding) >= self._settings.poly:
                weakest = min(self._sounding, key=self._belief_in)
                if self._belief_in(weakest) > 0.5 or not self._may_end(hop, weakest):
                    break
                events.append(self._end(hop, weakest))
            events.append(self._start(hop, note))
        return events

    def stop(self) -> list[HeardEvent]:
        """End what sounds and forget everything."""
        events: list[HeardEvent] = [NoteEnded(self._past[-1].at_s, note) for note in self._sounding]
        self._forget()
        return events

    def _forget(self) -> None:
        self._posterior: F64 = np.zeros(self._n_notes)
        self._past: deque[Hop] = deque(maxlen=self._n_back + 1)
        self._sounding: dict[int, ActiveNote] = {}
        self._dead: dict[int, float] = {}
        """Notes that have ended, and the lowest level of each since."""
        self._ended_s: dict[int, float] = {}
        self._best = 0.0
        """The largest belief."""
        self._expect()

    def _hear(self, hop: Hop, polyphonic: F32) -> None:
        """Update the belief, (n_notes,) probabilities."""
        s = self._settings
        self._best = filter_each(
            self._posterior,
            polyphonic,
            self._first,
            self._transition,
            s.transition,
            s.floor,
            self._even,
            s.poly_tempering,
        )
        for note, floor_db in list(self._dead.items()):
            level_db = self._level_db(hop, note)
            if level_db > floor_db + s.repeat_rise_db:
                del self._dead[note]
            else:
                self._dead[note] = min(floor_db, level_db)
                self._posterior[note - self._first] = 0.0

    def _follow_one(self, hop: Hop, note: int) -> list[HeardEvent]:
        """Whether a sounding note ends or is played again."""
        s, sounding = self._settings, self._sounding[note]
        is_again = sounding.repeats.has_come(self._level_db(hop, note))
        if not self._may_end(hop, note):
            return []
        if self._belief_in(note) < 1.0 - s.confidence or sounding.repeats.fall_db(self._n_fall) > s.off_drop_db:
            return [self._end(hop, note)]
        if is_again and self._belief_in(note) > 0.5 and hop.at_s - sounding.born_s >= s.repeat_s:
            return [self._end(hop, note), self._start(hop, note)]
        return []

    def _expect(self) -> None:
        """What may come next, (n_notes,): anything, but harmonics of what sounds are doubted."""
        s = self._settings
        self._transition = np.full(self._n_notes, s.transition)
        for note in self._sounding:
            for step in HARMONICS:
                place = note + step - self._first
                if place < self._n_notes:
                    self._transition[place] = s.transition * s.poly_harmonic

    def _candidates(self) -> list[int]:
        """Notes that are believed in and do not sound, the surest first."""
        if self._best < self._settings.confidence:
            return []
        sure = np.flatnonzero(self._posterior >= self._settings.confidence) + self._first
        found = [int(note) for note in sure if note not in self._sounding]
        return sorted(found, key=self._belief_in, reverse=True)

    def _is_faint(self, hop: Hop, note: int) -> bool:
        return self._level_db(hop, note) < hop.level_db - FAINT_DB

    def _belief_in(self, note: int) -> float:
        return float(self._posterior[note - self._first])

    def _level_db(self, hop: Hop, note: int) -> float:
        return self._partials.level_db(hop, note)

    def _may_end(self, hop: Hop, note: int) -> bool:
        return hop.at_s - self._sounding[note].born_s >= self._settings.min_note_s

    def _start(self, hop: Hop, note: int) -> NoteStarted:
        s = self._settings
        since_s = self._ended_s.get(note, -1.0)
        past = [old for old in self._past if old.at_s > since_s] or [hop]
        onset_s = self._partials.onset_s(past, note)
        if onset_s is None:
            onset_s = past[0].at_s if len(past) < len(self._past) else hop.at_s
        self._sounding[note] = ActiveNote(hop.at_s, Repeats(hop_s=self._hop_s, dip_db=s.repeat_dip_db))
        self._dead.pop(note, None)
        self._expect()
        velocity = self._loudness.velocity(hop, self._level_db(hop, note))
        return NoteStarted(hop.at_s, note, velocity, self._belief_in(note), onset_s, instrument_of(hop))

    def _end(self, hop: Hop, note: int) -> NoteEnded:
        del self._sounding[note]
        self._expect()
        self._ended_s[note] = hop.at_s
        self._dead[note] = self._level_db(hop, note)
        self._posterior[note - self._first] = 0.0
        return NoteEnded(hop.at_s, note)
