"""Magnitudes of bands <-> frame values, the numbers that the models see.

A magnitude of 1 (0 dB) is the band of a full-scale sine at its centre. A frame value is 0 at or below the floor
and rises by 1 every `step_db`.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, AnyArray
from rt.bundle.manifest import FrameSpec


def values_of_magnitudes(spec: FrameSpec, magnitudes: AnyArray) -> F32:
    """Frame values of linear magnitudes; any shape, 0 at the floor and below."""
    floor = 10.0 ** (spec.floor_db / 20.0)
    level_db = 20.0 * np.log10(np.maximum(magnitudes, floor))
    return np.asarray((level_db - spec.floor_db) / spec.step_db, np.float32)


def magnitudes_of_values(spec: FrameSpec, values: AnyArray) -> F32:
    """Linear magnitudes of frame values; any shape, exactly 0 (silence) at value 0 and below."""
    wide = np.asarray(values, np.float64)
    magnitudes = 10.0 ** ((wide * spec.step_db + spec.floor_db) / 20.0)
    return np.where(wide > 0.0, magnitudes, 0.0).astype(np.float32)
