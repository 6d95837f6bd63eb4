"""Where a command is to write, looked at before it begins its work."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rt.errors import ControlError


def check_outputs(written: Iterable[Path | None], *, read: Iterable[Path] = ()) -> None:
    """ControlError where a file cannot be written, or would replace what is read or written besides.

    written : files, None for one that nobody asked for. read : what must stay as it is.
    """
    taken = {path.resolve() for path in read}
    for path in written:
        if path is None:
            continue
        place = path.resolve()
        if place in taken:
            raise ControlError(f"{path} is asked for twice, to read or write; give every file a name of its own")
        taken.add(place)
        if not place.parent.is_dir():
            raise ControlError(f"{path} cannot be written (no folder {path.parent}); give a name in a writable folder")
        if place.is_dir():
            raise ControlError(f"{path} cannot be written (it is a folder); give the name of a file")
        if not os.access(place if place.exists() else place.parent, os.W_OK):
            raise ControlError(f"{path} cannot be written (not permitted); give a name in a writable folder")
