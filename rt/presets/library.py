"""Where presets lie: the shipped ones, and the user's own, which come first where both have a name."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from rt.atomic_write import atomic_write
from rt.config.toml_file import read_toml
from rt.errors import ConfigError, ControlError

SHIPPED = Path(__file__).with_name("shipped")
FOLDER = "presets"
"""In the user's folder."""
SUFFIX = ".toml"
MOST_PRESETS = 1000
MOST_LETTERS = 60
_NAME = re.compile(rf"[\w(][\w .,'()&+-]{{0,{MOST_LETTERS - 1}}}")
_TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def check_name(name: str) -> str:
    """A name that every system takes as a file's; ControlError otherwise."""
    name = unicodedata.normalize("NFC", name).strip()
    if not _NAME.fullmatch(name) or name.endswith(".") or _TAKEN.fullmatch(name):
        raise ControlError(
            f"{name[:MOST_LETTERS]!r} is no name for a preset; "
            f"allowed are 1 to {MOST_LETTERS} letters, digits, spaces and . , ' ( ) & + - _"
        )
    return name


class PresetLibrary:
    """The presets of two folders by name; case does not matter."""

    def __init__(self, folder: Path, shipped: Path = SHIPPED) -> None:
        self._folder = folder
        self._shipped = shipped

    def names(self) -> list[str]:
        """All names, in alphabetical order."""
        return sorted({name.casefold(): name for name in self._files()}.values(), key=str.casefold)

    def read(self, name: str) -> dict[str, Any]:
        """The tables of a preset."""
        path = self._find(name)
        if path is None:
            raise ControlError(f"there is no preset {name[:MOST_LETTERS]!r}; /lb/preset list tells the names")
        try:
            return read_toml(path)
        except ConfigError as error:
            raise ControlError(str(error)) from error

    def write(self, name: str, text: str) -> None:
        """Save a preset of the user's, over one of the same name."""
        path = self._own(name) or self._folder / f"{name}{SUFFIX}"
        if not path.exists() and len(self._files()) >= MOST_PRESETS:
            raise ControlError(f"there are {MOST_PRESETS} presets already; delete one")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with atomic_write(path) as place:
                place.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ControlError(f"{path} cannot be written ({error.strerror}); is there room, and may you?") from error

    def delete(self, name: str) -> None:
        """Delete a preset of the user's; a shipped one of the same name comes to light again."""
        path = self._own(name)
        if path is None:
            why = "is a shipped one and stays" if self._find(name) else "is none"
            raise ControlError(f"preset {name[:MOST_LETTERS]!r} {why}; /lb/preset list tells the names")
        try:
            path.unlink()
        except OSError as error:
            raise ControlError(f"{path} cannot be deleted ({error.strerror})") from error

    def _find(self, name: str) -> Path | None:
        wanted = name.casefold()
        return next((path for known, path in self._files().items() if known.casefold() == wanted), None)

    def _own(self, name: str) -> Path | None:
        path = self._find(name)
        return path if path is not None and path.parent == self._folder else None

    def _files(self) -> dict[str, Path]:
        """Files by names; of two that differ in case alone, and of a shipped one and the user's, the latter."""
        found: dict[str, Path] = {}
        for folder in (self._shipped, self._folder):
            for name, path in _presets_in(folder):
                found = {known: there for known, there in found.items() if known.casefold() != name.casefold()}
                found[name] = path
        return found


def _presets_in(folder: Path) -> list[tuple[str, Path]]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError:  # there is none yet, or it may not be read
        return []
    return [(name, path) for path in files if _NAME.fullmatch(name := unicodedata.normalize("NFC", path.stem))]
