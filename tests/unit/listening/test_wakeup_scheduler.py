"""Several hops are heard at once only while nothing can be told."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rt.bundle.bundle import Bundle
from rt.listening.wakeup_scheduler import MOST_HOPS, WakeupScheduler
from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted, Tracker
from tests.support.hops import HOP_S, HopScore
from tests.unit.listening.hops import hop, started


def note_hop(
    at_s: float, note: int | None, *, level_db: float = -20.0, rise_db: float = 0.0, sure: float = 0.99
) -> Hop:
    """A moment that sounds like a note, or like silence."""
    notes = np.zeros(129, np.float32)
    notes[128 if note is None else note] = sure
    return dataclasses.replace(hop(at_s, level_db=level_db), notes=notes, rise_db=rise_db)


def after(scheduler: WakeupScheduler, moment: Hop, *events: HeardEvent) -> int:
    scheduler.take(moment, events)
    return scheduler.n_hops


def test_it_waits_for_several_hops_only_while_nothing_changes() -> None:
    scheduler = WakeupScheduler()
    assert scheduler.n_hops == 1
    assert after(scheduler, note_hop(0.0, None)) == MOST_HOPS
    for n_heard in range(1, MOST_HOPS + 2):
        n_missing = after(scheduler, note_hop(0.1, 60, level_db=-40.0, rise_db=9.0))
        assert n_missing == max(MOST_HOPS - n_heard, 1), "a note may be told once enough hops speak for it"
    assert after(scheduler, note_hop(0.2, 60), started(60, 0.2)) == 1, "it may end at once"
    assert after(scheduler, note_hop(0.3, 60)) == MOST_HOPS
    assert after(scheduler, note_hop(0.4, 60, sure=0.5)) == 1, "it may become another note"
    assert after(scheduler, note_hop(0.5, 60, rise_db=3.0)) == 1, "it may begin again"
    assert after(scheduler, note_hop(0.6, 60, level_db=-26.0)) == 1, "it may end"
    assert after(scheduler, note_hop(0.7, None), NoteEnded(0.7, 60)) == MOST_HOPS, "a note begins from nothing"
    assert after(scheduler, note_hop(0.8, 60)) == MOST_HOPS - 1
    impatient = WakeupScheduler(is_patient=False)
    assert after(impatient, note_hop(0.0, None)) == 1
    polyphonic = WakeupScheduler(is_monophonic=False)
    assert after(polyphonic, note_hop(0.0, 60), started(60), started(64)) == 1
    assert after(polyphonic, note_hop(0.1, 60)) == 1, "another may begin or end at any time"
    assert after(polyphonic, note_hop(0.7, None), NoteEnded(0.7, 60), NoteEnded(0.7, 64)) == 1


def test_a_note_that_has_just_begun_cannot_end() -> None:
    scheduler = WakeupScheduler(min_note_s=0.04)
    scheduler.take(note_hop(-HOP_S, 60), ())
    waits = [after(scheduler, note_hop(0.0, 60), started(60, 0.0))]
    waits += [after(scheduler, note_hop(k * HOP_S, 60, rise_db=9.0, level_db=k)) for k in range(1, 8)]
    assert waits == [4, 4, 4, 4, 3, 2, 1, 1], "it may end after 40 ms, 6.9 hops"


@pytest.mark.parametrize("first", [None, 60])
def test_no_note_is_told_of_fewer_hops_than_are_waited_for(tiny_bundle: Bundle, first: int | None) -> None:
    score = HopScore().play(None, 0.2, level_db=-90)
    if first is not None:
        score.play({first: 1.0}, 0.3, rise_db=15).play(None, 0.3, level_db=-90)
    begin_s = score.hops[-1].at_s
    score.play({72: 1.0}, 0.3, rise_db=15)
    tracker = Tracker(tiny_bundle.manifest, hop_s=HOP_S)
    found = [event for moment in score.hops for event in tracker.follow(moment) if isinstance(event, NoteStarted)]
    assert [event.note for event in found] == ([72] if first is None else [first, 72])
    assert found[-1].at_s > begin_s + (MOST_HOPS - 0.5) * HOP_S
