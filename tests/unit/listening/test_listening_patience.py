"""Several hops are told at once only while nothing changes."""

from __future__ import annotations

import dataclasses

import numpy as np

from rt.listening.patience import CALM_HOPS, Patience
from rt.transcribe import HeardEvent, Hop, NoteEnded
from tests.unit.listening.hops import hop, started


def note_hop(
    at_s: float, note: int | None, *, level_db: float = -20.0, rise_db: float = 0.0, sure: float = 0.99
) -> Hop:
    """A moment that sounds like a note, or like silence."""
    notes = np.zeros(129, np.float32)
    notes[128 if note is None else note] = sure
    return dataclasses.replace(hop(at_s, level_db=level_db), notes=notes, rise_db=rise_db)


def test_it_waits_for_several_hops_only_while_nothing_changes() -> None:
    patience = Patience()
    assert patience.n_hops == 1

    def after(moment: Hop, *events: HeardEvent) -> int:
        patience.take(moment, events)
        return patience.n_hops

    assert after(note_hop(0.0, None)) == CALM_HOPS
    assert after(note_hop(0.1, 60, level_db=-40.0, rise_db=9.0)) == 1, "a note may begin"
    assert after(note_hop(0.2, 60), started(60)) == 1
    for k in range(CALM_HOPS):
        moved = after(note_hop(0.3 + 0.01 * k, 60))
    assert moved == CALM_HOPS
    assert after(note_hop(0.4, 60, sure=0.5)) == 1, "it may become another note"
    assert after(note_hop(0.5, 60, rise_db=3.0)) == 1, "it may begin again"
    assert after(note_hop(0.6, 60, level_db=-23.0)) == 1, "it may end"
    assert after(note_hop(0.7, None), NoteEnded(0.7, 60)) == 1
    assert after(note_hop(0.8, None)) == CALM_HOPS
    impatient = Patience(is_patient=False)
    impatient.take(note_hop(0.0, None), ())
    assert impatient.n_hops == 1
