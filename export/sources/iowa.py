"""The Musical Instrument Samples of the University of Iowa: `Violin.arco.ff.sulG.G3B3.aiff`.

Between dots, in any order: technique, vibrato, dynamics and string, then one note, or the first and the last of a
chromatic run, which is cut at its silences; `stereo` or `mono` may follow. Ordinary playing is taken, with and without
vibrato; `--columns technique` takes the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from export.sources.chromatic_run import out_of_scale, split_run
from export.sources.files import audio_files, collect, read_audio
from export.sources.instruments import instrument_name, known_instrument
from export.sources.labels import DYNAMICS, check_columns, labels_of, parse_note
from export.sources.recorded import RecordedFolder
from export.sources.source import SourceOptions, Take
from rt.arrays import F32
from rt.bundle.manifest import Licence
from rt.errors import BridgeError
from rt.units import name_of_note

LICENCE = Licence(
    source="University of Iowa Musical Instrument Samples",
    licence="public domain: free for any use without restriction",
    credit="University of Iowa Electronic Music Studios, Lawrence Fritts",
)
INSTRUMENTS = {
    "AltoSax": "Alto Sax",
    "Bass": "Contrabass",
    "BbClar": "Clarinet",
    "BbClarinet": "Clarinet",
    "DoubleBass": "Contrabass",
    "EbClar": "Eb Clarinet",
    "Horn": "French Horn",
    "SopSax": "Soprano Sax",
}
"""Names that are shorter than ours; the others are read as they are."""
VIBRATO = {"vib": "yes", "novib": "no", "nonvib": "no"}
ORDINARY = ("arco", "sustain", "yarn", "cord", "rubber", "hardrubber", "softrubber", "plastic", "brass")
"""Techniques that are an instrument's plain playing; of mallets those that are struck once and ring."""
COLUMNS = ("technique", "vibrato", "string")
MOST_RUN_S = 300.0
BETWEEN = " at "
"""In the name of a take, between the recording of a run and the note in it."""
_NOTES = re.compile(r"([A-G][b#]?\d)([A-G][b#]?\d)?")
_STRING = re.compile(r"sul_?(\w{1,6})", re.IGNORECASE)
_END = ("stereo", "mono")


class Fields(NamedTuple):
    """What a file's name says."""

    instrument: str
    technique: str
    """Words that are nothing else, in lower case; empty where there are none."""
    vibrato: str
    dynamics: str
    string: str
    notes: tuple[int, ...]
    """MIDI notes in their order, rising by semitones."""


class IowaSource(RecordedFolder):
    """A folder of the university's samples."""

    name = "Iowa"
    licence = LICENCE

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        check_columns(self._columns, COLUMNS, self.name)
        self._n_left_out = 0

    def takes(self) -> list[Take]:
        """One take of every note of every recording."""
        self.problems, self._n_left_out = [], 0
        paths = audio_files(self.folder)
        names = [name for path in paths for name in _take_names(path)]
        takes = collect(names, self._take, self.name, self.problems)
        self.remarks = [f"{self._n_left_out} notes of other techniques left out"] * bool(self._n_left_out)
        return self._checked(takes)

    def read(self, take: Take) -> tuple[F32, int]:
        """The recording, or the part of a run that is the note."""
        path, run, _ = take.name.rpartition(BETWEEN)
        if not run:
            return read_audio(self.folder / take.name, take.name)
        parts, rate_hz = _parts(self.folder, path)
        if isinstance(parts, str):
            raise BridgeError(f"{take.name}: {parts}")
        return parts[take.note].copy(), rate_hz

    def _take(self, name: str) -> Take | None:
        """The labels of a note; None when it is not played plainly."""
        path, run, note = name.rpartition(BETWEEN)
        fields = iowa_fields(path if run else name)
        if not fields:
            raise BridgeError("is not named INSTRUMENT.TECHNIQUE.DYNAMICS.STRING.NOTE, such as Violin.arco.ff.sulG.G3")
        asked = {column.name for column in self._columns}
        plain = fields.technique in ("", *ORDINARY)
        if not plain and "technique" not in asked:
            self._n_left_out += 1
            return None
        found = {
            "technique": "ordinary" if plain else fields.technique,
            "vibrato": fields.vibrato or "not stated",
            "string": fields.string or "none",
        }
        return Take(
            name=name,
            instrument=fields.instrument,
            note=parse_note(note) if run else fields.notes[0],
            dynamics=fields.dynamics or self._options.dynamics or "mf",
            labels=labels_of(self._columns, found),
        )


def iowa_fields(path: str) -> Fields | None:
    """What a file's name says; None when it is not named in this way."""
    first, *words = path.rpartition("/")[2].rpartition(".")[0].split(".")
    if words and words[-1].lower() in _END:
        words.pop()
    notes = _NOTES.fullmatch(words.pop()) if words else None
    if not notes or not re.search(r"[A-Za-z]", first):
        return None
    rest = {"technique": "", "vibrato": "", "dynamics": "", "string": ""}
    for word in words:
        string = _STRING.fullmatch(word)
        if string:
            rest["string"] = string[1].upper()
        elif word.lower() in VIBRATO:
            rest["vibrato"] = VIBRATO[word.lower()]
        elif word.lower() in DYNAMICS:
            rest["dynamics"] = word.lower()
        else:
            rest["technique"] = f"{rest['technique']} {word.lower()}".strip()
    low, high = parse_note(notes[1]), parse_note(notes[2] or notes[1])
    if low > high:
        return None
    spelt = instrument_name(INSTRUMENTS.get(first, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", first)))
    name = spelt if known_instrument(spelt) else spelt[:1].upper() + spelt[1:]
    return Fields(name, **rest, notes=tuple(range(low, high + 1)))


def is_iowa_name(path: str) -> bool:
    """Whether a file is named as at Iowa and in no other usual way: `Piano.ff.C4` alone could be anybody's."""
    fields = iowa_fields(path)
    words = path.lower().split(".")
    return fields is not None and bool(
        len(fields.notes) > 1 or fields.vibrato or fields.string or any(word in words for word in (*_END, *ORDINARY))
    )


def _take_names(path: str) -> Iterable[str]:
    """The names of the takes in a file."""
    fields = iowa_fields(path)
    if not fields or len(fields.notes) == 1:
        return [path]
    return [f"{path}{BETWEEN}{name_of_note(note)}" for note in fields.notes]


@lru_cache(maxsize=1)
def _parts(folder: Path, path: str) -> tuple[dict[int, F32] | str, int]:
    """The notes of a run by MIDI note, or why it cannot be cut, and the rate; takes come by run, so one is kept."""
    fields = iowa_fields(path)
    assert fields
    samples, rate_hz = read_audio(folder / path, path, most_s=MOST_RUN_S)
    parts = split_run(samples, rate_hz, len(fields.notes))
    low, high = (name_of_note(note) for note in (fields.notes[0], fields.notes[-1]))
    said = f"its name says {len(fields.notes)} notes from {low} to {high}"
    if parts is None:
        return f"{said}, but it holds not as many sounds with silence between them; cut it into single notes", rate_hz
    notes = {note: samples[slice(*part)] for note, part in zip(fields.notes, parts, strict=True)}
    wrong = out_of_scale(notes, rate_hz)
    if wrong is not None:
        return f"{said}, but {name_of_note(wrong)} is not where it should be; cut it into single notes", rate_hz
    return notes, rate_hz
