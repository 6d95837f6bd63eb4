"""A trained model -> a bundle: named graphs, what the runtime must know about them, and proof that they agree."""

from __future__ import annotations

import copy
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import nn

from export.corpus import INSTRUMENTS, RECORDED_PIANO, SOUNDFONTS
from export.evaluate import measure, summary
from export.models import BridgeModel, FrameGraph, ProbabilityGraph, fold_batch_norm
from export.train import SYMBOLS
from rt import bundle
from rt.arrays import F64
from rt.bundle import Bundle
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410
from rt.frames.symbols import SymbolLayout
from rt.manifest import FORMAT, MANIFEST, GraphSpec, InstrumentSpec, LatentSpec, Manifest

OPSET = 17
TOLERANCE = 1e-4
"""Largest difference allowed between torch and ONNX, in frame values, latents and probabilities."""
N_AXES = 8
LATENT_AGES_S = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0)


@dataclass(frozen=True, slots=True)
class Graph:
    """One network on its way to ONNX."""

    module: nn.Module
    inputs: dict[str, int]
    """Width of each input tensor."""
    outputs: dict[str, int]


def graphs_of(model: BridgeModel) -> dict[str, Graph]:
    """The graphs of a model, batch norms folded, named as the contract wants them."""
    folded = fold_batch_norm(copy.deepcopy(model).eval())
    assert isinstance(folded, BridgeModel)
    z = {"latent": model.config.n_latents}
    posterior = {"mean": model.config.n_latents, "log_variance": model.config.n_latents}
    frame = {"frame": model.config.n_bins}
    symbols = {"symbols": sum(model.config.symbol_sizes), "age_s": 1}
    classes = {symbol.name: len(symbol.classes) for symbol in SYMBOLS}
    return {
        "symbol_encoder": Graph(folded.symbol_encoder, symbols, posterior),
        "signal_decoder": Graph(FrameGraph(folded.signal_decoder), z, frame),
        "signal_encoder": Graph(folded.signal_encoder, frame, posterior),
        "symbol_decoder": Graph(ProbabilityGraph(folded.symbol_decoder), z, classes),
    }


def write_graph(graph: Graph, path: Path) -> None:
    """Export one network with a free batch size."""
    examples = tuple(torch.rand(2, width) for width in graph.inputs.values())
    names = [*graph.inputs, *graph.outputs]
    torch.onnx.export(
        graph.module.eval(),
        examples,
        str(path),
        input_names=list(graph.inputs),
        output_names=list(graph.outputs),
        dynamic_axes={name: {0: "batch"} for name in names},
        opset_version=OPSET,
        dynamo=False,
    )


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session on one thread, as the engine runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@torch.no_grad()
def difference(original: nn.Module, graph: Graph, path: Path, *, rows: int = 64, seed: int = 0) -> float:
    """Largest difference between a torch network and its ONNX graph on random input."""
    generator = torch.Generator().manual_seed(seed)
    inputs = {name: 3.0 * torch.rand(rows, width, generator=generator) for name, width in graph.inputs.items()}
    expected = original.eval()(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    found = open_graph(path).run(list(graph.outputs), {name: value.numpy() for name, value in inputs.items()})
    return max(float(np.abs(a.numpy() - b).max()) for a, b in zip(expected, found, strict=True))


def latency_ms(path: Path, inputs: dict[str, int], rows: int, *, runs: int = 300) -> float:
    """Median time of one call with `rows` rows, on one thread."""
    session = open_graph(path)
    feed = {name: np.random.default_rng(0).random((rows, width), np.float32) for name, width in inputs.items()}
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        session.run(None, feed)
        times.append(time.perf_counter() - started)
    return round(1e3 * float(np.median(times[runs // 3 :])), 3)


def export_bundle(model: BridgeModel, facts: dict[str, Any], out: Path, *, name: str, progress: Any) -> Bundle:
    """Write a bundle and prove that it loads and agrees with torch."""
    out.mkdir(parents=True, exist_ok=True)
    graphs, specs, latencies = graphs_of(model), {}, {}
    originals = graphs_of_unfolded(model)
    progress.reset(total=len(graphs) + len(INSTRUMENTS))
    worst = 0.0
    for key, graph in graphs.items():
        path = out / f"{key}.onnx"
        write_graph(graph, path)
        worst = max(worst, difference(originals[key], graph, path))
        latencies[key] = {str(rows): latency_ms(path, graph.inputs, rows) for rows in (1, 8)}
        batched = lambda widths: {tensor: (-1, width) for tensor, width in widths.items()}  # noqa: E731
        specs[key] = GraphSpec(file=path.name, inputs=batched(graph.inputs), outputs=batched(graph.outputs))
        progress.update(1)
    if worst > TOLERANCE:  # the manifest is what makes a bundle, so none is left half written
        raise BridgeError(
            f"{out}: ONNX differs from torch by {worst:.1e}, allowed {TOLERANCE:.0e}; nothing was written"
        )
    instruments, scores = [], {**facts["scores"], "onnx_difference": worst, "latency_ms": latencies, "instruments": {}}
    for index, instrument in enumerate(INSTRUMENTS):
        played = measure(model, index)
        scores["instruments"][instrument.name] = summary(played)
        instruments.append(
            InstrumentSpec(
                name=instrument.name,
                low_note=instrument.low_note,
                high_note=instrument.high_note,
                program=instrument.program,
                loudness_db=tuple(_numbers(row, 2) for row in played.loudness_db),
                tuning_cents=_numbers(played.tuning_cents, 2),
                decay_db_per_s=_numbers(played.decay_db_per_s, 2),
                release_s=instrument.release_s,
            )
        )
        progress.update(1)
    piano = (RECORDED_PIANO,) if facts["training"]["prepare"]["recorded_piano"] else ()
    manifest = Manifest(
        format=FORMAT,
        name=name,
        frame=NSGT_410,
        latent=latent_spec(model),
        symbols=SYMBOLS,
        max_age_s=model.config.max_age_s,
        instruments=tuple(instruments),
        graphs=specs,
        licences=(*(font.licence for font in SOUNDFONTS), *piano),
        training=facts["training"],
        scores=scores,
    )
    for stale in set(os.listdir(out)) - {spec.file for spec in specs.values()} - {MANIFEST}:
        if stale.endswith(".onnx"):
            (out / stale).unlink()
    return bundle.save(out, manifest)


def graphs_of_unfolded(model: BridgeModel) -> dict[str, nn.Module]:
    """The same networks as trained, for comparison."""
    return {
        "symbol_encoder": model.symbol_encoder,
        "signal_decoder": FrameGraph(model.signal_decoder),
        "signal_encoder": model.signal_encoder,
        "symbol_decoder": ProbabilityGraph(model.symbol_decoder),
    }


@torch.no_grad()
def latent_spec(model: BridgeModel) -> LatentSpec:
    """Where the notes of all instruments lie in the latent space."""
    layout = SymbolLayout(SYMBOLS)
    rows = [
        layout.encode(note, step, index)
        for index, instrument in enumerate(INSTRUMENTS)
        for note in range(instrument.low_note, instrument.high_note + 1)
        for step in range(5)
    ]
    symbols = torch.from_numpy(np.stack(rows))
    found = [model.symbol_encoder(symbols, torch.full((len(rows), 1), age))[0].numpy() for age in LATENT_AGES_S]
    z = np.concatenate(found).astype(np.float64)
    mean = z.mean(axis=0)
    _, spread, axes = np.linalg.svd(z - mean, full_matrices=False)
    axes = axes[:N_AXES] * np.sign(axes[:N_AXES].sum(axis=1, keepdims=True))
    deviation = spread[:N_AXES] / np.sqrt(len(z))
    low, high = np.percentile(z, [1.0, 99.0], axis=0)
    return LatentSpec(
        size=z.shape[1],
        mean=_numbers(mean, 5),
        low=_numbers(low, 5),
        high=_numbers(high, 5),
        axes=tuple(_numbers(axis, 6) for axis in axes),
        axis_deviation=_numbers(deviation, 5),
    )


def _numbers(values: F64, digits: int) -> tuple[float, ...]:
    return tuple(round(float(value), digits) for value in values)
