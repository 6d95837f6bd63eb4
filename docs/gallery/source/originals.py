"""Phrases for the gallery, played by a soundfont that may be passed on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from export.sources.fonts import find_font
from export.sources.synth import open_synth
from rt.arrays import F32
from rt.errors import BridgeError
from rt.midi.midi_file import TimedMessage
from rt.units import note_of_name

FONT = "MuseScore_General"
RATE_HZ = 44_100
GAIN = 0.8
TAIL_S = 0.8
VELOCITY = 88


class ScoreNote(NamedTuple):
    """One note of a phrase."""

    begin_s: float
    seconds: float
    note: int
    velocity: int = VELOCITY


def phrase(text: str, *, unit_s: float, begin_s: float = 0.1) -> list[ScoreNote]:
    """Notes of `C5:2 E5 -:1 G5:1:110`: name, length in units, velocity; each part but the name as before, `-` rests."""
    notes: list[ScoreNote] = []
    length, velocity = 1.0, VELOCITY
    for word in text.split():
        name, *rest = word.split(":")
        length = float(rest[0]) if rest else length
        velocity = int(rest[1]) if len(rest) > 1 else velocity
        if name != "-":
            number = note_of_name(name)
            assert number is not None, word
            notes.append(ScoreNote(begin_s, length * unit_s, number, velocity))
        begin_s += length * unit_s
    return notes


ARPEGGIO = phrase("F4 A4 C5 F5 C5 A4 F4", unit_s=1.0, begin_s=0.0)
"""F major at 60 beats a minute."""

PHRASES = {
    "Alto Sax": phrase("A3:2:84 C4:1 E4:1 A4:3:100 G4:1:80 E4:2 D4:1 C4:1 A3:4:70", unit_s=0.3),
    "Flute": phrase("D5:1:80 F5 A5 D6:3:104 C6:1:84 A5:1 G5:1 A5:4:76", unit_s=0.36),
    "Piano": phrase("E4:1:70 G4 B4 E5:2:100 D5:1:84 B4:1 G4:2 A4:1:70 E4:4:60", unit_s=0.32),
    "Trumpet": phrase("C4:2:92 G4:1 G4:1 E5:3:112 C5:1:90 D5:1 G4:4:84", unit_s=0.34),
    "Violin": phrase("G4:1:80 B4 D5 G5:3:104 F#5:1:84 E5:1 D5:1 B4:4:76", unit_s=0.36),
}
"""One melody an instrument, one note at a time; as an instrument is called in the bundle."""

DUET = {
    "Flute": phrase("E5:2:84 G5:2 C6:3:100 B5:1:84 A5:2 G5:4:76", unit_s=0.36),
    "Piano": phrase("C4:4:76 E4:4 F4:2 G4:4:70", unit_s=0.36),
}


def messages(notes: list[ScoreNote], *, program: int = 0, channel: int = 0) -> list[TimedMessage]:
    """The notes as MIDI messages in order of time."""
    found = [(note.begin_s, 1, (0x90 | channel, note.note, note.velocity)) for note in notes]
    found += [(note.begin_s + note.seconds, 0, (0x80 | channel, note.note, 0)) for note in notes]
    return [TimedMessage(0.0, (0xC0 | channel, program)), *(TimedMessage(t, m) for t, _, m in sorted(found))]


class SoundFontSynthesizer:
    """A soundfont, dry."""

    def __init__(self) -> None:
        """Open the soundfont; BridgeError when something is missing."""
        self._synth: Any = open_synth(gain=GAIN, sample_rate_hz=float(RATE_HZ))
        for part, on in (("reverb.active", 0), ("chorus.active", 0), ("dynamic-sample-loading", 1)):
            self._synth.setting(f"synth.{part}", on)
        path = find_font(FONT)
        self._bank = self._synth.sfload(str(path))
        if self._bank < 0:
            raise BridgeError(f"{path}: fluidsynth cannot read this soundfont; install it again")

    def play(self, notes: list[ScoreNote], program: int) -> F32:
        """Notes by a General MIDI program, (n,) at RATE_HZ."""
        synth = self._synth
        synth.system_reset()
        synth.program_select(0, self._bank, 0, program)
        pieces, now = [], 0
        for at_s, (status, note, velocity) in messages(notes, program=program)[1:]:
            at = round(at_s * RATE_HZ)
            pieces.append(synth.get_samples(at - now))
            now = at
            if status & 0xF0 == 0x90:
                synth.noteon(0, note, velocity)
            else:
                synth.noteoff(0, note)
        pieces.append(synth.get_samples(round(TAIL_S * RATE_HZ)))
        sound = np.concatenate(pieces).reshape(-1, 2).astype(np.float32).mean(axis=1) / 32768.0
        return np.asarray(sound, np.float32)
