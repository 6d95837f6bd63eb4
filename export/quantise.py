"""Smaller graphs: weights of the matrix products in 8 bits. Activations are scaled anew in every call.

One scale serves a whole batch, so a row of a batch comes out a little different from the same row alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from export.evaluate.distances import log_spectral_distance_db
from export.evaluate.graphs import Graphs
from export.evaluate.hearing import groups_of
from rt.arrays import F32

OPERATIONS = ("MatMul", "Gemm")
"""Convolutions stay as they are: in 8 bits they are slower."""
ROWS, MOST_NOTES = 8, 1024


def quantise(path: Path) -> None:
    """Replace an ONNX graph by one whose matrix products have weights of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = path.with_suffix(".int8.onnx")
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it advises, on the root logger, a step that graphs with a free batch size fail
    try:
        quantize_dynamic(
            path, small, op_types_to_quantize=list(OPERATIONS), weight_type=QuantType.QInt8, per_channel=True
        )
    finally:
        root.setLevel(level)
    small.replace(path)


def errors(exact: Graphs, small: Graphs, frames: dict[str, F32], symbols: F32, age_s: F32) -> dict[str, Any]:
    """What the 8 bits cost on real frames and notes, a few rows a call as when playing.

    frames : values (n, n_bins) by kind: `frame` and, if there is a listener encoder, `live`. symbols : (m, n_symbols).
    age_s : (m,). Returns root mean square differences of decoded frames in dB, and the share of frames in percent in
    which another class became the likeliest.
    """
    both, out = (exact, small), dict[str, Any]()
    rows = np.random.default_rng(0).permutation(len(symbols))[:MOST_NOTES]
    latents = [_by_rows(one.encode_symbols, symbols[rows], age_s[rows]) for one in both]
    played = [_by_rows(one.decode_signal, z) for one, z in zip(both, latents, strict=True)]
    out["symbol_to_signal_db"] = _rms_db(exact, *played)
    for kind, values in frames.items():
        latents = [_by_rows(one.encode_live if kind == "live" else one.encode_signal, values) for one in both]
        if kind == "frame":
            decoded = [_by_rows(one.decode_signal, z) for one, z in zip(both, latents, strict=True)]
            out["signal_to_signal_db"] = _rms_db(exact, *decoded)
        heard = [_by_rows(one.decode_symbols, z) for one, z in zip(both, latents, strict=True)]
        changed = {}
        for symbol, group in zip(exact.symbols, groups_of(exact.symbols), strict=True):
            a, b = (np.argmax(one[:, group], axis=1) for one in heard)
            changed[symbol.name] = round(100.0 * float(np.mean(a != b)), 2)
        out[f"{'live' if kind == 'live' else 'signal'}_to_symbol_changed_percent"] = changed
    return out


def _by_rows(network: Callable[..., Any], *inputs: F32) -> F32:
    """The first output of a network, called with ROWS rows at a time."""
    parts = []
    for first in range(0, len(inputs[0]), ROWS):
        found = network(*(one[first : first + ROWS] for one in inputs))
        parts.append(found[0] if isinstance(found, tuple) else found)
    return np.concatenate(parts)


def _rms_db(graphs: Graphs, wanted: F32, found: F32) -> float:
    distances = log_spectral_distance_db(graphs.frame, wanted, found)
    return round(float(np.sqrt(np.mean(distances**2))), 3)
