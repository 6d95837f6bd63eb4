"""Where compiled code is kept: in this package, else in the user's folder for caches, else in one for this run alone.

Processes of ours that a process starts keep theirs in the same place. Imports no compiler.
"""

from __future__ import annotations

import atexit
import functools
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

CHOSEN = "NUMBA_CACHE_DIR"
"""The environment variable by which a user, or `folder`, chooses."""
PACKAGE = Path(__file__).parent / "__pycache__"
MEND = f"set {CHOSEN} to a folder that can be written to"


@functools.cache
def folder() -> Path | None:
    """The folder, made known to numba wherever it is outside of the package; None where there is none at all.

    Where nothing can be kept beyond this run, that is told once.
    """
    place = lasting()
    if place is None:
        try:
            place = Path(tempfile.mkdtemp(prefix="latent-bridge-"))
            atexit.register(shutil.rmtree, place, ignore_errors=True)
        except OSError:
            place = None
        log.warning("no folder to keep compiled code in: every start takes up to a minute longer; %s", MEND)
    if place not in (None, PACKAGE):
        os.environ[CHOSEN] = str(place)
    return place


def lasting() -> Path | None:
    """The first place that can be written to and outlasts this run, None without one."""
    return next((place for place in _places() if _is_usable(place)), None)


def _places() -> Iterator[Path]:
    if os.environ.get(CHOSEN):
        yield Path(os.environ[CHOSEN])
    yield PACKAGE
    usual = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}.get(sys.platform, "~/.cache")
    above = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(usual))
    if above.is_absolute():  # there are users without a home
        yield above / "numba"


def _is_usable(place: Path) -> bool:
    """Whether files can be made there; access rights alone do not tell, of a read-only disk for instance."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False
