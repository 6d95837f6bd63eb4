"""Conversions between the units that musicians and machines use."""

import math

MIN_RATE_HZ, MAX_RATE_HZ = 8_000, 384_000
"""Sample rates that can be played, heard and read."""
NOTE_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


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
