"""A folder of the user's own recordings, labelled by their names or by a table."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from export.sources.files import SUFFIXES, audio_files, collect
from export.sources.instruments import instrument_name
from export.sources.labels import (
    Column,
    check_columns,
    labels_of,
    parse_class,
    parse_dynamics,
    parse_note,
    parse_pitch,
    parse_velocity,
)
from export.sources.patterns import FIELDS, Pattern, usual_pattern
from export.sources.recorded import RecordedFolder
from export.sources.source import Problem, SourceOptions, Take
from export.sources.table import read_table
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

TABLE = "labels.csv"
_LEADING_NUMBER = re.compile(r"^\d{1,2}(?:[ ._-]+(?![ ._-]|string)|$)", re.IGNORECASE)
"""That of a file in a list: `01 Cello`; not that of `12 String Guitar`."""


class FolderSource(RecordedFolder):
    """Recordings below a folder."""

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        self.name = folder.resolve().name
        self.licence = Licence(
            source=f"folder {self.name}", licence=options.licence or "not stated", credit=options.credit or ""
        )
        table = options.csv or folder / TABLE
        self._table = table if options.csv or (not options.pattern and table.is_file()) else None

    def takes(self) -> list[Take]:
        """The recordings that a table names, or whose names fit the pattern."""
        self.problems, self.remarks = [], []
        takes = self._of_table(self._table) if self._table else self._of_names()
        return self._checked(takes)

    def _of_names(self) -> list[Take]:
        paths = audio_files(self.folder)
        pattern = self._pattern(paths)
        own = tuple(name for name in pattern.fields if name not in FIELDS)
        check_columns(self._columns, own, str(self.folder))
        asked = {column.name for column in self._columns}
        columns = (*self._columns, *(Column(name, None) for name in own if name not in asked))
        if "instrument" not in pattern.fields and not self._options.instrument:
            self.remarks.append(
                f"{self.name}: no instrument in the names, so it is {self.name!r}; --instrument renames it"
            )

        def label(path: str) -> Take:
            found = pattern.match(path)
            if not found:
                raise BridgeError(f"does not fit the pattern {pattern.text!r}")
            if found.get("instrument"):
                found["instrument"] = _LEADING_NUMBER.sub("", found["instrument"])
            return self._take(path, found, columns)

        return collect(paths, label, self.name, self.problems)

    def _pattern(self, paths: list[str]) -> Pattern:
        """The given pattern, or the usual one that most files fit."""
        if self._options.pattern:
            pattern = Pattern(self._options.pattern)
            n_fitting = sum(pattern.match(path) is not None for path in paths)
            if not n_fitting:
                raise BridgeError(f"{self.folder}: no file fits the pattern {pattern.text!r}, such as {paths[0]!r}")
            return pattern
        found = usual_pattern(paths)
        if not found:
            raise BridgeError(
                f"{self.folder}: no notes found in names such as {paths[0]!r}; give a pattern such as "
                f"'{{instrument}}_{{note}}_{{dynamics}}.wav', or a {TABLE}"
            )
        pattern, n_fitting = found
        self.remarks.append(f"{n_fitting} of {len(paths)} names read as {pattern.text!r}")
        return pattern

    def _of_table(self, table: Path) -> list[Take]:
        rows, columns = read_table(table)
        known = tuple(name for name in columns if name not in ("file", *FIELDS))
        for needed in ("file", "note") if "note" in columns else ("file", "pitch_class", "octave"):
            if needed not in columns:
                raise BridgeError(
                    f"{table}: no column {needed!r}, it has {', '.join(columns)}; needed are file and note "
                    "(or octave and pitch_class)"
                )
        check_columns(self._columns, known, str(table))
        found: dict[str, tuple[str, dict[str, str]]] = {}
        n_nameless = 0
        for line, row in rows:
            file = self._below(row.get("file", ""))
            n_nameless += not file
            if file in found:
                self.problems.append(
                    Problem(self.name, file, f"{table.name}:{line}: named twice; the first row counts")
                )
            elif file:
                found[file] = f"{table.name}:{line}", row

        def label(file: str) -> Take:
            place, row = found[file]
            try:
                if not os.path.isfile(self.folder / file):
                    raise BridgeError(f"there is no such file in {self.folder}")
                return self._take(file, row, self._columns)
            except BridgeError as error:
                raise BridgeError(f"{place}: {error}") from error

        if n_nameless:
            self.remarks.append(f"{n_nameless} rows of {table.name} name no file")
        takes = collect(sorted(found), label, self.name, self.problems)
        n_more = len(set(audio_files(self.folder)) - set(found))
        if n_more:
            self.remarks.append(f"{n_more} sound files are not in {table.name}")
        return takes

    def _below(self, text: str) -> str:
        """A table's path as it is below the folder; `./` and absolute paths lead there too."""
        text = text.strip().replace("\\", "/")
        if not text:
            return ""
        if os.path.isabs(text):
            text = os.path.relpath(text, os.path.abspath(self.folder)).replace(os.sep, "/")
        text = posixpath.normpath(text)
        if os.path.lexists(self.folder / text):
            return text
        forms = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))  # systems write accents in two ways
        return next((form for form in forms if os.path.lexists(self.folder / form)), text)

    def _take(self, path: str, found: Mapping[str, str], columns: tuple[Column, ...]) -> Take:
        """The labels of one recording."""
        options = self._options
        if not path.lower().endswith(SUFFIXES):
            raise BridgeError(f"is no sound file; allowed are {' '.join(suffix[1:] for suffix in SUFFIXES)}")
        if (found.get("note") or "").strip():
            note = parse_note(found["note"], middle_c=options.middle_c)
        else:
            pitch_class, octave = found.get("pitch_class", ""), found.get("octave", "")
            note = parse_pitch(pitch_class, octave, middle_c=options.middle_c)
        if (found.get("velocity") or "").strip():
            dynamics = parse_velocity(found["velocity"])
        else:
            dynamics = parse_dynamics((found.get("dynamics") or "").strip() or options.dynamics or "mf")
        instrument = (found.get("instrument") or "").strip(" ./_-") or options.instrument or self.name
        return Take(
            name=path,
            instrument=parse_class("instrument", instrument_name(instrument)),
            note=note,
            dynamics=dynamics,
            labels=labels_of(columns, found),
        )
