"""A preset as text: the rows of the table of parameters that differ from their defaults, in TOML.

Instruments, orders and shapes are named, so that a preset can be read, and fits another bundle as far as that has what
it names. What a hand holds (pedals, wheels, the gate of the free voice) is no part of one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

from rt.bundle.manifest import Manifest
from rt.errors import ControlError
from rt.events import SetParameter
from rt.osc.message import Value, check_one
from rt.osc.setters import arg
from rt.parameters import BEND, LATENT_OFFSET, MODULATION, PARAMETERS, SYMBOL, Number, Parameter, ParameterValues, Scope
from rt.units import N_CHANNELS

FORMAT = 1
IN_HAND = (BEND, MODULATION)
ROWS = tuple(row for row in PARAMETERS if not row.is_held and row not in IN_HAND)
"""What presets hold."""
ALL_CHANNELS, CHANNELS = "all_channels", "channels"
TABLES = {Scope.CHANNEL: ALL_CHANNELS, Scope.GLOBAL: "global", Scope.FREE_VOICE: "free_voice"}
KEYS = ("format", "bundle", CHANNELS, *TABLES.values())
HEAD = "# A preset of latent-bridge. Ranges and units are in docs/osc.md.\n"

Entry = tuple[Parameter, int]
"""A row, and the channel (0-15) whose value it is; 0 where it is none of a channel."""


def resting(row: Parameter, manifest: Manifest) -> tuple[float, ...] | None:
    """What a row is until it is set; None where that is the user's or the bundle's choice."""
    return (0.0,) * manifest.latent.size if row is LATENT_OFFSET else row.default


def format_preset(values: ParameterValues, manifest: Manifest) -> str:
    """What is set now, as the text of a file."""
    tables: dict[str, Any] = {"format": FORMAT, "bundle": manifest.name}
    for row in ROWS:
        found = {}
        for channel in row.channels(-1):
            value = values.get(row, channel)
            if value is not None and value != resting(row, manifest) and row.fits(value, manifest):
                found[channel] = _told(row, value, manifest)
        alike = len(found) == len(row.channels(-1)) and all(value == found[0] for value in found.values())
        if alike:
            tables.setdefault(TABLES[row.scope], {})[row.key] = found[0]
        for channel, told in {} if alike else found.items():
            tables.setdefault(CHANNELS, {}).setdefault(str(channel + 1), {})[row.key] = told
    return HEAD + tomli_w.dumps(tables)


def parse_preset(tables: Mapping[str, Any], manifest: Manifest) -> tuple[dict[Entry, tuple[float, ...]], list[str]]:
    """What a file sets, and what of it this bundle lacks, in words; ControlError where it is no preset."""
    _known("the file", tables, KEYS)
    if tables.get("format") != FORMAT:
        raise ControlError(f"format is {tables.get('format')!r:.60}; this version reads {FORMAT}")
    entries: dict[Entry, tuple[float, ...]] = {}
    lacking: list[str] = []
    for where, table, rows, channels in _parts(tables):
        named = {row.key: row for row in rows}
        _known(where, table, named)
        for name, told in table.items():
            row = named[name]
            try:
                value = _value(row, told, manifest)
            except ControlError as error:
                raise ControlError(f"{where}.{name}: {error}") from error
            if isinstance(value, str):
                lacking.append(value)
                continue
            for channel in channels or row.channels(-1):
                entries[row, channel] = value
    return entries, lacking


def changes(
    entries: Mapping[Entry, tuple[float, ...]], values: ParameterValues, manifest: Manifest
) -> Iterator[SetParameter]:
    """What brings everything that is set now to a preset: its values, and rest for what it does not name."""
    has_point = any(row.is_point for row, _ in entries)
    for row in ROWS:
        for channel in row.channels(-1):
            now = values.get(row, channel)
            wanted = entries.get((row, channel))
            if wanted is None and not (row.is_point and has_point):
                wanted = resting(row, manifest) if now is not None else None
            if wanted is not None and wanted != now:
                yield row.on(channel, *wanted)


def _parts(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], list[Parameter], range]]:
    """The tables of a file: name, content, the rows that may stand there, and the channels meant (none: all)."""
    for scope, name in TABLES.items():
        yield name, _table(name, tables.get(name, {})), [row for row in ROWS if row.scope is scope], range(0)
    rows = [row for row in ROWS if row.scope is Scope.CHANNEL]
    for number, table in _table(CHANNELS, tables.get(CHANNELS, {})).items():
        if number not in {str(channel + 1) for channel in range(N_CHANNELS)}:
            raise ControlError(f"{CHANNELS}.{number:.20} is no channel; allowed are 1 to {N_CHANNELS}")
        name = f"{CHANNELS}.{number}"
        yield name, _table(name, table), rows, range(int(number) - 1, int(number))


def _table(name: str, found: object) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise ControlError(f"{name} must be a table, as in [{name}]")
    return found


def _known(where: str, found: Mapping[str, Any], allowed: Mapping[str, Any] | tuple[str, ...]) -> None:
    for name in found:
        if name not in allowed:
            near = difflib.get_close_matches(name, list(allowed), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(allowed)}"
            raise ControlError(f"{where} has {name[:40]!r}, which no preset has; {hint}")


def _told(row: Parameter, values: tuple[float, ...], manifest: Manifest) -> Any:
    """A value as a file has it: one thing, a list of latents, or a table by the names of its numbers."""
    if row.numbers[0].per_latent:
        return [_short(value) for value in values]
    told = {number.name: _name(number, value, manifest) for number, value in zip(row.numbers, values, strict=True)}
    return told if len(told) > 1 else next(iter(told.values()))


def _name(number: Number, value: float, manifest: Manifest) -> Value:
    if number.choices:
        return number.choices[int(value)]
    if number.is_instrument:
        return manifest.instruments[int(value)].name
    return bool(value) if number.is_switch else _short(value)


def _short(value: float) -> float:
    """Seven digits: what came by OSC is 0.1 again, not 0.10000000149."""
    return float(f"{value:.7g}")


def _value(row: Parameter, told: Any, manifest: Manifest) -> tuple[float, ...] | str:
    """The numbers that a file means, or what the bundle lacks for them."""
    first = row.numbers[0]
    if first.per_latent:
        if not isinstance(told, list) or not told:
            raise ControlError("must be a list of latents")
        latents = tuple(float(check_one(arg(first), value)) for value in told)
        size = manifest.latent.size
        return latents if len(latents) == size else f"{row.name} ({len(latents)} latents, the bundle has {size})"
    given = told if len(row.numbers) > 1 else {first.name: told}
    if not isinstance(given, dict):
        raise ControlError(f"must be a table of {', '.join(number.name for number in row.numbers)}")
    _known("it", given, tuple(number.name for number in row.numbers))
    values = []
    for number in row.numbers:
        if number.name not in given and number.if_left_out is None:
            raise ControlError(f"{number.name} is missing")
        value = check_one(arg(number), given[number.name]) if number.name in given else number.if_left_out
        assert value is not None
        if number.is_instrument:
            found = manifest.instrument_index(str(value))
            if found is None:
                return f"{row.name} {str(value)[:60]} (not in the bundle)"
            value = found
        values.append(float(number.choices.index(str(value)) if number.choices and number.name in given else value))
    if row is SYMBOL:
        values[2] = min(values[2], float(manifest.symbol("dynamics").highest))
    return tuple(values)
