"""Transcription of phrases made of real notes: `python -m tests.bench.phrases FOLDER [--bundle NAME] [--phrases 30]`.

FOLDER holds recordings of single notes named as the Philharmonia Orchestra names its samples
(`flute/flute_A4_05_forte_normal.mp3`). Every note is retuned to its name; 8 to 16 of one instrument follow each other,
half of the phrases legato and half detached, half of each with reverb. The same files go to every system that is
installed. F1 counts a note as right when its pitch is and its onset is within 50 ms (mir_eval).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from rt.arrays import F64
from rt.units import hz_of_note
from tests.bench import transcribers
from tests.bench.phrase_material import RATE_HZ, Phrase, load, make_phrase
from tests.bench.record import save

TOLERANCE_S = 0.05


def score(phrase: Phrase, heard: list[transcribers.Note]) -> tuple[float, float, float]:
    """Precision, recall and F1 of onsets and pitches."""
    import mir_eval

    truth_hz = np.asarray([hz_of_note(note) for note in phrase.notes])
    intervals = np.asarray([(n.onset_s, max(n.end_s, n.onset_s + 1e-3)) for n in heard]).reshape(-1, 2)
    found_hz = np.asarray([hz_of_note(n.note) for n in heard])
    precision, recall, f1, _ = mir_eval.transcription.precision_recall_f1_overlap(
        phrase.intervals_s, truth_hz, intervals, found_hz, onset_tolerance=TOLERANCE_S, offset_ratio=None
    )
    return float(precision), float(recall), float(f1)


def run(phrases: list[Phrase], hear: Callable[[F64, int], list[transcribers.Note]]) -> dict[str, Any]:
    """One system on all phrases: mean scores, by kind and over all."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    start_s, worst = time.process_time(), []
    for phrase in phrases:
        found = score(phrase, hear(phrase.samples, RATE_HZ))
        rows.setdefault(phrase.name, []).append(found)
        rows.setdefault("all", []).append(found)
        worst.append((found[2], phrase.name))
    seconds = sum(len(phrase.samples) for phrase in phrases) / RATE_HZ
    figures: dict[str, Any] = {name: np.mean(row, axis=0).round(3).tolist() for name, row in sorted(rows.items())}
    return figures | {"cpu_share": round((time.process_time() - start_s) / seconds, 3)}


def main() -> None:
    """Make the phrases, ask every system, print one table and keep one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--phrases", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="folder that gets the phrases as WAV files")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    notes = load(options.folder)
    print(f"{len(notes)} notes of {', '.join(sorted({r.instrument for r in notes}))}")
    phrases = [make_phrase(rng, notes, legato=i % 2 == 0, reverb=i % 4 >= 2) for i in range(options.phrases)]
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for i, phrase in enumerate(phrases):
            soundfile.write(options.out / f"{i:02d}_{phrase.name.replace(' ', '_')}.wav", phrase.samples, RATE_HZ)
    figures = {}
    for name, hear in transcribers.installed(options.bundle).items():
        figures[name] = run(phrases, hear)
        print(f"\n{name:14} precision recall F1")
        for kind, row in figures[name].items():
            print(f"  {kind:26} {row}")
    save("phrases", bundle=options.bundle, phrases=options.phrases, seed=options.seed, systems=figures)


if __name__ == "__main__":
    main()
