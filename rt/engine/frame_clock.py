"""When each voice gets its next frame: every FRAME_TICKS ticks, in turns, or earlier when its latents are moved.

Up to GROUP voices share a turn: between two blocks the model's weights fall out of the caches, so that fetching them
costs more than decoding a few voices at once.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import I64

FRAME_TICKS = 8
EARLY_TICKS = 6
"""Least distance of two frames of a voice whose latents are being moved."""
GROUP = 8
"""Voices that share a turn before another is used."""
NEVER = np.iinfo(np.int64).max


class FrameClock:
    """Turns of `n_slots` voices; times are samples of the engine's clock, frames come at whole ticks."""

    def __init__(self, n_slots: int, tick_samples: int) -> None:
        self.tick_samples = tick_samples
        self._due = np.full(n_slots, NEVER)
        self._decoded = np.zeros(n_slots, np.int64)
        self._turn = np.zeros(n_slots, np.int64)
        self._n_of_turn = np.zeros(FRAME_TICKS, np.int64)

    def begin(self, slot: int, now: int) -> int:
        """Give a voice the fullest turn that has room, or the emptiest; samples until its next frame is due."""
        tick = -(-now // self.tick_samples)

        def load(ahead: int) -> int:
            n = int(self._n_of_turn[(tick + ahead) % FRAME_TICKS])
            return -n if n < GROUP else n

        ahead = min(range(FRAME_TICKS + 1, 1, -1), key=load)
        self._turn[slot] = (tick + ahead) % FRAME_TICKS
        self._n_of_turn[self._turn[slot]] += 1
        self._due[slot] = (tick + ahead) * self.tick_samples
        self._decoded[slot] = now
        return int(self._due[slot]) - now

    def end(self, slot: int) -> None:
        """A voice is over; nothing happens when it never began."""
        if self._due[slot] != NEVER:
            self._n_of_turn[self._turn[slot]] -= 1
            self._due[slot] = NEVER

    def hurry(self, slot: int) -> None:
        """Let a voice that has begun have its next frame as soon as EARLY_TICKS have passed since the last."""
        if self._due[slot] != NEVER:
            soonest = int(self._decoded[slot]) + EARLY_TICKS * self.tick_samples
            self._due[slot] = min(int(self._due[slot]), soonest)

    def due(self, slots: I64, now: int) -> I64:
        """Those of some voices whose next frame is due at `now`, a whole tick."""
        return slots[self._due[slots] <= now]

    def advance(self, due: I64, now: int) -> tuple[I64, I64]:
        """Set the next frames of voices that are due.

        Returns samples until the frame after this one is due, (n,), and samples in which to reach this one, (n,):
        fewer when the voice was hurried.
        """
        turns = self._turn[due]
        tick = now // self.tick_samples
        to_turn = (turns - tick) % FRAME_TICKS
        ahead = np.where(to_turn < EARLY_TICKS, to_turn + FRAME_TICKS, to_turn)
        ahead = np.where(to_turn == 0, FRAME_TICKS, ahead)
        length = np.where(to_turn == 0, FRAME_TICKS, EARLY_TICKS)
        self._due[due] = now + ahead * self.tick_samples
        self._decoded[due] = now
        return ahead * self.tick_samples, length * self.tick_samples
