"""What the tracker tells: notes that start, end and move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteStarted:
    """A note was heard to start; it is told as soon as it is sure, some frames after `onset_s`."""

    at_s: float
    """Time of the samples when it is told."""
    note: int
    """MIDI note number."""
    velocity: int
    """1-127, from level and dynamics."""
    confidence: float
    """0-1."""
    onset_s: float
    """When it began, looking back; what a transcription writes down."""
    instrument: int | None
    """Index into the manifest's instruments of the likeliest one."""


@dataclass(frozen=True, slots=True)
class NoteEnded:
    """A note that was told has ended."""

    at_s: float
    note: int


@dataclass(frozen=True, slots=True)
class PitchMoved:
    """The sounding note's pitch lies so far from its semitone."""

    at_s: float
    note: int
    cents: float


HeardEvent = NoteStarted | NoteEnded | PitchMoved
