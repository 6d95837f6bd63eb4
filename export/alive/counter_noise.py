"""Random numbers that are a function of (seed, stream, step) and of nothing else.

So a process plays the same whatever the size of its blocks, can begin anywhere, and two voices never share a stream.
The mixing is that of SplitMix64 (Steele, Lea, Flood 2014), integer arithmetic that a compiled renderer can repeat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rt.arrays import F64

U64 = NDArray[np.uint64]
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_MASK = (1 << 64) - 1
FURTHEST = 4.0
"""Normals are held within so many standard deviations."""


def mixed(values: U64) -> U64:
    """Integers whose every bit depends on every bit of the input."""
    z = values
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    return np.asarray(z ^ (z >> np.uint64(31)), np.uint64)


def uniforms(seed: int, stream: int, first_step: int, shape: tuple[int, int]) -> F64:
    """Evenly spread in (0, 1]: shape[0] steps from first_step on, shape[1] independent numbers each."""
    key = mixed(np.array([(seed * _GOLDEN + 1) & _MASK], np.uint64))
    key = mixed(key ^ np.array([(stream * 0xD1342543DE82EF95 + 1) & _MASK], np.uint64))
    steps = np.array([(first_step + i) & _MASK for i in range(shape[0])], np.uint64)[:, None]
    rows = mixed(key + steps * np.uint64(_GOLDEN))
    bits = mixed(rows + np.arange(1, shape[1] + 1, dtype=np.uint64) * np.uint64(_GOLDEN))
    return np.asarray(((bits >> np.uint64(11)).astype(np.float64) + 1.0) * 2.0**-53, np.float64)


def normals(seed: int, stream: int, first_step: int, shape: tuple[int, int]) -> F64:
    """Independent normal numbers of variance 1 (Box and Muller), never beyond FURTHEST."""
    pairs = uniforms(seed, stream, first_step, (shape[0], 2 * shape[1]))
    radius, angle = pairs[:, : shape[1]], pairs[:, shape[1] :]
    values = np.sqrt(-2.0 * np.log(radius)) * np.cos(2.0 * np.pi * angle)
    return np.asarray(np.clip(values, -FURTHEST, FURTHEST), np.float64)
