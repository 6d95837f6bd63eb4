"""One engine process as its host sees it: a child with shared memory."""

from __future__ import annotations

import queue
import sys
from collections.abc import Sequence
from typing import Any

from rt.audio.engine_messages import EngineConfigMessage
from rt.audio.rings import Shared
from rt.child import Child

COMMAND = (sys.executable, "-P", "-m", "rt.audio.engine_process")


class EngineHandle(Child):
    """One engine process with its shared memory and its messages."""

    def __init__(self, command: Sequence[str], config_message: EngineConfigMessage, shared: Shared) -> None:
        self.shared = shared
        self.messages: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.ready_at_s: float | None = None
        super().__init__(command, config_message.to_json(), self.messages.put)

    def end(self, patience_s: float = 0.0) -> None:
        """Have the process end; its memory goes too."""
        super().end(patience_s)
        self.shared.close()
