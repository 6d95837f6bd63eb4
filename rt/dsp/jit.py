"""How the hot path is compiled: without the interpreter, cached on disk, fast but honest about NaN."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba as nb
import rocket_fft  # noqa: F401  registers scipy.fft with numba

F = TypeVar("F", bound=Callable[..., Any])

FAST = {"reassoc", "contract", "arcp", "nsz", "afn"}
"""Fast mathematics without `nnan` and `ninf`, so that the guard still sees what is not finite."""


def sources_digest(folder: Path) -> str:
    """Short name for the present state of a folder's Python files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


CACHE = Path(__file__).parent / "__pycache__" / sources_digest(Path(__file__).parent)
"""Numba looks only at the file of a function, not at those that it calls into: after an update it would run old code.
So every state of this package has a cache of its own."""


def jit(function: F) -> F:
    """Compile a function for the audio thread."""
    return _compile(function, FAST)


def exact(function: F) -> F:
    """The same with the order of operations kept: to the bit what numpy would give."""
    return _compile(function, set())


def _compile(function: F, liberties: set[str]) -> F:
    settings: Any = nb.config
    chosen = settings.CACHE_DIR
    settings.CACHE_DIR = chosen or str(CACHE)  # a folder that cannot be written to is passed over
    try:
        return cast(F, nb.njit(nogil=True, fastmath=liberties, cache=True)(function))
    finally:
        settings.CACHE_DIR = chosen
