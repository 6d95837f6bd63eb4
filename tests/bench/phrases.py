"""Transcription of phrases made of real notes: `python -m tests.bench.phrases FOLDER [--bundle NAME] [--peers]`.

FOLDER holds recordings of single notes named as the Philharmonia Orchestra names its samples
(`flute/flute_A4_05_forte_normal.mp3`). Every note is retuned to its name; 8 to 16 of one instrument follow each other,
half of the phrases legato and half detached, half of each with reverb. The same files go to every system that is
installed; `--peers` installs the others first. F1 counts a note as right when its pitch is and its onset is within
50 ms (mir_eval).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from rt.units import hz_of_note
from tests.bench import transcribers
from tests.bench.phrase_material import RATE_HZ, Phrase, load, make_phrase
from tests.bench.record import save
from tests.bench.transcribers import Answer, TranscribedNote

TOLERANCE_S = 0.05
LATE_S = 0.3
"""A note of the right pitch within this time of the onset is at a wrong time; others are missed."""
NEAR_S = 0.08
"""A note of another pitch within this time of the onset is the wrong pitch; others are extra."""


def score(phrase: Phrase, heard: list[TranscribedNote]) -> tuple[float, Counter[str]]:
    """F1 of onsets and pitches, and how many notes are missed, extra, at a wrong time or of a wrong pitch."""
    import mir_eval

    truth_hz = np.asarray([hz_of_note(note) for note in phrase.notes])
    intervals = np.asarray([(n.onset_s, max(n.end_s, n.onset_s + 1e-3)) for n in heard]).reshape(-1, 2)
    found_hz = np.asarray([hz_of_note(n.note) for n in heard])
    pairs = mir_eval.transcription.match_notes(
        phrase.intervals_s, truth_hz, intervals, found_hz, onset_tolerance=TOLERANCE_S, offset_ratio=None
    )
    right, used = {i for i, _ in pairs}, {j for _, j in pairs}
    left = [n for j, n in enumerate(heard) if j not in used]
    kinds = Counter[str](notes=len(phrase.notes), right=len(right))
    for i, (note, onset_s) in enumerate(zip(phrase.notes, phrase.intervals_s[:, 0], strict=True)):
        if i in right:
            continue
        late = [n for n in left if n.note == note and abs(n.onset_s - onset_s) < LATE_S]
        wrong = [n for n in left if abs(n.onset_s - onset_s) < NEAR_S]
        kinds["wrong time" if late else "wrong pitch" if wrong else "missed"] += 1
        if late or wrong:
            left.remove((late or wrong)[0])
    kinds["extra"] = len(left)
    return 2.0 * len(right) / max(len(phrase.notes) + len(heard), 1), kinds


def report(name: str, phrases: list[Phrase], answer: Answer) -> dict[str, Any]:
    """Print one system's table; its figures by class of phrase."""
    f1: dict[str, list[float]] = {}
    kinds: dict[str, Counter[str]] = {}
    for phrase, heard in zip(phrases, answer.notes, strict=True):
        found, errors = score(phrase, heard)
        for row in (phrase.name, "all"):
            f1.setdefault(row, []).append(found)
            kinds.setdefault(row, Counter()).update(errors)
    length_s = sum(len(phrase.samples) for phrase in phrases) / RATE_HZ
    print(f"\n{name}: F1 {np.mean(f1['all']):.3f}, {length_s / answer.seconds:.0f} times real time on one core")
    print("| | phrases | notes | F1 | missed | wrong time | wrong pitch | extra |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in sorted(f1):
        k = kinds[row]
        print(
            f"| {row} | {len(f1[row])} | {k['notes']} | {np.mean(f1[row]):.3f} "
            f"| {k['missed']} | {k['wrong time']} | {k['wrong pitch']} | {k['extra']} |"
        )
    figures = {row: {"f1": float(np.mean(f1[row])), **kinds[row]} for row in sorted(f1)}
    return {"times_real_time": length_s / answer.seconds, **figures}


def main() -> None:
    """Make the phrases, ask every system, print the tables and keep one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--phrases", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="install basic-pitch and pesto first")
    parser.add_argument("--out", type=Path, help="folder that gets the phrases as WAV files")
    options = parser.parse_args()
    if options.peers:
        transcribers.make_peers()
    rng = np.random.default_rng(options.seed)
    notes = load(options.folder)
    print(f"{len(notes)} notes of {', '.join(sorted({r.instrument for r in notes}))}")
    phrases = [make_phrase(rng, notes, legato=i % 2 == 0, reverb=i % 4 >= 2) for i in range(options.phrases)]
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for i, phrase in enumerate(phrases):
            soundfile.write(options.out / f"{i:02d}_{phrase.name.replace(' ', '_')}.wav", phrase.samples, RATE_HZ)
    sounds = [phrase.samples for phrase in phrases]
    systems = transcribers.installed(options.bundle)
    figures = {name: report(name, phrases, hear(sounds, RATE_HZ)) for name, hear in systems.items()}
    save("phrases", bundle=options.bundle, phrases=options.phrases, seed=options.seed, systems=figures)


if __name__ == "__main__":
    main()
