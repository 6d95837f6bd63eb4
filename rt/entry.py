"""The outermost layer of a process of ours: its signals and its streams, set up before anything else is imported."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

INTERRUPTED = 130
_AGAIN_S = 0.02


def enter(work: Callable[[], int]) -> int:
    """Do the work of a whole process: with streams that can be written to, and quiet when it is interrupted."""
    try:
        _catch_signals()
        _open_streams()
        code = work()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        if not is_interrupted():
            raise
        code = INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the rest is only the interpreter's end
        exec("")  # forgets an interruption of another exec, by which CPython would end with the signal and no code
    _flush()
    return INTERRUPTED if code and is_interrupted() else code


_came: list[int] = []
"""Ctrl-C, once it came; a library may turn it into an error of its own."""


def is_interrupted() -> bool:
    """Whether Ctrl-C ended what this process did."""
    return bool(_came)


def _catch_signals() -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _interrupt)
    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):  # ends by an exception, so that no half-written file stays
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    usual, shown = sys.unraisablehook, sys.excepthook

    def unraisable(unraised: Any) -> None:
        if issubclass(unraised.exc_type, KeyboardInterrupt | SystemExit):
            _interrupt_again()
        elif not is_interrupted():
            usual(unraised)

    def show(kind: type[BaseException], *rest: Any) -> None:
        if not is_interrupted():  # extension modules print it while they are imported
            shown(kind, *rest)

    sys.unraisablehook, sys.excepthook = unraisable, show


def _interrupt(number: int, frame: FrameType | None) -> None:
    _came.append(number)
    raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _interrupt_again() -> None:
    """The interruption came where nothing can be raised, in a finaliser for instance: it comes once more, soon."""
    import _thread
    import threading

    try:
        again = threading.Timer(_AGAIN_S, _thread.interrupt_main)
        again.daemon = True
        again.start()
    except RuntimeError:  # the interpreter ends anyway
        os._exit(INTERRUPTED)


def _open_streams() -> None:
    """Open what was closed, lest a file of ours become standard output; what cannot be encoded is printed escaped."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, this one
            os.set_inheritable(opened, True)  # a process that we start without it would open something else there
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, lives as long as the process
            setattr(sys, name, stream)
        stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    """Write what is left; where that fails it has been told, and the interpreter shall not try again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
