"""TinySOL and other parts of Ircam's Studio On Line: `Fl-ord-C4-mf-N-T14d.wav`.

Fields: instrument and its mute, technique, note, dynamics, instance or string, digital retuning (N none, T14d tuned by
14 cents down, R100u resampled from the note a semitone lower). A `..._metadata.csv` is believed where it is there.
Only ordinary playing without mute at plain dynamics is taken; `--columns technique` or `mute` takes the others too.
"""

from __future__ import annotations

import re
from pathlib import Path

from export.sources.files import audio_files, collect
from export.sources.instruments import instrument_name
from export.sources.labels import DYNAMICS, check_columns, labels_of, parse_note
from export.sources.recorded import RecordedFolder
from export.sources.source import SourceOptions, Take
from export.sources.table import read_table
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

LICENCE = Licence(
    source="TinySOL (Zenodo 3685367), from Studio On Line, Ircam",
    licence="CC BY 4.0",
    credit="Carmine Emanuele Cella, Daniele Ghisi, Vincent Lostanlen, Fabien Lévy, Joshua Fineberg, Yan Maresz",
)
OTHER_LICENCE = Licence(
    source="Studio On Line, Ircam", licence="not stated; Ircam's licence of the release applies", credit="Ircam, Paris"
)
INSTRUMENTS = {
    "ASax": "Alto Sax",
    "Acc": "Accordion",
    "BTb": "Tuba",
    "Bn": "Bassoon",
    "Cb": "Contrabass",
    "ClBb": "Clarinet",
    "Fl": "Flute",
    "Gtr": "Guitar",
    "Hn": "French Horn",
    "Hp": "Harp",
    "Ob": "Oboe",
    "Tbn": "Trombone",
    "TpC": "Trumpet",
    "Va": "Viola",
    "Vc": "Cello",
    "Vn": "Violin",
}
"""By the abbreviations in file names."""
NAME = re.compile(
    r"(?P<instrument>[A-Za-z]+)(?:\+(?P<mute>[A-Za-z]+))?-(?P<technique>[^-]+)-(?P<note>[^-]+(?:-1)?)"
    r"-(?P<dynamics>[A-Za-z]+)-(?P<instance>[^-]+)-(?P<retuning>[^-]+)"
)
TABLE_FIELDS = {
    "instrument (in full)": "instrument",
    "technique (abbr.)": "technique",
    "pitch": "note",
    "pitch id": "pitch_id",
    "dynamics": "dynamics",
    "fold": "fold",
    "family": "family",
    "string id (if applicable)": "string",
}
COLUMNS = ("technique", "mute", "string", "retuning", "family", "fold")


class TinySolSource(RecordedFolder):
    """A folder of TinySOL or of another part of Studio On Line."""

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        tables = [*sorted(folder.glob("*SOL*metadata*.csv")), *sorted(folder.glob("*/*SOL*metadata*.csv"))]
        self._table = tables[0] if tables else None
        tiny = self._table.name.startswith("TinySOL") if self._table else "tinysol" in str(folder.resolve()).lower()
        self.name = "TinySOL" if tiny else "Studio On Line"
        self.licence = LICENCE if tiny else OTHER_LICENCE
        from_names = ("technique", "mute", "string", "retuning")
        check_columns(self._columns, COLUMNS if self._table else from_names, self.name)

    def takes(self) -> list[Take]:
        """The recordings of single notes."""
        self.problems, self.remarks = [], []
        paths = audio_files(self.folder)
        rows = self._rows()

        def label(path: str) -> Take | None:
            return self._take(path, rows.get(path.rpartition("/")[2], {}))

        takes = collect(paths, label, self.name, self.problems)
        n_missing = len(set(rows) - {path.rpartition("/")[2] for path in paths})
        if n_missing:
            self.remarks.append(f"{n_missing} rows of the metadata have no file here")
        n_left_out = len(paths) - len(takes) - len(self.problems)
        if n_left_out:
            self.remarks.append(f"{n_left_out} files with other techniques, mutes or dynamics left out")
        return self._checked(takes)

    def _rows(self) -> dict[str, dict[str, str]]:
        """Labels in the metadata by file name, which are unique there."""
        if not self._table:
            return {}
        rows, columns = read_table(self._table)
        for needed in ("path", "instrument (in full)", "pitch", "dynamics"):
            if needed not in columns:
                raise BridgeError(f"{self._table}: no column {needed!r}; this is no metadata of TinySOL")
        return {
            Path(row.get("path", "")).name: {name: row.get(column, "") for column, name in TABLE_FIELDS.items()}
            for _, row in rows
        }

    def _take(self, path: str, row: dict[str, str]) -> Take | None:
        """The labels of one file, from the metadata or its name; None when it is not plain."""
        named = NAME.fullmatch(path.rpartition("/")[2].rpartition(".")[0])
        if not named and not row:
            raise BridgeError("is not named INSTRUMENT-TECHNIQUE-NOTE-DYNAMICS-INSTANCE-RETUNING")
        fields = {name: text or "" for name, text in named.groupdict().items()} if named else {}
        string = re.fullmatch(r"(\d)c", fields.get("instance", ""))
        fields["string"] = string[1] if string else "none"
        fields |= {name: text for name, text in row.items() if text and name != "instrument"}
        fields["string"] = fields["string"].removesuffix(".0")
        fields["retuning"] = _retuning(fields.get("retuning", "N"))
        fields["mute"] = fields.get("mute") or "none"
        asked = {column.name for column in self._columns}
        ordinary = fields.get("technique", "ord") in ("ord", "ordinario")
        unasked = (not ordinary and "technique" not in asked) or (fields["mute"] != "none" and "mute" not in asked)
        if unasked or fields["dynamics"] not in DYNAMICS:
            return None
        note = parse_note(_tempered(fields["note"]))
        if row.get("pitch_id") and row["pitch_id"] != str(note):
            raise BridgeError(f"pitch {fields['note']!r} is MIDI {note}, but its pitch ID is {row['pitch_id']}")
        return Take(
            name=path,
            instrument=_instrument(fields.get("instrument", ""), row.get("instrument", "")),
            note=note,
            dynamics=fields["dynamics"],
            labels=labels_of(self._columns, fields),
        )


def _instrument(abbreviation: str, full: str) -> str:
    if abbreviation in INSTRUMENTS:
        return INSTRUMENTS[abbreviation]
    if full:
        return instrument_name(full)
    known = ", ".join(INSTRUMENTS)
    raise BridgeError(f"instrument {abbreviation!r} is unknown, known are {known}")


def _tempered(note: str) -> str:
    """The note's name; BridgeError for quarter tones, which have no MIDI note."""
    if re.search(r"[+_]|q|\d\D", note):
        raise BridgeError(f"note {note!r} lies between two semitones, which have no label")
    return note


def _retuning(text: str) -> str:
    return "none" if text == "N" else "resampled" if "R" in text else "tuned"


def is_sol_name(path: str) -> bool:
    """Whether a file is named as in Studio On Line."""
    named = NAME.fullmatch(path.rpartition("/")[2].rpartition(".")[0])
    return named is not None and named["instrument"] in INSTRUMENTS
