"""Networks on their way to ONNX: named tensors, batch norms folded."""

from __future__ import annotations

import copy
import io
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
import torch
from torch import nn

from export.evaluate.graphs import DECODED, SPREAD_KEY, networks_of
from export.inference import fold_batch_norm
from export.models import BridgeModel
from export.notes import N_NOTES
from rt.bundle.manifest import GraphSpec

if TYPE_CHECKING:
    from export.checkpoint import Trained

OPSET = 17


@dataclass(frozen=True, slots=True)
class OnnxGraph:
    """One network on its way to ONNX."""

    module: nn.Module
    inputs: dict[str, int]
    """Width of each input tensor."""
    outputs: dict[str, int]
    unlisted: tuple[str, ...] = ()
    """Further outputs, which the manifest does not name and the runtime never asks for."""

    @property
    def spec(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """Shapes of the tensors as the manifest has them."""
        widths = {"inputs": self.inputs, "outputs": self.outputs}
        return {end: {name: (-1, width) for name, width in named.items()} for end, named in widths.items()}


def graphs_of(trained: Trained) -> dict[str, OnnxGraph]:
    """The graphs of a model, batch norms folded, named as the contract wants them."""
    folded = fold_batch_norm(copy.deepcopy(trained.model).eval())
    assert isinstance(folded, BridgeModel)
    config = folded.config
    z = {"latent": config.n_latents}
    posterior = {"mean": config.n_latents, "log_variance": config.n_latents}
    frame = {"frame": config.n_bins}
    classes = {symbol.name: len(symbol.classes) for symbol in trained.symbols}
    ends: dict[str, tuple[Any, ...]] = {
        "symbol_encoder": ({"symbols": sum(classes.values()), "age_s": 1}, posterior),
        "signal_decoder": (z, frame | ({"noise": config.n_noise} if config.n_noise else {}), (DECODED,)),
        "signal_encoder": (frame, posterior),
        "listener_encoder": (frame, posterior),
        "listener_notes": (frame, {"notes": N_NOTES}),
        "symbol_decoder": (z, classes),
    }
    return {name: OnnxGraph(network, *ends[name]) for name, network in networks_of(folded).items()}


def write_graph(graph: OnnxGraph, path: Path, facts: dict[str, str] | None = None) -> None:
    """Export one network with a free batch size.

    facts : goes into the metadata of the file.
    """
    examples = tuple(torch.rand(2, width) for width in graph.inputs.values())
    outputs = [*graph.outputs, *graph.unlisted]
    buffer: Any = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter advises its successor, which renames tensors
        torch.onnx.export(
            graph.module.eval(),
            examples,
            buffer,
            input_names=list(graph.inputs),
            output_names=outputs,
            dynamic_axes={name: {0: "batch"} for name in (*graph.inputs, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load_from_string(buffer.getvalue())
    onnx.helper.set_model_props(model, facts or {})
    path.write_bytes(model.SerializeToString())


def write_graphs(trained: Trained, folder: Path) -> dict[str, GraphSpec]:
    """Export all networks of a model; the decoder's learnt deviation goes into the metadata of its file."""
    spread = [[round(float(x), 4) for x in row] for row in trained.model.log_spread.tolist()]
    specs = {}
    for name, graph in graphs_of(trained).items():
        facts = {SPREAD_KEY: json.dumps(spread)} if name == "signal_decoder" else None
        write_graph(graph, folder / f"{name}.onnx", facts)
        specs[name] = GraphSpec(file=f"{name}.onnx", inputs=graph.spec["inputs"], outputs=graph.spec["outputs"])
    return specs
