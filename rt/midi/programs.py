"""Which instrument of a bundle a program number or the name of a track asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rt.bundle.manifest import InstrumentSpec

FAMILY_SIZE = 8
"""Of General MIDI: 0-7 are pianos, 40-47 strings, 56-63 brass, 64-71 reeds, 72-79 pipes."""


def of_program(instruments: Sequence[InstrumentSpec], program: int, *, general_midi_first: bool = False) -> int | None:
    """Index of the instrument that a program (0-127) stands for, or None.

    Live, programs are the bundle's instruments in their order, then General MIDI's. Files are General MIDI first: the
    very program, else the first instrument of its family, else the order.
    """
    in_order = program if program < len(instruments) else None
    exact = _first([spec.program == program for spec in instruments])
    if not general_midi_first:
        return exact if in_order is None else in_order
    family = _first([spec.program // FAMILY_SIZE == program // FAMILY_SIZE for spec in instruments])
    return next((found for found in (exact, family, in_order) if found is not None), None)


def of_name(instruments: Sequence[InstrumentSpec], text: str) -> int | None:
    """Index of the one instrument that a text names at the start of a word, as in `1-Alto Saxophone`; else None."""
    words = re.findall(r"[^\W_]+", text.lower())
    starts = ["".join(words[i:]) for i in range(len(words))]
    names = ["".join(re.findall(r"[^\W_]+", spec.name.lower())) for spec in instruments]
    found = [i for i, name in enumerate(names) if name and any(start.startswith(name) for start in starts)]
    longest = max(found, key=lambda i: len(names[i]), default=None)
    if longest is None or any(names[i] not in names[longest] for i in found):  # `Violin and Piano` names neither
        return None
    return longest


def _first(fits: list[bool]) -> int | None:
    return fits.index(True) if True in fits else None
