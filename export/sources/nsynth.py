"""NSynth: `examples.json` and `audio/guitar_acoustic_010-066-100.wav`.

The instrument is the family (`instrument_family_str`); `--instrument instrument_str` tells the 1006 instruments apart.
The five velocities 25 50 75 100 127 are pp p mf f ff. Notes are held for three of their four seconds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from export.sources.files import collect
from export.sources.instruments import instrument_name
from export.sources.labels import check_columns, labels_of, parse_class, parse_note, parse_velocity
from export.sources.recorded import RecordedFolder
from export.sources.source import SourceOptions, Take
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

LICENCE = Licence(
    source="NSynth dataset, Google Magenta",
    licence="CC BY 4.0",
    credit="Jesse Engel, Cinjon Resnick, Adam Roberts, Sander Dieleman, Douglas Eck, Karen Simonyan, Mohammad Norouzi",
)
INDEX = "examples.json"
DYNAMICS = {"25": "pp", "50": "p", "75": "mf", "100": "f", "127": "ff"}
HOLD_S = 3.0
FAMILY, INSTRUMENT, SOURCE = "instrument_family_str", "instrument_str", "instrument_source_str"
COLUMNS = {"source": SOURCE, "family": FAMILY, "instrument_str": INSTRUMENT, "midi_velocity": "velocity"}


class NSynthSource(RecordedFolder):
    """A split of NSynth, or the folder that holds several."""

    name = "NSynth"
    licence = LICENCE

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        self._instrument = options.instrument or FAMILY
        check_columns(self._columns, tuple(COLUMNS), self.name)

    def takes(self) -> list[Take]:
        """Every note in the index of each split."""
        self.problems = []
        takes = []
        for index in indices(self.folder):
            here = index.parent.relative_to(self.folder).as_posix()
            audio = index.parent / "audio"
            files = {file.name for file in audio.iterdir()} if audio.is_dir() else set()
            examples = read_index(index)

            def label(name: str, here: str = here, files: set[str] = files, examples: Any = examples) -> Take:
                if f"{name}.wav" not in files:
                    raise BridgeError("there is no such file in the folder audio")
                path = f"audio/{name}.wav" if here == "." else f"{here}/audio/{name}.wav"
                return self._take(path, examples[name])

            takes += collect(sorted(examples), label, self.name, self.problems)
        return self._checked(takes)

    def _take(self, path: str, example: Any) -> Take:
        if not isinstance(example, dict):
            raise BridgeError("its entry is no object")
        for field in ("pitch", "velocity", FAMILY, INSTRUMENT, SOURCE):
            if not isinstance(example.get(field), str | int):
                raise BridgeError(f"its entry has no {field}")
        velocity = parse_velocity(str(example["velocity"]))
        instrument = str(example.get(self._instrument, self._instrument))
        if self._instrument == FAMILY:
            instrument = instrument.replace("_", " ").title()
        return Take(
            name=path,
            instrument=parse_class("instrument", instrument_name(instrument)),
            note=parse_note(str(example["pitch"])),
            dynamics=DYNAMICS.get(velocity, velocity),
            labels=labels_of(self._columns, {name: str(example[field]) for name, field in COLUMNS.items()}),
            hold_s=HOLD_S,
        )


def indices(folder: Path) -> list[Path]:
    """The `examples.json` of a folder, or of the folders in it."""
    found = [folder / INDEX] if (folder / INDEX).is_file() else sorted(folder.glob(f"*/{INDEX}"))
    if not found:
        raise BridgeError(f"{folder}: no {INDEX} in it; give the folder nsynth-train, nsynth-valid or nsynth-test")
    return found


def read_index(path: Path) -> dict[str, Any]:
    """The entries of an index by name."""
    try:
        examples = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BridgeError(f"{path}: not JSON ({error}); unpack the data set again") from error
    if not isinstance(examples, dict):
        raise BridgeError(f"{path}: holds no object of notes; unpack the data set again")
    return examples
