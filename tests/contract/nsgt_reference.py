"""The `nsgt` package, made to run on numpy 2 without changing its source.

Its window builder clips an integer array in place with a float bound, which numpy 2 refuses; the module sees
a stand-in for numpy whose `clip` rounds down instead.
"""

from __future__ import annotations

import importlib
import types
from typing import Any

import numpy as np


class _Numpy(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


def _clip(values: Any, low: Any, high: Any, out: Any = None) -> Any:
    result = np.maximum(values, low)
    if high is not None and np.isfinite(high):
        result = np.minimum(result, high)
    if out is None:
        return result
    out[...] = result
    return out


def load_nsgt() -> Any:
    """The package, patched; ImportError when it is not installed."""
    builder: Any = importlib.import_module("nsgt.nsgfwin_sl")
    numpy = _Numpy("numpy")
    numpy.clip = _clip  # type: ignore[attr-defined]
    builder.np = numpy
    return importlib.import_module("nsgt")
