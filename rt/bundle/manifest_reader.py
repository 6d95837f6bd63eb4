"""Reads `manifest.json`, which may come from anyone: its size, its format number, and type and range of every field."""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import re
import types
import typing
from pathlib import Path
from typing import Any

from rt.bundle.bundle_files import read_plain
from rt.bundle.manifest import FORMAT, MANIFEST, OLDEST_FORMAT, Manifest, Most, Range
from rt.bundle.manifest_checks import check_manifest
from rt.errors import BundleError, shown

MAX_MANIFEST_BYTES = 1 << 20
MAX_DEPTH = 24
MAX_FREE = Most(4000)
"""Texts among the facts and scores, whose names are free."""
MAX_NUMBER = 1e18
"""Numbers among them."""
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def read_manifest(path: Path) -> bytes:
    """The bytes of a manifest; BundleError where it is no plain file, or too large for one."""
    return read_plain(path, MAX_MANIFEST_BYTES, f"a bundle is a folder with {MANIFEST} and ONNX graphs")


def parse_manifest(data: bytes, path: Path) -> Manifest:
    """What a manifest says; BundleError says in one line what is wrong with it. path : where it was read."""
    try:
        _check_depth(data)
        raw = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path}: not JSON ({error}); export the model again") from error
    if not isinstance(raw, dict) or type(raw.get("format")) is not int:
        raise BundleError(f"{path}: no format number; this is no latent-bridge bundle")
    if not OLDEST_FORMAT <= raw["format"] <= FORMAT:
        newer = "update latent-bridge" if raw["format"] > FORMAT else "export the model again"
        told = str(raw["format"])[:20]
        raise BundleError(f"{path}: bundle format {told}, this program reads {OLDEST_FORMAT} and {FORMAT}; {newer}")
    try:
        manifest: Manifest = _read(Manifest, raw, "manifest")
    except ValueError as error:
        raise BundleError(f"{path}: {error}; export the model again") from error
    check_manifest(manifest, path)
    return manifest


def plain(value: Any) -> Any:
    """The same with texts as a manifest may have them: what cannot be printed becomes a space."""
    if isinstance(value, str):
        return "".join(c if c.isprintable() else " " for c in value)
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _check_depth(data: bytes) -> None:
    depth = 0
    for found in TOKEN.finditer(data):
        first = data[found.start()]
        depth += (first in b"[{") - (first in b"]}")
        if depth > MAX_DEPTH:
            raise ValueError(f"nested more than {MAX_DEPTH} deep")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:40]!r} is there twice")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


@functools.cache
def _hints(wanted: type) -> dict[str, Any]:
    return typing.get_type_hints(wanted, include_extras=True)


def _read(wanted: Any, value: Any, where: str) -> Any:
    """A JSON value as the type that a dataclass field declares, within its range; ValueError says what is wrong."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is typing.Annotated:
        found = _read(arguments[0], value, where)
        _check_limit(arguments[1], found, where)
        return found
    if origin in (types.UnionType, typing.Union):  # of a type and None
        return None if value is None else _read(arguments[0], value, where)
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        return _read_object(wanted, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(arguments[0], v, f"{where}[{i}]") for i, v in enumerate(value))
    if origin is dict and isinstance(value, dict):
        for key in value:
            _check_text(Most(120), key, where)
        return {key: _read(arguments[1], v, f"{where}.{key[:40]}") for key, v in value.items()}
    if wanted is Any:
        _check_free(value, where)
        return value
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
        return float(value)
    if wanted in (int, str) and isinstance(value, wanted) and not isinstance(value, bool):
        if wanted is str:
            _check_text(MAX_FREE, value, where)
        return value
    name = wanted.__name__ if isinstance(wanted, type) and not isinstance(wanted, types.GenericAlias) else str(origin)
    raise ValueError(f"{where} must be {name}, got {shown(value)}")


def _read_object(wanted: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{where} must be an object, got {type(value).__name__}")
    known = {f.name: f for f in dataclasses.fields(wanted)}
    for name in value:
        if name not in known:
            raise ValueError(f"{where}.{shown(name)[1:-1]} is unknown to format {FORMAT}")
    for name, f in known.items():
        if name not in value and f.default_factory is dataclasses.MISSING:
            raise ValueError(f"{where}.{name} is missing")
    return wanted(**{n: _read(_hints(wanted)[n], v, f"{where}.{n}") for n, v in value.items()})


def _check_limit(limit: Any, value: Any, where: str) -> None:
    if isinstance(limit, Range):
        if not limit.low <= value <= limit.high:
            raise ValueError(f"{where} is {shown(value)}, allowed {limit.low:.10g} to {limit.high:.10g}")
    elif isinstance(value, str):
        _check_text(limit, value, where)
    elif not limit.low <= len(value) <= limit.high:
        raise ValueError(f"{where} has {len(value)} entries, allowed {limit.low} to {limit.high}")


def _check_text(limit: Most, text: str, where: str) -> None:
    if not text.isprintable():
        raise ValueError(f"{where} has characters that cannot be printed: {shown(text)}")
    if not limit.low <= len(text) <= limit.high:
        raise ValueError(f"{where} has {len(text)} characters, allowed {limit.low} to {limit.high}")


def _check_free(value: Any, where: str) -> None:
    """Facts and scores: texts that can be printed and numbers that are some."""
    if isinstance(value, str):
        _check_text(MAX_FREE, value, where)
    elif isinstance(value, int | float) and not (_is_finite(value) and abs(value) <= MAX_NUMBER):
        raise ValueError(f"{where} is {shown(value)}, allowed up to {MAX_NUMBER:g}")
    elif isinstance(value, dict):
        for key, one in value.items():
            _check_text(Most(200), key, where)
            _check_free(one, where)
    elif isinstance(value, list):
        for one in value:
            _check_free(one, where)


def _is_finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond all floats
        return False
