"""What the sixteen MIDI channels are set to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F64
from rt.units import N_CHANNELS

MOST_SEMITONES = 48.0
"""Bend and vibrato of a channel move it by at most four octaves each way."""
AT_REST = np.ones(N_CHANNELS)
"""Factors of channels without bend and vibrato."""


class ChannelStates:
    """Controllers of all channels, N_CHANNELS of each; the engine owns them."""

    def __init__(self, instrument: int = 0) -> None:
        self.instrument = np.full(N_CHANNELS, instrument)
        self.gain = np.ones(N_CHANNELS)
        self.side = np.zeros(N_CHANNELS)
        self.bend_semitones = [0.0] * N_CHANNELS
        self.vibrato = [0.0] * N_CHANNELS
        self.sustain = np.zeros(N_CHANNELS, bool)
        self.glide_s: list[float | None] = [None] * N_CHANNELS
        """Time in which legato notes glide; None where every note is struck."""

    def ratio(self, wave_semitones: float) -> F64:
        """Factor on the frequencies of every channel, (N_CHANNELS,), where a full vibrato is so far off now."""
        if not (any(self.bend_semitones) or any(self.vibrato)):
            return AT_REST
        semitones = np.asarray(self.bend_semitones) + np.asarray(self.vibrato) * wave_semitones
        return np.asarray(np.exp2(np.clip(semitones, -MOST_SEMITONES, MOST_SEMITONES) / 12.0))

    def set_bend(self, channel: int, semitones: float) -> None:
        """Pitch bend, already scaled by its range."""
        self.bend_semitones[channel] = semitones

    def set_vibrato(self, channel: int, depth: float) -> None:
        """Depth 0..1."""
        self.vibrato[channel] = depth

    def set_gain(self, channel: int, gain: float) -> None:
        """Linear gain."""
        self.gain[channel] = gain

    def set_side(self, channel: int, side: float) -> None:
        """How far its notes are moved to the right, -1..1."""
        self.side[channel] = side

    def set_glide(self, channel: int, seconds: float | None) -> None:
        """Legato, or None."""
        self.glide_s[channel] = seconds


@dataclass(frozen=True, slots=True)
class Key:
    """What a note-off must match: the key that was pressed, not the note that sounds."""

    channel: int
    note: int


@dataclass(frozen=True, slots=True)
class Note:
    """What a key asks for."""

    key: Key
    velocity: int
    """1-127."""
    instrument: int
    """Index in the manifest."""
