"""Tells when the sound of an engine stands still: it finishes no block for too long. On the host's main thread."""

from __future__ import annotations

import time

STILL_S = 0.5
"""An engine that finishes no block for so long is lost ..."""
STILL_BLOCKS = 20
"""... or for so many blocks, whichever is longer."""
CALM_S = 1.0
"""A device may hesitate for so long after its start."""


class Watchdog:
    """Looks at the block counter of one life after the other."""

    def __init__(self) -> None:
        self._n_blocks = 0.0
        self._ready_s = self._moved_s = self._polled_s = time.monotonic()

    def begin(self) -> None:
        """An engine is ready."""
        self._ready_s = self._moved_s = self._polled_s = time.monotonic()

    def is_still(self, n_blocks: float, block_s: float) -> bool:
        """Whether the counter has stood for too long; a host that slept does not blame the engine."""
        now_s = time.monotonic()
        has_slept = now_s - self._polled_s > STILL_S
        self._polled_s = now_s
        if n_blocks != self._n_blocks or has_slept or now_s - self._ready_s < CALM_S:
            self._n_blocks, self._moved_s = n_blocks, now_s
        return now_s - self._moved_s > max(STILL_S, STILL_BLOCKS * block_s)
