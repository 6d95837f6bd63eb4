"""Parameters as OSC messages: rows of the table of addresses, arguments to events, and events to arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rt.bundle.manifest import Manifest
from rt.events import SetParameter
from rt.osc.message import Arg, Message, Value
from rt.parameters import BY_ID, PARAMETERS, SYMBOL, Number, Parameter, Scope
from rt.units import N_CHANNELS

NOTES, FREE = "Notes", "Free voice"
CHANNEL = Arg(
    name="channel", type="i", low=0, high=N_CHANNELS, optional=True, default=0, description="0 is all of them."
)
LABELS = (
    Arg(name="instrument", type="s", description="Name of an instrument of the bundle."),
    Arg(name="octave", type="i", low=0, high=9, description="4 holds the middle C; up to the bundle's last octave."),
    Arg(name="pitch_class", type="i", low=0, high=11, description="0 is C, 11 is B."),
    Arg(name="dynamics", type="i", low=0, high=15, description="0 is the softest (pp), 4 ff in the default bundle."),
)
_SYMBOL_GATE = Arg(name="gate", type="i", low=0, high=1, optional=True, description="As /lb/gate; stays when left out.")


def messages(category: str, rows: Sequence[Parameter] = PARAMETERS) -> tuple[Message, ...]:
    """The messages of a category that set parameters."""
    return tuple(_message(row) for row in rows if row.address and _category(row) == category)


def arg(number: Number) -> Arg:
    """What OSC sends for a number of a parameter."""
    is_named = bool(number.choices) or number.is_instrument
    return Arg(
        name=number.name,
        type="s" if is_named else "i" if number.is_switch else "f",
        unit=number.unit,
        low=None if is_named else number.low,
        high=None if is_named else number.high,
        choices=number.choices,
        optional=number.if_left_out is not None,
        default=number.if_left_out,
        per_latent=number.per_latent,
        description=number.text,
    )


def event(row: Parameter, args: Sequence[Any], instrument: Callable[[str], int]) -> SetParameter:
    """The event of checked arguments; instrument : finds the index of a name, or raises ControlError."""
    args = list(args)
    channel = args.pop() - 1 if row.takes_channel else None
    numbers = row.numbers * len(args) if row.numbers[0].per_latent else row.numbers
    values = [
        number.choices.index(value) if number.choices else instrument(value) if number.is_instrument else value
        for number, value in zip(numbers, args, strict=True)
    ]
    return row.set(*values) if channel is None else row.on(channel, *values)


def args_of(told: SetParameter, manifest: Manifest) -> tuple[Value, ...] | None:
    """The arguments that stand for an event; None where OSC has none for it."""
    row = BY_ID[told.id]
    if not row.address or not row.fits(told.values, manifest):
        return None
    if row.scope is Scope.CHANNEL and not row.takes_channel and told.channel >= 0:
        return None
    if row is SYMBOL:
        index, note, dynamics = (int(value) for value in told.values)
        octave, pitch_class = divmod(note, 12)
        return manifest.instruments[index].name, octave - 1, pitch_class, dynamics
    numbers = row.numbers * len(told.values) if row.numbers[0].per_latent else row.numbers
    found = tuple(_arg_of(number, value, manifest) for number, value in zip(numbers, told.values, strict=True))
    return (*found, told.channel + 1) if row.takes_channel else found


def _arg_of(number: Number, value: float, manifest: Manifest) -> Value:
    if number.choices:
        return number.choices[int(value)]
    if number.is_instrument:
        return manifest.instruments[int(value)].name
    return int(value) if number.is_switch else value


def _message(row: Parameter) -> Message:
    args = (*LABELS, _SYMBOL_GATE) if row is SYMBOL else tuple(arg(number) for number in row.numbers)
    return Message(
        address=row.address,
        category=_category(row),
        description=row.text,
        args=(*args, CHANNEL) if row.takes_channel else args,
        newest_wins=row.numbers[0].per_latent,
    )


def _category(row: Parameter) -> str:
    return FREE if row.scope is Scope.FREE_VOICE else NOTES
