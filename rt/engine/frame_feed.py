"""Decodes the frames that voices begin with and move to, and puts them into the bank.

Each voice gets its next frame every FRAME_TICKS ticks, in turns, or earlier when its latents are moved. Up to GROUP
voices share a turn: between two blocks the model's weights fall out of the caches, so that fetching them costs more
than decoding a few voices at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from rt.dsp import voice_table as dsp
from rt.dsp.feed import go_on
from rt.dsp.voice_bank import VoiceBank
from rt.dsp.voice_table import QUANTUM
from rt.engine.latents import Decoded, Latents
from rt.engine.voice_states import Voice

GAIN_S = 0.008
FRAME_TICKS = 8
EARLY_TICKS = 6
"""Least distance of two frames of a voice whose latents are being moved."""
GROUP = 8
"""Voices that share a turn before another is used."""
NEVER = 1 << 62


class Step(NamedTuple):
    """How a voice goes on, in samples."""

    ahead: int
    """Until the frame after the next one is due."""
    length: int
    """In which to reach the next one; fewer when the voice was hurried."""


class FrameClock:
    """Turns of `n_slots` voices; times are samples of the engine's clock, frames come at whole ticks.

    Plain numbers: for the few voices of a tick they are quicker than arrays.
    """

    def __init__(self, n_slots: int, tick_samples: int) -> None:
        self.tick_samples = tick_samples
        self._due = [NEVER] * n_slots
        self._decoded = [0] * n_slots
        self._turn = [0] * n_slots
        self._n_of_turn = [0] * FRAME_TICKS

    def begin(self, slot: int, now: int) -> int:
        """Give a voice the fullest turn that has room, or the emptiest; samples until its next frame is due."""
        tick = -(-now // self.tick_samples)

        def load(ahead: int) -> int:
            n = self._n_of_turn[(tick + ahead) % FRAME_TICKS]
            return -n if n < GROUP else n

        ahead = min(range(FRAME_TICKS + 1, 1, -1), key=load)
        self._turn[slot] = (tick + ahead) % FRAME_TICKS
        self._n_of_turn[self._turn[slot]] += 1
        self._due[slot] = (tick + ahead) * self.tick_samples
        self._decoded[slot] = now
        return self._due[slot] - now

    def end(self, slot: int) -> None:
        """A voice is over; nothing happens when it never began."""
        if self._due[slot] != NEVER:
            self._n_of_turn[self._turn[slot]] -= 1
            self._due[slot] = NEVER

    def reschedule(self, slot: int) -> None:
        """Let a voice that has begun have its next frame as soon as EARLY_TICKS have passed since the last."""
        if self._due[slot] != NEVER:
            soonest = self._decoded[slot] + EARLY_TICKS * self.tick_samples
            self._due[slot] = min(self._due[slot], soonest)

    def due(self, slots: Iterable[int], now: int) -> list[int]:
        """Those of some voices whose next frame is due at `now`, a whole tick."""
        return [slot for slot in slots if self._due[slot] <= now]

    def advance(self, slot: int, now: int) -> Step:
        """Set the next frame of a voice that is due."""
        to_turn = (self._turn[slot] - now // self.tick_samples) % FRAME_TICKS
        ahead, length = to_turn, EARLY_TICKS
        if to_turn == 0:
            ahead = length = FRAME_TICKS
        elif to_turn < EARLY_TICKS:
            ahead += FRAME_TICKS
        self._due[slot] = now + ahead * self.tick_samples
        self._decoded[slot] = now
        return Step(ahead * self.tick_samples, length * self.tick_samples)


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
        at_samples = [now - lead] * n + [now + until for until in until_next]
        at_samples += [now + lead + step.ahead for step in steps]
        decoded = self._latents.frames(new + new + due, at_samples)
        self.n_guarded += decoded.n_guarded
        if n:
            self._begin(starting, decoded, until_next)
        if due:
            length = np.asarray([step.length for step in steps], np.int64)
            voice_bank = self._voice_bank
            go_on(
                np.asarray(due, np.int64),
                length,
                decoded.frames[2 * n :],
                decoded.noise[2 * n :],
                voice_bank.state,
                voice_bank.frame_a,
                voice_bank.frame_b,
                voice_bank.noise_a,
                voice_bank.noise_b,
            )

    def _begin(self, starting: list[Voice], decoded: Decoded, until_second: list[int]) -> None:
        """Start voices in the bank, each with the hop that fewest share; decoded : 2 n frames or more."""
        bank, n = self._voice_bank, len(starting)
        for i, voice in enumerate(starting):
            slot, row = voice.slot, bank.state[voice.slot]
            bank.frame_a[slot], bank.frame_b[slot] = decoded.frames[i], decoded.frames[n + i]
            bank.noise_a[slot], bank.noise_b[slot] = decoded.noise[i], decoded.noise[n + i]
            row[dsp.FRAME_POSITION] = self.lead_samples
            row[dsp.FRAME_LENGTH] = self.lead_samples + until_second[i]
            row[dsp.ATTACK] = self._attack
            row[dsp.GAIN_SPEED] = self._gain_speed
            row[dsp.GAIN] = row[dsp.GAIN_TARGET]  # a note must not glide in
            row[dsp.SIDE] = row[dsp.SIDE_TARGET]
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
