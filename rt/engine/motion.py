"""How pitch, level and place of voices move: with their notes, their channels and their ages."""

from __future__ import annotations

import math

import numpy as np

from rt.dsp import voice_table as dsp
from rt.dsp.feed import move_voices
from rt.dsp.voice_bank import VoiceBank
from rt.dsp.voice_table import QUANTUM
from rt.engine.channel_states import ChannelStates
from rt.engine.voice_states import VoiceStates

VIBRATO_HZ = 5.5
VIBRATO_SEMITONES = 0.5


class Motion:
    """Writes pitch ratios, gains, places and releases of voices into a bank; times are samples."""

    def __init__(self, voice_bank: VoiceBank, states: VoiceStates, *, max_age_s: float, sample_rate_hz: float) -> None:
        """Begin with max_age_s : up to which the model knows how a note goes on; beyond it dies away."""
        self.free_gain = 1.0
        """Level of the free voice, as a channel's is of its notes."""
        self._voice_bank = voice_bank
        self._states = states
        self._rate_hz = sample_rate_hz
        self._longest = max_age_s * sample_rate_hz

    def set_release(self, slot: int) -> None:
        """A voice will die away as its note does."""
        seconds = float(self._states.release_s[slot])
        self._voice_bank.state[slot, dsp.RELEASE] = 10.0 ** (-3.0 * QUANTUM / (seconds * self._rate_hz))

    def move(self, playing: list[int], channels: ChannelStates, now: int) -> None:
        """Bring slots, the oldest voice first, up to date."""
        table, slots, states = self._voice_bank.state, np.asarray(playing, np.int64), self._states
        tuning, gain = states.tuning_and_gain(now)
        ratios = channels.ratio(VIBRATO_SEMITONES * math.sin(math.tau * VIBRATO_HZ * now / self._rate_hz))
        move_voices(
            slots, table, tuning, gain, states.side, states.channel, states.is_note,
            ratios, channels.gain, channels.side, self.free_gain,
        )  # fmt: skip
        birth_sample = states.birth_sample
        if now - birth_sample[playing[0]] > self._longest:
            beyond = now - np.asarray([birth_sample[slot] for slot in playing]) - self._longest
            fall = states.decay_db_per_s[slots] * np.maximum(beyond, 0.0) / (20.0 * self._rate_hz)
            table[slots, dsp.GAIN_TARGET] *= 10.0 ** -np.maximum(fall, 0.0)
