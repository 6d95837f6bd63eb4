"""What can happen to the engine: frozen records, the only way in.

An event says what was meant, not who said it: MIDI and OSC make the same ones. How they lie in the shared event ring
is in `rt/audio/event_record.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

MAX_VALUES = 64
"""Longest latent vector an event can carry."""


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""

    kind: ClassVar[int] = 0


@dataclass(frozen=True, slots=True)
class NoteOn(Event):
    """A key goes down."""

    kind: ClassVar[int] = 1
    channel: int
    """0-15."""
    note: int
    """MIDI note number, 0-127."""
    velocity: int
    """1-127."""


@dataclass(frozen=True, slots=True)
class NoteOff(Event):
    """A key goes up."""

    kind: ClassVar[int] = 2
    channel: int
    note: int


@dataclass(frozen=True, slots=True)
class AllNotesOff(Event):
    """CC 123: every key of a channel (-1: all) goes up; the pedal still holds."""

    kind: ClassVar[int] = 8
    channel: int


@dataclass(frozen=True, slots=True)
class AllSoundOff(Event):
    """CC 120 and panic: a channel (-1: all, and the free voice) falls silent at once, with a fade of milliseconds."""

    kind: ClassVar[int] = 9
    channel: int


@dataclass(frozen=True, slots=True)
class ResetControllers(Event):
    """CC 121: pedal up, bend, vibrato and expression back to rest on a channel (-1: all)."""

    kind: ClassVar[int] = 10
    channel: int


@dataclass(frozen=True, slots=True)
class SetParameter(Event):
    """A row of `rt.parameters` has a value from now on."""

    kind: ClassVar[int] = 3
    id: int
    channel: int
    """0-15, -1 is all of them; 0 where the row is none of a channel."""
    values: tuple[float, ...]
    """As many as the row has numbers; at most MAX_VALUES."""


KINDS: dict[int, type[Event]] = {
    cls.kind: cls
    for cls in (
        NoteOn,
        NoteOff,
        SetParameter,
        AllNotesOff,
        AllSoundOff,
        ResetControllers,
    )
}
MOST = 1e6
"""No number of an event is larger."""


def is_believed(event: Event) -> bool:
    """Whether every number of an event is one, and within reason: one that is none would stay where it is put."""
    names: tuple[str, ...] = event.__slots__
    for name in names:
        value = getattr(event, name)
        if isinstance(value, float) and not -MOST <= value <= MOST:
            return False
        if isinstance(value, tuple) and not all(-MOST <= one <= MOST for one in value):
            return False
    return True
