"""Labels as text (`Flute:C4:mf`, what is missing from the default or the label before), as notes, and as points.

A label lies in the latent space of a model where its note is past its attack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import Manifest
from rt.engine import note_values
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.events import Event, NoteOff, NoteOn
from rt.frames.symbols import DYNAMICS, SymbolLayout, velocities_of, velocity_of_dynamics
from rt.model import Model
from rt.parameters import INSTRUMENT, LEGATO
from rt.units import db_of_gain, name_of_note, note_of_name

RESTS = ("rest", "r", "-")
USUAL = "mf"
AGES_S = (0.0, 0.03, 0.08, 0.16, FREE_AGE_S)
"""Ages among which a note is loudest, and last the one that stands for the label."""
MOST_FADED_DB = 20.0
OVERLAP_S = 0.002
"""How long a legato note lasts into the next."""


class NamedLabel(NamedTuple):
    """One note as text tells it."""

    instrument: int
    """Index in the manifest."""
    note: int | None
    """MIDI note number; None for a rest."""
    dynamics: int
    """Index of the class, 0 is the softest."""
    seconds: float | None
    """After @, if given."""


class Mark(NamedTuple):
    """A named point for pictures."""

    text: str
    point: F32
    """(size,)."""


def parse(text: str, manifest: Manifest, instrument: str = "") -> list[NamedLabel]:
    """Labels of a text, apart by white space; `#` at the start of a word begins a comment until the line ends.

    instrument : what plays until a label names one; empty for the first of the bundle. ControlError tells what is
    allowed.
    """
    words = [word for line in text.splitlines() for word in re.sub(r"(^|\s)#.*", "", line).split()]
    labels: list[NamedLabel] = []
    now = NamedLabel(instrument_named(instrument, manifest) if instrument else 0, None, usual_dynamics(manifest), None)
    for word in words:
        now = _label(word, manifest, now)
        labels.append(now)
    return labels


def text_of(text_or_path: str) -> str:
    """The text itself, or what a file of that name holds."""
    path = Path(text_or_path)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # a text that is too long for a name
        return text_or_path
    try:
        return path.read_text(encoding="utf-8") if is_file else text_or_path
    except (OSError, ValueError) as error:
        raise ControlError(f"{path} is no text; give labels such as 'Flute:C4:mf Violin:G4:ff'") from error


def velocity(manifest: Manifest, label: NamedLabel) -> int:
    """MIDI velocity that stands for the dynamics of a label."""
    return velocity_of_dynamics(label.dynamics, velocities_of(manifest.symbol(DYNAMICS).classes[:-1]))


def level_db(manifest: Manifest, label: NamedLabel) -> float:
    """Level of the free voice at which the loudest moment of a label is as loud as a note; 0 is its usual one."""
    assert label.note is not None
    spec = manifest.instruments[label.instrument]
    note = spec.reachable(label.note)
    gain = note_values.note_gain(spec, note, velocity(manifest, label), float(label.dynamics))
    return db_of_gain(gain / note_values.free_gain(manifest))


def usual_dynamics(manifest: Manifest) -> int:
    """Index of mf, or of the middle class."""
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    return classes.index(USUAL) if USUAL in classes else len(classes) // 2


def instrument_named(name: str, manifest: Manifest, word: str = "") -> int:
    """Index of an instrument; ControlError with what there is. word : where it was named, for the message."""
    if not word:
        return manifest.find_instrument(name, error=ControlError)
    index = manifest.instrument_index(name)
    if index is None:
        have = ", ".join(spec.name for spec in manifest.instruments)
        classes = ", ".join(manifest.symbol(DYNAMICS).classes[:-1])
        raise ControlError(
            f"{word!r}: no instrument {name!r}, and neither note nor dynamics; there are {have}; {classes}; notes as C4"
        )
    return index


def points(model: Model, labels: Sequence[NamedLabel]) -> F32:
    """Points (n, size) of labels, past their attack; ControlError for a note that the instrument cannot reach."""
    layout = SymbolLayout(model.manifest.symbols)
    rows = [layout.encode(_reached(model.manifest, x), float(x.dynamics), x.instrument) for x in labels]
    mean, _ = model.encode(np.asarray(rows, np.float32), np.full(len(rows), FREE_AGE_S, np.float32))
    return mean


def marks(model: Model, labels: Sequence[NamedLabel]) -> list[Mark]:
    """The same with names."""
    manifest = model.manifest
    classes = manifest.symbol(DYNAMICS).classes
    found = []
    for label, point in zip(labels, points(model, labels), strict=True):
        note = name_of_note(_reached(manifest, label))
        found.append(Mark(f"{manifest.instruments[label.instrument].name} {note} {classes[label.dynamics]}", point))
    return found


def levels_db(model: Model, labels: Sequence[NamedLabel]) -> list[float]:
    """Levels (n,) of the free voice at which labels are as loud as their notes, even if those have faded by then."""
    layout = SymbolLayout(model.manifest.symbols)
    levels = []
    for label in labels:
        row = layout.encode(_reached(model.manifest, label), float(label.dynamics), label.instrument)
        mean, _ = model.encode(np.repeat(row[None], len(AGES_S), axis=0), np.asarray(AGES_S, np.float32))
        power = np.square(model.decode(mean), dtype=np.float64).sum(axis=1) + 1e-12
        faded_db = 10.0 * np.log10(power.max() / power[-1])
        levels.append(level_db(model.manifest, label) + min(float(faded_db), MOST_FADED_DB))
    return levels


def centre(manifest: Manifest) -> F64:
    """The middle (size,) of the training notes."""
    return np.asarray(manifest.latent.mean, np.float64)


def check_notes(manifest: Manifest, labels: Sequence[NamedLabel]) -> None:
    """Raise ControlError for a note that its instrument cannot reach."""
    for label in labels:
        if label.note is not None:
            _reached(manifest, label)


def events_of(
    manifest: Manifest, labels: Sequence[NamedLabel], *, seconds: float, rate_hz: int, legato_s: float | None = None
) -> list[tuple[int, Event]]:
    """One note after the other on channel 0, as events at sample times; the last tells where the sound ends.

    seconds : of a label without a length. legato_s : time in which notes glide into each other, None strikes them anew.
    """
    events: list[tuple[int, Event]] = []
    if legato_s is not None:
        events.append((0, LEGATO.on(0, True, legato_s)))
    at_s, overlap_s = 0.0, 0.0 if legato_s is None else OVERLAP_S
    for label in labels:
        begin = round(at_s * rate_hz)
        at_s += seconds if label.seconds is None else label.seconds
        if label.note is not None:
            events.append((begin, INSTRUMENT.on(0, label.instrument)))
            events.append((begin, NoteOn(0, label.note, velocity(manifest, label))))
            events.append((round((at_s + overlap_s) * rate_hz), NoteOff(0, label.note)))
    events.sort(key=lambda timed: timed[0])
    return events


def _label(word: str, manifest: Manifest, before: NamedLabel) -> NamedLabel:
    """One word; what it leaves out is as before."""
    body, at, length = word.partition("@")
    seconds = _seconds(word, length) if at else None
    if body.lower() in RESTS:
        return NamedLabel(before.instrument, None, before.dynamics, seconds)
    instrument, note, dynamics, told = before.instrument, None, before.dynamics, []
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    for part in body.split(":"):
        named = note_of_name(part)
        if named is not None:
            note = named
            told.append("note")
        elif part in classes:
            dynamics = classes.index(part)
            told.append("dynamics")
        else:
            instrument = instrument_named(part, manifest, word)
            told.append("instrument")
    if len(set(told)) < len(told):
        raise ControlError(f"{word!r} names one thing twice; give INSTRUMENT:NOTE:DYNAMICS, as in Flute:C4:mf")
    if note is None:
        example = manifest.instruments[instrument].name.replace(" ", "")
        raise ControlError(f"{word!r} has no note; give INSTRUMENT:NOTE:DYNAMICS without blanks, as in {example}:C4:mf")
    if not 0 <= note <= 127:
        raise ControlError(f"{word!r} is MIDI note {note}; allowed are C-1 (0) to G9 (127)")
    return NamedLabel(instrument, note, dynamics, seconds)


def _seconds(word: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 600.0:
        raise ControlError(f"{word!r}: {text!r} is no length; give 0.01 to 600 seconds after @")
    return seconds


def _reached(manifest: Manifest, label: NamedLabel) -> int:
    spec = manifest.instruments[label.instrument]
    if label.note is None or not spec.low_note <= label.note <= spec.high_note:
        asked = "a rest" if label.note is None else name_of_note(label.note)
        reach = f"{name_of_note(spec.low_note)} to {name_of_note(spec.high_note)}"
        raise ControlError(f"{spec.name} reaches {reach}, not {asked}; choose a note within")
    return label.note
