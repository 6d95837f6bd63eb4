"""What Ctrl-C and a request to end do, for as long as a block of code runs."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))
"""Requests to end, as far as the system has them: of a service manager, a closed terminal, Ctrl-\\."""


@contextlib.contextmanager
def handled(*numbers: signal.Signals, by: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Have signals handled by a function meanwhile; off the main thread they are left alone.

    A terminal that closes is ignored where it was before: that is what `nohup` is for.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    hung_up = getattr(signal, "SIGHUP", None)
    wanted = [n for n in numbers if n != hung_up or signal.getsignal(n) is not signal.SIG_IGN]
    kept = {number: signal.signal(number, by) for number in wanted}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
