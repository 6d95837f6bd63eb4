"""MIDI messages that the bridge sends itself."""

from __future__ import annotations

NOTE_OFF, NOTE_ON, CONTROL, PITCH_BEND = 0x80, 0x90, 0xB0, 0xE0
ALL_NOTES_OFF = 123


def bend_message(channel: int, semitones: float, range_semitones: float) -> tuple[int, int, int]:
    """Pitch bend of a channel (0-15) as a message; beyond the range it is the range."""
    share = min(max(semitones / range_semitones, -1.0), 1.0)
    value = 8192 + round(share * (8191 if share > 0 else 8192))
    return PITCH_BEND | channel, value & 0x7F, value >> 7


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
