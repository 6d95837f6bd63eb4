"""Reads the files of a bundle that may come from anyone: plain files of a bounded size, each read once."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from rt.errors import BundleError

MAX_BUNDLE_BYTES = 512 << 20
"""All files of a bundle together, the manifest aside."""
MAX_FILES = 16
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+ .-]{0,118}[A-Za-z0-9_+-]")
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Devices of Windows, whatever the extension."""
OPEN_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    OPEN_FLAGS |= getattr(os, _flag, 0)


def is_portable(name: str) -> bool:
    """Whether a name is a plain file name on every system."""
    return FILE_NAME.fullmatch(name) is not None and RESERVED.fullmatch(name) is None


def read_plain(path: Path, most_bytes: int, fix: str) -> bytes:
    """The bytes of a regular file; BundleError, ending with what mends it, where it is anything else or larger.

    A link is not followed, and a pipe or a device is not waited for: what is looked at is what was opened.
    """
    try:
        if path.is_symlink():  # for systems without O_NOFOLLOW
            raise BundleError(f"{path}: is a link, a bundle holds plain files; {fix}")
        descriptor = os.open(path, OPEN_FLAGS)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise BundleError(f"{path}: is no plain file; {fix}")
            if status.st_size > most_bytes:
                raise BundleError(f"{path}: {status.st_size} bytes, allowed are {most_bytes}; {fix}")
            data = file.read(most_bytes + 1)
    except ValueError as error:  # a null character in the path
        raise BundleError(f"{str(path)[:80]!r}: is no path; {fix}") from error
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; {fix}") from error
    if len(data) > most_bytes:
        raise BundleError(f"{path}: grows while it is read; {fix}")
    return data
