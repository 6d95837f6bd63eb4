"""Opens sound files of any format that libsndfile reads, and WAV files whose header says no length."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SEARCHED_BYTES = 1 << 16
_UNKNOWN = b"\xff\xff\xff\xff"
"""As a length; libsndfile then reads to the end of the file."""
MOST_CHANNELS = 64
LOUDEST = 1e6
"""120 dB over full scale: samples beyond are damage, and their squares would overflow."""


def is_damaged(samples: NDArray[np.float32]) -> bool:
    """Whether any sample is no number or beyond what sound can be."""
    return not bool((np.abs(samples) <= LOUDEST).all())


def name_for_library(path: Path) -> str | bytes:
    """A file name as soundfile takes it whatever it holds: as a text it would have to be UTF-8."""
    return str(path) if sys.platform == "win32" else os.fsencode(path)


def opened(file: Path | bytes) -> Any:
    """A `soundfile.SoundFile`, to be closed by the caller; OSError or RuntimeError when it cannot be read."""
    import soundfile

    if isinstance(file, bytes):
        return soundfile.SoundFile(io.BytesIO(_with_length(file, len(file)) + file[_SEARCHED_BYTES:]))
    with file.open("rb") as plain:
        head = plain.read(_SEARCHED_BYTES)
    mended = _with_length(head, file.stat().st_size)
    if mended == head:
        return soundfile.SoundFile(name_for_library(file))
    return soundfile.SoundFile(io.BytesIO(mended + file.read_bytes()[len(head) :]))


def _with_length(content: bytes, n_bytes: int) -> bytes:
    """The head of a file of so many bytes; where a WAV file tells of 0 bytes but has some, with a length unknown."""
    head = content[:_SEARCHED_BYTES]
    place = 12
    while head[:4] == b"RIFF" and head[8:12] == b"WAVE" and place + 8 <= len(head):
        size = int.from_bytes(head[place + 4 : place + 8], "little")
        if head[place : place + 4] == b"data":
            if size or place + 8 >= n_bytes or _is_chunk(head[place + 8 : place + 16], n_bytes - place - 16):
                break
            return head[:4] + _UNKNOWN + head[8 : place + 4] + _UNKNOWN + head[place + 8 :]
        place += 8 + size + size % 2
    return head


def _is_chunk(start: bytes, n_left: int) -> bool:
    """Whether another chunk begins here, that fits: then there truly is no sound."""
    is_name = len(start) == 8 and all(0x20 <= byte < 0x7F for byte in start[:4])
    return is_name and int.from_bytes(start[4:], "little") <= n_left
