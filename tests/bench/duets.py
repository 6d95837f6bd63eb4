"""Two real notes at once, as `transcribe --poly 2` hears them: `python -m tests.bench.duets FOLDER`.

FOLDER holds the Philharmonia's single notes; pairs of them, and pairs of notes of a soundfont, are mixed at random
levels within +-5 dB, half of them begun together and half up to 0.4 s apart. Both are right when the two notes that
were heard longest are the two. The same files go to basic-pitch where it is installed (`tests.bench.phrases --peers`).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from export.sources import SourceOptions, open_source
from rt.arrays import F64
from rt.errors import BridgeError
from tests.bench import transcribers
from tests.bench.phrase_material import RATE_HZ, load
from tests.bench.record import save
from tests.bench.transcribers import Answer, TranscribedNote

LONGEST_S = 1.6
LEAST_S = 0.3
BEFORE_S = 0.3
LEVELS_DB = 5.0
APART_S = 0.4
TOLERANCE_S = 0.05
N_FONT_NOTES = 100


@dataclass(frozen=True, slots=True)
class Single:
    """One note alone."""

    note: int
    samples: F64
    """(n_samples,) mono at RATE_HZ, from its onset, at one loudest level."""


@dataclass(frozen=True, slots=True)
class Duet:
    """Two notes and their truth."""

    samples: F64
    onsets_s: dict[int, float]
    """Onset by note."""


def single(note: int, samples: F64) -> Single | None:
    """A note brought to one level and cut; None where it is too short or silent."""
    cut = samples[: int(LONGEST_S * RATE_HZ)].copy()
    if len(cut) < LEAST_S * RATE_HZ:
        return None
    level = np.sqrt(np.convolve(cut**2, np.full(2205, 1.0 / 2205), "same").max())
    if not level > 1e-4:
        return None
    fade = int(0.03 * RATE_HZ)
    cut[-fade:] *= np.linspace(1.0, 0.0, fade)
    return Single(note, 0.1 * cut / level)


def recorded(folder: Path) -> list[Single]:
    """The Philharmonia's notes."""
    found = (single(r.note, r.samples[max(r.onset - int(0.02 * RATE_HZ), 0) : r.end]) for r in load(folder))
    return [one for one in found if one is not None]


def of_font(font: str, rng: np.random.Generator) -> list[Single]:
    """Some notes of all instruments of a soundfont."""
    source = open_source(f"soundfont:{font}", SourceOptions())
    takes = source.takes()
    found = []
    for i in rng.permutation(len(takes))[:N_FONT_NOTES]:
        try:
            samples, rate_hz = source.read(takes[i])
        except BridgeError:
            continue  # not every key of every instrument sounds
        mono = np.asarray(soxr.resample(samples.mean(axis=1), rate_hz, RATE_HZ), np.float64)
        found.append(single(takes[i].note, mono))
    return [one for one in found if one is not None]


def mix(rng: np.random.Generator, pool: list[Single], *, together: bool) -> Duet:
    """Two different notes of a pool."""
    first = pool[int(rng.integers(len(pool)))]
    second = first
    while second.note == first.note:
        second = pool[int(rng.integers(len(pool)))]
    lag_s = 0.0 if together else float(rng.uniform(0.1, APART_S))
    gain = 10.0 ** (rng.uniform(-LEVELS_DB, LEVELS_DB) / 20.0)
    sound = 1e-4 * rng.standard_normal(int((BEFORE_S + APART_S + LONGEST_S + 0.4) * RATE_HZ))
    onsets_s = {first.note: BEFORE_S, second.note: BEFORE_S + lag_s}
    for one, loud in ((first, 1.0), (second, gain)):
        start = int(onsets_s[one.note] * RATE_HZ)
        sound[start : start + len(one.samples)] += loud * one.samples
    return Duet(sound, onsets_s)


def judge(duets: list[Duet], answer: Answer) -> dict[str, float]:
    """Shares of files and notes in percent, and counts per 100 notes."""
    both = nothing_else = told = in_time = extra = again = 0
    for duet, heard in zip(duets, answer.notes, strict=True):
        lengths_s: dict[int, float] = {}
        for n in heard:
            lengths_s[n.note] = lengths_s.get(n.note, 0.0) + n.end_s - n.onset_s
        longest = sorted(lengths_s, key=lambda note: -lengths_s[note])[:2]
        both += set(longest) == set(duet.onsets_s)
        others = [n for n in heard if n.note not in duet.onsets_s]
        nothing_else += set(longest) == set(duet.onsets_s) and not others
        extra += len(others)
        for note, onset_s in duet.onsets_s.items():
            own = [n for n in heard if n.note == note]
            told += bool(own)
            again += max(len(own) - 1, 0)
            in_time += any(_is_in_time(n, onset_s) for n in own)
    n_notes = 2 * len(duets)
    return {
        "files": len(duets),
        "both": 100.0 * both / len(duets),
        "nothing_else": 100.0 * nothing_else / len(duets),
        "told": 100.0 * told / n_notes,
        "in_time": 100.0 * in_time / n_notes,
        "extra": 100.0 * extra / n_notes,
        "again": 100.0 * again / n_notes,
    }


def _is_in_time(note: TranscribedNote, onset_s: float) -> bool:
    return abs(note.onset_s - onset_s) <= TOLERANCE_S


def main() -> None:
    """Mix, ask, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--files", type=int, default=80, help="of each kind")
    parser.add_argument("--font", default="FluidR3_GM")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    pools = {"Philharmonia": recorded(options.folder), options.font: of_font(options.font, rng)}
    mixes = {kind: [mix(rng, pool, together=i % 2 == 0) for i in range(options.files)] for kind, pool in pools.items()}
    figures: dict[str, dict[str, dict[str, float]]] = {}
    print("| | pairs of | files | both right | and nothing else | notes told | onset in 50 ms | extra, again in 100 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, hear in transcribers.installed(options.bundle, poly=2).items():
        for kind, duets in mixes.items():
            f = judge(duets, hear([duet.samples for duet in duets], RATE_HZ))
            figures.setdefault(name, {})[kind] = f
            print(
                f"| {name} | {kind} | {f['files']} | {f['both']:.1f} % | {f['nothing_else']:.1f} % | {f['told']:.1f} % "
                f"| {f['in_time']:.1f} % | {f['extra']:.1f}, {f['again']:.1f} |"
            )
    save("duets", bundle=options.bundle, seed=options.seed, systems=figures)


if __name__ == "__main__":
    main()
