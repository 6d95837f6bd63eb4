"""Labels as text: `Flute:C4:mf`, parts in any order, what is missing from the default or the label before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from rt.bundle.manifest import Manifest
from rt.engine import loudness
from rt.errors import ControlError
from rt.frames.symbols import DYNAMICS, velocities_of
from rt.units import NOTE_NAMES, db_of_gain

NOTE = re.compile(r"([A-Ga-g])([#sb]?)(-?\d+)")
RESTS = ("rest", "r", "-")
USUAL = "mf"


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
    return round(velocities_of(manifest.symbol(DYNAMICS).classes[:-1])[label.dynamics])


def level_db(manifest: Manifest, label: NamedLabel) -> float:
    """Level of the free voice at which the loudest moment of a label is as loud as a note; 0 is its usual one."""
    assert label.note is not None
    spec = manifest.instruments[label.instrument]
    note = spec.reachable(label.note)
    gain = loudness.note_gain(spec, note, velocity(manifest, label), float(label.dynamics))
    return db_of_gain(gain / loudness.free_gain(manifest))


def usual_dynamics(manifest: Manifest) -> int:
    """Index of mf, or of the middle class."""
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    return classes.index(USUAL) if USUAL in classes else len(classes) // 2


def _label(word: str, manifest: Manifest, before: NamedLabel) -> NamedLabel:
    """One word; what it leaves out is as before."""
    body, at, length = word.partition("@")
    seconds = _seconds(word, length) if at else None
    if body.lower() in RESTS:
        return NamedLabel(before.instrument, None, before.dynamics, seconds)
    instrument, note, dynamics, told = before.instrument, None, before.dynamics, []
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    for part in body.split(":"):
        pitch = NOTE.fullmatch(part)
        if pitch:
            note = _note(word, *pitch.groups())
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
    return NamedLabel(instrument, note, dynamics, seconds)


def _note(word: str, letter: str, sign: str, octave: str) -> int:
    shift = {"": 0, "#": 1, "s": 1, "b": -1}[sign]
    note = NOTE_NAMES.index(letter.upper()) + shift + 12 * (int(octave) + 1)
    if not 0 <= note <= 127:
        raise ControlError(f"{word!r} is MIDI note {note}; allowed are C-1 (0) to G9 (127)")
    return note


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


def _seconds(word: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 600.0:
        raise ControlError(f"{word!r}: {text!r} is no length; give 0.01 to 600 seconds after @")
    return seconds
