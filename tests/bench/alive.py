"""How alive recorded notes are: `python -m tests.bench.alive FOLDER [--notes 12]`.

The folder holds recordings of single notes, labelled by their names or by a `labels.csv` (docs/corpora.md), or by a
`table.csv` with file, source, kind and midi. Prints, per source and instrument, what a voice has to do to be taken for
them: noise to partials per octave, deviations of pitch, partials and noise, vibrato, decay times. Medians over notes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from export.alive.apart import apart
from export.alive.contour import Contour
from export.alive.parts import NoteParts
from export.alive.paths import contour_of
from export.sources.files import read_audio
from export.sources.opening import open_source
from export.sources.source import SourceOptions
from rt.arrays import F32
from rt.errors import BridgeError
from tests.bench.alive_measures import OCTAVES_HZ, NoteFigures, figures
from tests.bench.record import save

LONGEST_S = 4.0
REGISTERS = ("low", "middle", "high")


@dataclass(frozen=True)
class Note:
    """A recording to be measured."""

    group: str
    name: str
    midi: int
    read: Callable[[], tuple[F32, int]]


def notes_of(folder: Path) -> list[Note]:
    """The notes of a folder, by its table or by the sources that `prepare` knows."""
    table = folder / "table.csv"
    if not table.is_file():
        source = open_source(str(folder), SourceOptions())
        return [
            Note(f"{source.name} {take.instrument}", take.name, take.note, partial(source.read, take))
            for take in source.takes()
        ]
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("kind") == "note" and (row.get("midi") or "").isdigit()]
    if not rows or not {"file", "source"} <= rows[0].keys():
        raise BridgeError(f"{table}: no note in it; needed are the columns file, source, kind (note) and midi")
    return [
        Note(row["source"], row["file"], int(row["midi"]), partial(read_audio, folder / row["file"], row["file"]))
        for row in rows
    ]


def spread(notes: list[Note], n_most: int) -> list[Note]:
    """At most so many notes, evenly over the pitches."""
    ordered = sorted(notes, key=lambda note: (note.midi, note.name))
    if len(ordered) <= n_most:
        return ordered
    return [ordered[round(k)] for k in np.linspace(0, len(ordered) - 1, n_most)]


def taken_apart(notes: list[Note]) -> Iterator[tuple[Note, NoteParts, NoteFigures]]:
    """Each note with its figures; those that hold too little are told and left out."""
    for note in notes:
        samples, rate_hz = note.read()
        parts = apart(samples[: int(LONGEST_S * rate_hz)].mean(axis=1), rate_hz, note.midi, name=note.name)
        found = figures(parts)
        if found is None:
            print(f"  left out {note.name}: too little of it is held", file=sys.stderr)
        else:
            yield note, parts, found


def median(values: list[float]) -> float | None:
    """Median of those that are known; None where none is."""
    known = [value for value in values if np.isfinite(value)]
    return float(np.median(known)) if known else None


def contour_or_none(parts: list[NoteParts]) -> Contour | None:
    """The instrument's contour, where its notes are long enough."""
    try:
        return contour_of(parts)
    except BridgeError:
        return None


def measured(notes: list[Note]) -> dict[str, object] | None:
    """Figures of one group."""
    done = list(taken_apart(notes))
    if not done:
        return None
    heights = np.array_split(sorted(note.midi for note, _, _ in done), len(REGISTERS))
    decay = {
        name: median([f.decay_s for note, _, f in done if len(h) and h[0] <= note.midi <= h[-1]])
        for name, h in zip(REGISTERS, heights, strict=True)
    }
    with_noise = np.array([f.noise_db for _, _, f in done])
    contour = contour_or_none([parts for _, parts, _ in done])
    return {
        "notes": len(done),
        "noise_to_partials_db": {f"{hz:g}": median(list(with_noise[:, k])) for k, hz in enumerate(OCTAVES_HZ)},
        "noise_to_partials_all_db": median([f.noise_all_db for _, _, f in done]),
        "pitch_std_cents": median([f.pitch_cents for _, _, f in done]),
        "partials_std_db": median([f.partials_db for _, _, f in done]),
        "bands_std_db": median([f.bands_db for _, _, f in done]),
        "decay_s": decay,
        "vibrato": None
        if contour is None
        else {
            "share": contour.vibrato_share,
            "rate_hz": contour.rate_hz,
            "depth_cents": contour.depth_cents,
            "jitter_cents": float(contour.jitter.std[0]),
        },
    }


def row_of(group: str, found: dict[str, object]) -> str:
    """One line of the table."""

    def figure(value: object, form: str) -> str:
        return format(value, form) if isinstance(value, float) else "-"

    octaves, decay, vibrato = found["noise_to_partials_db"], found["decay_s"], found["vibrato"]
    assert isinstance(octaves, dict) and isinstance(decay, dict)
    cells = [figure(found["noise_to_partials_all_db"], ".0f"), *(figure(value, ".0f") for value in octaves.values())]
    cells += [figure(found[key], ".1f") for key in ("pitch_std_cents", "partials_std_db", "bands_std_db")]
    if isinstance(vibrato, dict):
        told = (f"{100 * vibrato['share']:.0f} %", f"{vibrato['rate_hz']:.1f}", f"{vibrato['depth_cents']:.0f}")
        cells += [" / ".join(told) if vibrato["share"] > 0.0 else "-", figure(vibrato["jitter_cents"], ".1f")]
    else:
        cells += ["-", "-"]
    cells.append(" / ".join(figure(value, ".1f") for value in decay.values()))
    return f"| {group} ({found['notes']}) | " + " | ".join(cells) + " |"


def main() -> None:
    """Measure, print and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="recordings of single notes")
    parser.add_argument("--notes", type=int, default=12, help="notes per group, evenly over the pitches")
    parser.add_argument("--only", default="", help="groups whose names hold this")
    options = parser.parse_args()
    groups: dict[str, list[Note]] = {}
    for note in notes_of(options.folder):
        if options.only.lower() in note.group.lower():
            groups.setdefault(note.group, []).append(note)
    if not groups:
        raise BridgeError(f"{options.folder}: no group of notes holds {options.only!r} in its name")
    octaves = " | ".join(f"{hz:g}" for hz in OCTAVES_HZ)
    print(
        f"| notes | noise to partials dB: all | {octaves} Hz | pitch std cents | partials std dB | noise bands std dB"
        " | vibrato: notes / Hz / cents | jitter cents | decay by 60 dB, s: low / middle / high |"
    )
    print("| " + " | ".join(["---"] * (len(OCTAVES_HZ) + 8)) + " |")
    results: dict[str, object] = {}
    for group in sorted(groups):
        found = measured(spread(groups[group], options.notes))
        if found is not None:
            results[group] = found
            print(row_of(group, found), flush=True)
    save("alive", groups=results)


if __name__ == "__main__":
    try:
        main()
    except BridgeError as error:
        sys.exit(str(error))
