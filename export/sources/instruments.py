"""Instruments by name: their General MIDI program, range and way of sounding.

The five of the default bundle were listened to; the others follow from their family. A name that is not here is no
error: a corpus may hold any instrument, and `known_instrument` then answers None.
"""

from __future__ import annotations

from dataclasses import dataclass

DECAYING_PROGRAMS = frozenset(
    (*range(0, 16), *range(24, 40), 45, 46, 47, 55, *range(104, 109), *range(112, 120), *range(120, 128))
)
"""General MIDI programs whose held notes fade by themselves: struck and plucked ones, and noises."""
HOLD_S = 3.0
DECAYING_HOLD_S = 7.5
"""How long notes are held while rendering; frames near the end would see the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInstrument:
    """What is known of an instrument before its sounds are heard."""

    name: str
    program: int
    """General MIDI program, 0-127."""
    low_note: int
    high_note: int
    decays: bool
    """True when a held note fades by itself."""
    release_s: float
    """Time to fade by 60 dB after the end of a note."""
    brightness: float = 1.0
    """Share of the brightening by dynamics that it can bear."""

    @property
    def hold_s(self) -> float:
        """How long its notes are held while rendering."""
        return DECAYING_HOLD_S if self.decays else HOLD_S


def instrument_of_program(
    name: str, program: int, low_note: int, high_note: int, *, brightness: float = 1.0
) -> KnownInstrument:
    """An instrument that sounds as its General MIDI program does."""
    decays = program in DECAYING_PROGRAMS
    bowed = 40 <= program <= 51
    release_s = 0.4 if decays else 0.25 if bowed else 0.12
    return KnownInstrument(
        name=name,
        program=program,
        low_note=low_note,
        high_note=high_note,
        decays=decays,
        release_s=release_s,
        brightness=brightness,
    )


DEFAULT_NAMES = ("Alto Sax", "Flute", "Piano", "Trumpet", "Violin")
"""The instruments of the default bundle."""

_TABLE = (
    ("Alto Sax", 65, 49, 81, 0.5),
    ("Flute", 73, 60, 96, 1.5),
    ("Piano", 0, 21, 108, 0.5),
    ("Trumpet", 56, 54, 84, 1.0),
    ("Violin", 40, 55, 100, 1.0),
    ("Accordion", 21, 41, 93, 1.0),
    ("Acoustic Guitar", 25, 40, 84, 0.5),
    ("Banjo", 105, 48, 86, 0.5),
    ("Baritone Sax", 67, 37, 69, 0.5),
    ("Bass Clarinet", 71, 34, 77, 1.0),
    ("Bass Trombone", 57, 34, 65, 1.0),
    ("Bassoon", 70, 34, 76, 1.0),
    ("Celesta", 8, 60, 108, 0.5),
    ("Cello", 42, 36, 81, 1.0),
    ("Choir", 52, 43, 84, 1.0),
    ("Clarinet", 71, 50, 94, 1.0),
    ("Contrabass", 43, 28, 67, 1.0),
    ("Contrabassoon", 70, 22, 53, 1.0),
    ("Electric Bass", 33, 28, 67, 0.5),
    ("Electric Guitar", 27, 40, 86, 0.5),
    ("Electric Piano", 4, 28, 103, 0.5),
    ("English Horn", 69, 52, 81, 1.0),
    ("French Horn", 60, 34, 77, 1.0),
    ("Glockenspiel", 9, 79, 108, 0.5),
    ("Guitar", 24, 40, 83, 0.5),
    ("Harp", 46, 24, 103, 0.5),
    ("Harpsichord", 6, 29, 89, 0.5),
    ("Mandolin", 25, 55, 88, 0.5),
    ("Marimba", 12, 45, 96, 0.5),
    ("Oboe", 68, 58, 91, 1.0),
    ("Organ", 19, 36, 96, 0.5),
    ("Piccolo", 72, 74, 108, 1.0),
    ("Recorder", 74, 60, 98, 1.0),
    ("Soprano Sax", 64, 56, 87, 0.5),
    ("Strings", 48, 28, 96, 1.0),
    ("Tenor Sax", 66, 44, 76, 0.5),
    ("Trombone", 57, 40, 74, 1.0),
    ("Tuba", 58, 26, 62, 1.0),
    ("Vibraphone", 11, 53, 89, 0.5),
    ("Viola", 41, 48, 91, 1.0),
    ("Xylophone", 13, 65, 108, 0.5),
)
"""Name, General MIDI program, lowest and highest note, brightness."""

KNOWN: dict[str, KnownInstrument] = {
    name: instrument_of_program(name, program, low, high, brightness=brightness)
    for name, program, low, high, brightness in _TABLE
}
"""By name."""

ALIASES = {
    "Acoustic Grand Piano": "Piano",
    "Alto Saxophone": "Alto Sax",
    "Baritone Saxophone": "Baritone Sax",
    "Bass Guitar": "Electric Bass",
    "Bass Tuba": "Tuba",
    "Clarinet in Bb": "Clarinet",
    "Bb Clarinet": "Clarinet",
    "Classical Guitar": "Guitar",
    "Cor Anglais": "English Horn",
    "Double Bass": "Contrabass",
    "Grand Piano": "Piano",
    "Horn": "French Horn",
    "Soprano Saxophone": "Soprano Sax",
    "Tenor Saxophone": "Tenor Sax",
    "Tenor Trombone": "Trombone",
    "Trumpet in C": "Trumpet",
    "Violoncello": "Cello",
}
"""Other names of instruments, by which data sets call them."""


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


_BY_PLAIN_NAME = {_plain(name): KNOWN[name] for name in KNOWN} | {
    _plain(alias): KNOWN[name] for alias, name in ALIASES.items()
}


def known_instrument(name: str) -> KnownInstrument | None:
    """The instrument of that name or alias, case, spaces and punctuation aside; None when there is none."""
    return _BY_PLAIN_NAME.get(_plain(name))


def instrument_name(text: str) -> str:
    """One spelling for all sources: `alto_sax` and `Alto saxophone` are `Alto Sax`; unknown names keep their own."""
    known = known_instrument(text)
    return known.name if known else " ".join(text.replace("_", " ").split())
