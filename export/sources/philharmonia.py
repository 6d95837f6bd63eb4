"""The sound samples of the Philharmonia Orchestra: `saxophone_As3_15_mezzo-forte_normal.mp3`.

Fields: instrument, note (s is a sharp), length in quarters of a second, dynamics, articulation. Only notes of normal
articulation and plain dynamics are taken; `--columns articulation` takes the other articulations too, but no phrases,
slides, trills or noises, which are not one note.
"""

from __future__ import annotations

from pathlib import Path

from export.sources.files import audio_files, collect
from export.sources.instruments import instrument_name
from export.sources.labels import LONG_DYNAMICS, check_columns, labels_of, parse_dynamics, parse_note
from export.sources.recorded import RecordedFolder
from export.sources.source import SourceOptions, Take
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

LICENCE = Licence(
    source="Philharmonia Orchestra sound samples",
    licence="free to use in any work, but not to be made available as they are: evaluate only, pass no audio on",
    credit="Philharmonia Orchestra, London",
)
INSTRUMENTS = {"saxophone": "Alto Sax"}
"""Names that are less exact than ours."""
LENGTHS = {"025": "0.25", "05": "0.5", "1": "1", "15": "1.5", "long": "long", "very-long": "very-long"}
NORMAL = ("normal", "arco-normal")
NOT_ONE_NOTE = ("glissando", "trill", "effect", "rhythm", "noise", "key-noise", "clean", "roll", "phrase")
"""Words in articulations that are more or less than a note."""
PLAIN_DYNAMICS = {*LONG_DYNAMICS, "mezzo-piano", "mezzo-forte"}
COLUMNS = ("length", "articulation")


class PhilharmoniaSource(RecordedFolder):
    """A folder of the orchestra's samples, or its parent."""

    name = "Philharmonia"
    licence = LICENCE

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        check_columns(self._columns, COLUMNS, self.name)

    def takes(self) -> list[Take]:
        """The recordings of single notes."""
        self.problems = []
        paths = audio_files(self.folder)
        takes = collect(paths, self._take, self.name, self.problems)
        n_left_out = len(paths) - len(takes) - len(self.problems)
        self.remarks = [f"{n_left_out} files with other articulations or dynamics left out"] * bool(n_left_out)
        return self._checked(takes)

    def _take(self, path: str) -> Take | None:
        """The labels in a file's name; None when it is not one plain note."""
        fields = file_fields(path)
        if not fields:
            raise BridgeError("is not named instrument_note_length_dynamics_articulation")
        instrument, note, length, dynamics, articulation = fields
        asked = {column.name for column in self._columns}
        normal = articulation in NORMAL
        if not note or length not in LENGTHS or dynamics not in PLAIN_DYNAMICS:
            return None
        if not normal and ("articulation" not in asked or any(word in articulation for word in NOT_ONE_NOTE)):
            return None
        found = {"length": LENGTHS[length], "articulation": "normal" if normal else articulation.removeprefix("arco-")}
        return Take(
            name=path,
            instrument=instrument_name(INSTRUMENTS.get(instrument, instrument.replace("-", " ").capitalize())),
            note=parse_note(note),
            dynamics=parse_dynamics(dynamics),
            labels=labels_of(self._columns, found),
        )


def file_fields(path: str) -> list[str] | None:
    """The five fields of a file's name; None when it has not five."""
    fields = path.rpartition("/")[2].rpartition(".")[0].split("_")
    known = len(fields) == 5 and (fields[2] in LENGTHS or fields[3] in PLAIN_DYNAMICS or fields[2] == "phrase")
    return fields if known else None
