"""Where labels lie in the latent space of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.frames.symbols import DYNAMICS, SymbolLayout
from rt.manifest import Manifest
from rt.model import Model
from rt.offline.labels import Label
from rt.units import name_of_note


class Mark(NamedTuple):
    """A named point for pictures."""

    text: str
    point: F32
    """(size,)."""


def points(model: Model, labels: Sequence[Label]) -> F32:
    """Points (n, size) of labels, past their attack; ControlError for a note that the instrument cannot reach."""
    layout = SymbolLayout(model.manifest.symbols)
    rows = [layout.encode(_note(model.manifest, x), float(x.dynamics), x.instrument) for x in labels]
    mean, _ = model.encode(np.asarray(rows, np.float32), np.full(len(rows), FREE_AGE_S, np.float32))
    return mean


def marks(model: Model, labels: Sequence[Label]) -> list[Mark]:
    """The same with names."""
    manifest = model.manifest
    classes = manifest.symbol(DYNAMICS).classes
    found = []
    for label, point in zip(labels, points(model, labels), strict=True):
        note = name_of_note(_note(manifest, label))
        found.append(Mark(f"{manifest.instruments[label.instrument].name} {note} {classes[label.dynamics]}", point))
    return found


def centre(manifest: Manifest) -> F64:
    """The middle (size,) of the training notes."""
    return np.asarray(manifest.latent.mean, np.float64)


def _note(manifest: Manifest, label: Label) -> int:
    spec = manifest.instruments[label.instrument]
    if label.note is None or not spec.low_note <= label.note <= spec.high_note:
        asked = "a rest" if label.note is None else name_of_note(label.note)
        reach = f"{name_of_note(spec.low_note)} to {name_of_note(spec.high_note)}"
        raise ControlError(f"{spec.name} reaches {reach}, not {asked}; choose a note within")
    return label.note
