"""Decodes the frames that voices begin with and move to, and puts them into the bank."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, I64
from rt.dsp import voice_table as dsp
from rt.dsp.bank import Bank
from rt.dsp.voice_table import QUANTUM
from rt.engine.frame_clock import FrameClock
from rt.engine.latents import Latents
from rt.engine.slots import Voice

GAIN_S = 0.008


class FrameFeed:
    """What feeds a bank from latents; `clock` says when a voice is due."""

    def __init__(
        self, bank: Bank, latents: Latents, clock: FrameClock, *, attack_s: float, sample_rate_hz: float
    ) -> None:
        self.n_guarded = 0
        """Frames that held values which are no numbers, and were made silent."""
        self.lead_samples: int = bank.window_samples // 2  # a frame is heard in the middle of its window
        self._bank = bank
        self._latents = latents
        self._clock = clock
        self._gain_speed = 1.0 - float(np.exp(-QUANTUM / (GAIN_S * sample_rate_hz)))
        self._attack = min(1.0, QUANTUM / (attack_s * sample_rate_hz))

    def decode(self, starting: list[Voice], due: I64, now: int) -> None:
        """First two frames of new voices, and the next one of voices (n_due,) that are due, in one batch."""
        new = np.asarray([voice.slot for voice in starting], np.int64)
        n, lead = len(new), self.lead_samples
        until_next = np.asarray([self._clock.begin(slot, now) for slot in new.tolist()], np.int64)
        ahead, length = self._clock.advance(due, now)
        at = now + np.concatenate([np.full(n, -lead), until_next, lead + ahead])
        frames = self._latents.frames(np.concatenate([new, new, due]), at)
        fine = np.isfinite(frames).all(axis=1)
        if not fine.all():
            self.n_guarded += int((~fine).sum())
            frames[~fine] = 0.0
        if n:
            self._begin(starting, new, frames[:n], frames[n : 2 * n], until_next)
        self._go_on(due, frames[2 * n :], length)

    def _begin(self, starting: list[Voice], new: I64, first: F32, second: F32, until_second: I64) -> None:
        """Start voices in the bank, each with the hop that fewest share."""
        state = self._bank.state
        self._bank.frame_a[new], self._bank.frame_b[new] = first, second
        state[new, dsp.FRAME_POSITION] = self.lead_samples
        state[new, dsp.FRAME_LENGTH] = self.lead_samples + until_second
        state[new, dsp.ATTACK] = self._attack
        state[new, dsp.GAIN_SPEED] = self._gain_speed
        state[new, dsp.GAIN] = state[new, dsp.GAIN_TARGET]  # a note must not glide in
        hops = self._hops_taken()
        for voice in starting:
            turn = int(np.argmin(hops))
            hops[turn] += 1
            stage = state[voice.slot, dsp.STAGE]
            self._bank.start(voice.slot, hop_offset_samples=turn * QUANTUM)
            if stage == dsp.FADING:  # silenced before it began
                state[voice.slot, dsp.STAGE] = stage

    def _hops_taken(self) -> I64:
        """How many voices render their hop at each quantum of a hop's length, counted from now."""
        steps = self._bank.hop_samples // QUANTUM
        playing = self._bank.state[self._bank.state[:, dsp.LEVEL] > 0.0]
        return np.bincount((playing[:, dsp.POSITION] // QUANTUM).astype(np.int64) % steps, minlength=steps)

    def _go_on(self, due: I64, frames: F32, length: I64) -> None:
        """Voices move on, from the frame where they are now to the next one."""
        state, a, b = self._bank.state, self._bank.frame_a, self._bank.frame_b
        share = np.clip(state[due, dsp.FRAME_POSITION] / state[due, dsp.FRAME_LENGTH], 0.0, 1.0)
        a[due] += share.astype(np.float32)[:, None] * (b[due] - a[due])
        b[due] = frames
        state[due, dsp.FRAME_POSITION] = 0.0
        state[due, dsp.FRAME_LENGTH] = length
