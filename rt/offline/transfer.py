"""A path carried to another instrument: the same notes and dynamics, and what no label tells stays as it was."""

from __future__ import annotations

import numpy as np
import scipy.ndimage

from rt.arrays import F32, F64
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS, SymbolLayout
from rt.model import ListenerModel, Model
from rt.offline.latent_path import STEP_S

CALM_S = 0.5
"""Who plays is heard under a Hann window of this length: from frame to frame it is often another one."""
FAINT_SHARE = 0.02
"""An instrument that is hardly heard at all is left out."""


def carried(latents: F32, ears: ListenerModel, model: Model, instrument: int) -> F32:
    """Points (n, size), STEP_S apart, moved by the difference of two labels each: what is heard, and the new one.

    Where it is not clear who plays, the label that is heard lies between those of the instruments. A note that the
    new instrument does not reach sounds in another octave. ControlError for a model of mixtures.
    """
    manifest = model.manifest
    if manifest.n_sources > 1:
        raise ControlError(f"bundle {manifest.name!r} hears mixtures; --instrument needs one that hears one note")
    heard = ears.symbols(latents)
    octaves, pitch_classes = (heard[s][:, :-1].argmax(axis=1) for s in (OCTAVE, PITCH_CLASS))
    first = np.asarray([12 * (int(name) + 1) for name in manifest.symbol(OCTAVE).classes[:-1]])
    notes = first[octaves] + pitch_classes
    loud = heard[DYNAMICS][:, :-1]
    dynamics = loud @ np.arange(loud.shape[1]) / np.maximum(loud.sum(axis=1), 1e-9)
    layout, target = SymbolLayout(manifest.symbols), manifest.instruments[instrument]

    def points(notes: list[int], player: int) -> F32:
        rows = [layout.encode(note, d, player) for note, d in zip(notes, dynamics.tolist(), strict=True)]
        table = np.asarray(rows, np.float32).reshape(-1, layout.n_symbols)
        return model.encode(table, np.full(len(table), FREE_AGE_S, np.float32))[0]

    wanted = points([target.reachable(note) for note in notes.tolist()], instrument)
    shares = shares_of(heard[INSTRUMENT][:, :-1])
    is_heard = shares.max(axis=0, initial=0.0) > FAINT_SHARE
    found = sum(shares[:, [i]] * points(notes.tolist(), int(i)) for i in np.flatnonzero(is_heard))
    return np.asarray(latents + wanted - found, np.float32)


def shares_of(probabilities: F32) -> F64:
    """How much each instrument plays around each moment, (n, n_instruments); the shares of a moment add up to 1."""
    window = np.hanning(round(CALM_S / STEP_S) + 2)[1:-1]
    calm = scipy.ndimage.convolve1d(np.asarray(probabilities, np.float64), window, axis=0, mode="constant")
    calm = np.where(calm > FAINT_SHARE * calm.sum(axis=1, keepdims=True), calm, 0.0)
    return np.asarray(calm / np.maximum(calm.sum(axis=1, keepdims=True), 1e-12))
