"""`soundfont:FluidR3_GM`, `folder:my/samples` or a path whose kind is recognised -> a source."""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from export.sources.files import audio_files
from export.sources.folder import TABLE, FolderSource
from export.sources.fonts import KNOWN_FONTS
from export.sources.iowa import IowaSource, is_iowa_name
from export.sources.nsynth import INDEX, NSynthSource
from export.sources.philharmonia import PhilharmoniaSource, file_fields
from export.sources.salamander import ARCHIVE, KEY, SalamanderSource, is_layer_name
from export.sources.sfz import SfzSource
from export.sources.soundfont import SoundfontSource
from export.sources.source import Source, SourceOptions
from export.sources.tinysol import TinySolSource, is_sol_name
from rt.errors import BridgeError

FOLDERS: dict[str, Callable[[Path, SourceOptions], Source]] = {
    "folder": FolderSource,
    "philharmonia": PhilharmoniaSource,
    "tinysol": TinySolSource,
    "nsynth": NSynthSource,
    "iowa": IowaSource,
    "salamander": SalamanderSource,
}
FILES: dict[str, Callable[[Path, SourceOptions], Source]] = {"sfz": SfzSource}
KINDS = ("soundfont", *FOLDERS, *FILES)
OWN = ("instrument", "dynamics", "licence", "credit", "pattern")
"""Options that one source of several may have for itself: `sfz:Sax.sfz,instrument=Alto Sax`."""


def open_source(text: str, options: SourceOptions) -> Source:
    """The source that `KIND:PATH`, or a path alone, stands for."""
    if not text:
        raise BridgeError(f"a source has no name; give a folder, a soundfont, or KIND:PATH with {', '.join(KINDS)}")
    text, options = own_options(text, options)
    kind, colon, path = text.partition(":")
    if not colon or len(kind) == 1 or os.path.exists(text):  # C:\sounds is a path
        kind, path = kind_of(text, options), text
    if kind == "soundfont":
        return SoundfontSource(path, options)
    if kind in FILES:
        file = Path(os.path.expanduser(path))
        if not os.path.isfile(file):
            raise BridgeError(f"{text}: no such file; give the .{kind} file of an instrument")
        return FILES[kind](file, options)
    if kind not in FOLDERS:
        near = difflib.get_close_matches(kind, KINDS, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise BridgeError(f"{text}: no kind of source {kind!r}, allowed are {', '.join(KINDS)}{meant}")
    folder = Path(os.path.expanduser(path))
    if not os.path.isdir(folder):
        raise BridgeError(f"{path}: no such folder; give the folder of the {kind} recordings")
    return FOLDERS[kind](folder, options)


def own_options(text: str, options: SourceOptions) -> tuple[str, SourceOptions]:
    """A source without the options that it has for itself, `,instrument=Alto Sax`, and all its options."""
    path = text.partition(":")[2]
    if os.path.exists(text) or os.path.exists(path):
        return text, options
    plain, *own = re.split(rf",({'|'.join(OWN)})=", text)
    found: dict[str, Any] = {name: value.strip() for name, value in zip(own[::2], own[1::2], strict=True)}
    empty = [name for name, value in found.items() if not value]
    if empty:
        raise BridgeError(f"{text}: {empty[0]} is empty; write {empty[0]}=TEXT")
    return plain, dataclasses.replace(options, **found)


def kind_of(text: str, options: SourceOptions) -> str:
    """What kind of source lies at a path."""
    path = Path(os.path.expanduser(text))
    if path.suffix.lower() in (".sf2", ".sf3") or text in KNOWN_FONTS:
        return "soundfont"
    if path.suffix.lower() == ".sfz":
        return "sfz"
    if os.path.isfile(path):
        raise BridgeError(
            f"{text}: a file that is no instrument; give a folder of recordings, or an .sf2, .sf3 or .sfz file"
        )
    if not os.path.isdir(path):
        raise BridgeError(f"{text}: no such path; give a folder, a soundfont, or KIND:PATH with {', '.join(KINDS)}")
    if options.pattern or options.csv or (path / TABLE).is_file():
        return "folder"
    if (path / INDEX).is_file() or any(path.glob(f"nsynth-*/{INDEX}")):
        return "nsynth"
    if any(path.glob("*SOL*metadata*.csv")) or any(path.glob("*/*SOL*metadata*.csv")):
        return "tinysol"
    if any(ARCHIVE.fullmatch(file.name) for file in path.iterdir()):
        return "salamander"
    files = audio_files(path)
    kinds = (
        ("philharmonia", file_fields),
        ("tinysol", is_sol_name),
        ("salamander", is_layer_name),
        ("iowa", is_iowa_name),
    )
    for kind, fits in kinds:
        if 2 * sum(bool(fits(re.sub(r"^\./", "", file))) for file in files) > len(files):
            return "folder" if kind == "salamander" and any(_is_velocity_name(file) for file in files) else kind
    return "folder"


def _is_velocity_name(path: str) -> bool:
    """Whether the number after a key is above every layer, so that all of them are velocities."""
    return KEY.fullmatch(path) is not None and not is_layer_name(path)
