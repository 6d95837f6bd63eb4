"""SFZ instruments for tests: files made here, with samples whose notes are known."""

from __future__ import annotations

import struct
from pathlib import Path

from export.sources import SourceOptions, open_source
from export.sources.sfz.source import SfzSource
from export.sources.source import Take
from tests.support.sounds import write_note


def sfz(folder: Path, text: str, name: str = "Oboe.sfz", **options: object) -> SfzSource:
    """The source of an instrument, whose file is written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    source = open_source(f"sfz:{folder / name}", SourceOptions(**options))  # type: ignore[arg-type]
    assert isinstance(source, SfzSource)
    return source


def notes(folder: Path, *names: str) -> None:
    """Write samples of a middle C."""
    for name in names:
        write_note(folder / name)


def labels(takes: list[Take]) -> list[tuple[str, int, str]]:
    """Name, note and dynamics of each take."""
    return [(take.name, take.note, take.dynamics) for take in takes]


def smpl(path: Path, note: int, loop: tuple[int, int] | None) -> None:
    """Append a chunk for samplers to a WAV file."""
    loops = struct.pack("<6I", 0, 0, *loop, 0, 0) if loop else b""
    chunk = struct.pack("<9I", 0, 0, 0, note, 0, 0, 0, int(loop is not None), 0) + loops
    content = path.read_bytes() + b"smpl" + struct.pack("<I", len(chunk)) + chunk
    path.write_bytes(content[:4] + struct.pack("<I", len(content) - 8) + content[8:])
