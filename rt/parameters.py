"""Everything that can be set while playing, once: a row each.

The engine's state, the replay to a new engine or bundle, the OSC setters, OSCQuery and the documents read this table. A
new row with an address can be set by OSC at once; the engine needs one line that says what it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from rt.bundle.manifest import Manifest
from rt.events import Event, SetParameter
from rt.units import N_CHANNELS

ALL = -1
"""In place of a channel."""
LATENT_LIMIT = 100.0
"""Largest latent coordinate that is believed; training notes stay within about 4."""
TRAJECTORIES = ("off", "line", "circle", "helix")
INTERPOLATIONS = ("none", "linear", "cubic")


class Scope(Enum):
    """What a parameter belongs to."""

    CHANNEL = "channel"
    GLOBAL = "global"
    FREE_VOICE = "free voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of a parameter's value."""

    name: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    default: float | None = None
    """What it is until it is set; None where that is the bundle's or the user's choice."""
    if_left_out: float | None = None
    """What a client means that does not send it; None where it must."""
    choices: tuple[str, ...] = ()
    """Names of 0, 1, 2, ..."""
    is_switch: bool = False
    is_instrument: bool = False
    """An index in the manifest; people say the name."""
    per_latent: bool = False
    """Stands for as many numbers as the bundle has latents."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One row."""

    id: int
    name: str
    scope: Scope
    numbers: tuple[Number, ...]
    text: str
    address: str = ""
    """That sets it by OSC; empty where only MIDI or the ears do."""
    takes_channel: bool = False
    """Whether the OSC message may name a channel; all of them otherwise."""
    controller: int | None = None
    """MIDI controller that moves it through its range."""
    is_held: bool = False
    """A hand holds it: it survives another bundle, but not the engine and the notes that it belongs to."""
    is_reset: bool = False
    """By CC 121."""
    is_point: bool = False
    """One of the ways to say where the free voice is; the last one counts."""
    is_streamed: bool = False
    """Another value soon replaces it."""

    @property
    def key(self) -> str:
        """Its name in files."""
        return self.name.replace(" ", "_")

    @property
    def default(self) -> tuple[float, ...] | None:
        """Its value until it is set, where that is known."""
        found = tuple(number.default for number in self.numbers if number.default is not None)
        return found if len(found) == len(self.numbers) else None

    def set(self, *values: float) -> SetParameter:
        """The event that sets it, on all channels where it is a channel's."""
        return self.on(ALL if self.scope is Scope.CHANNEL else 0, *values)

    def on(self, channel: int, *values: float) -> SetParameter:
        """The event that sets it on a channel (0-15, ALL)."""
        return SetParameter(self.id, channel, tuple(map(float, values)))

    def fits(self, values: tuple[float, ...], manifest: Manifest) -> bool:
        """Whether a bundle knows such a value: as many numbers as it wants, an instrument that it has."""
        first = self.numbers[0]
        wanted = manifest.latent.size if first.per_latent else len(self.numbers)
        if len(values) != wanted:
            return False
        return not first.is_instrument or 0 <= values[0] < len(manifest.instruments)

    def channels(self, channel: int) -> range:
        """The channels (0-15, ALL) that an event is for; 0 alone where it is none of a channel."""
        if self.scope is not Scope.CHANNEL:
            return range(1)
        return range(N_CHANNELS) if channel < 0 else range(channel, channel + 1)

    def is_set_by(self, event: Event) -> TypeGuard[SetParameter]:
        """Whether an event sets it."""
        return isinstance(event, SetParameter) and event.id == self.id


_INSTRUMENT = Number(name="name", is_instrument=True, text="Case and punctuation do not matter; a part of it will do.")
_SWITCH = Number(name="on", low=0, high=1, default=0.0, is_switch=True)
_LATENTS = Number(name="z", low=-LATENT_LIMIT, high=LATENT_LIMIT, per_latent=True, text="Coordinates.")

INSTRUMENT = Parameter(
    id=1, name="instrument", scope=Scope.CHANNEL, numbers=(_INSTRUMENT,), address="/lb/instrument", takes_channel=True,
    text="New notes are played by another instrument.",
)  # fmt: skip
GAIN = Parameter(
    id=2, name="gain", scope=Scope.GLOBAL, numbers=(Number(name="level", unit="dB", low=-60, high=12),),
    address="/lb/gain", text="Output level of everything.",
)  # fmt: skip
BEND = Parameter(
    id=3, name="bend", scope=Scope.CHANNEL, is_reset=True, address="/lb/bend", text="Pitch bend of all channels.",
    numbers=(Number(name="bend", unit="semitones", low=-24, high=24, default=0.0),),
)  # fmt: skip
ALIVE = Parameter(
    id=4, name="alive", scope=Scope.GLOBAL, numbers=(Number(name="amount", low=0, high=1),), address="/lb/alive",
    text="How far latents wander inside the posterior.",
)  # fmt: skip
LEGATO = Parameter(
    id=5, name="legato", scope=Scope.CHANNEL, is_reset=True, address="/lb/legato", takes_channel=True,
    numbers=(_SWITCH, Number(name="time", unit="s", low=0, high=10, default=0.1, if_left_out=0.1)),
    text="Overlapping notes of a channel glide into each other through the latent space.",
)  # fmt: skip
LATENT_OFFSET = Parameter(
    id=6, name="latent offset", scope=Scope.GLOBAL, numbers=(_LATENTS,), address="/lb/latent/offset", is_streamed=True,
    text="Added to the latents of every note.",
)  # fmt: skip
CHANNEL_GAIN = Parameter(
    id=7, name="channel gain", scope=Scope.CHANNEL, numbers=(Number(name="gain", low=0, default=1.0),),
    text="Volume (CC 7) times expression (CC 11) and breath (CC 2) of a channel as one linear gain.",
)  # fmt: skip
MODULATION = Parameter(
    id=8, name="modulation", scope=Scope.CHANNEL, is_reset=True, controller=1, text="Depth of the vibrato.",
    numbers=(Number(name="depth", low=0, high=1, default=0.0),),
)  # fmt: skip
SUSTAIN = Parameter(
    id=9, name="sustain", scope=Scope.CHANNEL, numbers=(_SWITCH,), is_held=True, is_reset=True,
    text="The sustain pedal of a channel.",
)  # fmt: skip
LATENT = Parameter(
    id=10, name="latent", scope=Scope.FREE_VOICE, numbers=(_LATENTS,), address="/lb/latent", is_point=True,
    is_streamed=True, text="The free voice goes to a point of the latent space.",
)  # fmt: skip
LATENT_XY = Parameter(
    id=11, name="latent xy", scope=Scope.FREE_VOICE, address="/lb/latent/xy", is_point=True, is_streamed=True,
    numbers=(Number(name="x", low=-1, high=1), Number(name="y", low=-1, high=1)),
    text="The free voice goes to a point on the two widest principal axes of the latent space.",
)  # fmt: skip
SYMBOL = Parameter(
    id=12, name="symbol", scope=Scope.FREE_VOICE, address="/lb/symbol", is_point=True,
    numbers=(_INSTRUMENT, Number(name="note", low=0, high=127), Number(name="dynamics", low=0, high=15)),
    text="The free voice goes to where these labels lie. A note that the instrument lacks moves by octaves.",
)  # fmt: skip
GATE = Parameter(
    id=13, name="gate", scope=Scope.FREE_VOICE, numbers=(_SWITCH,), address="/lb/gate", is_held=True,
    text="The free voice sounds or rests.",
)  # fmt: skip
INTERPOLATION = Parameter(
    id=14, name="interpolation", scope=Scope.FREE_VOICE, address="/lb/interp",
    numbers=(
        Number(name="order", low=0, high=2, default=1.0, choices=INTERPOLATIONS),
        Number(name="time", unit="s", low=0, high=60, default=0.05, if_left_out=0.1),
    ),
    text="How the free voice moves from point to point.",
)  # fmt: skip
TRAJECTORY = Parameter(
    id=15, name="trajectory", scope=Scope.FREE_VOICE, address="/lb/trajectory",
    numbers=(
        Number(name="shape", low=0, high=3, default=0.0, choices=TRAJECTORIES),
        Number(name="frequency", unit="Hz", low=0, high=50, default=0.2, if_left_out=0.2),
        Number(name="radius", low=0, high=10, default=1.0, if_left_out=1.0, text="In latent units."),
    ),
    text="The free voice moves about its point.",
)  # fmt: skip
FREE_GAIN = Parameter(
    id=16, name="free gain", scope=Scope.FREE_VOICE, numbers=(Number(name="gain", low=0, default=1.0),),
    text="Level of the free voice, linear; it follows within milliseconds.",
)  # fmt: skip
ROOM = Parameter(
    id=17, name="room", scope=Scope.GLOBAL, numbers=(Number(name="amount", low=0, high=1),), address="/lb/room",
    text="How much of the room is heard: 1 is as loud as the direct sound.",
)  # fmt: skip
PAN = Parameter(
    id=18, name="pan", scope=Scope.CHANNEL, numbers=(Number(name="side", low=-1, high=1, default=0.0),),
    text="How far the notes of a channel are moved from their places, -1 to the left, 1 to the right.",
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    INSTRUMENT, GAIN, BEND, ALIVE, ROOM, LEGATO, LATENT_OFFSET, CHANNEL_GAIN, PAN, MODULATION, SUSTAIN, LATENT,
    LATENT_XY, SYMBOL, GATE, INTERPOLATION, TRAJECTORY, FREE_GAIN,
)  # fmt: skip
"""In the order of documents and of replay."""
BY_ID = {parameter.id: parameter for parameter in PARAMETERS}


def is_streamed(event: Event) -> bool:
    """Whether another event of its kind soon replaces this one."""
    return isinstance(event, SetParameter) and BY_ID[event.id].is_streamed


class ParameterValues:
    """What every parameter was set to; the engine has one of these and the host another, which outlives engines."""

    def __init__(self, events: Sequence[SetParameter] = ()) -> None:
        self._values: dict[tuple[int, int], tuple[float, ...]] = {}
        for event in events:
            self.set(event)

    def set(self, event: SetParameter) -> None:
        """Take a value in; of the ways to say where the free voice is, the last one stays."""
        row = BY_ID[event.id]
        if row.is_point:
            for other in PARAMETERS:
                if other.is_point:
                    self._values.pop((other.id, 0), None)
        for channel in row.channels(event.channel):
            self._values[row.id, channel] = event.values

    def get(self, row: Parameter, channel: int = 0) -> tuple[float, ...] | None:
        """The value of now; its default until it is set."""
        return self._values.get((row.id, channel), row.default)

    def reset(self, channel: int) -> None:
        """CC 121 on a channel, or all."""
        for row in PARAMETERS:
            for each in row.channels(channel) if row.is_reset else ():
                self._values.pop((row.id, each), None)

    def replay(self, *, with_held: bool) -> Iterator[SetParameter]:
        """The events that bring another engine, or another bundle's voices, to the same values."""
        for row in PARAMETERS:
            if with_held or not row.is_held:
                for channel in range(N_CHANNELS):
                    if (row.id, channel) in self._values:
                        yield row.on(channel, *self._values[row.id, channel])

    def change_bundle(self, old: Manifest, new: Manifest) -> list[str]:
        """Keep what another bundle knows, instruments by their names; what was dropped, in words."""
        dropped: dict[str, None] = {}
        for (id_, channel), values in list(self._values.items()):
            row, moved, found = BY_ID[id_], list(values), None
            if row.numbers[0].is_instrument:
                index = int(values[0])
                name = old.instruments[index].name if 0 <= index < len(old.instruments) else ""
                found = new.instrument_index(name)
                moved[0] = float(found or 0)
                if found is None:
                    dropped[f"{row.name} {name} (not in the bundle)"] = None
            if row is SYMBOL:
                moved[2] = min(moved[2], float(new.symbol("dynamics").highest))
            is_other_space = row.numbers[0].per_latent and len(values) != new.latent.size
            if is_other_space:
                dropped[f"{row.name} ({len(values)} latents, the bundle has {new.latent.size})"] = None
            if is_other_space or (row.is_point and row.numbers[0].is_instrument and found is None):
                del self._values[id_, channel]
            else:
                self._values[id_, channel] = tuple(moved)
        return list(dropped)
