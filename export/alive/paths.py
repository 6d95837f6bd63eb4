"""The parts of notes as paths of values, which a life describes, and notes moved by it.

The values are the levels in dB of the first partials and of all bands of noise. Noise fluctuates by itself when it is
measured, and again when it is played; only what it does beyond that is part of its life.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

import numpy as np

from export.alive import life, noise_bands
from export.alive.apart import band_power
from export.alive.contour import Contour
from export.alive.contour import fit as fit_contour
from export.alive.counter_noise import normals
from export.alive.held import held
from export.alive.parts import NoteParts, highest_hz
from export.alive.pitch import lines_samples
from rt.arrays import F64, AnyArray
from rt.errors import BridgeError

N_PARTIALS = 40
STEP_HOPS = 4
"""A step of a life is so many hops: the windows of the partials let nothing faster through."""
CLEAR = 30.0
"""A partial's level is its own where its power is so many times that of the noise in its place."""
FURTHEST_DB = 18.0
"""A level further from its note's line is a mistake of the analysis, or the end of the note."""


def path_of(parts: NoteParts) -> F64:
    """Levels (n_hops, N_PARTIALS + N_BANDS) in dB; NaN for a partial that is not there or not clear of the noise."""
    n = min(N_PARTIALS, parts.amplitude.shape[1])
    density = np.stack(
        [np.interp(hz, noise_bands.centres_hz(highest_hz(parts.rate_hz)), row) for hz, row in _rows(parts, n)]
    )
    window = lines_samples(parts.rate_hz, float(np.median(parts.fundamental_hz)))
    clear = parts.amplitude[:, :n] ** 2 > CLEAR * density * 3.0 * parts.rate_hz / window
    levels = np.full((len(parts.amplitude), N_PARTIALS), np.nan)
    levels[:, :n] = np.where(clear, 20.0 * np.log10(np.maximum(parts.amplitude[:, :n], 1e-12)), np.nan)
    return np.concatenate([levels, 10.0 * np.log10(parts.noise + 1e-20)], axis=1)


def _rows(parts: NoteParts, n: int) -> list[tuple[F64, F64]]:
    return list(zip(parts.partial_hz[:, :n], parts.noise, strict=True))


def moved(parts: NoteParts, levels_db: AnyArray, cents: AnyArray) -> NoteParts:
    """A note whose partials and noise are louder by levels_db (n_hops, N_PARTIALS + N_BANDS), and higher by (n_hops,).

    Partials beyond the described ones go with the last of these.
    """
    which = np.minimum(np.arange(parts.amplitude.shape[1]), N_PARTIALS - 1)
    higher = 2.0 ** (np.asarray(cents) / 1200.0)
    return dataclasses.replace(
        parts,
        amplitude=parts.amplitude * 10.0 ** (levels_db[:, which] / 20.0),
        noise=parts.noise * 10.0 ** (levels_db[:, N_PARTIALS:] / 10.0),
        fundamental_hz=parts.fundamental_hz * higher,
        partial_hz=parts.partial_hz * higher[:, None],
    )


def at_hops(steps: AnyArray, n_hops: int, step_hops: int = STEP_HOPS) -> F64:
    """Steps (n_steps, n) interpolated to hops (n_hops, n); step 0 lies on hop 0."""
    at = np.arange(n_hops) / step_hops
    return np.stack([np.interp(at, np.arange(len(steps)), column) for column in np.asarray(steps).T], axis=1)


@functools.cache
def chance_db(rate_hz: int, hop_samples: int) -> F64:
    """Standard deviation (N_BANDS,) of the levels of steady noise in steps, as they are measured."""
    sound = normals(0, 0, 0, (10 * rate_hz, 1))[:, 0]
    centres = np.arange(0, len(sound) - rate_hz // 10, hop_samples)
    power = band_power(sound, centres, rate_hz, highest_hz(rate_hz))
    out: F64 = np.std(10.0 * np.log10(life.coarser(power, STEP_HOPS)), axis=0)
    return out


def deviations_of(notes: Sequence[NoteParts]) -> list[F64]:
    """What the levels of an instrument's held notes do, in steps: (n_steps, N_PARTIALS + N_BANDS) each, in dB."""
    paths: list[F64] = []
    first = notes[0] if notes else None
    for parts in notes:
        if first and (parts.rate_hz, parts.hop_samples) != (first.rate_hz, first.hop_samples):
            raise BridgeError(f"life: notes of {parts.rate_hz} and {first.rate_hz} Hz or other hops; analyse all alike")
        inside = held(parts)
        if inside is not None:
            path = path_of(parts)[inside]
            noise = 10.0 * np.log10(life.coarser(parts.noise[inside], STEP_HOPS) + 1e-20)
            paths.append(np.concatenate([life.coarser(path[:, :N_PARTIALS], STEP_HOPS), noise], axis=1))
    if not paths or first is None:
        raise BridgeError("life: none of the notes is held for long enough; longer notes are needed")
    found = [np.clip(path, -FURTHEST_DB, FURTHEST_DB) for path in life.deviations(paths)]
    measured = np.mean(np.concatenate(found)[:, N_PARTIALS:] ** 2, axis=0)
    own = np.sqrt(np.maximum(1.0 - chance_db(first.rate_hz, first.hop_samples) ** 2 / np.maximum(measured, 1e-9), 0.0))
    for path in found:
        path[:, N_PARTIALS:] *= own
    return found


def life_of(notes: Sequence[NoteParts]) -> life.Life:
    """The life of an instrument's levels, from notes that were taken apart."""
    found = deviations_of(notes)
    return life.fit(found, STEP_HOPS * notes[0].hop_s)


def contour_of(notes: Sequence[NoteParts]) -> Contour:
    """The contour of an instrument's pitch, from notes that were taken apart."""
    tracks = []
    for parts in notes:
        inside = held(parts)
        if inside is not None:
            hz = parts.fundamental_hz[inside]
            tracks.append(1200.0 * np.log2(hz / np.median(hz)))
    return fit_contour(tracks, notes[0].hop_s)
