"""Draws each instrument's chromatic scale: `python -m tests.bench.spectrograms docs/scales.png`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import matplotlib
import numpy as np
import scipy.signal

matplotlib.use("Agg")
from matplotlib import pyplot
from PIL import Image

from rt.bundle import bundle
from rt.units import name_of_note
from tests.system.test_scales import RATE_HZ, Struck, render

STEP_S, NOTE_S = 0.3, 0.26


def main() -> None:
    """Render and draw."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "scales.png")
    manifest = bundle.load("default").manifest
    figure, rows = pyplot.subplots(len(manifest.instruments), 1, figsize=(10, 2.1 * len(manifest.instruments)))
    for axes, spec in zip(rows, manifest.instruments, strict=True):
        span = range(spec.low_note, spec.high_note + 1)
        notes = [Struck(0.05 + STEP_S * k, NOTE_S, note, 90) for k, note in enumerate(span)]
        with tempfile.TemporaryDirectory() as folder:
            sound = render(Path(folder), spec.name, notes)
        hz, at_s, power = scipy.signal.spectrogram(sound, RATE_HZ, "hann", 4096, 4096 - 1024, mode="magnitude")
        level = 20 * np.log10(power / power.max() + 1e-6)
        axes.pcolormesh(at_s, hz[1:], level[1:], vmin=-80, vmax=0, cmap="magma", shading="nearest", rasterized=True)
        axes.set_yscale("log")
        axes.set_ylim(50, 12_000)
        axes.set_ylabel("Hz")
        axes.set_title(f"{spec.name}, {name_of_note(spec.low_note)} to {name_of_note(spec.high_note)}", fontsize=9)
    rows[-1].set_xlabel("seconds")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    with Image.open(path) as drawn:  # a third of the size
        small = drawn.convert("RGB").quantize(64)
    small.save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main()
