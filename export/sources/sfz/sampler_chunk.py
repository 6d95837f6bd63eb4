"""What the header of a WAV file says to samplers: the note that was recorded and its loop (chunk `smpl`)."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

MOST_CHUNKS = 1000


class SamplerChunk(NamedTuple):
    """One `smpl` chunk."""

    note: int
    """MIDI note, 0-127."""
    loop: tuple[int, int] | None
    """First and last sample of the first loop."""


def sampler_chunk(path: Path) -> SamplerChunk | None:
    """The `smpl` chunk of a WAV file; None when there is none, or it is damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
                return None
            for _ in range(MOST_CHUNKS):
                name, size = struct.unpack("<4sI", file.read(8))
                if name == b"smpl":
                    return _parsed(file.read(min(size, 60)))
                file.seek(size + size % 2, 1)
    except (OSError, struct.error):
        pass
    return None


def _parsed(content: bytes) -> SamplerChunk | None:
    """The chunk's content: nine numbers of 32 bits, then six for each loop."""
    words = struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
    if len(words) < 8 or words[3] > 127:
        return None
    has_loop = len(words) >= 13 and words[7] > 0 and words[12] > words[11]
    return SamplerChunk(words[3], (words[11], words[12]) if has_loop else None)
