"""What can happen to the engine: frozen records, the only way in.

An event says what was meant, not who said it: MIDI and OSC make the same ones. How they lie in the shared event ring
is in `rt/audio/event_record.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

MAX_VALUES = 64
"""Longest latent vector an event can carry."""

MAX_TEXT_BYTES = 256
"""Longest path an event can carry, in UTF-8."""


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
class Sustain(Event):
    """The sustain pedal moves."""

    kind: ClassVar[int] = 3
    channel: int
    on: bool


@dataclass(frozen=True, slots=True)
class Bend(Event):
    """Pitch bend of a channel, already scaled by its range; channel -1 bends all."""

    kind: ClassVar[int] = 4
    channel: int
    semitones: float


@dataclass(frozen=True, slots=True)
class ChannelGain(Event):
    """Volume (CC 7) times expression (CC 11) of a channel as one linear gain."""

    kind: ClassVar[int] = 5
    channel: int
    gain: float


@dataclass(frozen=True, slots=True)
class Vibrato(Event):
    """Modulation wheel of a channel, 0..1: depth of a vibrato."""

    kind: ClassVar[int] = 6
    channel: int
    depth: float


@dataclass(frozen=True, slots=True)
class UseInstrument(Event):
    """New notes of a channel (-1: all) are played by an instrument, by its index in the manifest."""

    kind: ClassVar[int] = 7
    channel: int
    instrument: int


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
class Gain(Event):
    """Output level of everything, linear."""

    kind: ClassVar[int] = 11
    gain: float


@dataclass(frozen=True, slots=True)
class Alive(Event):
    """How far latents wander inside the posterior, 0..1."""

    kind: ClassVar[int] = 12
    amount: float


@dataclass(frozen=True, slots=True)
class Latent(Event):
    """The free voice goes to a point of the latent space; as many values as the bundle has latents."""

    kind: ClassVar[int] = 13
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LatentXY(Event):
    """The free voice goes to a point on the two first principal axes, each -1..1."""

    kind: ClassVar[int] = 14
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LatentOffset(Event):
    """Added to the latents of every note; as many values as the bundle has latents."""

    kind: ClassVar[int] = 15
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FreeSymbol(Event):
    """The free voice goes to where these labels lie."""

    kind: ClassVar[int] = 16
    instrument: int
    note: int
    dynamics: int


@dataclass(frozen=True, slots=True)
class Gate(Event):
    """The free voice sounds or rests."""

    kind: ClassVar[int] = 17
    on: bool


@dataclass(frozen=True, slots=True)
class Interp(Event):
    """How the free voice moves between points: 0 none, 1 linear, 2 cubic, in so many seconds."""

    kind: ClassVar[int] = 18
    order: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Trajectory(Event):
    """The free voice circles its point: 0 off, 1 line, 2 circle, 3 helix."""

    kind: ClassVar[int] = 19
    shape: int
    frequency_hz: float
    radius: float


@dataclass(frozen=True, slots=True)
class UseBundle(Event):
    """Another bundle plays from now on; at most MAX_TEXT_BYTES of path."""

    kind: ClassVar[int] = 20
    path: str


@dataclass(frozen=True, slots=True)
class FreeGain(Event):
    """Level of the free voice, linear; it follows within milliseconds."""

    kind: ClassVar[int] = 21
    gain: float


@dataclass(frozen=True, slots=True)
class Legato(Event):
    """Overlapping notes of a channel (-1: all) are one voice that glides from each to the next in so many seconds."""

    kind: ClassVar[int] = 22
    channel: int
    on: bool
    seconds: float


KINDS: dict[int, type[Event]] = {
    cls.kind: cls
    for cls in (
        NoteOn,
        NoteOff,
        Sustain,
        Bend,
        ChannelGain,
        Vibrato,
        UseInstrument,
        AllNotesOff,
        AllSoundOff,
        ResetControllers,
        Gain,
        Alive,
        Latent,
        LatentXY,
        LatentOffset,
        FreeSymbol,
        Gate,
        Interp,
        Trajectory,
        UseBundle,
        FreeGain,
        Legato,
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


TRAJECTORIES = ("off", "line", "circle", "helix")
INTERPOLATIONS = ("none", "linear", "cubic")
