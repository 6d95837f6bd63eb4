"""Tells the user, once per instrument, that a note was out of its reach and sounds in another octave."""

from __future__ import annotations

from rt.bridge import Bridge
from rt.bundle.manifest import InstrumentSpec
from rt.units import name_of_note


class NoteRange:
    """Remembers which instruments the user has been told about; belongs to one thread."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._told: set[InstrumentSpec] = set()

    def check(self, instrument: int, note: int) -> int:
        """The note that sounds when an instrument, by its index, is asked for `note`."""
        instruments = self._bridge.manifest.instruments
        if not 0 <= instrument < len(instruments):  # a bundle with fewer of them has just been swapped in
            return note
        spec = instruments[instrument]
        sounding = spec.reachable(note)
        if sounding != note and spec not in self._told:
            self._told.add(spec)
            low, high = name_of_note(spec.low_note), name_of_note(spec.high_note)
            heard = f"{name_of_note(note)} sounds as {name_of_note(sounding)}"
            self._bridge.report(f"{spec.name} reaches {low} to {high}: {heard}")
        return sounding
