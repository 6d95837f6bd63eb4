"""How the hot path is compiled: without the interpreter, cached on disk, fast but honest about NaN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba as nb
import rocket_fft  # noqa: F401  registers scipy.fft with numba

F = TypeVar("F", bound=Callable[..., Any])

FAST = {"reassoc", "contract", "arcp", "nsz", "afn"}
"""Fast mathematics without `nnan` and `ninf`, so that the guard still sees what is not finite."""


def compiled(function: F) -> F:
    """Compile a function for the audio thread."""
    return cast(F, nb.njit(nogil=True, fastmath=FAST, cache=True)(function))
