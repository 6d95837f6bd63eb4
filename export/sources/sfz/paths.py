"""Files that an SFZ file names: with backslashes and in any case, as on the system that it was made on."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path


class Folder:
    """A folder in which names are looked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._names: dict[Path, dict[str, str]] = {}

    def find(self, text: str) -> Path | None:
        """The file that a relative path means, None where there is none."""
        text = text.strip().replace("\\", "/")
        if not text or is_absolute(text) or "\0" in text:
            return None
        place = self.path
        for part in text.split("/"):
            if part in ("", "."):
                continue
            exact = place / part
            if part == ".." or os.path.lexists(exact):
                place = exact
                continue
            name = self._listed(place).get(_plain(part))
            if name is None:
                return None
            place = place / name
        return place

    def _listed(self, folder: Path) -> dict[str, str]:
        """Names in a folder by how they read when case does not count."""
        if folder not in self._names:
            try:
                names = sorted(os.listdir(folder), reverse=True)
            except OSError:
                names = []
            self._names[folder] = {_plain(name): name for name in names}
        return self._names[folder]


def is_absolute(text: str) -> bool:
    """Whether a path says where it lies on one machine: `/x` or `C:/x`."""
    return text.startswith("/") or re.match(r"[A-Za-z]:", text) is not None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
