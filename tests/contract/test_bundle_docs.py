"""docs/bundle.md tells every field of a manifest with its range, every graph and every limit as the code has them."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rt import model, trial
from rt.audio import loader
from rt.bundle import bundle_files, graph_check, manifest, manifest_checks, manifest_reader
from rt.bundle.manifest import Manifest, Range
from tests.support.small_manifest import small_manifest, with_noise

PAGE = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text(encoding="utf-8")


def told(wanted: Any) -> str:
    """A type and its range in words."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is typing.Annotated:
        limit, kind = arguments[1], told(arguments[0])
        if isinstance(limit, Range):
            return f"{kind}, {limit.low:.10g} to {limit.high:.10g}"
        unit = "characters" if kind == "text" else "entries"
        return f"{kind}, {limit.low} to {limit.high} {unit}"
    if origin in (types.UnionType, typing.Union):
        return f"{told(arguments[0])}; or null"
    if origin is tuple:
        return f"list of ({told(arguments[0])})"
    if origin is dict:
        return "object" if arguments[1] is Any else f"object of ({told(arguments[1])})"
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        return "object"
    return {int: "whole number", float: "number", str: "text"}[wanted]


def fields(of: Any = Manifest, before: str = "") -> Iterator[tuple[str, str]]:
    """Each field by its way, and what it may be."""
    hints = typing.get_type_hints(of, include_extras=True)
    for field in dataclasses.fields(of):
        name = before + field.name
        yield name, told(hints[field.name])
        yield from inner(hints[field.name], name)


def inner(wanted: Any, name: str) -> Iterator[tuple[str, str]]:
    """The fields of the objects in a field."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Annotated, types.UnionType, typing.Union):
        yield from inner(arguments[0], name)
    elif origin is tuple:
        yield from inner(arguments[0], f"{name}[]")
    elif origin is dict:
        yield from inner(arguments[1], f"{name}.NAME")
    elif isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        yield from fields(wanted, f"{name}.")


TENSORS = manifest_checks.tensors(with_noise(small_manifest()))
ROWS = dict(re.findall(r"^\| `([\w.\[\]]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))


def test_every_field_is_there_with_its_range() -> None:
    expected = dict(fields())
    assert len(expected) > 40
    graphs = set(TENSORS)
    assert {name: range_ for name, range_ in ROWS.items() if name not in graphs} == expected


@pytest.mark.parametrize("name", TENSORS)
def test_every_graph_is_there_with_its_tensors(name: str) -> None:
    row = re.search(rf"^\| `{name}` \|(.*)\|(.*)\|(.*)\|$", PAGE, re.MULTILINE)
    assert row is not None
    inputs, outputs = (set(re.findall(r"`(\w+)`(?:,| \()", part)) for part in row.groups()[:2])
    assert inputs == set(TENSORS[name][0])
    if name != "symbol_decoder":  # whose outputs are named after the symbols
        assert outputs == set(TENSORS[name][1])
    assert (row[3].strip() == "needed") == (name in manifest_checks.NEEDED_GRAPHS)


def test_the_operators_are_those_that_are_allowed() -> None:
    listed = PAGE[PAGE.index("Allowed operators:") :].split("\n\n")[1]
    assert set(re.findall(r"\w+", listed)) == graph_check.OPERATORS


@pytest.mark.parametrize(
    "text",
    [
        f"{bundle_files.MAX_BUNDLE_BYTES >> 20} MiB in {bundle_files.MAX_FILES} files",
        f"`manifest.json` {manifest_reader.MAX_MANIFEST_BYTES >> 20} MiB, nested {manifest_reader.MAX_DEPTH} deep",
        f"{graph_check.MAX_NODES} operators and {graph_check.MAX_TENSORS} constants",
        f"constants of up to {graph_check.MAX_RANK} dimensions",
        f"within {trial.LIMIT_S:g} s and {trial.SPARE_BYTES >> 30} GiB plus {trial.PER_BYTE} times the size",
        f"{', '.join(map(str, model.BATCHES[:-1]))} and {model.BATCHES[-1]} rows",
        f"over {loader.LIMIT_S:g} s",
        f'"format": {manifest.FORMAT}` or {manifest.OLDEST_FORMAT}',
    ],
)
def test_limits_are_those_of_the_code(text: str) -> None:
    assert text in " ".join(PAGE.split())
