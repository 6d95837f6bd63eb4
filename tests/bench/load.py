"""How long blocks take to render, model included: `python -m tests.bench.load [--seconds 4] [--repeats 3]`.

One process on one core calls the engine block after block, as the audio callback does, while so many notes are held. Of
the repeats the one with the lowest 99th percentile counts: what other programs took away is not the engine's.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import os
import time

import numpy as np

from rt.arrays import F64
from rt.bundle import bundle
from rt.config import config
from rt.engine import Engine
from rt.events import NoteOn
from rt.model import Model
from rt.parameters import INSTRUMENT
from rt.stats import Stats
from tests.bench.record import save

RATE_HZ = 48_000
VOICES = (1, 4, 8, 16, 32, 64, 96)
BLOCKS = (64, 128, 256)


def measure(model: Model, n_voices: int, block: int, seconds: float, *, iterations: int, repeats: int) -> F64:
    """Render times of the quietest of so many runs."""
    runs = [run(model, n_voices, block, seconds, iterations=iterations) for _ in range(repeats)]
    return min(runs, key=lambda took_s: float(np.percentile(took_s, 99)))


def run(model: Model, n_voices: int, block: int, seconds: float, *, iterations: int) -> F64:
    """Render times of all blocks in seconds, while `n_voices` notes of all instruments are held."""
    settings = dataclasses.replace(config.load().engine, voices=n_voices, iterations=iterations)
    engine = Engine(model, sample_rate_hz=RATE_HZ, config=settings, stats=Stats())
    engine.warm_up()
    instruments = model.manifest.instruments
    for channel in range(len(instruments)):
        engine.apply(INSTRUMENT.on(channel, channel))
    for k in range(n_voices):
        spec = instruments[k % len(instruments)]
        note = spec.low_note + (7 * (k // len(instruments))) % (spec.high_note - spec.low_note + 1)
        engine.apply(NoteOn(k % len(instruments), note, 90))
    out = np.zeros((block, 2), np.float32)
    took_s = np.zeros(int(seconds * RATE_HZ / block))
    for _ in range(RATE_HZ // block // 4):
        engine.render(out)
    assert engine.n_sounding == n_voices, f"{engine.n_sounding} of {n_voices} voices sound"
    for k in range(len(took_s)):
        start_s = time.perf_counter()
        engine.render(out)
        took_s[k] = time.perf_counter() - start_s
    return took_s


def main() -> None:
    """Print and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0, help="of sound per cell")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--iterations", type=int, default=1, help="of Griffin-Lim")
    parser.add_argument("--bundle", default="default")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    model = Model.load(bundle.load(arguments.bundle), "cpu")
    how = {"seconds": arguments.seconds, "iterations": arguments.iterations, "repeats": arguments.repeats}
    gc.collect()
    gc.freeze()
    gc.disable()
    print("| block | voices | p50 ms | p99 ms | max ms | p99 of a period |")
    print("| --- | --- | --- | --- | --- | --- |")
    for block in BLOCKS:
        for n_voices in VOICES:
            took_s = measure(model, n_voices, block, **how)
            p50, p99, worst = np.percentile(took_s, [50, 99, 100]) * 1e3
            share = p99 / (1e3 * block / RATE_HZ)
            print(f"| {block} | {n_voices} | {p50:.3f} | {p99:.3f} | {worst:.3f} | {100 * share:.0f} % |", flush=True)
            save("load", block=block, voices=n_voices, p50_ms=p50, p99_ms=p99, max_ms=worst, share=share, **how)
    low, high = 1, 129
    while high - low > 1:  # the greatest number that was seen to hold
        middle = (low + high) // 2
        took_s = measure(model, middle, 128, **how)
        low, high = (middle, high) if np.percentile(took_s, 99) < 0.5 * 128 / RATE_HZ else (low, middle)
    print(f"one core sustains {low} voices at block 128 (p99 under half a period; 128 is the most there can be)")
    save("load", block=128, sustained_voices=low, **how)


if __name__ == "__main__":
    main()
