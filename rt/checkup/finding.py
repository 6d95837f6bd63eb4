"""What a look at the installation or the machine has shown."""

from __future__ import annotations

from typing import NamedTuple

OK, NOTE, BAD = "ok  ", "note", "BAD "


class Finding(NamedTuple):
    """What one look has shown."""

    state: str
    what: str
    fix: str = ""
