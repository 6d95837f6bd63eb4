"""Notes as labels: one-hot groups in the order of the manifest, and back.

Dynamics may be fractional: 2.25 stands for a quarter of the way from the third class to the fourth, as a soft
one-hot that shares the weight between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, AnyArray
from rt.bundle.manifest import SymbolSpec
from rt.units import FULL_DB, NOTE_NAMES, VELOCITY_RANGE_DB

OCTAVE, PITCH_CLASS, DYNAMICS, INSTRUMENT = "octave", "pitch_class", "dynamics", "instrument"
SILENT = "silent"
PITCH_CLASSES = NOTE_NAMES
DYNAMICS_CLASSES = ("pp", "p", "mf", "f", "ff")
VELOCITIES = (33, 49, 72, 96, 115)
"""MIDI velocity that each of them was trained at."""
KNOWN_VELOCITIES = {"ppp": 16, "pp": 33, "p": 49, "mp": 60, "mf": 72, "f": 96, "ff": 115, "fff": 124}


class Label(NamedTuple):
    """What one frame sounds like; None throughout for silence."""

    note: int | None
    """MIDI note number."""
    dynamics: int | None
    """Index of the class, 0 is the softest."""
    instrument: int | None
    """Index into the manifest's instruments."""


def standard_symbols(instruments: Sequence[str]) -> tuple[SymbolSpec, ...]:
    """The four labels of the default bundle, each ending with `silent`."""
    octaves = tuple(str(octave) for octave in range(9))
    return (
        SymbolSpec(name=OCTAVE, classes=(*octaves, SILENT)),
        SymbolSpec(name=PITCH_CLASS, classes=(*PITCH_CLASSES, SILENT)),
        SymbolSpec(name=DYNAMICS, classes=(*DYNAMICS_CLASSES, SILENT)),
        SymbolSpec(name=INSTRUMENT, classes=(*instruments, SILENT)),
    )


def symbols_of_sources(symbols: Sequence[SymbolSpec], n_sources: int) -> tuple[SymbolSpec, ...]:
    """The symbols of one source, then those of the second with `_2` after their names, and so on."""
    more = (
        SymbolSpec(name=f"{spec.name}_{source}", classes=spec.classes)
        for source in range(2, n_sources + 1)
        for spec in symbols
    )
    return (*symbols, *more)


def velocities_of(classes: Sequence[str]) -> tuple[float, ...]:
    """MIDI velocity that each class of dynamics stands for, rising.

    classes : from the softest to the loudest, without `silent`: names (`pp`), or velocities as text (`72`). Where a
    name is neither, or they do not rise, all are spread evenly from `pp` to `ff`.
    """
    known = [KNOWN_VELOCITIES.get(name) or _velocity_of_text(name) for name in classes]
    found = [velocity for velocity in known if velocity is not None]
    if len(found) == len(known) and all(a < b for a, b in pairwise(found)):
        return tuple(float(velocity) for velocity in found)
    if len(classes) == 1:
        return (float(KNOWN_VELOCITIES["mf"]),)
    spread = np.linspace(KNOWN_VELOCITIES["pp"], KNOWN_VELOCITIES["ff"], len(classes))
    return tuple(float(velocity) for velocity in spread)


def _velocity_of_text(text: str) -> float | None:
    try:
        velocity = float(text)
    except ValueError:
        return None
    return velocity if 0.0 < velocity <= 127.0 else None


def octave_of_note(note: int, n_octaves: int = 9) -> int:
    """Octave class of a MIDI note: 60 is in octave 4; notes beyond the classes fall into the nearest."""
    return min(max(note // 12 - 1, 0), n_octaves - 1)


def dynamics_of_velocity(velocity: float, velocities: Sequence[float] = VELOCITIES) -> float:
    """Class of dynamics, with fraction, of a MIDI velocity; linear between the `velocities` of the classes."""
    return float(np.interp(velocity, velocities, np.arange(len(velocities))))


def velocity_of_dynamics(dynamics: float, velocities: Sequence[float] = VELOCITIES) -> int:
    """MIDI velocity, 1-127, of a class of dynamics."""
    return round(float(np.interp(dynamics, np.arange(len(velocities)), velocities)))


def level_of_velocity(velocity: float, *, full_db: float = FULL_DB, range_db: float = VELOCITY_RANGE_DB) -> float:
    """Level in decibels that a note of a velocity (1-127) has."""
    return full_db + range_db * float(np.log10(max(velocity, 1.0) / 127.0))


def velocity_of_level(level_db: float, *, full_db: float = FULL_DB, range_db: float = VELOCITY_RANGE_DB) -> float:
    """The velocity of a note of a level, which may lie beyond 1-127."""
    return 127.0 * float(10.0 ** ((level_db - full_db) / range_db))


class SymbolLayout:
    """Where the groups lie in the input of `symbol_encoder`."""

    def __init__(self, symbols: Sequence[SymbolSpec]) -> None:
        self.sizes = {spec.name: len(spec.classes) for spec in symbols}
        ends = np.cumsum([0, *self.sizes.values()])
        self.groups = {name: slice(int(a), int(b)) for name, a, b in zip(self.sizes, ends, ends[1:], strict=False)}
        self.n_symbols = int(ends[-1])

    def encode(self, note: int, dynamics: float, instrument: int) -> F32:
        """One-hot groups of a sounding note.

        note : MIDI note number. dynamics : class, may be fractional. instrument : index in the manifest.
        Returns (n_symbols,); symbols of other names are `silent`.
        """
        out = np.zeros(self.n_symbols, np.float32)
        choices: dict[str, float] = {
            OCTAVE: octave_of_note(note, self.sizes[OCTAVE] - 1),
            PITCH_CLASS: note % 12,
            DYNAMICS: dynamics,
            INSTRUMENT: instrument,
        }
        for name, group in self.groups.items():
            if name in choices:
                _choose(out, group.start, choices[name], self.sizes[name])
            else:
                out[group.stop - 1] = 1.0
        return out

    def decode(self, symbols: AnyArray) -> Label:
        """The likeliest label of one-hot groups or class probabilities, (n_symbols,)."""
        best = {name: int(np.argmax(symbols[group])) for name, group in self.groups.items()}
        return self.label_of_classes(best)

    def label_of_classes(self, best: dict[str, int]) -> Label:
        """The label of a class index per symbol; silence if octave, pitch class or instrument is `silent`."""
        for name in (OCTAVE, PITCH_CLASS, INSTRUMENT):
            if best[name] == self.sizes[name] - 1:
                return Label(None, None, None)
        note = 12 * (best[OCTAVE] + 1) + best[PITCH_CLASS]
        return Label(note, min(best[DYNAMICS], self.sizes[DYNAMICS] - 2), best[INSTRUMENT])


def _choose(out: F32, start: int, choice: float, n_classes: int) -> None:
    """Write a soft one-hot of `n_classes` over the zeros in `out` from `start` on."""
    last = n_classes - 2
    clipped = min(max(choice, 0.0), float(last))
    lower = min(int(clipped), last)
    out[start + lower] = 1.0 - (clipped - lower)
    if clipped > lower:
        out[start + lower + 1] = clipped - lower
