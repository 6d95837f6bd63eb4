"""How Python is compiled outside of the block that sounds (`rt.dsp.jit`): without the interpreter, kept on disk.

Numba looks for changes only in the file of a function, so these functions call none of other files.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, TypeVar, cast

import numba as nb

F = TypeVar("F", bound=Callable[..., Any])


def jit(*, fast: Set[str] = frozenset()) -> Callable[[F], F]:
    """A decorator that compiles. fast : liberties with the order of operations, as LLVM names them; none keeps NaN."""

    def compile_it(function: F) -> F:
        return cast(F, nb.njit(nogil=True, fastmath=set(fast), cache=True)(function))

    return compile_it
