"""When each voice gets its next frame: every FRAME_TICKS ticks, in turns, or earlier when its latents are moved.

Up to GROUP voices share a turn: between two blocks the model's weights fall out of the caches, so that fetching them
costs more than decoding a few voices at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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
