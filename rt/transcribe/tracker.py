"""Hops to notes, one at a time: a running belief over all notes and silence.

Every hop multiplies the belief by what the ears heard, tempered by how far a hop can be trusted, and leaks a little
of it to all other notes. So a clear note is told after few hops and a doubtful one later, and single wrong hops leave
no trace. A melody needs fresh energy to repeat a pitch, and more evidence to jump to one of its own harmonics.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from rt.arrays import F64
from rt.bundle.manifest import Manifest
from rt.transcribe.bend import Bender
from rt.transcribe.events import HeardEvent, NoteEnded, NoteStarted, PitchMoved
from rt.transcribe.forward_filter import filter_one
from rt.transcribe.frame_features import QUIET_DB, RISE_HOPS
from rt.transcribe.listener import Hop
from rt.transcribe.loudness import Loudness, instrument_of
from rt.transcribe.partials import Partials
from rt.transcribe.repeats import Repeats, flux_growth_db
from rt.transcribe.settings import TrackerSettings

HARMONIC_STEPS = (-24, -19, -12, 12, 19, 24)
"""Where the partials of a note are mistaken for notes."""
HARMONIC_DOUBT = 0.1
"""How much less likely such a step is than another one."""
LOOK_BACK_S = 0.25
"""Longest time between the start of a note and the moment when it is told."""
EDGE = 0.25
"""The foot of a rise is where it reaches this share of its steepest."""
FALL_S = 0.1
SWELL_S = 0.065
"""What rises more slowly out of a note that has ended is that note, beating."""
DIED_DB, DEAD_S = 12.0, 1.5
"""For so long after its end a note that is this much softer than it was must rise as a new one does: strings beat."""
AGAIN_S = 0.012
"""So much later it is clear whether the partials rose because the note was played again."""
PATIENCE_S = 0.15
"""A note that came without any rise is believed when it has been the likeliest for so long."""
OCTAVE_S = 0.07
"""So much longer a note out of silence is waited for whose octave is in doubt."""
RISE_DB = 2.0
"""A rise of the whole spectrum that a new note makes."""
FLUX_GROWTH_DB, STIR_S = 1.0, 0.1
"""A note that is played again stirs the whole spectrum so within this time; the partials of a dying string do not."""
SURE_S = 0.03
"""So much later it is clear whether a rise was the same note again or another one."""
PLUCK_S, PLUCK_SURE, PLUCK_DB = 0.07, 0.9, 3.5
"""So much later, and so surely, smaller rises tell it too: of strings that are struck while they sound, and fade."""
NEAR_STEPS = 4
"""A note so few semitones from the one that sounds may be its vibrato, or a glide passing by;"""
SETTLED_CENTS, SETTLED_S = 25.0, 0.03
"""it is told once its pitch has been so near to its semitone for so long,"""
GLIDE_S = 0.08
"""or once it has been the likeliest for so long."""


class Tracker:
    """Follows one melody."""

    def __init__(self, manifest: Manifest, *, hop_s: float, settings: TrackerSettings | None = None) -> None:
        self._settings = settings or TrackerSettings()
        s = self._settings
        self._first = s.low_note
        self._n_notes = s.high_note - s.low_note + 1
        self._loudness = Loudness(manifest, s)
        self._bender = Bender(manifest.frame)
        self._partials = Partials(manifest)
        self._n_back = math.ceil(LOOK_BACK_S / hop_s)
        self._n_sure = math.ceil(SURE_S / hop_s)
        self._n_growth = math.ceil(STIR_S / hop_s)
        self._n_pluck = math.ceil(PLUCK_S / hop_s)
        self._n_settled = math.ceil(SETTLED_S / hop_s)
        self._n_fall = math.ceil(FALL_S / hop_s)
        self._n_fresh = math.ceil(PATIENCE_S / hop_s)
        self._n_swell = math.ceil(SWELL_S / hop_s)
        self._hop_s = hop_s
        self._repeats = Repeats(hop_s=hop_s, dip_db=s.repeat_dip_db)
        self._top_db = QUIET_DB
        self._forget()

    def follow(self, hop: Hop) -> list[HeardEvent]:
        """What this hop decides."""
        self._past.append(hop)
        self._hear(hop)
        note = self._likeliest()
        events: list[HeardEvent] = []
        if self._note is not None:
            self._top_db = max(self._top_db, hop.level_db)
            if self._repeats.has_come(self._partials.level_db(hop, self._note)):
                self._again_s = hop.at_s
            if self._has_ended(hop):
                self._hush()
                return [self._end(hop)]
            if note == self._note:
                self._likely = -1
                if self._is_repeated(hop):
                    return [self._end(hop), self._start(hop, note)]
                return self._move(hop) if self._settings.bend else []
        if note is not None and self._may_start(hop) and self._is_fresh(hop, note) and self._is_settled(hop, note):
            if self._note is not None:
                events.append(self._end(hop))
            events.append(self._start(hop, note))
        return events

    def stop(self) -> list[HeardEvent]:
        """End what sounds and forget everything."""
        events: list[HeardEvent] = [] if self._note is None else [NoteEnded(self._past[-1].at_s, self._note)]
        self._forget()
        return events

    def _forget(self) -> None:
        self._posterior: F64 = np.zeros(self._n_notes + 1)
        self._past: deque[Hop] = deque(maxlen=self._n_back + 1)
        self._note: int | None = None
        self._born_s = -1.0
        self._ended: int | None = None
        self._ended_s = -1.0
        self._again_s = self._likely_s = -1.0
        self._likely = -1
        self._died: int | None = None
        self._top_db = QUIET_DB
        self._cents = 0.0
        self._hush()
        self._expect()

    def _hear(self, hop: Hop) -> None:
        """Update the belief, (n_notes + 1,) that sums to 1, silence last."""
        s = self._settings
        if self._is_dying(hop):
            self._hush()
            return
        self._best = filter_one(self._posterior, hop.notes, self._first, self._transition, s.floor, s.tempering)

    def _expect(self) -> None:
        """What may come next, (n_notes + 1,): anything, but harmonics of the last note are doubted."""
        s = self._settings
        self._transition = np.full(self._n_notes + 1, s.transition / self._n_notes)
        self._transition[-1] = s.transition
        last = self._note if self._note is not None else self._ended
        if last is not None:
            for step in (0, *HARMONIC_STEPS) if self._note is None else HARMONIC_STEPS:
                place = last + step - self._first
                if 0 <= place < self._n_notes:
                    self._transition[place] *= HARMONIC_DOUBT

    def _is_dying(self, hop: Hop) -> bool:
        """Whether a note has ended and nothing has risen out of what is left of it."""
        if self._note is not None or self._ended is None:
            return False
        recent = list(self._past)[-self._n_swell :]
        floor_db = min(old.level_db for old in recent if old.at_s >= self._ended_s)
        if hop.level_db > floor_db + self._settings.repeat_rise_db:
            self._ended = None
            self._expect()
        return self._ended is not None

    def _hush(self) -> None:
        """Believe in silence."""
        self._posterior[:] = 0.0
        self._posterior[-1] = 1.0
        self._best = self._n_notes

    def _likeliest(self) -> int | None:
        """The note that is believed in surely enough, None for silence or doubt."""
        best = self._best
        if best == self._n_notes or self._posterior[best] < self._settings.confidence:
            return None
        return self._first + best

    def _has_ended(self, hop: Hop) -> bool:
        """Silence is sure, or the level falls as only the end of a note does."""
        if hop.at_s - self._born_s < self._settings.min_note_s:
            return False
        if hop.latent is None or self._posterior[-1] > self._settings.confidence:
            return True
        before = max(old.level_db for old in list(self._past)[-self._n_fall :])
        return hop.level_db < before - self._settings.off_drop_db

    def _is_repeated(self, hop: Hop) -> bool:
        """The note's own partials fell and rose, or all did some hops ago, and it was not another note that came."""
        s, past, likely = self._settings, list(self._past), hop.notes[self._note or 0]
        if hop.at_s - self._born_s < s.repeat_s or likely < 0.5:
            return False
        if self._again_s > 0.0 and hop.at_s >= self._again_s + AGAIN_S:
            return flux_growth_db(old for old in past[-self._n_growth :] if old.at_s > self._born_s) > FLUX_GROWTH_DB
        if self._has_risen(past, self._n_sure, s.repeat_rise_db):
            return hop.level_db > self._least_db(past, self._n_sure) + s.repeat_rise_db
        if likely > PLUCK_SURE and self._has_risen(past, self._n_pluck, PLUCK_DB):
            loudest_db = max(old.level_db for old in past[-self._n_pluck :])
            return loudest_db > self._least_db(past, self._n_pluck) + PLUCK_DB
        return False

    def _has_risen(self, past: list[Hop], n_ago: int, least_db: float) -> bool:
        """Whether the whole spectrum rose so many hops ago, while the note sounded."""
        if len(past) < n_ago + self._n_sure:
            return False
        rise = past[-n_ago]
        return rise.rise_db >= least_db and rise.at_s - self._born_s >= self._settings.min_note_s

    def _least_db(self, past: list[Hop], n_ago: int) -> float:
        """The lowest level just before that."""
        return min(old.level_db for old in past[-n_ago - self._n_sure : -n_ago])

    def _may_start(self, hop: Hop) -> bool:
        return self._note is None or hop.at_s - self._born_s >= self._settings.min_note_s

    def _is_fresh(self, hop: Hop, note: int) -> bool:
        """Whether a note's own partials are what sounds, and something has risen or it has waited for long."""
        if note != self._likely:
            self._likely, self._likely_s = note, hop.at_s
        recent = list(self._past)[-self._n_fresh :]
        is_remnant = note == self._died and hop.at_s < self._ended_s + DEAD_S and hop.level_db < self._top_db - DIED_DB
        if (
            is_remnant
            and flux_growth_db(old for old in recent if old.at_s > self._ended_s) < self._settings.repeat_rise_db
        ):
            return False
        is_first = self._note is None and hop.at_s < self._likely_s + OCTAVE_S
        if is_first and self._partials.is_octave_doubtful(hop, note):
            return False
        level_db = self._partials.level_db(hop, note)
        if level_db < hop.level_db - self._settings.faint_db:
            return False
        if hop.at_s - self._likely_s >= PATIENCE_S or max(old.rise_db for old in recent) > RISE_DB:
            return True
        return level_db > min(self._partials.level_db(old, note) for old in recent) + self._settings.start_rise_db

    def _is_settled(self, hop: Hop, note: int) -> bool:
        """Whether a note near the one that sounds has come to stay."""
        if self._note is None or abs(note - self._note) > NEAR_STEPS or hop.at_s - self._likely_s >= GLIDE_S:
            return True
        offs = [self._bender.cents(old.values, note) for old in list(self._past)[-self._n_settled :]]
        return all(cents is not None and abs(cents) < SETTLED_CENTS for cents in offs)

    def _start(self, hop: Hop, note: int) -> NoteStarted:
        certainty, onset_s = float(self._posterior[note - self._first]), self._onset_s(note)
        self._note, self._born_s, self._ended, self._died = note, hop.at_s, None, None
        self._top_db = hop.level_db
        self._expect()
        self._repeats.begin()
        self._again_s = -1.0
        self._cents = 0.0
        velocity = self._loudness.velocity(hop, hop.level_db)
        return NoteStarted(hop.at_s, note, velocity, certainty, onset_s, instrument_of(hop))

    def _end(self, hop: Hop) -> NoteEnded:
        assert self._note is not None
        ended, self._note = self._note, None
        self._ended, self._ended_s = ended, hop.at_s
        self._died = ended
        self._expect()
        return NoteEnded(hop.at_s, ended)

    def _onset_s(self, note: int) -> float:
        """When the note that is told now began: its partials know, else the foot of the steepest rise."""
        past = [hop for hop in self._past if hop.at_s > self._born_s] or [self._past[-1]]
        found_s = self._partials.onset_s(past, note)
        if found_s is not None:
            return found_s
        rises = [hop.rise_db for hop in past]
        place = int(np.argmax(rises))
        enough = EDGE * rises[place]
        while place > 0 and rises[place - 1] >= enough:
            place -= 1
        return max(past[place].at_s - 0.5 * RISE_HOPS * self._hop_s, 0.0)

    def _move(self, hop: Hop) -> list[HeardEvent]:
        assert self._note is not None
        cents = self._bender.cents(hop.values, self._note)
        if cents is None or abs(cents - self._cents) < self._settings.bend_step_cents:
            return []
        self._cents = cents
        return [PitchMoved(hop.at_s, self._note, cents)]
