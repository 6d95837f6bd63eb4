"""What one MIDI channel is set to."""

from __future__ import annotations

from dataclasses import dataclass

N_CHANNELS = 16


@dataclass(slots=True)
class Channel:
    """Controllers of a channel; the engine owns sixteen of them."""

    instrument: int = 0
    gain: float = 1.0
    bend_semitones: float = 0.0
    vibrato: float = 0.0
    sustain: bool = False

    def reset(self) -> None:
        """CC 121: bend, vibrato and pedal back to rest; gain and instrument stay."""
        self.bend_semitones = 0.0
        self.vibrato = 0.0
        self.sustain = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a note-off must match: the key that was pressed, not the note that sounds."""

    channel: int
    note: int
