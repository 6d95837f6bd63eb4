"""Smaller graphs: weights of the matrix products in 8 bits. Activations are scaled anew in every call.

One scale serves a whole batch, so a row of a batch comes out a little different from the same row alone.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np

from export.evaluate.distances import log_spectral_distance_db
from export.evaluate.graphs import Graphs
from export.evaluate.hearing import groups_of
from rt.arrays import F32

OPERATIONS = ("MatMul", "Gemm")
"""Convolutions stay as they are: in 8 bits they are slower."""


def quantise(path: Path) -> None:
    """Replace an ONNX graph by one whose matrix products have weights of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = path.with_suffix(".int8.onnx")
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it advises, on the root logger, a step that graphs with a free batch size fail
    try:
        quantize_dynamic(path, small, op_types_to_quantize=list(OPERATIONS), weight_type=QuantType.QInt8)
    finally:
        root.setLevel(level)
    small.replace(path)


def errors(exact: Graphs, small: Graphs, frames: dict[str, F32], symbols: F32, age_s: F32) -> dict[str, Any]:
    """What the 8 bits cost on real frames and notes.

    frames : values (n, n_bins) by kind: `frame` and, if there is a listener encoder, `live`. symbols : (m, n_symbols).
    age_s : (m,). Returns root mean square differences of decoded frames in dB, and the share of frames in percent in
    which another class became the likeliest.
    """

    def played(graphs: Graphs) -> F32:
        return graphs.decode_signal(graphs.encode_symbols(symbols, age_s)[0])

    out: dict[str, Any] = {"symbol_to_signal_db": _rms_db(exact, played(exact), played(small))}
    for kind, values in frames.items():
        pairs = [
            (graphs.encode_live if kind == "live" else graphs.encode_signal)(values)[0] for graphs in (exact, small)
        ]
        if kind == "frame":
            decoded = [graphs.decode_signal(z) for graphs, z in zip((exact, small), pairs, strict=True)]
            out["signal_to_signal_db"] = _rms_db(exact, *decoded)
        heard = [graphs.decode_symbols(z) for graphs, z in zip((exact, small), pairs, strict=True)]
        changed = [
            np.argmax(heard[0][:, g], axis=1) != np.argmax(heard[1][:, g], axis=1) for g in groups_of(exact.symbols)
        ]
        key = "signal_to_symbol" if kind == "frame" else "live_to_symbol"
        out[f"{key}_changed_percent"] = {
            symbol.name: round(100.0 * float(np.mean(one)), 2)
            for symbol, one in zip(exact.symbols, changed, strict=True)
        }
    return out


def _rms_db(graphs: Graphs, wanted: F32, found: F32) -> float:
    distances = log_spectral_distance_db(graphs.frame, wanted, found)
    return round(float(np.sqrt(np.mean(distances**2))), 3)
