"""Where labels lie in the latent space of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import Manifest
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.frames.symbols import DYNAMICS, SymbolLayout
from rt.model import Model
from rt.offline.labels import NamedLabel, level_db
from rt.units import name_of_note

AGES_S = (0.0, 0.03, 0.08, 0.16, FREE_AGE_S)
"""Ages among which a note is loudest, and last the one that stands for the label."""
MOST_FADED_DB = 20.0


class Mark(NamedTuple):
    """A named point for pictures."""

    text: str
    point: F32
    """(size,)."""


def points(model: Model, labels: Sequence[NamedLabel]) -> F32:
    """Points (n, size) of labels, past their attack; ControlError for a note that the instrument cannot reach."""
    layout = SymbolLayout(model.manifest.symbols)
    rows = [layout.encode(_note(model.manifest, x), float(x.dynamics), x.instrument) for x in labels]
    mean, _ = model.encode(np.asarray(rows, np.float32), np.full(len(rows), FREE_AGE_S, np.float32))
    return mean


def marks(model: Model, labels: Sequence[NamedLabel]) -> list[Mark]:
    """The same with names."""
    manifest = model.manifest
    classes = manifest.symbol(DYNAMICS).classes
    found = []
    for label, point in zip(labels, points(model, labels), strict=True):
        note = name_of_note(_note(manifest, label))
        found.append(Mark(f"{manifest.instruments[label.instrument].name} {note} {classes[label.dynamics]}", point))
    return found


def levels_db(model: Model, labels: Sequence[NamedLabel]) -> list[float]:
    """Levels (n,) of the free voice at which labels are as loud as their notes, even if those have faded by then."""
    layout = SymbolLayout(model.manifest.symbols)
    levels = []
    for label in labels:
        row = layout.encode(_note(model.manifest, label), float(label.dynamics), label.instrument)
        mean, _ = model.encode(np.repeat(row[None], len(AGES_S), axis=0), np.asarray(AGES_S, np.float32))
        power = np.square(model.decode(mean), dtype=np.float64).sum(axis=1) + 1e-12
        faded_db = 10.0 * np.log10(power.max() / power[-1])
        levels.append(level_db(model.manifest, label) + min(float(faded_db), MOST_FADED_DB))
    return levels


def centre(manifest: Manifest) -> F64:
    """The middle (size,) of the training notes."""
    return np.asarray(manifest.latent.mean, np.float64)


def check_notes(manifest: Manifest, labels: Sequence[NamedLabel]) -> None:
    """Raise ControlError for a note that its instrument cannot reach."""
    for label in labels:
        if label.note is not None:
            _note(manifest, label)


def _note(manifest: Manifest, label: NamedLabel) -> int:
    spec = manifest.instruments[label.instrument]
    if label.note is None or not spec.low_note <= label.note <= spec.high_note:
        asked = "a rest" if label.note is None else name_of_note(label.note)
        reach = f"{name_of_note(spec.low_note)} to {name_of_note(spec.high_note)}"
        raise ControlError(f"{spec.name} reaches {reach}, not {asked}; choose a note within")
    return label.note
