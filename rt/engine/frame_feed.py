"""Decodes the frames that voices begin with and move to, and puts them into the bank."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.dsp import voice_table as dsp
from rt.dsp.feed import go_on
from rt.dsp.voice_bank import VoiceBank
from rt.dsp.voice_table import QUANTUM
from rt.engine.frame_clock import FrameClock
from rt.engine.latents import Latents
from rt.engine.slots import Voice

GAIN_S = 0.008


class FrameFeed:
    """What feeds a bank from latents; `clock` says when a voice is due."""

    def __init__(
        self, voice_bank: VoiceBank, latents: Latents, clock: FrameClock, *, attack_s: float, sample_rate_hz: float
    ) -> None:
        self.n_guarded = 0
        """Frames that held values which are no numbers, and were made silent."""
        self.lead_samples: int = voice_bank.window_samples // 2  # a frame is heard in the middle of its window
        self._voice_bank = voice_bank
        self._latents = latents
        self._clock = clock
        self._gain_speed = 1.0 - float(np.exp(-QUANTUM / (GAIN_S * sample_rate_hz)))
        self._attack = min(1.0, QUANTUM / (attack_s * sample_rate_hz))

    def decode(self, starting: list[Voice], due: list[int], now: int) -> None:
        """First two frames of new voices, and the next one of the slots that are due, in one batch."""
        n, lead = len(starting), self.lead_samples
        new = [voice.slot for voice in starting]
        until_next = [self._clock.begin(slot, now) for slot in new]
        steps = [self._clock.advance(slot, now) for slot in due]
        at = [now - lead] * n + [now + until for until in until_next] + [now + lead + step.ahead for step in steps]
        frames, n_guarded = self._latents.frames(new + new + due, at)
        self.n_guarded += n_guarded
        if n:
            self._begin(starting, frames, until_next)
        if due:
            length = np.asarray([step.length for step in steps], np.int64)
            voice_bank = self._voice_bank
            go_on(
                np.asarray(due, np.int64),
                length,
                frames[2 * n :],
                voice_bank.state,
                voice_bank.frame_a,
                voice_bank.frame_b,
            )

    def _begin(self, starting: list[Voice], frames: F32, until_second: list[int]) -> None:
        """Start voices in the bank, each with the hop that fewest share; frames : (2 n or more, n_bins)."""
        for i, voice in enumerate(starting):
            slot, row = voice.slot, self._voice_bank.state[voice.slot]
            self._voice_bank.frame_a[slot], self._voice_bank.frame_b[slot] = frames[i], frames[len(starting) + i]
            row[dsp.FRAME_POSITION] = self.lead_samples
            row[dsp.FRAME_LENGTH] = self.lead_samples + until_second[i]
            row[dsp.ATTACK] = self._attack
            row[dsp.GAIN_SPEED] = self._gain_speed
            row[dsp.GAIN] = row[dsp.GAIN_TARGET]  # a note must not glide in
        hops = self._hops_taken()
        for voice in starting:
            turn = hops.index(min(hops))
            hops[turn] += 1
            row = self._voice_bank.state[voice.slot]
            stage = row[dsp.STAGE]
            self._voice_bank.start(voice.slot, hop_offset_samples=turn * QUANTUM)
            if stage == dsp.FADING:  # silenced before it began
                row[dsp.STAGE] = stage

    def _hops_taken(self) -> list[int]:
        """How many voices render their hop at each quantum of a hop's length, counted from now."""
        taken = [0] * (self._voice_bank.hop_samples // QUANTUM)
        for level, position in zip(*self._voice_bank.state[:, (dsp.LEVEL, dsp.POSITION)].T.tolist(), strict=True):
            if level > 0.0:
                taken[int(position) // QUANTUM % len(taken)] += 1
        return taken
