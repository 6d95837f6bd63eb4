"""One learnt controller: which message moves what, over which range and curve; and the TOML that keeps them."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomli_w

from rt.errors import ControlError
from rt.midi.targets import ControllerTarget, find_target
from rt.units import N_CHANNELS

CURVES = ("linear", "exponential", "toggle")
KINDS = ("cc", "cc14", "nrpn", "pressure", "note")
NUMBERS = {"cc": 119, "cc14": 31, "nrpn": 16383, "pressure": 0, "note": 127}
"""The highest number of each kind."""
FORMAT = 1
MOST_MAPPINGS = 500
HEAD = "# Controllers that latent-bridge has learnt. docs/midi.md tells the fields.\n"
KEYS = ("parameter", "controller", "number", "channel", "low", "high", "curve", "pick_up")


@dataclass(frozen=True, slots=True)
class ControllerSource:
    """What is moved on a controller."""

    kind: str
    number: int
    channel: int
    """0-15."""

    def __str__(self) -> str:
        named = {"cc": "CC", "cc14": "14-bit CC", "nrpn": "NRPN"}.get(self.kind, self.kind)
        return f"{named}{'' if self.kind == 'pressure' else f' {self.number}'} of channel {self.channel + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What a controller does."""

    source: ControllerSource
    target: ControllerTarget
    low: float | None = None
    """Value at the controller's lowest place; the parameter's own lowest where None."""
    high: float | None = None
    curve: str = "linear"
    """`exponential`: equal ratios, for frequencies and times; `toggle`: each press changes between both ends."""
    pick_up: bool = False
    """Wait until the controller passes the value that is set, so that nothing jumps."""

    def at(self, share: float, low: float, high: float) -> float:
        """The value at a share (0-1) of the way from low to high."""
        if self.curve == "exponential" and low > 0.0 and high > 0.0:
            return low * math.exp(share * math.log(high / low))
        return low + share * (high - low)

    def share(self, value: float, low: float, high: float) -> float:
        """Where on its way a value lies."""
        if low == high:
            return 0.0
        if self.curve == "exponential" and low > 0.0 and high > 0.0:
            return math.log(max(value, 1e-9) / low) / math.log(high / low)
        return (value - low) / (high - low)


def format_learnt(found: Sequence[Learnt]) -> str:
    """The text of a file."""
    rows = []
    for each in found:
        row: dict[str, Any] = {"parameter": each.target.name, "controller": each.source.kind}
        row |= {"number": each.source.number, "channel": each.source.channel + 1}
        row |= {name: value for name, value in (("low", each.low), ("high", each.high)) if value is not None}
        rows.append(row | {"curve": each.curve, "pick_up": each.pick_up})
    return HEAD + tomli_w.dumps({"format": FORMAT, "learnt": rows})


def parse_learnt(tables: Mapping[str, Any]) -> list[Learnt]:
    """What a file says; ControlError where it is wrong."""
    if tables.get("format") != FORMAT:
        raise ControlError(f"format is {tables.get('format')!r:.40}; this version reads {FORMAT}")
    rows = tables.get("learnt", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ControlError("learnt must be tables, as [[learnt]]")
    if len(rows) > MOST_MAPPINGS:
        raise ControlError(f"it has {len(rows)} controllers; {MOST_MAPPINGS} at most")
    found = []
    for i, row in enumerate(rows):
        try:
            found.append(_parse(row))
        except ControlError as error:
            raise ControlError(f"controller {i + 1}: {error}") from error
    return found


def _parse(row: Mapping[str, Any]) -> Learnt:
    for name in row:
        if name not in KEYS:
            near = difflib.get_close_matches(name, KEYS, 1)
            raise ControlError(f"{name[:40]!r} is no field; " + (f"did you mean {near[0]!r}?" if near else str(KEYS)))
    kind = row.get("controller")
    if kind not in KINDS:
        raise ControlError(f"controller must be one of {', '.join(KINDS)}, got {kind!r:.40}")
    number = _whole(row, "number", 0, NUMBERS[kind], 0 if kind == "pressure" else None)
    channel = _whole(row, "channel", 1, N_CHANNELS, None)
    target = find_target(str(row.get("parameter", "")))
    low, high = (_range(row.get(name), name) for name in ("low", "high"))
    curve, pick_up = row.get("curve", "linear"), row.get("pick_up", False)
    if curve not in CURVES:
        raise ControlError(f"curve must be one of {', '.join(CURVES)}, got {curve!r:.40}")
    if not isinstance(pick_up, bool):
        raise ControlError(f"pick_up must be true or false, got {pick_up!r:.40}")
    source = ControllerSource(kind, number, channel - 1)
    return Learnt(source=source, target=target, low=low, high=high, curve=curve, pick_up=pick_up)


def _whole(row: Mapping[str, Any], name: str, low: int, high: int, default: int | None) -> int:
    value = row.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ControlError(f"{name} must be a whole number from {low} to {high}, got {value!r:.40}")
    return value


def _range(value: object, name: str) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ControlError(f"{name} must be a finite number, got {value!r:.40}")
    return float(value)
