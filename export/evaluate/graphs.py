"""One face over a torch checkpoint and over the ONNX graphs of a bundle, so that every score works from either.

Frames are what the runtime plays: the decoder's output is never below the floor and quiet near it.
"""

from __future__ import annotations

import dataclasses
import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.corpus import CorpusInstrument
from rt.arrays import F32
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST, FrameSpec, InstrumentSpec, Licence, ListenerSpec, Manifest, SymbolSpec
from rt.errors import BridgeError
from rt.model import import_runtime
from rt.trial import try_out

if TYPE_CHECKING:
    import onnxruntime

    from export.checkpoint import Trained

SPREAD_KEY = "log_spread"
"""Where the ONNX file of the signal decoder keeps the learnt deviation of its bands, as JSON in its metadata."""
POSTERIOR = ("mean", "log_variance")
DECODED = "decoded"
"""Second output of the signal decoder: frames before those near the floor are made quiet. Bundles do not list it."""


class Graphs(ABC):
    """The networks of a model, by the names that the bundle gives them."""

    name: str
    """File or folder it came from, without its path."""
    kind: str
    """`checkpoint` or `bundle`."""
    frame: FrameSpec
    listener: ListenerSpec | None
    """None where there is no listener encoder."""
    hears_notes: bool
    """Whether it can hear several notes at once."""
    symbols: tuple[SymbolSpec, ...]
    """Of all sources."""
    instruments: tuple[CorpusInstrument, ...]
    licences: tuple[Licence, ...]
    n_sources: int
    n_latents: int
    max_age_s: float
    training: dict[str, Any]
    """Facts about the training: data, split, seed, steps."""
    n_bytes: dict[str, int]
    """Size of each graph."""
    log_spread: F32 | None
    """(2, n_bins) log standard deviation of frame values: row 0 from signals, row 1 from symbols."""

    @abstractmethod
    def run(self, graph: str, outputs: tuple[str, ...], inputs: dict[str, F32]) -> list[F32]:
        """Named outputs, each (n, width), of one graph."""

    @property
    def source_symbols(self) -> tuple[SymbolSpec, ...]:
        """The symbols of the first source; the other sources have the same ones."""
        return self.symbols[: len(self.symbols) // self.n_sources]

    def encode_signal(self, frames: F32) -> tuple[F32, F32]:
        """Frame values (n, n_bins) -> mean and log-variance of the latents."""
        mean, log_variance = self.run("signal_encoder", POSTERIOR, {"frame": frames})
        return mean, log_variance

    def encode_live(self, frames: F32) -> tuple[F32, F32]:
        """Values of live frames (n, n_bins) -> mean and log-variance of the latents."""
        mean, log_variance = self.run("listener_encoder", POSTERIOR, {"frame": frames})
        return mean, log_variance

    def hear_notes(self, frames: F32) -> F32:
        """Values of live frames (n, n_bins) -> the probability that each MIDI note sounds, (n, 128)."""
        return self.run("listener_notes", ("notes",), {"frame": frames})[0]

    def encode_symbols(self, symbols: F32, age_s: F32) -> tuple[F32, F32]:
        """One-hot groups (n, n_symbols) and times since onset (n,) -> mean and log-variance of the latents."""
        inputs = {"symbols": symbols, "age_s": np.asarray(age_s, np.float32).reshape(-1, 1)}
        mean, log_variance = self.run("symbol_encoder", POSTERIOR, inputs)
        return mean, log_variance

    def decode_signal(self, latents: F32) -> F32:
        """Latents (n, size) -> frame values (n, n_bins) as the runtime plays them."""
        return self.run("signal_decoder", ("frame",), {"latent": latents})[0]

    def decode_both(self, latents: F32) -> tuple[F32, F32]:
        """Latents (n, size) -> frame values (n, n_bins) as played, and as the network says them."""
        played, decoded = self.run("signal_decoder", ("frame", DECODED), {"latent": latents})
        return played, decoded

    def decode_symbols(self, latents: F32) -> F32:
        """Latents (n, size) -> log-probabilities, (n, n_symbols), group after group."""
        found = self.run("symbol_decoder", tuple(symbol.name for symbol in self.symbols), {"latent": latents})
        return np.log(np.maximum(np.concatenate(found, axis=1), 1e-12))


class TorchGraphs(Graphs):
    """The networks of a checkpoint."""

    kind = "checkpoint"

    def __init__(self, trained: Trained, name: str) -> None:
        self.name, self.trained = name, trained
        self.networks = networks_of(trained.model)
        self.hears_notes = "listener_notes" in self.networks
        self.frame = trained.corpus["frame"]
        if not trained.model.config.n_noise:  # the corpus may have noise that was not learnt
            self.frame = dataclasses.replace(self.frame, noise=None)
        self.listener = trained.corpus["listener"] if "listener_encoder" in self.networks else None
        self.symbols = trained.symbols
        self.instruments, self.licences = trained.corpus["instruments"], trained.corpus["licences"]
        self.training = training_facts(trained)
        self.n_sources, self.max_age_s = trained.model.config.n_sources, trained.model.config.max_age_s
        self.n_latents = trained.model.config.n_latents
        self.log_spread = trained.model.log_spread.detach().numpy()
        self.n_bytes = {graph: n_bytes_of(network) for graph, network in self.networks.items()}

    def run(self, graph: str, outputs: tuple[str, ...], inputs: dict[str, F32]) -> list[F32]:
        """Named outputs of one network."""
        import torch

        names = {
            "signal_decoder": ("frame", *(["noise"] if self.frame.noise else []), DECODED),
            "symbol_decoder": tuple(symbol.name for symbol in self.symbols),
            "listener_notes": ("notes",),
        }
        with torch.no_grad():
            found = self.networks[graph](*(torch.from_numpy(np.ascontiguousarray(x)) for x in inputs.values()))
        named = dict(zip(names.get(graph, POSTERIOR), found, strict=True))
        return [named[name].numpy() for name in outputs]


class OnnxGraphs(Graphs):
    """ONNX files, with what a manifest or the model they were made from says of them."""

    kind = "bundle"

    def __init__(
        self,
        paths: dict[str, Path],
        like: Graphs | Manifest,
        *,
        name: str,
        n_latents: int,
        data: dict[str, bytes] | None = None,
    ) -> None:
        """`data`: the graphs as they were read and checked; None: the files are our own."""
        self.name, self.paths, self.n_latents = name, paths, n_latents
        self.sessions = {graph: open_session(data[graph] if data else path) for graph, path in paths.items()}
        self.frame, self.symbols, self.training = like.frame, like.symbols, like.training
        self.instruments, self.licences = tuple(_instrument(one) for one in like.instruments), like.licences
        self.listener = like.listener if "listener_encoder" in self.sessions else None
        self.hears_notes = "listener_notes" in self.sessions
        self.n_sources, self.max_age_s = like.n_sources, like.max_age_s
        stored = self.sessions["signal_decoder"].get_modelmeta().custom_metadata_map.get(SPREAD_KEY)
        self.log_spread = np.array(json.loads(stored), np.float32) if stored else None
        self.n_bytes = {graph: path.stat().st_size for graph, path in paths.items()}

    def run(self, graph: str, outputs: tuple[str, ...], inputs: dict[str, F32]) -> list[F32]:
        """Named outputs of one ONNX graph; BridgeError when there is no such graph."""
        if graph not in self.sessions:
            raise BridgeError(f"{self.name}: has no graph {graph!r}, only {', '.join(self.sessions)}; export it again")
        session = self.sessions[graph]
        have = {one.name for one in session.get_outputs()}
        wanted = ["frame" if name == DECODED and name not in have else name for name in outputs]  # bundles of others
        found = dict(zip(wanted, session.run(list(dict.fromkeys(wanted)), inputs), strict=False))
        return [found[name] for name in wanted]


def of_bundle(opened: Bundle) -> OnnxGraphs:
    """The graphs of a bundle on disk."""
    manifest = opened.manifest
    paths = {graph: opened.graph_path(graph) for graph in manifest.graphs}
    data = {graph: opened.graph_bytes(graph) for graph in manifest.graphs}
    try_out(opened, data)
    return OnnxGraphs(paths, manifest, name=manifest.name, n_latents=manifest.latent.size, data=data)


def open_graphs(path: Path) -> Graphs:
    """The networks in a bundle's folder or in a checkpoint; BridgeError when it is neither."""
    if path.is_dir() or path.name == MANIFEST:
        return of_bundle(bundle.load(path))
    if not path.exists():
        raise BridgeError(f"{path}: no such file; give a checkpoint of `python -m export train`, or a bundle's folder")
    from export import checkpoint

    return TorchGraphs(checkpoint.load(path), path.name)


def open_session(graph: Path | bytes) -> onnxruntime.InferenceSession:
    """An ONNX graph on one thread, as the engine runs it."""
    onnxruntime = import_runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    source = graph if isinstance(graph, bytes) else str(graph)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def networks_of(model: Any) -> dict[str, Any]:
    """The torch networks of a BridgeModel, named as in a bundle and with its inputs and outputs."""
    from export.inference import FrameGraph, NotesGraph, ProbabilityGraph

    networks = {
        "symbol_encoder": model.symbol_encoder,
        "signal_decoder": FrameGraph(model.signal_decoder),
        "signal_encoder": model.signal_encoder,
        "symbol_decoder": ProbabilityGraph(model.symbol_decoder),
    }
    if getattr(model, "listener_encoder", None) is not None:
        networks["listener_encoder"] = model.listener_encoder
    if getattr(model, "note_listener", None) is not None:
        networks["listener_notes"] = NotesGraph(model.note_listener)
    return {name: network.eval() for name, network in networks.items()}


def _instrument(spec: CorpusInstrument | InstrumentSpec) -> CorpusInstrument:
    """An instrument of a manifest as a corpus describes it."""
    if isinstance(spec, CorpusInstrument):
        return spec
    return CorpusInstrument(
        name=spec.name,
        low_note=spec.low_note,
        high_note=spec.high_note,
        program=spec.program,
        decays=max(spec.decay_db_per_s) > 0.0,
        release_s=spec.release_s,
    )


def training_facts(trained: Trained) -> dict[str, Any]:
    """What the manifest and the model card tell of the training and its data."""
    corpus = trained.corpus
    facts = {**trained.training, "sources": list(corpus["sources"]), "prepare": corpus["facts"]}
    plain: dict[str, Any] = json.loads(json.dumps(facts))
    return plain


def n_bytes_of(network: Any) -> int:
    """Size of the parameters of a torch network."""
    return sum(int(one.numel()) * int(one.element_size()) for one in network.parameters())
