"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """A name to write to; it becomes path at the end, or nothing stays of it and the old file is as it was."""
    place = path.resolve()
    if place.exists() and not (place.is_file() and os.access(place.parent, os.W_OK)):  # /dev/null, for instance
        yield place
        return
    partial = place.with_name(f"{place.name}.part")
    try:
        yield partial
        os.replace(partial, place)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
