"""Which bundles the network may load: shipped ones, and those beside the one given at start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rt.bundle import bundle
from rt.bundle.manifest import MANIFEST
from rt.errors import ControlError
from rt.events import MAX_TEXT_BYTES

MAX_LISTED = 12


def resolve(name_or_path: str, roots: Sequence[Path]) -> Path:
    """The bundle folder meant, symbolic links followed; it lies inside one of `roots` or of the shipped bundles.

    Raises ControlError, which lists the bundles there are but tells nothing about the rest of the disk.
    """
    folders = [root.resolve() for root in (*roots, bundle.DEFAULT.parent)]
    folders = [folder for folder in folders if folder.parent != folder]  # the whole disk is no place for bundles
    for folder in folders:
        try:
            path = (folder / name_or_path).resolve()
            if path.name == MANIFEST:
                path = path.parent
            found = any(path.is_relative_to(root) for root in folders) and (path / MANIFEST).is_file()
        except (OSError, RuntimeError, ValueError):  # too long, a loop of links, a zero byte
            continue
        if found and len(str(path).encode()) <= MAX_TEXT_BYTES:
            return path
    raise ControlError(
        f"no bundle {name_or_path[:60]!r} may be loaded; there are {', '.join(names(folders)) or 'none'}"
    )


def names(folders: Sequence[Path]) -> list[str]:
    """Names of the bundles right inside the folders, MAX_LISTED at most; links that lead out are not told."""
    paths = [path.parent for folder in folders for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    inside = [path.name for path in paths if any(path.resolve().is_relative_to(folder) for folder in folders)]
    return list(dict.fromkeys(inside))[:MAX_LISTED]
