"""How Python is compiled outside of the block that sounds (`rt.dsp.jit`): without the interpreter, kept on disk.

Numba looks for changes only in the file of a function, so these functions call none of other files.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, TypeVar, cast

import numba as nb

from rt import code_cache

F = TypeVar("F", bound=Callable[..., Any])


def jit(*, fast: Set[str] = frozenset()) -> Callable[[F], F]:
    """A decorator that compiles. fast : liberties with the order of operations, as LLVM names them; none keeps NaN."""

    def compile_it(function: F) -> F:
        return cast(F, nb.njit(nogil=True, fastmath=set(fast), cache=IS_KEPT)(function))

    return compile_it


def _tell_numba() -> bool:
    """Have numba keep code in the folder of ours; whether there is one."""
    settings: Any = nb.config
    place = code_cache.folder()
    if place not in (None, code_cache.PACKAGE):
        settings.CACHE_DIR = str(place)
    return place is not None


IS_KEPT = _tell_numba()
"""Whether compiled code is kept on disk."""
