"""Reads `manifest.json`: its size, its format number, and the type of every field."""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from pathlib import Path
from typing import Any

from rt.bundle.manifest import FORMAT, MANIFEST, Manifest
from rt.bundle.manifest_checks import check_manifest
from rt.errors import BundleError

MAX_MANIFEST_BYTES = 16 << 20


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file; BundleError says in one line what is wrong with it."""
    try:
        if path.stat().st_size > MAX_MANIFEST_BYTES:
            raise BundleError(f"{path}: larger than {MAX_MANIFEST_BYTES >> 20} MiB; this is no manifest")
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; a bundle is a folder with {MANIFEST} and ONNX graphs") from error
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path}: not JSON ({error}); export the model again") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("format"), int):
        raise BundleError(f"{path}: no format number; this is no latent-bridge bundle")
    if raw["format"] != FORMAT:
        newer = "update latent-bridge" if raw["format"] > FORMAT else "export the model again"
        raise BundleError(f"{path}: bundle format {raw['format']}, this program reads {FORMAT}; {newer}")
    manifest: Manifest = _read(Manifest, raw, "manifest", path)
    check_manifest(manifest, path)
    return manifest


def _read(wanted: Any, value: Any, where: str, path: Path) -> Any:
    """A JSON value as the type that a dataclass field declares."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is types.UnionType:  # of a type and None
        return None if value is None else _read(arguments[0], value, where, path)
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        if not isinstance(value, dict):
            raise BundleError(f"{path}: {where} must be an object, got {type(value).__name__}")
        hints = typing.get_type_hints(wanted)
        known = {f.name: f for f in dataclasses.fields(wanted)}
        for name in value:
            if name not in known:
                raise BundleError(f"{path}: {where}.{name} is unknown to format {FORMAT}")
        for name, f in known.items():
            if name not in value and f.default_factory is dataclasses.MISSING:
                raise BundleError(f"{path}: {where}.{name} is missing")
        return wanted(**{n: _read(hints[n], v, f"{where}.{n}", path) for n, v in value.items()})
    if origin is tuple and isinstance(value, list):
        return tuple(_read(arguments[0], v, f"{where}[{i}]", path) for i, v in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {str(k): _read(arguments[1], v, f"{where}.{k}", path) for k, v in value.items()}
    if wanted is Any:
        return value
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if wanted in (int, str) and isinstance(value, wanted) and not isinstance(value, bool):
        return value
    name = wanted.__name__ if isinstance(wanted, type) and not isinstance(wanted, types.GenericAlias) else str(wanted)
    raise BundleError(f"{path}: {where} must be {name}, got {str(value)[:40]!r}")
