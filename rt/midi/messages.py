"""MIDI messages as bytes: their kinds, those that the bridge sends itself, and how a bend is written."""

from __future__ import annotations

NOTE_OFF, NOTE_ON, CONTROL, PROGRAM, CHANNEL_PRESSURE, PITCH_BEND = 0x80, 0x90, 0xB0, 0xC0, 0xD0, 0xE0
ALL_NOTES_OFF = 123
BEND_CENTRE = 8192


def bend_message(channel: int, semitones: float, range_semitones: float) -> tuple[int, int, int]:
    """Pitch bend of a channel (0-15) as a message; beyond the range it is the range."""
    share = min(max(semitones / range_semitones, -1.0), 1.0)
    value = BEND_CENTRE + round(share * (BEND_CENTRE - (share > 0)))
    return PITCH_BEND | channel, value & 0x7F, value >> 7


def bend_share(low: int, high: int) -> float:
    """Share of its range, -1 to 1, that the two bytes of a bend stand for; full deflection is the range both ways."""
    bend = low + (high << 7) - BEND_CENTRE
    return bend / (BEND_CENTRE - (bend > 0))


def range_messages(channel: int, range_semitones: int) -> list[tuple[int, int, int]]:
    """RPN 0: the range of pitch bend of a channel (0-15)."""
    control = CONTROL | channel
    numbers = ((101, 0), (100, 0), (6, range_semitones), (38, 0), (101, 127), (100, 127))
    return [(control, number, value) for number, value in numbers]


class Sounding:
    """Which notes a stream of messages has begun and not ended."""

    def __init__(self) -> None:
        self.notes: set[tuple[int, int]] = set()
        """Channel and number."""

    def see(self, message: tuple[int, ...]) -> None:
        """Take one more message."""
        kind, key = message[0] & 0xF0, (message[0] & 0x0F, message[1])
        if kind == NOTE_ON and message[2] > 0:
            self.notes.add(key)
        elif kind in (NOTE_ON, NOTE_OFF):
            self.notes.discard(key)
        elif kind == CONTROL and message[1] == ALL_NOTES_OFF:
            self.notes = {note for note in self.notes if note[0] != key[0]}

    def endings(self) -> list[tuple[int, int, int]]:
        """The messages that end all of them."""
        return [(NOTE_OFF | channel, note, 0) for channel, note in sorted(self.notes)]
