"""A path through the latent space over time, known as a whole: from label to label or along a curve, saved, loaded."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.interpolate

from rt.arrays import F32, F64, AnyArray
from rt.atomic_write import atomic_write
from rt.bundle.manifest import LatentSpec, Manifest
from rt.engine.free_path import CUBIC, NONE, FreeVoicePath
from rt.engine.latents import FREE_WANDER, Wander
from rt.errors import ControlError
from rt.events import Event
from rt.parameters import FREE_GAIN
from rt.units import gain_of_db

SILENT_DB = -200.0
STEP_S = 0.01
"""Distance of points where a path has to be sampled, and of changes of level."""
LEVEL_LEAD_S = 0.006
"""Levels are sent so much earlier than they count, because the engine glides to them."""
HOLD_SHARE = 0.25
"""Part of a morph in which its labels are held, unless told otherwise."""
JUMP_S = 0.03
"""Time in which the level follows a jump: the frames of the two sides fade into each other meanwhile."""
FIELDS = ("times_s", "latents", "level_db", "voice")
HINT = "give a file that --latents has written"


@dataclass(frozen=True, slots=True, eq=False)
class LatentPath:
    """Points of the latent space at times, straight lines between them; two at one time are a jump."""

    times_s: F64
    """(n,) from 0, never falling."""
    latents: F32
    """(n, size)."""
    level_db: F64
    """(n,) of the free voice, 0 is its usual one; SILENT_DB and below is silence."""

    @property
    def seconds(self) -> float:
        """Length."""
        return float(self.times_s[-1])

    def at(self, now_s: float) -> F64:
        """The point (size,) at a time; the ends hold."""
        lower, upper, share = self._place(now_s)
        return np.asarray(self.latents[lower] + share * (self.latents[upper] - self.latents[lower]), np.float64)

    def points(self, times_s: F64) -> F32:
        """Points (n, size) at times (n,)."""
        return np.asarray([self.at(float(time_s)) for time_s in times_s], np.float32)

    def levels(self, times_s: F64) -> F64:
        """Levels (n,) in dB at times (n,)."""
        found = []
        for time_s in times_s:
            lower, upper, share = self._place(float(time_s))
            found.append(self.level_db[lower] + share * (self.level_db[upper] - self.level_db[lower]))
        return np.asarray(found, np.float64)

    def _place(self, now_s: float) -> tuple[int, int, float]:
        """Two neighbouring points and the share of the second."""
        upper = int(np.searchsorted(self.times_s, now_s, side="right"))
        if upper == 0 or upper == len(self.times_s):
            end = min(upper, len(self.times_s) - 1)
            return end, end, 0.0
        begin, end_s = self.times_s[upper - 1], self.times_s[upper]
        return upper - 1, upper, float((now_s - begin) / (end_s - begin))

    def events(self, rate_hz: float) -> list[tuple[int, Event]]:
        """Changes of the free voice's level as events at sample times, the first at 0."""
        times_s = np.arange(0.0, self.seconds + STEP_S, STEP_S)
        events: list[tuple[int, Event]] = []
        last = None
        for time_s, level_db in zip(times_s, self.levels(times_s), strict=True):
            gain = gain_of_db(level_db) if level_db > SILENT_DB else 0.0
            if gain != last:
                events.append((max(0, round((time_s - LEVEL_LEAD_S) * rate_hz)), FREE_GAIN.set(gain)))
                last = gain
        return events

    def wandering(self, amount: float, seed: int) -> LatentPath:
        """The same with the slow motion of `--alive`, 0..1."""
        if amount <= 0.0:
            return self
        times_s = np.union1d(np.arange(0.0, self.seconds, STEP_S), self.times_s)
        wander = Wander(1, self.latents.shape[1], seed)
        noise = np.asarray([wander.at(np.zeros(1, np.int64), np.asarray([t]))[0] for t in times_s], np.float32)
        latents = self.points(times_s) + np.float32(amount * FREE_WANDER) * noise
        return LatentPath(times_s, latents, self.levels(times_s))


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


def save(path: Path, latent_paths: list[LatentPath]) -> None:
    """Write tracks, one per voice; ControlError when the file cannot be written."""
    try:
        with atomic_write(path) as place, place.open("wb") as file:
            np.savez_compressed(
                file,
                times_s=np.concatenate([latent_path.times_s for latent_path in latent_paths]),
                latents=np.concatenate([latent_path.latents for latent_path in latent_paths]),
                level_db=np.concatenate([latent_path.level_db for latent_path in latent_paths]),
                voice=np.repeat(
                    np.arange(len(latent_paths)), [len(latent_path.times_s) for latent_path in latent_paths]
                ),
            )
    except OSError as error:
        raise ControlError(f"{path} cannot be written ({error.strerror}); give a name in a writable folder") from error


def load(path: Path, manifest: Manifest, voice: int | None = None) -> LatentPath:
    """The track of a voice, or the only one; ControlError when there is none for this bundle."""
    arrays = _arrays(path)
    times_s, latents, level_db, voices = (arrays[name] for name in FIELDS)
    size = manifest.latent.size
    if times_s.ndim != 1 or len(times_s) < 1 or latents.ndim != 2 or len({len(arrays[name]) for name in FIELDS}) > 1:
        raise ControlError(f"{path}: its arrays do not fit each other; {HINT}")
    if latents.shape[1] != size:
        raise ControlError(
            f"{path}: {latents.shape[1]} latents, bundle {manifest.name!r} has {size}; give its own --bundle"
        )
    present = np.unique(voices)
    if voice is None and len(present) > 1:
        raise ControlError(f"{path}: holds {len(present)} voices; choose one with --voice, 0 to {present[-1]}")
    chosen = voices == (present[0] if voice is None else voice)
    if not chosen.any():
        raise ControlError(f"{path}: no voice {voice}; there are 0 to {present[-1]}")
    latent_path = LatentPath(
        np.asarray(times_s[chosen], np.float64),
        np.asarray(latents[chosen], np.float32),
        np.asarray(level_db[chosen], np.float64),
    )
    if not all(np.isfinite(array).all() for array in (latent_path.times_s, latent_path.latents, latent_path.level_db)):
        raise ControlError(f"{path}: holds numbers that are not finite; {HINT}")
    if latent_path.times_s[0] < 0.0 or (np.diff(latent_path.times_s) < 0.0).any():
        raise ControlError(f"{path}: its times do not rise from 0; {HINT}")
    return dataclasses.replace(latent_path, times_s=latent_path.times_s - latent_path.times_s[0])


def _arrays(path: Path) -> dict[str, AnyArray]:
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: np.asarray(file[name]) for name in FIELDS if name in file}
    except OSError as error:
        raise ControlError(f"{path}: {error.strerror or 'no NPZ file'}; {HINT}") from error
    except (ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ControlError(f"{path}: no NPZ file of latents; {HINT}") from error
    for name in FIELDS:
        if name not in found or found[name].dtype.kind not in "fiu":
            raise ControlError(f"{path}: has no numbers {name!r}; {HINT}")
    return found


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
