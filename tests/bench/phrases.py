"""Transcription of phrases made of real notes: `python -m tests.bench.phrases FOLDER [--bundle NAME] [--phrases 30]`.

FOLDER holds recordings of single notes named as the Philharmonia Orchestra names its samples
(`flute/flute_A4_05_forte_normal.mp3`). Every note is retuned to its name; 8 to 16 of one instrument follow each other,
half of the phrases legato and half detached, half of each with reverb. The same files go to every system that is
installed. F1 counts a note as right when its pitch is and its onset is within 50 ms (mir_eval).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.ndimage
import scipy.signal
import soundfile
import soxr

from rt.arrays import F64
from rt.units import hz_of_note
from tests.bench import transcribers
from tests.bench.record import save

RATE_HZ = 44_100
NAME = re.compile(r"(?P<instrument>[a-z-]+)_(?P<step>[A-G]s?)(?P<octave>\d)_[0-9]+_[a-z-]+_normal\.mp3$")
STEPS = {"C": 0, "Cs": 1, "D": 2, "Ds": 3, "E": 4, "F": 5, "Fs": 6, "G": 7, "Gs": 8, "A": 9, "As": 10, "B": 11}
ONSET_DB = 14.0
"""A note begins where its 5 ms level comes this near to its loudest."""
SEARCH_CENTS = 120.0
LEAST_PERIODICITY = 0.9
LEAP = 7
"""Largest step between neighbouring notes, in semitones."""
TOLERANCE_S = 0.05


@dataclass(frozen=True, slots=True)
class Recording:
    """One real note, retuned."""

    instrument: str
    note: int
    samples: F64
    """(n_samples,) mono, from the beginning of the file."""
    onset: int
    """Sample where the note begins."""
    end: int
    """Sample where it has fallen by 25 dB for good."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A melody with its truth."""

    name: str
    samples: F64
    """(n_samples,) mono at RATE_HZ."""
    intervals_s: F64
    """(n_notes, 2) onset and end."""
    notes: list[int]


def load(folder: Path) -> list[Recording]:
    """The notes of a folder that can be read, are as long as a note must be, and have the pitch of their name."""
    found = []
    for path in sorted(folder.rglob("*.mp3")):
        named = NAME.match(path.name)
        if named is None:
            continue
        try:
            samples, rate_hz = soundfile.read(path, dtype="float64")
        except (OSError, RuntimeError):
            continue  # some files of the collection are empty
        mono = samples if samples.ndim == 1 else samples.mean(axis=1)
        note = 12 * (int(named["octave"]) + 1) + STEPS[named["step"]]
        recording = prepare(named["instrument"], note, mono, rate_hz)
        if recording is not None:
            found.append(recording)
    return found


def prepare(instrument: str, note: int, mono: F64, rate_hz: int) -> Recording | None:
    """A recording moved to the pitch of its name; None where that is not what it sounds like."""
    level = scipy.ndimage.uniform_filter1d(mono**2, int(0.005 * rate_hz))
    if not level.max() > 1e-8:
        return None
    loud = np.flatnonzero(level > level.max() * 10 ** (-ONSET_DB / 10))
    steady = mono[loud[0] + int(0.06 * rate_hz) : loud[-1]]
    if len(steady) < 0.1 * rate_hz:
        return None
    cents, periodicity = offset_cents(steady[: rate_hz // 2], rate_hz, note)
    if periodicity < LEAST_PERIODICITY:
        return None
    tuned = np.asarray(soxr.resample(mono, rate_hz, RATE_HZ * 2 ** (cents / 1200)), np.float64)
    level = scipy.ndimage.uniform_filter1d(tuned**2, int(0.005 * RATE_HZ))
    onset = int(np.argmax(level > level.max() * 10 ** (-ONSET_DB / 10)))
    end = int(np.flatnonzero(level > level.max() * 10 ** (-25 / 10))[-1])
    return Recording(instrument, note, tuned / np.sqrt(level.max()), onset, end)


def offset_cents(samples: F64, rate_hz: int, note: int) -> tuple[float, float]:
    """How sharp a steady tone is by its autocorrelation near the period of a note, and the correlation there."""
    n = len(samples)
    spectrum = np.abs(np.fft.rfft(samples, 4 * n)) ** 2
    correlation = np.fft.irfft(spectrum)[:n] / np.linspace(1.0, 0.0, n, endpoint=False)
    grid = np.arange(-SEARCH_CENTS, SEARCH_CENTS + 1, 1.0)
    periods = min(max(int(0.01 * hz_of_note(note)), 1), 4)  # a later period shows smaller differences, but not whose
    lags = periods * rate_hz / hz_of_note(note) * 2 ** (-grid / 1200)
    heights = scipy.ndimage.map_coordinates(correlation / correlation[0], [lags], order=3)
    best = int(np.argmax(heights))
    return float(grid[best]), float(heights[best]) if 0 < best < len(grid) - 1 else 0.0


def make_phrase(rng: np.random.Generator, notes: list[Recording], *, legato: bool, reverb: bool) -> Phrase:
    """8 to 16 notes of one instrument in a walk over its range."""
    instrument = str(rng.choice(sorted({r.instrument for r in notes})))
    by_note: dict[int, list[Recording]] = {}
    for r in notes:
        if r.instrument == instrument:
            by_note.setdefault(r.note, []).append(r)
    pitch = int(rng.choice(sorted(by_note)))
    out = np.zeros(20 * RATE_HZ)
    at, intervals, melody = int(0.4 * RATE_HZ), [], []
    for _ in range(int(rng.integers(8, 17))):
        r = by_note[pitch][int(rng.integers(len(by_note[pitch])))]
        wanted = int(rng.uniform(0.15, 0.6) * RATE_HZ)
        length = min(wanted, r.end - r.onset)
        before = min(r.onset, int(0.03 * RATE_HZ))
        fade = int((0.03 if legato else 0.06) * RATE_HZ)
        part = r.samples[r.onset - before : r.onset + length + fade].copy()
        ramp = np.linspace(1.0, 0.0, fade)
        part[-fade:] *= ramp[-len(part[-fade:]) :]
        part[:before] *= np.linspace(0.0, 1.0, before)
        gain = 0.2 * 10 ** (rng.uniform(-6, 0) / 20)
        out[at - before : at - before + len(part)] += gain * part
        intervals.append((at / RATE_HZ, (at + length) / RATE_HZ))
        melody.append(pitch)
        at += length + (0 if legato else int(rng.uniform(0.06, 0.2) * RATE_HZ))
        near = [p for p in by_note if 0 < abs(p - pitch) <= LEAP or (p == pitch and not legato)]
        pitch = int(rng.choice(near))
    out = out[: at + RATE_HZ]
    if reverb:
        out = out + room(rng, out)
    out += 10 ** (-70 / 20) * rng.standard_normal(len(out))
    name = f"{instrument} {'legato' if legato else 'detached'}{' reverb' if reverb else ''}"
    return Phrase(name, out, np.asarray(intervals), melody)


def room(rng: np.random.Generator, dry: F64) -> F64:
    """Late reverberation of a room, 0.5-1.2 s, 8-14 dB under the direct sound."""
    decay_s = rng.uniform(0.5, 1.2)
    time_s = np.arange(int(decay_s * RATE_HZ)) / RATE_HZ
    tail = rng.standard_normal(len(time_s)) * 10 ** (-3 * time_s / decay_s) * (time_s > 0.008)
    tail *= 10 ** (-rng.uniform(8, 14) / 20) / np.sqrt(np.sum(tail**2))
    wet: F64 = np.asarray(scipy.signal.fftconvolve(dry, tail)[: len(dry)])
    return wet


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
