"""What a note asks of its voice: from its key and velocity to labels, level, place, brightness, tuning, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import InstrumentSpec, Manifest
from rt.engine.channel_states import Note
from rt.frames.symbols import DYNAMICS, SymbolLayout, dynamics_of_velocity, level_of_velocity, velocities_of
from rt.units import gain_of_db, hz_of_note

NEUTRAL_VELOCITY = 72
TILT_OCTAVES = 3.0
CORRECTION_DB = 36.0
"""Notes are lifted or lowered by at most this much."""
FREE_RELEASE_S = 0.25
KEYS_WIDTH, SEATS_WIDTH = 0.6, 0.3
"""How far the outer keys of a piano, and the outer ones of other instruments, stand from the middle; 1 is one side."""


class NoteValues(NamedTuple):
    """All that one voice needs to know of its note."""

    symbols: F32
    """(n_symbols,) labels; of the note that sounds, within the instrument's reach."""
    tilt: F32
    """(n_bands,) factors on its frames and their noise, side by side."""
    tuning: float
    """Factor on its frequencies."""
    gain: float
    side: float
    """Where it stands, -1 left to 1 right."""
    release_s: float
    """Time in which it dies away by 60 dB once it is released."""
    decay_db_per_s: float
    """Beyond the ages that the model was trained on."""


class NoteTable:
    """Notes of one bundle to their values."""

    def __init__(self, manifest: Manifest, frequency_hz: F64, *, tilt_db: float) -> None:
        """Prepare all notes, for bands at `frequency_hz` (n_bands,), those of noise last; tilt_db : see `Tilt`."""
        self._instruments = manifest.instruments
        self._layout = SymbolLayout(manifest.symbols)
        self._tilt = Tilt(frequency_hz, tilt_db)
        self._dynamics = [dynamics(manifest, velocity) for velocity in range(128)]
        self.free = NoteValues(
            symbols=np.zeros(self._layout.n_symbols, np.float32),
            tilt=np.ones(len(frequency_hz), np.float32),
            tuning=1.0,
            gain=free_gain(manifest),
            side=0.0,
            release_s=FREE_RELEASE_S,
            decay_db_per_s=0.0,
        )
        """Of the free voice, which has no labels."""

    def of(self, asked: Note) -> NoteValues:
        """What a note asks for."""
        index = min(asked.instrument, len(self._instruments) - 1)
        spec = self._instruments[index]
        note = spec.reachable(asked.key.note)
        row = note - spec.low_note
        at_dynamics = self._dynamics[asked.velocity]
        return NoteValues(
            symbols=self._layout.encode(note, at_dynamics, index),
            tilt=self._tilt.of(note, asked.velocity),
            tuning=2.0 ** (-sharp_cents(spec, row, asked.velocity) / 1200.0),
            gain=note_gain(spec, note, asked.velocity, at_dynamics),
            side=side_of(self._instruments, index, note),
            release_s=spec.release_s,
            decay_db_per_s=spec.decay_db_per_s[row],
        )


def dynamics(manifest: Manifest, velocity: float) -> float:
    """Class of dynamics with fraction, 0 for the softest; as many as the bundle has.

    The inner classes lie at their own velocities, the outer ones at 1 and 127, so that every step of velocity counts.
    """
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    anchors = (1.0, *velocities_of(classes)[1:-1], 127.0)
    return dynamics_of_velocity(velocity, anchors) if len(classes) > 1 else 0.0


def note_gain(instrument: InstrumentSpec, note: int, velocity: float, at_dynamics: float) -> float:
    """Gain that brings a decoded note to the level of its velocity, whatever the training data's level."""
    row = instrument.loudness_db[note - instrument.low_note]
    lower = min(int(at_dynamics), len(row) - 1)
    upper = min(lower + 1, len(row) - 1)
    found_db = row[lower] + (row[upper] - row[lower]) * (at_dynamics - lower)
    return gain_of_db(min(max(level_of_velocity(velocity) - found_db, -CORRECTION_DB), CORRECTION_DB))


def side_of(instruments: Sequence[InstrumentSpec], index: int, note: int) -> float:
    """Where a note of an instrument stands, -1 left to 1 right.

    What dies away by itself, as a piano does, lies before the player, low keys left. The others share the stage in the
    order of the bundle; one alone stands in the middle.
    """
    spec = instruments[index]
    if _dies_away(spec):
        return KEYS_WIDTH * (2.0 * (note - spec.low_note) / max(spec.high_note - spec.low_note, 1) - 1.0)
    seats = [i for i, other in enumerate(instruments) if not _dies_away(other)]
    return SEATS_WIDTH * (2.0 * seats.index(index) / (len(seats) - 1) - 1.0) if len(seats) > 1 else 0.0


def _dies_away(spec: InstrumentSpec) -> bool:
    return min(spec.decay_db_per_s) > 0.0


def free_gain(manifest: Manifest) -> float:
    """Gain of the free voice: a typical note of middle dynamics comes out at the level of velocity 100."""
    found = [row[len(row) // 2] for spec in manifest.instruments for row in spec.loudness_db]
    return gain_of_db(level_of_velocity(100.0) - float(np.median(found)))


def sharp_cents(spec: InstrumentSpec, row: int, velocity: float) -> float:
    """How sharp the frames of a note are at a velocity (1-127); row : counts from the lowest note."""
    cents = spec.tuning_cents[row]
    if spec.tuning_by_velocity_cents:
        more = spec.tuning_by_velocity_cents[row]
        cents += float(np.interp(velocity, np.linspace(1.0, 127.0, len(more)), more))
    return cents


class Tilt:
    """Brightness by velocity, where the training data has none.

    Above the fundamental the spectrum turns by up to half of `tilt_db` per octave each way; NEUTRAL_VELOCITY leaves it.
    """

    def __init__(self, frequency_hz: F64, tilt_db: float) -> None:
        """Prepare all notes, for bands at `frequency_hz` (n_bands,)."""
        note_hz = np.asarray([hz_of_note(note) for note in range(128)])
        octaves = np.clip(np.log2(frequency_hz[None, :] / note_hz[:, None]), 0.0, TILT_OCTAVES)
        self._powers_of_two = (octaves * tilt_db / (127.0 * 20.0 * np.log10(2.0))).astype(np.float32)

    def of(self, note: int, velocity: float) -> F32:
        """Factors (n_bands,) on the frames of a note."""
        return np.asarray(np.exp2(self._powers_of_two[note] * np.float32(velocity - NEUTRAL_VELOCITY)))
