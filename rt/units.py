"""Conversions between the units that musicians and machines use."""

import math
import re

MIN_RATE_HZ, MAX_RATE_HZ = 8_000, 384_000
"""Sample rates that can be played, heard and read."""
N_CHANNELS = 16
"""Of MIDI."""
NOTE_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_NOTE = re.compile(r"([A-Ga-g])([#♯s]|[b♭])?(-?\d{1,2})")
FULL_DB, VELOCITY_RANGE_DB = -13.0, 30.0
"""Level of a note at velocity 127, which leaves room for chords below the limiter; and by how much the level falls each
time the velocity falls to a tenth."""


def hz_of_note(note: float) -> float:
    """Frequency of a MIDI note number (69 is 440 Hz); fractions are cents / 100."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


def gain_of_db(level_db: float) -> float:
    """Linear amplitude factor of a level in decibels."""
    return float(10.0 ** (level_db / 20.0))


def db_of_gain(gain: float) -> float:
    """Level in decibels of a linear amplitude factor; -inf for 0."""
    return 20.0 * math.log10(gain) if gain > 0.0 else -math.inf


def name_of_note(note: int) -> str:
    """Scientific pitch name, 60 is C4."""
    return f"{NOTE_NAMES[note % 12]}{note // 12 - 1}"


def note_of_name(name: str) -> int | None:
    """MIDI note number of a scientific pitch name (C#4, Db4, Cs4), also beyond 0-127; None for any other text."""
    found = _NOTE.fullmatch(name)
    if not found:
        return None
    shift = 0 if not found[2] else -1 if found[2] in "b♭" else 1
    return NOTE_NAMES.index(found[1].upper()) + shift + 12 * (int(found[3]) + 1)
