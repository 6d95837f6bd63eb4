"""What all folders of recordings do alike; each kind says which files are notes, and of what."""

from __future__ import annotations

from pathlib import Path

from export.sources.files import checked, read_audio
from export.sources.labels import parse_columns
from export.sources.source import Problem, SourceOptions, Take
from rt.arrays import F32
from rt.bundle.manifest import Licence


class RecordedFolder:
    """Recordings in a folder, to be read as they are."""

    recorded = True
    name: str
    licence: Licence

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self._options = options
        self._columns = parse_columns(options.columns)

    def read(self, take: Take) -> tuple[F32, int]:
        """The recording as it is."""
        return read_audio(self.folder / take.name, take.name)

    def _checked(self, takes: list[Take]) -> list[Take]:
        """One note of each instrument in the number that was asked for; BridgeError when there is nothing to take."""
        return checked(takes, self._options.every, str(self.folder), self.problems)
