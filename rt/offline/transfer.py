"""A path carried to another instrument: the same notes and dynamics, and what no label tells stays as it was."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS, SymbolLayout
from rt.model import Ears, Model


def carried(latents: F32, ears: Ears, model: Model, instrument: int) -> F32:
    """Points (n, size) moved by the difference of two labels each: the one that is heard, and the new instrument's.

    A note that the instrument does not reach sounds in another octave. ControlError for a model of mixtures.
    """
    manifest = model.manifest
    if manifest.n_sources > 1:
        raise ControlError(f"bundle {manifest.name!r} hears mixtures; --instrument needs one that hears one note")
    heard = ears.symbols(latents)
    octaves, pitch_classes, instruments = (heard[s][:, :-1].argmax(axis=1) for s in (OCTAVE, PITCH_CLASS, INSTRUMENT))
    first = np.asarray([12 * (int(name) + 1) for name in manifest.symbol(OCTAVE).classes[:-1]])
    notes = first[octaves] + pitch_classes
    loud = heard[DYNAMICS][:, :-1]
    dynamics = loud @ np.arange(loud.shape[1]) / np.maximum(loud.sum(axis=1), 1e-9)
    layout, target = SymbolLayout(manifest.symbols), manifest.instruments[instrument]
    told = zip(notes.tolist(), dynamics.tolist(), instruments.tolist(), strict=True)
    pairs = [(layout.encode(n, d, i), layout.encode(target.reachable(n), d, instrument)) for n, d, i in told]
    rows = np.asarray(pairs, np.float32).reshape(-1, layout.n_symbols)
    points, _ = model.encode(rows, np.full(len(rows), FREE_AGE_S, np.float32))
    return np.asarray(latents + points[1::2] - points[0::2], np.float32)
