"""Events to written notes: what a transcription keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rt.transcribe.events import HeardEvent, NoteEnded, NoteStarted, PitchMoved

SHORTEST_S = 0.01


@dataclass(slots=True)
class WrittenNote:
    """One note of a transcription."""

    onset_s: float
    end_s: float
    note: int
    velocity: int
    confidence: float
    instrument: int | None
    """Index into the manifest's instruments."""
    told_s: float
    """When a listener would have been told."""
    bends: list[tuple[float, float]] = field(default_factory=list)
    """Times in s within the note and offsets in cents."""


def write(events: Iterable[HeardEvent], *, monophonic: bool = True) -> list[WrittenNote]:
    """Notes in order of their onsets; every note ends before the same or, in a melody, the next one begins.

    events : in order, all notes ended.
    """
    sounding: dict[int, WrittenNote] = {}
    last: dict[int, WrittenNote] = {}
    """The last note of every pitch; in a melody, of all under one key."""
    notes: list[WrittenNote] = []
    for event in events:
        match event:
            case NoteStarted():
                key = -1 if monophonic else event.note
                before = last.get(key)
                new = WrittenNote(
                    max(event.onset_s, before.onset_s + SHORTEST_S) if before else event.onset_s,
                    event.at_s,
                    event.note,
                    event.velocity,
                    event.confidence,
                    event.instrument,
                    event.at_s,
                )
                if before:
                    before.end_s = min(before.end_s, new.onset_s)
                sounding[event.note] = last[key] = new
                notes.append(new)
            case NoteEnded():
                ended = sounding.pop(event.note)
                ended.end_s = max(event.at_s, ended.onset_s + SHORTEST_S)
            case PitchMoved():
                sounding[event.note].bends.append((event.at_s, event.cents))
    for note in notes:
        note.bends = [bend for bend in note.bends if bend[0] < note.end_s]
    return sorted(notes, key=_onset_s)


def _onset_s(note: WrittenNote) -> float:
    return note.onset_s
