"""How the engine process leaves: at once, and without waiting for a sound library that hangs."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator

from rt.audio.host_pipe import Stop

JOIN_S = 8.0
"""How long a later life may take to look for its device, or from opening it to its first block; libraries hang there
when their server has just gone or does not serve them, and nobody else would notice."""
CLOSE_S = 1.5
"""How long closing may take; PortAudio hangs when its server has died."""
EXIT_LOST = 3
EXIT_STUCK = 4


@contextlib.contextmanager
def in_time() -> Iterator[threading.Timer]:
    """Leave the process unless this ends, or the timer is cancelled, in time; the host starts another."""
    timer = threading.Timer(JOIN_S, lambda: leave(EXIT_LOST))
    timer.daemon = True
    timer.start()
    try:
        yield timer
    finally:
        timer.cancel()


def leave(code: int) -> None:
    """End the process at once: no exit handler may hang in a sound library."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def watch_closing(stop: Stop) -> None:
    """Leave when the end, once it is wanted, takes too long; for a thread."""
    stop.wait()
    time.sleep(CLOSE_S)
    leave(EXIT_STUCK)
