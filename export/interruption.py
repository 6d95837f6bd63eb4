"""How Ctrl-C ends a training: between two steps, with everything saved."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any


class Interruption:
    """Notes the first Ctrl-C; the second one acts as usual."""

    def __init__(self) -> None:
        self.came = False
        self._before: Any = None

    def __enter__(self) -> Interruption:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
