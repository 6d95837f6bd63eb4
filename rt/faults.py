"""What a user is told of an error that the surroundings caused: the disk, the memory, the limits of the system."""

from __future__ import annotations

import errno
import os

from rt.errors import INSTALL, BridgeError

MENDS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room in your quota of the disk",
    errno.EROFS: "give a place that can be written to",
    errno.EACCES: "give a place that you may read or write, or ask for the permission",
    errno.EPERM: "give a place that you may read or write, or ask for the permission",
    errno.EMFILE: "raise the number of open files, as with ulimit -n 1024",
    errno.ENFILE: "close other programs: the system has no more open files to give",
    errno.EIO: "the disk or the terminal failed; use another one",
    errno.ENOMEM: "close other programs, or raise the memory limit",
    errno.EAGAIN: "raise the number of processes, as with ulimit -u, or close other programs",
    errno.ENOENT: "check the name",
    errno.ENOTDIR: "check the name",
    errno.EISDIR: "give the name of a file",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.ELOOP: "check the links that it goes through",
    errno.EFBIG: "raise the size that a file may have, as with ulimit -f, or make a shorter one",
    errno.EPIPE: "the program that read from here has ended",
    errno.EBADF: "open the stream that was closed",
}
"""What helps, by the number of a system error."""
BY_WORDS = {os.strerror(number): number for number in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO)}
"""Numbers of errors that a loader of libraries knows only as text."""
MOST_LETTERS = 300


def told(error: BaseException | None) -> str | None:
    """One line about an error that a user can mend; None for a fault of ours.

    What an error was raised from is looked at too: a thread or a library may have wrapped the one that tells.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = _told(error)
        if found is not None:
            return found
        error = error.__cause__ or error.__context__
    return None


def unforeseen(error: BaseException) -> str:
    """One line about a fault of ours."""
    fault = f"{type(error).__name__}: {one_line(error)[:MOST_LETTERS]}"
    return f"unexpected {fault}; this is a bug, --debug shows where"


def _told(error: BaseException) -> str | None:
    text = one_line(error)
    if isinstance(error, BridgeError):
        return text
    if isinstance(error, ImportError):
        return _of_import(error, text)
    if isinstance(error, UnicodeError):
        return f"text that cannot be read or shown here ({text}); use UTF-8"
    if isinstance(error, OSError):
        return of_system(error)
    if isinstance(error, MemoryError) or "allocate memory" in text:
        return "no memory is left; close other programs, or raise the memory limit"
    if isinstance(error, RecursionError):
        return "the input is nested too deep; make it simpler"
    if isinstance(error, RuntimeError) and "start new thread" in text:
        return f"no thread can be started; {MENDS[errno.EAGAIN]}"
    return None


def of_system(error: OSError) -> str:
    """What the system refused, and what helps."""
    number = error.errno or next((n for words, n in BY_WORDS.items() if words in str(error)), 0)
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    what = (error.strerror or one_line(error) or type(error).__name__)[:MOST_LETTERS]
    return f"{named + ': ' if named else ''}{what}; {MENDS.get(number, '--debug shows where')}"


def _of_import(error: ImportError, text: str) -> str:
    for words, number in BY_WORDS.items():
        if words in text:
            return f"a library cannot be loaded ({words}); {MENDS[number]}"
    if isinstance(error, ModuleNotFoundError):
        return f"the Python package {error.name} is missing; {INSTALL}"
    return f"a Python package is damaged ({text}); {INSTALL}"


def one_line(error: BaseException) -> str:
    """The text of an error without its line breaks."""
    return " ".join(str(error).split())
