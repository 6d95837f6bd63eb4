"""What Ctrl-C and a request to end do, for as long as a block of code runs."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def handled(*numbers: signal.Signals, by: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Have signals handled by a function meanwhile; off the main thread they are left alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {number: signal.signal(number, by) for number in numbers}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
