"""Whether a bundle is in tune: every note is measured on the sound of the engine, corrected, and measured again.

The pitch is that of the period, as estimators such as YIN read it. The strings of low notes that decay are stiff: the
fundamental lies below the period, estimators differ on which is the pitch, and such a note is in tune between the two.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from export.evaluate.played import BASS_BELOW_NOTE
from export.prepare.tuning import (
    RELIABLE_CORRELATION,
    audible_partials,
    loudest_peaks,
    other_note,
    period_offset_cents,
    string_offset_cents,
)
from rt.arrays import F32, F64
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import InstrumentSpec, Manifest
from rt.config import config
from rt.engine import Engine
from rt.engine.note_values import sharp_cents
from rt.events import AllSoundOff, NoteOn
from rt.model import Model
from rt.parameters import INSTRUMENT
from rt.stats import Stats
from rt.units import name_of_note

IN_TUNE_CENTS = 5.0
WRONG_CENTS = 100.0
"""A note further off is another note."""
SEARCH_CENTS = 150.0
VELOCITIES = tuple(range(1, 128, 9))
"""Evenly from 1 to 127, as the manifest has them."""
ROUNDS = 5
RATE_HZ = 48_000
BEGIN_S, END_S = 0.1, 0.7
"""What of a note is measured, from its onset."""
PAUSE_S = 0.02
SILENT = 1e-7
MOST_STRETCH_CENTS = 20.0
MOST_NAMED = 8


class Fault(NamedTuple):
    """A note that cannot be brought in tune."""

    instrument: str
    note: int
    reason: str

    def __str__(self) -> str:
        return f"{self.instrument} {name_of_note(self.note)} {self.reason}"


class Tuned(NamedTuple):
    """What came of a bundle's notes."""

    manifest: Manifest
    before_cents: float
    """Largest offset of a note at any velocity as it was, the faulty ones aside."""
    after_cents: float
    n_corrected: int
    faults: tuple[Fault, ...]


class OutOfTuneError(Exception):
    """A measured note cannot be corrected; says why."""


def tune(opened: Bundle, *, progress: Any) -> Tuned:
    """Measure all notes of a bundle and correct those that are more than IN_TUNE_CENTS off, until none is.

    progress : a bar, which gets one step per note that is measured. Nothing is written.
    """
    manifest, faults, corrected = opened.manifest, list[Fault](), set[tuple[int, int]]()
    todo = [(i, note) for i, one in enumerate(manifest.instruments) for note in range(one.low_note, one.high_note + 1)]
    first, last = dict[tuple[int, int], float](), dict[tuple[int, int], float]()
    for done in range(ROUNDS):
        progress.reset(total=len(todo))
        performer = Performer(dataclasses.replace(opened, manifest=manifest))
        found: dict[tuple[int, int], F64] = {}
        for index, note in todo:
            try:
                found[index, note] = performer.offset_cents(index, note, VELOCITIES if done else VELOCITIES[::2])
            except OutOfTuneError as error:
                faults.append(Fault(manifest.instruments[index].name, note, str(error)))
            progress.update(1)
        last |= {place: float(np.abs(cents).max()) for place, cents in found.items()}
        first = first or dict(last)
        todo = [place for place in found if last[place] > IN_TUNE_CENTS]
        if not todo or done == ROUNDS - 1:
            break
        corrected |= set(todo)
        manifest = correct(manifest, {place: found[place] for place in todo})
    for index, note in todo:
        reason = f"stays {last.pop((index, note)):.0f} cents off at some velocity"
        faults.append(Fault(manifest.instruments[index].name, note, reason))
    first = {place: cents for place, cents in first.items() if place in last}
    most_before, most_after = max(first.values(), default=0.0), max(last.values(), default=0.0)
    return Tuned(manifest, most_before, most_after, len(corrected), tuple(faults))


def correct(manifest: Manifest, offsets: dict[tuple[int, int], F64]) -> Manifest:
    """The manifest, whose notes are played as much lower as they were found sharp.

    offsets : (index of the instrument, note) -> (n,) cents at velocities that are spread evenly from 1 to 127.
    """
    instruments = []
    for index, spec in enumerate(manifest.instruments):
        own = {note: cents for (where, note), cents in offsets.items() if where == index}
        instruments.append(_corrected(spec, own) if own else spec)
    return dataclasses.replace(manifest, instruments=tuple(instruments))


def _corrected(spec: InstrumentSpec, offsets: dict[int, F64]) -> InstrumentSpec:
    notes = range(spec.low_note, spec.high_note + 1)
    table = np.array([[sharp_cents(spec, row, v) for v in VELOCITIES] for row in range(len(notes))])
    for note, cents in offsets.items():
        table[note - spec.low_note] += np.interp(VELOCITIES, np.linspace(1.0, 127.0, len(cents)), cents)
    middle = np.array(spec.tuning_cents)
    changed = np.array([note in offsets for note in notes])
    middle[changed] = np.round(np.median(table[changed], axis=1), 2)
    return dataclasses.replace(
        spec,
        tuning_cents=tuple(middle.tolist()),
        tuning_by_velocity_cents=tuple(tuple(row) for row in np.round(table - middle[:, None], 2).tolist()),
    )


class Performer:
    """Plays single notes on an engine, as `latent-bridge render` does, and measures them."""

    def __init__(self, opened: Bundle) -> None:
        self._instruments = opened.manifest.instruments
        settings = dataclasses.replace(
            config.load(None, {}).engine, alive=0.0, gain_db=0.0, voices=2, stereo=False, room=0.0
        )
        model = Model.load(opened, "cpu")
        self._engine = Engine(model, sample_rate_hz=RATE_HZ, config=settings, stats=Stats())
        self._engine.warm_up()

    def offset_cents(self, index: int, note: int, velocities: Sequence[int]) -> F64:
        """How sharp a note sounds at each velocity, (n_velocities,); OutOfTuneError where no correction would help."""
        sounds = [self._play(index, note, velocity) for velocity in velocities]
        audible = [k for k, sound in enumerate(sounds) if np.abs(sound).max() > SILENT]
        if not audible:
            raise OutOfTuneError("is silent")
        stiff = note < BASS_BELOW_NOTE and max(self._instruments[index].decay_db_per_s) > 0.0
        heard = [offset_cents(sounds[k], note, stiff=stiff) for k in audible]
        if min(correlation for _, correlation in heard) < RELIABLE_CORRELATION:
            raise OutOfTuneError("has no clear pitch")
        other = other_note(*audible_partials(sounds[audible[len(audible) // 2]], RATE_HZ, note), note)
        if other is not None:
            raise OutOfTuneError(f"sounds like {name_of_note(other)}")
        cents = np.array([found for found, _ in heard])
        furthest = float(cents[np.argmax(np.abs(cents))])
        if abs(furthest) > WRONG_CENTS:
            raise OutOfTuneError(f"sounds {abs(furthest):.0f} cents {'sharp' if furthest > 0.0 else 'flat'}")
        filled: F64 = np.interp(np.arange(len(velocities)), audible, cents)
        return filled

    def _play(self, index: int, note: int, velocity: int) -> F32:
        """What is measured of one note, (n_samples, 1)."""
        sound = np.zeros(round(END_S * RATE_HZ), np.float32)
        self._engine.apply(INSTRUMENT.on(0, index))
        self._engine.apply(NoteOn(0, note, velocity))
        self._engine.render(sound)
        self._engine.apply(AllSoundOff(0))
        self._engine.render(np.zeros(round(PAUSE_S * RATE_HZ), np.float32))
        return sound[round(BEGIN_S * RATE_HZ) :, None]


def offset_cents(sound: F32, note: int, *, stiff: bool) -> tuple[float, float]:
    """How sharp a sound (n_samples, 1) is for a note, and how periodic, 0-1; stiff : its partials are stretched."""
    frequencies, powers = audible_partials(sound, RATE_HZ, note)
    cents, correlation = period_offset_cents(frequencies, powers, note, search_cents=SEARCH_CENTS)
    if stiff:
        stretch = string_offset_cents(*loudest_peaks(frequencies, powers), note) - cents
        other = cents + min(max(stretch, -MOST_STRETCH_CENTS), MOST_STRETCH_CENTS)
        cents = 0.0 if cents * other <= 0.0 else min(cents, other, key=abs)
    return cents, correlation


def refusal(faults: Sequence[Fault], *, option: str = "--keep-untuned") -> str:
    """What is wrong with notes and what to do, in one line; option : of the command, that keeps them as they are."""
    named = ", ".join(str(fault) for fault in faults[:MOST_NAMED])
    more = f" and {len(faults) - MOST_NAMED} more notes" if len(faults) > MOST_NAMED else ""
    keep = f", or take {option} to write them as they are" if option else ""
    return (
        f"cannot be tuned: {named}{more}; train for more --steps or give more or cleaner samples of these notes{keep}"
    )
