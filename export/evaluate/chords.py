"""Scores of the net that hears several notes: live frames of single notes, mixed by power with random phases.

The corpus holds single notes, so their sums are made here, two or more notes of the scored takes at a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from export.evaluate.examples import Examples
from export.evaluate.graphs import Graphs
from rt.arrays import F32, AnyArray

N_MIXTURES, ROWS_AT_ONCE = 2000, 500
SIZES = (1, 2, 3)
"""Notes that sound together."""
WITHIN_DB = 5.0
"""Their peaks are up to so much above and below one level."""
YOUNGEST_S = 0.05
PHASE_BINS = 6
"""Neighbouring bands hear the same partials, so their phases move together."""
SURE = 0.5
"""Probability from which a note counts as heard."""


def chord_scores(graphs: Graphs, examples: Examples, seed: int = 0) -> dict[str, Any]:
    """By size of mixture: n, shares with all notes right and with the likeliest ones right, precision, recall, F1."""
    rng = np.random.default_rng(seed)
    old_enough = np.flatnonzero((examples.live.age_s >= YOUNGEST_S) & (examples.note[examples.live.take, 0] >= 0))
    out: dict[str, Any] = {}
    for size in SIZES:
        rows = rng.choice(old_enough, (N_MIXTURES, size))
        notes = examples.note[examples.live.take[rows], 0]
        apart = np.array([len(set(row)) == size for row in notes.tolist()])
        rows, notes = rows[apart], notes[apart]
        if not len(rows):
            continue
        sounding = np.zeros((len(rows), 128), bool)
        np.put_along_axis(sounding, notes, True, axis=1)
        parts = [
            graphs.hear_notes(mixed(examples, rows[first : first + ROWS_AT_ONCE], rng))
            for first in range(0, len(rows), ROWS_AT_ONCE)
        ]
        out[str(size)] = shares(np.concatenate(parts), sounding, size)
    return out


def mixed(examples: Examples, rows: AnyArray, rng: np.random.Generator) -> F32:
    """Values (n, n_bins) of mixtures of live frames; rows (n, n_notes) index `examples.live`."""
    live, spec = examples.live, examples.frame
    per_value = spec.step_db * np.log(10.0) / 20.0
    total = np.zeros((len(rows), spec.n_bins), np.complex128)
    for column in rows.T:
        values = np.asarray(live.values[live.rows[column]], np.float64)
        gain_db = rng.uniform(-WITHIN_DB, WITHIN_DB, (len(values), 1))
        level = values - values.max(axis=1, keepdims=True) + 3.0 + gain_db / spec.step_db
        turns = np.repeat(rng.random((len(values), -(-spec.n_bins // PHASE_BINS))), PHASE_BINS, axis=1)
        size = np.where(values > 0.0, np.exp(level * per_value), 0.0)
        total += size * np.exp(2j * np.pi * turns[:, : spec.n_bins])
    return np.asarray(np.maximum(np.log(np.abs(total) + 1e-9) / per_value, 0.0), np.float32)


def shares(probability: F32, sounding: AnyArray, size: int) -> dict[str, Any]:
    """Scores of probabilities (n, 128) against the notes that sound, `size` in each row."""
    heard = probability > SURE
    likeliest = np.argsort(-probability, axis=1)[:, :size]
    right, n_found, n_true = int(np.sum(heard & sounding)), int(np.sum(heard)), int(np.sum(sounding))
    return {
        "n": len(sounding),
        "all_right_percent": _percent(np.mean(np.all(heard == sounding, axis=1))),
        "likeliest_right_percent": _percent(np.mean(np.take_along_axis(sounding, likeliest, axis=1).all(axis=1))),
        "precision_percent": _percent(right / n_found) if n_found else None,
        "recall_percent": _percent(right / n_true),
        "f1_percent": _percent(2 * right / (n_found + n_true)),
    }


def _percent(share: Any) -> float:
    return round(100.0 * float(share), 2)
