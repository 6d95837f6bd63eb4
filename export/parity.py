"""The proof that a written bundle computes what torch does: its graphs are run by the classes that play and listen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from export.evaluate.graphs import TorchGraphs
from export.evaluate.played import training_notes
from rt.arrays import F32
from rt.bundle.bundle import Bundle
from rt.frames.noise import values_of_power
from rt.frames.scaling import values_of_magnitudes
from rt.model import ListenerModel, Model, SignalEncoder

TOLERANCE = 1e-4
"""Largest difference allowed between torch and the runtime, in frame values, latents and probabilities."""
N_RANDOM = 64

Tensors = dict[str, F32]
"""(n, width) by the names of the manifest."""


def differences(exact: TorchGraphs, opened: Bundle) -> dict[str, float]:
    """Largest difference over all graphs, on random input and on real frames and notes; NaN where any is no number."""
    rng = np.random.default_rng(0)
    real = real_inputs(exact)
    worst: dict[str, list[float]] = {"random": [], "real": []}
    for graph, run in graphs_as_run(opened).items():
        spec = opened.manifest.graphs[graph]
        random = {name: 3.0 * rng.random((N_RANDOM, shape[1]), np.float32) for name, shape in spec.inputs.items()}
        for kind, inputs in (("random", random), ("real", real[graph])):
            found = run(inputs)
            expected = dict(zip(found, exact.run(graph, tuple(found), inputs), strict=True))
            assert set(found) == set(spec.outputs)
            worst[kind] += [_furthest(expected[name], found[name]) for name in found]
    return {kind: float(np.max(found)) for kind, found in worst.items()}


def graphs_as_run(opened: Bundle) -> dict[str, Callable[[Tensors], Tensors]]:
    """How the runtime runs each graph of a bundle, with what it makes of the outputs turned back into these."""
    model, encoder = Model.load(opened, "cpu"), SignalEncoder.load(opened, "cpu")
    ears, frame = ListenerModel.load(opened, "cpu"), opened.manifest.frame

    def decode(given: Tensors) -> Tensors:
        magnitudes, noise = model.decode_with_noise(given["latent"])
        found = {"frame": values_of_magnitudes(frame, magnitudes)}
        return found | ({"noise": values_of_power(frame, noise**2)} if frame.noise else {})

    runs: dict[str, Callable[[Tensors], Tensors]] = {
        "symbol_encoder": lambda given: _posterior(model.encode(given["symbols"], given["age_s"][:, 0])),
        "signal_decoder": decode,
        "signal_encoder": lambda given: _posterior(encoder.encode(given["frame"])),
        "listener_encoder": lambda given: _posterior(ears.hear(given["frame"])),
        "listener_notes": lambda given: {"notes": _some(ears.notes(given["frame"]))},
        "symbol_decoder": lambda given: ears.symbols(given["latent"]),
    }
    return {graph: runs[graph] for graph in opened.manifest.graphs}


def real_inputs(exact: TorchGraphs) -> dict[str, Tensors]:
    """What each graph is given in earnest: notes, frames of the validation, and the latents of both."""
    symbols, age_s = training_notes(exact)
    real: dict[str, Tensors] = {"symbol_encoder": {"symbols": symbols, "age_s": age_s[:, None]}}
    for kind, frames in real_frames(exact).items():
        real["listener_encoder" if kind == "live" else "signal_encoder"] = {"frame": frames}
    means = [exact.run(graph, ("mean",), inputs)[0] for graph, inputs in real.items()]
    real |= {graph: {"latent": np.concatenate(means)} for graph in ("signal_decoder", "symbol_decoder")}
    if "listener_encoder" in real:
        real["listener_notes"] = real["listener_encoder"]
    return real


def real_frames(exact: TorchGraphs) -> dict[str, F32]:
    """Frames (n, n_bins) of the validation by kind, `frame` and, if the model hears them, `live`.

    Where there was no validation, notes that the model plays stand in for them.
    """
    out = {}
    for kind in ("frame", "live") if exact.listener is not None else ("frame",):
        frames = exact.trained.examples.get(kind)
        if frames is None or not len(frames):
            out[kind] = exact.decode_signal(exact.encode_symbols(*training_notes(exact))[0])
        else:
            out[kind] = frames.float().numpy()
    return out


def _posterior(found: tuple[F32, F32]) -> Tensors:
    """The outputs of an encoder: the runtime asks for its deviation."""
    mean, deviation = found
    with np.errstate(divide="ignore"):
        return {"mean": mean, "log_variance": np.asarray(2.0 * np.log(deviation), np.float32)}


def _some(found: F32 | None) -> F32:
    assert found is not None  # the bundle has the graph
    return found


def _furthest(a: Any, b: Any) -> float:
    assert a.shape == b.shape
    return float(np.abs(a - b).max(initial=0.0))
