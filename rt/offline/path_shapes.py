"""The paths of the published demonstrations: from label to label, and along simple curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.interpolate

from rt.arrays import F64, AnyArray
from rt.bundle.manifest import LatentSpec
from rt.engine.free_path import CUBIC, NONE, FreeVoicePath
from rt.offline.latent_path import STEP_S, LatentPath

HOLD_SHARE = 0.25
"""Part of a morph in which its labels are held, unless told otherwise."""

JUMP_S = 0.03
"""Time in which the level follows a jump: the frames of the two sides fade into each other meanwhile."""


def morph(points: AnyArray, levels_db: Sequence[float], *, order: int, seconds: float, hold_s: float) -> LatentPath:
    """From point to point (n, size), each held for hold_s, equally long on the way.

    order : `rt.engine.free_path` NONE jumps half-way between two; CUBIC has a continuous derivative and never
    overshoots.
    """
    n = len(points)
    table = np.column_stack([points, levels_db])
    move_s = (seconds - n * hold_s) / max(n - 1, 1)
    begin_s = np.arange(n) * (hold_s + move_s)
    if order == NONE:
        return _jumping(table, np.concatenate([[0.0], begin_s[1:] - move_s / 2, [seconds]]))
    knots_s, knots = np.repeat(begin_s, 2), np.repeat(table, 2, axis=0)
    knots_s[1::2] += hold_s
    if hold_s <= 0.0:
        knots_s, knots = begin_s, table
    if order == CUBIC and n > 1:
        times_s = np.append(np.arange(0.0, seconds, STEP_S), seconds)
        return _latent_path(times_s, scipy.interpolate.PchipInterpolator(knots_s, knots, axis=0)(times_s))
    return _latent_path(knots_s, knots)


def trajectory(
    spec: LatentSpec, centre: AnyArray, *, shape: int, seconds: float, radius: float, turns: float, level_db: float
) -> LatentPath:
    """About a point (size,), as `/lb/trajectory` goes live; radius in deviations of the principal axes."""
    path = FreeVoicePath(spec)
    path.set_interpolation(NONE, 0.0)
    path.go(np.asarray(centre, np.float64), 0.0)
    path.set_trajectory(shape, turns / seconds, radius, 0.0)
    step_s = min(STEP_S, seconds / max(64.0 * turns, 1.0))
    times_s = np.append(np.arange(0.0, seconds, step_s), seconds)
    places = np.asarray([path.at(float(time_s)) for time_s in times_s])
    return _latent_path(times_s, np.column_stack([places, np.full(len(times_s), level_db)]))


def _jumping(table: AnyArray, edges_s: F64) -> LatentPath:
    """Rows (n, size + 1) held between edges (n + 1,); around a jump the lower of two levels counts.

    The sound of one row fades into the next, and must not be heard at the next one's level.
    """
    fade_s = np.minimum(JUMP_S, np.diff(edges_s) / 2)
    times_s, rows = [edges_s[:1]], [table[:1]]
    for number in range(1, len(table)):
        before, after = table[number - 1].copy(), table[number].copy()
        before[-1] = after[-1] = min(before[-1], after[-1])
        at_s = edges_s[number]
        times_s.append(np.asarray([at_s - fade_s[number - 1], at_s, at_s, at_s + fade_s[number]]))
        rows.append(np.stack([table[number - 1], before, after, table[number]]))
    return _latent_path(np.concatenate([*times_s, edges_s[-1:]]), np.concatenate([*rows, table[-1:]]))


def _latent_path(times_s: F64, table: AnyArray) -> LatentPath:
    """A track of points with their level in the last column."""
    return LatentPath(np.asarray(times_s, np.float64), np.asarray(table[:, :-1], np.float32), np.asarray(table[:, -1]))
