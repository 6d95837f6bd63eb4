"""How loud a region is: the velocities that it is for, its gain, and what its layers are called."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from export.sources.sfz.opcodes import Opcodes
from rt.errors import BridgeError
from rt.frames.symbols import KNOWN_VELOCITIES

DYNAMICS_CONTROLLERS = (1, 2, 11)
"""Modulation wheel, breath and expression: what fades between samples by these, fades between dynamics."""
VELOCITIES = (0.0, 127.0)
MOST_GAIN_DB = 60.0
LAYERS = {2: ("p", "f"), 3: ("p", "mf", "f"), 4: ("pp", "p", "f", "ff"), 5: ("pp", "p", "mf", "f", "ff")}
"""Dynamics of a note's velocity layers, from soft to loud; of more layers several share one of five classes."""
SOFTEST, LOUDEST = 12.0, 115.0
"""Layers that reach from here to there are all of a note's; of others the velocity tells the dynamics."""
SAME_LAYER = 2.0
"""Velocities between the middles of two layers that are taken for one."""
ONE_LAYER = 100.0
"""A lone layer over so many velocities says nothing of dynamics."""


def loudness_of(opcodes: Opcodes) -> tuple[float, float]:
    """How hard the key is struck for a region to be heard, or how far a controller of dynamics is up: 0-127."""
    low, high = (opcodes.number(name, default) for name, default in zip(("lovel", "hivel"), VELOCITIES, strict=True))
    low, high = _faded(opcodes, "vel", low, high)
    for number in DYNAMICS_CONTROLLERS:
        by_controller = _faded(opcodes, f"cc{number}", *VELOCITIES)
        if by_controller != VELOCITIES and low <= 1.0 and high >= VELOCITIES[1]:
            low, high = by_controller
    if low > high:
        raise BridgeError(f"lovel {low:g} lies above hivel {high:g}")
    return min(max(low, 0.0), 127.0), min(max(high, 0.0), 127.0)


def _faded(opcodes: Opcodes, by: str, low: float, high: float) -> tuple[float, float]:
    """A range cut where its crossfades are half way."""
    half_in = 0.5 * (opcodes.number(f"xfin_lo{by}", 0.0) + opcodes.number(f"xfin_hi{by}", 0.0))
    half_out = 0.5 * (opcodes.number(f"xfout_lo{by}", 127.0) + opcodes.number(f"xfout_hi{by}", 127.0))
    return max(low, half_in), min(high, half_out)


def gain_db_of(opcodes: Opcodes) -> float | None:
    """Gain of a region struck as hard as is usual for it; None when it is silent.

    Samples of several layers are often brought to one level, and the file tells them apart by velocity.
    """
    gain_db = opcodes.from_start("volume", 0.0)
    gain = _velocity_gain(opcodes)
    for level in ("", "group_", "master_", "global_"):
        gain_db += opcodes.number(f"{level}volume", 0.0) if level else 0.0
        gain *= opcodes.number(f"{level}amplitude", 100.0) / 100.0
    if gain > 0.0:
        gain_db += 20.0 * math.log10(gain)
    if gain <= 0.0 or gain_db <= -MOST_GAIN_DB:
        return None
    return min(gain_db, MOST_GAIN_DB)


def _velocity_gain(opcodes: Opcodes) -> float:
    """How loud the middle of a region's velocities is, as a factor, as far as velocity counts."""
    low, high = (opcodes.number(name, default) for name, default in zip(("lovel", "hivel"), VELOCITIES, strict=True))
    velocity = min(max(0.5 * (low + high), 1.0), VELOCITIES[1])
    points = dict(zip(VELOCITIES, (0.0, 1.0), strict=True))
    points |= {float(number): opcodes.number(name, 1.0) for name, number in opcodes.numbered("amp_velcurve_")}
    curve = (velocity / VELOCITIES[1]) ** 2
    if len(points) > len(VELOCITIES):
        curve = float(np.interp(velocity, sorted(points), [points[place] for place in sorted(points)]))
    share = min(max(opcodes.from_start("amp_veltrack", 100.0) / 100.0, -1.0), 1.0)
    return 1.0 - share * (1.0 - curve) if share >= 0.0 else 1.0 + share * curve


def dynamics_of(layers: list[tuple[float, float]], alone: str) -> list[str]:
    """Classes of dynamics of one note's velocity layers, from soft to loud.

    Layers whose middles nearly agree are one: round robins are not always cut at the same velocity.

    alone : the class of a layer that is struck at nearly any velocity.
    """
    middles = [0.5 * (low + high) for low, high in layers]
    number = np.cumsum([0, *(high - low > SAME_LAYER for low, high in pairwise(middles))])
    n_layers = int(number[-1]) + 1
    if n_layers == 1 and layers[0][1] - layers[0][0] >= ONE_LAYER:
        return [alone] * len(layers)
    five = LAYERS[5]
    if n_layers > 1 and layers[0][0] <= SOFTEST and layers[-1][1] >= LOUDEST:
        names = LAYERS.get(n_layers, tuple(five[5 * index // n_layers] for index in range(n_layers)))
        return [names[index] for index in number]
    return [min(five, key=lambda name: abs(KNOWN_VELOCITIES[name] - middle)) for middle in middles]
