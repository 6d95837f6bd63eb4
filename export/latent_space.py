"""Where the notes of a trained model lie in its latent space, for sliders, XY pads and trajectories.

Soft and fading frames lie far apart from each other and fill most of the space: axes through all frames have silence
on half of their square. So the mean and the axes are those of frames that sound, each as loud as its note can be.
"""

from __future__ import annotations

import numpy as np

from export.evaluate.graphs import Graphs
from export.evaluate.played import training_notes
from export.prepare.levels import levels_db
from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import LatentSpec
from rt.frames.scaling import magnitudes_of_values
from rt.frames.symbols import SymbolLayout

N_AXES = 8
SOUNDING_DB = 10.0
"""A frame sounds when it is at most this far below the loudest frame of its note."""


def latent_spec(graphs: Graphs) -> LatentSpec:
    """Mean, range and axes of the notes of all instruments, every instrument counting the same."""
    symbols, ages_s = training_notes(graphs)
    z = graphs.encode_symbols(symbols, ages_s)[0].astype(np.float64)
    instruments, notes = _labels(graphs, symbols)
    frames = magnitudes_of_values(graphs.frame, graphs.decode_signal(z.astype(np.float32)))
    sounds = is_sounding(levels_db(graphs.frame, frames), instruments * 128 + notes)
    shares = 1.0 / np.bincount(instruments[sounds])[instruments[sounds]]
    mean, axes, deviation = principal_axes(z[sounds], shares, rising=notes[sounds])
    low, high = np.percentile(z, [1.0, 99.0], axis=0)
    return LatentSpec(
        size=z.shape[1],
        mean=rounded(mean, 5),
        low=rounded(low, 5),
        high=rounded(high, 5),
        axes=tuple(rounded(axis, 6) for axis in axes),
        axis_deviation=rounded(deviation, 5),
    )


def is_sounding(level_db: F64, note_of: AnyArray) -> AnyArray:
    """Which frames (n,) are nearly as loud as the loudest one of the same note; note_of (n,) are whole numbers."""
    loudest = np.full(int(note_of.max()) + 1, -np.inf)
    np.maximum.at(loudest, note_of, level_db)
    return level_db >= loudest[note_of] - SOUNDING_DB


def principal_axes(points: F64, shares: F64, *, rising: AnyArray) -> tuple[F64, F64, F64]:
    """Weighted mean (size,), unit vectors (n_axes, size), widest first, and the deviation (n_axes,) along each.

    points : (n, size).
    shares : (n,) how much each point counts.
    rising : (n,) a quantity that grows along every axis, which settles the signs: pitch rises to the right and up.
    """
    shares = shares / shares.sum()
    mean = shares @ points
    _, deviation, axes = np.linalg.svd((points - mean) * np.sqrt(shares)[:, None], full_matrices=False)
    axes, deviation = axes[:N_AXES], deviation[:N_AXES]
    slopes = (shares * (rising - shares @ rising)) @ (points - mean) @ axes.T
    return mean, axes * np.where(slopes < 0.0, -1.0, 1.0)[:, None], deviation


def rounded(values: F64, digits: int) -> tuple[float, ...]:
    """Numbers as a manifest holds them."""
    return tuple(round(float(value), digits) for value in values)


def _labels(graphs: Graphs, symbols: F32) -> tuple[AnyArray, AnyArray]:
    """Instruments and MIDI notes, (n,) each, of one-hot groups (n, n_symbols)."""
    layout = SymbolLayout(graphs.symbols)
    labels = [layout.decode(row) for row in symbols]
    return np.array([one.instrument for one in labels]), np.array([one.note for one in labels])
