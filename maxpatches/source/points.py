"""Points of the latent space that lb.latents opens with: sounds of the default bundle, kept in points.json."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import numpy as np

from maxpatches.source.names import instruments
from rt.bundle import bundle
from rt.engine.latents import FREE_AGE_S
from rt.frames.symbols import SymbolLayout
from rt.model import Model

PATH = Path(__file__).with_name("points.json")
SOUNDS = ((1, 69), (4, 69), (0, 57), (3, 64), (2, 69), (4, 76), (1, 81), (0, 64))
"""Instrument and note of each point; the first two are the same note."""
DYNAMICS = 3.0
RANGE = 4.0
"""What lb.latents multiplies its sliders by at the start."""


def compute() -> list[list[float]]:
    """Where these sounds lie now, as sliders of -1 to 1 in hundredths."""
    model = Model.load(bundle.load("default"), "cpu")
    layout = SymbolLayout(model.manifest.symbols)
    n = len(instruments())
    rows = np.stack([layout.encode(note, DYNAMICS, instrument % n) for instrument, note in SOUNDS])
    mean, _ = model.encode(rows.astype(np.float32), np.full(len(SOUNDS), FREE_AGE_S, np.float32))
    values = np.clip(mean.astype(np.float64) / RANGE, -1.0, 1.0).round(2) + 0.0
    return [[float(value) for value in row] for row in values]


@functools.cache
def load() -> tuple[tuple[float, ...], ...]:
    """The points as they were kept: the last digits of a model differ between machines, those of patches must not."""
    found = json.loads(PATH.read_text("utf-8"))
    return tuple(tuple(row) for row in found)


def keep() -> None:
    """Compute and write them."""
    rows = ",\n".join(f"  {json.dumps(row)}" for row in compute())
    PATH.write_text(f"[\n{rows}\n]\n", "utf-8")
