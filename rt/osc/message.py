"""What an OSC message may look like: the model of the table's rows, and the check of arguments against one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rt.errors import ControlError

Value = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arg:
    """One argument of a message."""

    name: str
    type: str
    """OSC type tag: i, f or s. Whole floats pass for i, integers for f, and T and F for an i of 0..1."""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False
    """May be left out, with all that follow it."""
    default: Value | None = None
    """What an optional argument is when it is left out; None where the description says it."""
    per_latent: bool = False
    """Stands for as many arguments as the bundle has latents."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One address."""

    address: str
    category: str
    description: str
    args: tuple[Arg, ...] = ()
    replies: tuple[str, ...] = ()
    """Addresses that may come back, /lb/fail aside."""
    outgoing: bool = False
    """Sent by the bridge, not to it."""
    newest_wins: bool = False
    """In a burst only the newest of the messages counts."""


def check(message: Message, values: Sequence[object], *, n_latents: int) -> list[Any]:
    """The arguments of an incoming message, each of its own type, left-out ones as their default.

    Raises ControlError when their number, a type or a range is wrong.
    """
    args = [arg for arg in message.args for _ in range(n_latents if arg.per_latent else 1)]
    n_needed = sum(not arg.optional for arg in args)
    if not n_needed <= len(values) <= len(args):
        wanted = f"{n_needed}" if n_needed == len(args) else f"{n_needed} to {len(args)}"
        shown = f" ({format_args(message)})" if args else ""
        raise ControlError(f"takes {wanted} arguments{shown}, got {len(values)}")
    given = [check_one(arg, value) for arg, value in zip(args, values, strict=False)]
    return given + [arg.default for arg in args[len(values) :]]


def check_one(arg: Arg, value: object) -> Value:
    """A value of an argument, of its own type; ControlError when its type or range is wrong."""
    if arg.type == "s":
        return _check_text(arg, value)
    if isinstance(value, bool) and (arg.type, arg.low, arg.high) == ("i", 0, 1):
        return int(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ControlError(f"{arg.name} must be a number, got {_short(value)}")
    if not math.isfinite(value):
        raise ControlError(f"{arg.name} must be a finite number, got {value}")
    if arg.type == "i" and value != int(value):
        raise ControlError(f"{arg.name} must be a whole number, got {value:g}")
    low, high = (-(2**31) if arg.low is None else arg.low), (2**31 - 1 if arg.high is None else arg.high)
    if not low <= value <= high:
        unit = f" {arg.unit}" if arg.unit else ""
        form = ".10g" if arg.type == "i" else "g"  # all digits of an OSC integer
        raise ControlError(f"{arg.name} must be {low:{form}} to {high:{form}}{unit}, got {value:{form}}")
    return int(value) if arg.type == "i" else float(value)


def _check_text(arg: Arg, value: object) -> str:
    if not isinstance(value, str):
        raise ControlError(f"{arg.name} must be a string, got {_short(value)}")
    if not arg.choices:
        return value
    if value.lower() not in arg.choices:
        raise ControlError(f"{arg.name} must be one of {', '.join(arg.choices)}, got {_short(value)}")
    return value.lower()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def format_args(message: Message) -> str:
    """The arguments as the documents write them: `i note, i velocity, [i channel]`."""
    return ", ".join(
        f"[{arg.type} {arg.name}]" if arg.optional else f"{arg.type} {arg.name}{' × N' if arg.per_latent else ''}"
        for arg in message.args
    )
