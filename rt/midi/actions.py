"""What each MIDI controller does: one row and one function each, over what a channel remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from rt.events import AllNotesOff, AllSoundOff, Event, ResetControllers
from rt.parameters import BEND, CHANNEL_GAIN, LEGATO, PAN, PARAMETERS, SUSTAIN, Parameter

MAX_BEND_SEMITONES = 96
"""Widest range of RPN 0 that is believed, that of MPE."""
SHORTEST_GLIDE_S, LONGEST_GLIDE_S = 0.01, 4.0
PRESET_BANK = 1
_NO_PARAMETER = (127, 127)
_BEND_RANGE = (0, 0)


@dataclass(slots=True)
class ChannelMemory:
    """What one channel of one source remembers."""

    bend_range_semitones: float
    bend: float = 0.0
    """-1..1, of its range."""
    volume: int = 127
    expression: int = 127
    breath: int = 127
    is_sustained: bool = False
    is_legato: bool = False
    """CC 68."""
    is_portamento: bool = False
    """CC 65."""
    glide: int = 48
    """CC 5."""
    parameter: tuple[int, int] = _NO_PARAMETER
    """Registered parameter that data entry changes: CC 101, CC 100."""
    early_cents: int = 0
    """Of data entry that came before its semitones."""
    is_fresh: bool = False
    """No semitones came since a parameter was chosen."""
    bank: tuple[int, int] = (0, 0)
    """Of the programs that come: CC 0, CC 32."""
    held: set[int] = field(default_factory=set)

    @property
    def gain(self) -> float:
        """General MIDI's curve: 40 log10(value / 127) dB for each of the three."""
        return float((self.volume / 127) ** 2 * (self.expression / 127) ** 2 * (self.breath / 127) ** 2)

    @property
    def glide_s(self) -> float:
        """Time of a glide: SHORTEST_GLIDE_S to LONGEST_GLIDE_S in equal ratios."""
        return SHORTEST_GLIDE_S * float((LONGEST_GLIDE_S / SHORTEST_GLIDE_S) ** (self.glide / 127))

    @property
    def bend_semitones(self) -> float:
        """The wheel's place, scaled by its range."""
        return self.bend * self.bend_range_semitones


class Action(NamedTuple):
    """What one controller does."""

    name: str
    description: str
    act: Callable[[ChannelMemory, int, int], list[Event]]


def controlled(row: Parameter) -> Action:
    """A controller that moves a parameter of one number through its range."""
    (moved,) = row.numbers
    low, high = moved.low, moved.high
    assert low is not None and high is not None

    def act(channel: ChannelMemory, number: int, value: int) -> list[Event]:
        return [row.on(number, low + (high - low) * (value / 127))]

    return Action(row.name.capitalize(), row.text, act)


def _bank(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.bank = (value, 0)
    return []


def _bank_low(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.bank = (channel.bank[0], value)
    return []


def _volume(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.volume = value
    return [CHANNEL_GAIN.on(number, channel.gain)]


def _pan(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    return [PAN.on(number, max(value - 64, -63) / 63)]


def _expression(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.expression = value
    return [CHANNEL_GAIN.on(number, channel.gain)]


def _breath(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.breath = value
    return [CHANNEL_GAIN.on(number, channel.gain)]


def _sustain(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    is_down = value >= 64
    if is_down == channel.is_sustained:  # a continuous pedal sends every step of its way
        return []
    channel.is_sustained = is_down
    return [SUSTAIN.on(number, is_down)]


def _glide_time(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.glide = value
    return _glide(channel, number) if channel.is_legato or channel.is_portamento else []


def _portamento(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.is_portamento = value >= 64
    return _glide(channel, number)


def _legato(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.is_legato = value >= 64
    return _glide(channel, number)


def _glide(channel: ChannelMemory, number: int) -> list[Event]:
    return [LEGATO.on(number, channel.is_legato or channel.is_portamento, channel.glide_s)]


def _parameter_high(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.parameter = (value, channel.parameter[1])
    channel.is_fresh, channel.early_cents = True, 0
    return []


def _parameter_low(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.parameter = (channel.parameter[0], value)
    channel.is_fresh, channel.early_cents = True, 0
    return []


def _no_parameter(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.parameter = _NO_PARAMETER
    return []


def _data_high(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    cents = channel.early_cents if channel.is_fresh else 0
    channel.is_fresh = False
    return _bend_range(channel, number, value + cents / 100)


def _data_low(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.early_cents = min(value, 99)
    return _bend_range(channel, number, int(channel.bend_range_semitones) + channel.early_cents / 100)


def _increment(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    return _bend_range(channel, number, round(channel.bend_range_semitones + 0.01, 2))


def _decrement(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    return _bend_range(channel, number, max(round(channel.bend_range_semitones - 0.01, 2), 0.0))


def _bend_range(channel: ChannelMemory, number: int, semitones: float) -> list[Event]:
    if channel.parameter != _BEND_RANGE:
        return []
    channel.bend_range_semitones = min(semitones, MAX_BEND_SEMITONES)
    return [BEND.on(number, channel.bend_semitones)] if channel.bend else []


def _all_sound_off(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.held.clear()
    return [AllSoundOff(number)]


def _reset(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.bend, channel.is_sustained, channel.parameter = 0.0, False, _NO_PARAMETER
    channel.expression = channel.breath = 127
    channel.is_legato = channel.is_portamento = False
    return [ResetControllers(number), CHANNEL_GAIN.on(number, channel.gain)]  # the volume stays, as in MIDI's RP-015


def _all_notes_off(channel: ChannelMemory, number: int, value: int) -> list[Event]:
    channel.held.clear()
    return [AllNotesOff(number)]


_MODE = "As 123."
ACTIONS: dict[int, Action] = {
    **{row.controller: controlled(row) for row in PARAMETERS if row.controller is not None},
    0: Action("Bank", f"{PRESET_BANK}: programs that follow on this channel are presets, in their order.", _bank),
    2: Action("Breath", "Gain (value / 127)², times the volume's; 127 until it is sent.", _breath),
    5: Action(
        "Portamento time",
        "How long legato glides last: 10 ms to 4 s in equal ratios; 48, 0.1 s, until sent.",
        _glide_time,
    ),
    6: Action("Data entry", "Pitch bend range in semitones, once RPN 0 is chosen.", _data_high),
    7: Action("Volume", "Gain (value / 127)²; 127 until it is sent.", _volume),
    10: Action("Pan", "Moves the notes from their places: 0 to the left, 64 not at all, 127 to the right.", _pan),
    11: Action("Expression", "Gain (value / 127)², times the volume's; 127 until it is sent.", _expression),
    32: Action("Bank, fine", f"Presets from 128 times this on, in bank {PRESET_BANK}.", _bank_low),
    38: Action("Data entry, fine", "Cents of the pitch bend range, once RPN 0 is chosen.", _data_low),
    64: Action("Sustain", "From 64 up the pedal is down and notes stay after their keys.", _sustain),
    65: Action("Portamento", "As 68.", _portamento),
    68: Action(
        "Legato",
        "From 64 up, a note struck while another is held is reached by a glide through the latent space.",
        _legato,
    ),
    96: Action(
        "Data increment", "A cent more of the pitch bend range, once RPN 0 is chosen (MIDI's RP-018).", _increment
    ),
    97: Action("Data decrement", "A cent less of it.", _decrement),
    98: Action("NRPN, fine", "Leaves RPN 0, so that data entry is not taken for a bend range.", _no_parameter),
    99: Action("NRPN", "As 98.", _no_parameter),
    100: Action("RPN, fine", "0, with 101 at 0, chooses the pitch bend range; 127 leaves it.", _parameter_low),
    101: Action("RPN", "See 100.", _parameter_high),
    120: Action("All sound off", "Silence at once.", _all_sound_off),
    121: Action(
        "Reset controllers",
        "Pedals up; bend, modulation, expression and breath at rest. Volume and range stay.",
        _reset,
    ),
    123: Action("All notes off", "All keys up; the pedal still holds.", _all_notes_off),
    124: Action("Omni off", _MODE, _all_notes_off),
    125: Action("Omni on", _MODE, _all_notes_off),
    126: Action("Mono", _MODE, _all_notes_off),
    127: Action("Poly", _MODE, _all_notes_off),
}
