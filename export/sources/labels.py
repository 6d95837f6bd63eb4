"""Text -> labels: notes, dynamics, velocities and further columns.

Whatever cannot be read raises BridgeError with a reason that fits on one line after the file's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rt.errors import BridgeError
from rt.units import note_of_name

NOTE = r"[A-Ga-g](?:#|♯|♭|b|s)?-?\d{1,2}|\d{1,3}"
"""A note in a file name: C#4, Db4, Cs4 (the sharp of names that must not hold a #) or a MIDI number."""
PITCH_CLASS = r"[A-Ga-g](?:#|♯|♭|b|s)?"
LONG_DYNAMICS = {
    "pianississimo": "ppp",
    "pianissimo": "pp",
    "piano": "p",
    "mezzopiano": "mp",
    "mezzoforte": "mf",
    "forte": "f",
    "fortissimo": "ff",
    "fortississimo": "fff",
}
DYNAMICS = tuple(LONG_DYNAMICS.values())
RESERVED = ("file", "note", "octave", "pitch_class", "dynamics", "velocity", "instrument", "silent")
"""Names that further columns cannot have."""


@dataclass(frozen=True, slots=True)
class Column:
    """A further label that the user asked for."""

    name: str
    default: str | None
    """Class of sounds that do not say; None: they must say."""


def parse_note(text: str, *, middle_c: int = 4) -> int:
    """MIDI note of `C#4`, `Db4`, `Cs4` or `61`; `middle_c` is the octave number of note 60."""
    text = text.strip()
    if re.fullmatch(r"-?\d{1,4}", text):
        note = int(text)
    else:
        named = note_of_name(text)
        if named is None:
            raise BridgeError(f"note {text!r} is not understood, allowed are names such as C#4 or Db4 and MIDI numbers")
        note = named + 12 * (4 - middle_c)
    if not 0 <= note <= 127:
        raise BridgeError(f"note {text!r} is MIDI {note}, allowed are 0-127")
    return note


def parse_pitch(pitch_class: str, octave: str, *, middle_c: int = 4) -> int:
    """MIDI note of a pitch class, `C#` or 0-11, and an octave number."""
    pitch_class, octave = pitch_class.strip(), octave.strip()
    numbered = re.fullmatch(r"\d|1[01]", pitch_class)
    if not numbered and not re.fullmatch(PITCH_CLASS, pitch_class):
        raise BridgeError(f"pitch class {pitch_class!r} is not understood, allowed are names such as C# and 0-11")
    if not re.fullmatch(r"-?\d{1,2}", octave):
        raise BridgeError(f"octave {octave!r} is not understood, allowed are numbers such as 4")
    if numbered:
        return parse_note(str(int(pitch_class) + 12 * (int(octave) + 5 - middle_c)))
    return parse_note(pitch_class + octave, middle_c=middle_c)


def parse_dynamics(text: str) -> str:
    """Class of dynamics: `Mezzo-Forte` is mf, `072` is 72; names of the user's own stay as they are."""
    text = text.strip()
    plain = "".join(c for c in text.lower() if c.isalnum())
    if plain in DYNAMICS:
        return plain
    if plain in LONG_DYNAMICS:
        return LONG_DYNAMICS[plain]
    if re.fullmatch(r"\d+", text):
        return parse_velocity(text)
    return parse_class("dynamics", text)


def parse_velocity(text: str) -> str:
    """A MIDI velocity as a class of dynamics."""
    text = text.strip()
    if not re.fullmatch(r"\d{1,4}", text) or not 1 <= int(text) <= 127:
        raise BridgeError(f"velocity {text!r} is not understood, allowed are 1-127")
    return str(int(text))


def parse_class(column: str, text: str) -> str:
    """A class as it goes into a vocabulary."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if not text:
        raise BridgeError(f"{column} is empty")
    if text.lower() == "silent":
        raise BridgeError(f"{column} is {text!r}, which names silence; choose another name")
    return text


def parse_columns(columns: tuple[str, ...]) -> tuple[Column, ...]:
    """The further columns of a command line: `articulation` or `articulation=normal`."""
    found = []
    for text in columns:
        name, equals, default = text.partition("=")
        name = column_name(name)
        found.append(Column(name, parse_class(name, default) if equals else None))
    names = [column.name for column in found]
    for name in names:
        if names.count(name) > 1:
            raise BridgeError(f"column {name!r} is named twice")
    return tuple(found)


def column_name(text: str) -> str:
    """A name that a further label can have; BridgeError for any other."""
    name = text.strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9_]*(?<!_\d)", name) or name in RESERVED:
        raise BridgeError(
            f"column {text!r} cannot be a label; choose letters, digits and _, not ending in _2, and none of "
            + ", ".join(RESERVED)
        )
    return name


def check_columns(columns: tuple[Column, ...], known: tuple[str, ...], source: str) -> None:
    """BridgeError when a source cannot give a column that has no default."""
    for column in columns:
        if column.name not in known and column.default is None:
            has = f"has {', '.join(known)}" if known else "has none"
            raise BridgeError(f"{source}: no column {column.name!r}, it {has}; give a class: {column.name}=NAME")


def labels_of(columns: tuple[Column, ...], found: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The further labels of one take, in the order of the columns."""
    labels = []
    for column in columns:
        text = found.get(column.name, "").strip()
        if not text and column.default is None:
            raise BridgeError(f"{column.name} is empty")
        labels.append((column.name, parse_class(column.name, text or column.default or "")))
    return tuple(labels)
