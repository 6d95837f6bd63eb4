"""From MIDI velocity to dynamics and level."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64
from rt.manifest import InstrumentSpec, Manifest
from rt.units import gain_of_db

FULL_DB = -13.0
"""K-weighted level of a note at velocity 127; leaves room for chords below the limiter."""
RANGE = 30.0
"""The level falls by this many decibels each time the velocity falls to a tenth."""
ANCHORS = (1, 49, 72, 96, 127)
"""Velocities of pp, p, mf, f and ff: the inner ones as trained, the outer ones at the ends: every step counts."""
NEUTRAL_VELOCITY = 72
TILT_OCTAVES = 3.0
CORRECTION_DB = 36.0
"""Notes are lifted or lowered by at most this much."""


def level_db(velocity: float) -> float:
    """Level that a note of a velocity (1-127) should have."""
    return FULL_DB + RANGE * float(np.log10(max(velocity, 1.0) / 127.0))


def dynamics(manifest: Manifest, velocity: float) -> float:
    """Class of dynamics with fraction, 0 for the softest; as many as the bundle has."""
    n = len(manifest.symbol("dynamics").classes) - 1
    place = float(np.interp(velocity, ANCHORS, np.linspace(0.0, 1.0, len(ANCHORS))))
    return place * (n - 1)


def note_gain(instrument: InstrumentSpec, note: int, velocity: float, at_dynamics: float) -> float:
    """Gain that brings a decoded note to the level of its velocity, whatever the training data's level."""
    row = instrument.loudness_db[note - instrument.low_note]
    found_db = float(np.interp(at_dynamics, np.arange(len(row)), row))
    return gain_of_db(float(np.clip(level_db(velocity) - found_db, -CORRECTION_DB, CORRECTION_DB)))


def tilt(frequency_hz: F64, note_hz: float, velocity: float, tilt_db: float) -> F32:
    """Factors (n_bands,) that brighten a note by its velocity, where the training data did not.

    Above the fundamental the spectrum turns by up to half of `tilt_db` per octave each way; velocity 72 leaves it.
    """
    octaves = np.clip(np.log2(frequency_hz / note_hz), 0.0, TILT_OCTAVES)
    turn_db = tilt_db * (velocity - NEUTRAL_VELOCITY) / 127.0
    return np.asarray(10.0 ** (turn_db * octaves / 20.0), np.float32)


def free_gain(manifest: Manifest) -> float:
    """Gain of the free voice: a typical note of middle dynamics comes out at the level of velocity 100."""
    found = [row[len(row) // 2] for spec in manifest.instruments for row in spec.loudness_db]
    return gain_of_db(level_db(100.0) - float(np.median(found)))
