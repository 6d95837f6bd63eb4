"""Events as fixed-size records of the shared event ring, so that sending one never allocates there."""

from __future__ import annotations

import struct
from dataclasses import fields
from typing import Any

import numpy as np

from rt.arrays import AnyArray
from rt.events import KINDS, MAX_VALUES, Event

RECORD = np.dtype(
    [
        ("kind", "<u2"),
        ("n_values", "<u2"),
        ("channel", "<i4"),
        ("at_s", "<f8"),
        ("numbers", "<f8", (4,)),
        ("values", "<f8", (MAX_VALUES,)),
    ]
)


def pack(event: Event, record: AnyArray, at_s: float) -> None:
    """Write an event into one element of a RECORD array, in place."""
    numbers: list[float] = []
    record["channel"] = 0
    record["n_values"] = 0
    for field in fields(event):
        value: Any = getattr(event, field.name)
        if field.name == "channel":
            record["channel"] = value
        elif field.name == "values":
            record["n_values"] = len(value)
            record["values"][: len(value)] = value
        else:
            numbers.append(float(value))
    record["numbers"][: len(numbers)] = numbers
    record["at_s"] = at_s
    record["kind"] = event.kind


_HEAD = struct.Struct("<HHid4d")
"""The fields of RECORD before its values."""


def unpack(record: bytes) -> Event:
    """The event in the bytes of one element of a RECORD array; KeyError when its kind is unknown.

    Runs in the audio callback: everything that does not depend on the record was worked out before.
    """
    kind, n_values, channel, _, *numbers = _HEAD.unpack_from(record)
    cls, types = _MAKERS[kind]
    arguments: list[Any] = []
    for wanted in types:
        if wanted == "channel":
            arguments.append(channel)
        elif wanted == "values":
            arguments.append(struct.unpack_from(f"<{min(n_values, MAX_VALUES)}d", record, _HEAD.size))
        elif wanted == "int":
            arguments.append(int(numbers.pop(0)))
        elif wanted == "bool":
            arguments.append(bool(numbers.pop(0)))
        else:
            arguments.append(numbers.pop(0))
    return cls(*arguments)


def _types(cls: type[Event]) -> tuple[str, ...]:
    """What each field of an event is made from."""
    return tuple(f.name if f.name in ("channel", "values") else str(f.type) for f in fields(cls))


_MAKERS = {kind: (cls, _types(cls)) for kind, cls in KINDS.items()}
