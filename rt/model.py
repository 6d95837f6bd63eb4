"""The ONNX graphs of a bundle, one thread each, and the provider that really runs them."""

from __future__ import annotations

import importlib.util
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import GraphSpec, Manifest
from rt.errors import INSTALL, BundleError, DeviceError
from rt.frames.noise import centres_of
from rt.frames.spec import centre_hz
from rt.trial import is_tried, try_out

if TYPE_CHECKING:
    import onnxruntime

log = logging.getLogger(__name__)

BATCHES = (1, 3, 64)
"""Rows with which a graph is run before it is used."""
PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


def check_runtime() -> None:
    """DeviceError says what to install where onnxruntime is missing; quick, since nothing is imported."""
    if importlib.util.find_spec("onnxruntime") is None:
        raise DeviceError(f"onnxruntime is missing; {INSTALL}")


def import_runtime() -> Any:
    """The onnxruntime module; DeviceError says what to install where it is missing or broken."""
    check_runtime()
    try:
        import onnxruntime
    except ImportError as error:
        raise DeviceError(f"onnxruntime cannot be loaded ({error}); {INSTALL}") from error
    if not hasattr(onnxruntime, "InferenceSession"):
        raise DeviceError(f"onnxruntime is damaged (two variants installed over each other?); {INSTALL}")
    onnxruntime.disable_telemetry_events()  # for the builds of Windows that do not look for the variable set in rt
    return onnxruntime


def available_providers() -> list[str]:
    """Short names of the providers that the installed onnxruntime offers."""
    found = import_runtime().get_available_providers()
    return [name for name, long_name in PROVIDERS.items() if long_name in found]


class Model:
    """What the engine asks of a bundle: symbols to latents, latents to frames.

    Not shared between threads while in use.
    """

    def __init__(self, bundle: Bundle, sessions: dict[str, onnxruntime.InferenceSession], provider: str) -> None:
        self.bundle = bundle.without_contents()
        self.provider = provider
        self._sessions = sessions
        frame = bundle.manifest.frame
        self._frequency_hz, self._noise_hz = centre_hz(frame), centres_of(frame.noise)
        self._nepers_per_value = np.float32(frame.step_db * np.log(10.0) / 20.0)
        self._floor_nepers = np.float32(frame.floor_db * np.log(10.0) / 20.0)
        self._noise_floor_nepers = np.float32((frame.noise.floor_db if frame.noise else 0.0) * np.log(10.0) / 20.0)

    @classmethod
    def load(cls, bundle: Bundle, provider: str = "auto") -> Model:
        """Open the graphs of a checked bundle.

        provider : `auto` takes CUDA where it works; `cuda` insists. DeviceError when it cannot be had, BundleError when
        a graph is not what the manifest says.
        """
        sessions, used = _open_all(bundle, ("symbol_encoder", "signal_decoder"), provider)
        return cls(bundle, sessions, used)

    @property
    def manifest(self) -> Manifest:
        """What the bundle says of itself."""
        return self.bundle.manifest

    @property
    def frequency_hz(self) -> F64:
        """(n_bins,) centre frequencies of a frame's bands."""
        return self._frequency_hz

    @property
    def noise_hz(self) -> F64:
        """(n_noise,) centre frequencies of the bands of noise; none where the bundle has no noise."""
        return self._noise_hz

    def encode(self, symbols: F32, age_s: F32) -> tuple[F32, F32]:
        """Where notes lie in the latent space.

        symbols : (n, n_symbols) one-hot groups in the order of the manifest, soft ones allowed.
        age_s : (n,) time since onset.
        Returns mean and standard deviation, both (n, size).
        """
        session = self._sessions["symbol_encoder"]
        mean, log_variance = session.run(["mean", "log_variance"], {"symbols": symbols, "age_s": age_s[:, None]})
        return mean, np.exp(0.5 * log_variance)

    def encode_mean(self, symbols: F32, age_s: F32) -> F32:
        """The means of `encode` alone, (n, size)."""
        mean: F32 = self._sessions["symbol_encoder"].run(["mean"], {"symbols": symbols, "age_s": age_s[:, None]})[0]
        return mean

    def decode(self, latents: F32) -> F32:
        """Frames of latents (n, size): (n, n_bins) magnitudes, 1 is a full-scale sine; 0 at the floor."""
        (found,) = self._sessions["signal_decoder"].run(["frame"], {"latent": latents})
        return self._magnitudes(_shaped(found, len(latents), len(self._frequency_hz)), self._floor_nepers)

    def decode_with_noise(self, latents: F32) -> tuple[F32, F32]:
        """The same, and their noise (n, n_noise): the root of the power per Hz, 1 is an RMS of 1 in 1 Hz."""
        if not len(self._noise_hz):
            return self.decode(latents), np.zeros((len(latents), 0), np.float32)
        found, noise = self._sessions["signal_decoder"].run(["frame", "noise"], {"latent": latents})
        return (
            self._magnitudes(_shaped(found, len(latents), len(self._frequency_hz)), self._floor_nepers),
            self._magnitudes(_shaped(noise, len(latents), len(self._noise_hz)), self._noise_floor_nepers),
        )

    def _magnitudes(self, values: F32, floor_nepers: np.float32) -> F32:
        """Values above a floor as magnitudes, 0 at the floor."""
        with np.errstate(over="ignore"):  # infinity is no sound, and is taken out with all else that is none
            magnitudes: F32 = values * self._nepers_per_value
            magnitudes += floor_nepers
            np.exp(magnitudes, out=magnitudes)
        magnitudes[values <= 0.0] = 0.0
        return magnitudes


class ListenerModel:
    """What the listener asks of a bundle: live frames to latents or to notes, latents to symbols.

    Not shared between threads while in use.
    """

    def __init__(self, bundle: Bundle, sessions: dict[str, onnxruntime.InferenceSession], provider: str) -> None:
        self.bundle = bundle.without_contents()
        self.provider = provider
        self._encoder = sessions.get("listener_encoder") or sessions["signal_encoder"]
        self._decoder = sessions["symbol_decoder"]
        self._notes = sessions.get("listener_notes")
        self._names = list(bundle.manifest.graphs["symbol_decoder"].outputs)

    @classmethod
    def load(cls, bundle: Bundle, provider: str = "cpu") -> ListenerModel:
        """Open the graphs of a checked bundle; one without a listener encoder hears with its signal encoder.

        provider : as for `Model.load`. BundleError when the bundle has no ears at all.
        """
        graphs = bundle.manifest.graphs
        encoder = "listener_encoder" if "listener_encoder" in graphs else "signal_encoder"
        if not {encoder, "symbol_decoder"} <= set(graphs):
            raise BundleError(f"bundle {bundle.manifest.name!r} cannot listen: it has only {', '.join(graphs)}")
        optional = ("listener_notes",) if "listener_notes" in graphs else ()
        sessions, used = _open_all(bundle, (encoder, "symbol_decoder", *optional), provider)
        return cls(bundle, sessions, used)

    @property
    def manifest(self) -> Manifest:
        """What the bundle says of itself."""
        return self.bundle.manifest

    def hear(self, values: F32) -> tuple[F32, F32]:
        """Where live frames lie in the latent space.

        values : (n, n_bins) frame values (`rt.frames.scaling`) of the analyser `manifest.listener`.
        Returns mean and standard deviation, both (n, size).
        """
        mean, log_variance = self._encoder.run(["mean", "log_variance"], {"frame": values})
        return mean, np.exp(0.5 * log_variance)

    def latents(self, values: F32) -> F32:
        """The means of `hear` alone, (n, size)."""
        mean: F32 = self._encoder.run(["mean"], {"frame": values})[0]
        return mean

    def symbols(self, latents: F32) -> dict[str, F32]:
        """What latents (n, size) sound like: probabilities (n, n_classes) by symbol, silence last."""
        found = self._decoder.run(self._names, {"latent": latents})
        shapes = self.manifest.graphs["symbol_decoder"].outputs
        return {name: _shaped(one, len(latents), shapes[name][1]) for name, one in zip(self._names, found, strict=True)}

    def notes(self, values: F32) -> F32 | None:
        """Which notes sound in live frames, several at once.

        values : (n, n_bins) as for `hear`; their level does not count. Returns probabilities (n, 128) by MIDI note, or
        None when the bundle has no graph `listener_notes`.
        """
        if self._notes is None:
            return None
        graph = self.manifest.graphs["listener_notes"]
        return _shaped(self._notes.run(["notes"], {"frame": values})[0], len(values), graph.outputs["notes"][1])


class SignalEncoder:
    """What offline commands ask of a bundle: full-resolution frames to latents.

    Not shared between threads while in use.
    """

    def __init__(self, bundle: Bundle, session: onnxruntime.InferenceSession, provider: str) -> None:
        self.bundle = bundle.without_contents()
        self.provider = provider
        self._session = session

    @classmethod
    def load(cls, bundle: Bundle, provider: str = "auto") -> SignalEncoder:
        """Open the signal encoder of a checked bundle; BundleError when it has none."""
        if "signal_encoder" not in bundle.manifest.graphs:
            raise BundleError(f"bundle {bundle.manifest.name!r} has no signal_encoder and cannot read recordings")
        sessions, used = _open_all(bundle, ("signal_encoder",), provider)
        return cls(bundle, sessions["signal_encoder"], used)

    def encode(self, values: F32) -> tuple[F32, F32]:
        """Where frames lie in the latent space.

        values : (n, n_bins) frame values (`rt.frames.scaling`) of the analyser `manifest.frame`.
        Returns mean and standard deviation, both (n, size).
        """
        mean, log_variance = self._session.run(["mean", "log_variance"], {"frame": values})
        return mean, np.exp(0.5 * log_variance)


def _shaped(found: F32, n: int, width: int) -> F32:
    """What a graph gave, which compiled code will read as (n, width): a graph may hold to that for one batch only."""
    if found.shape != (n, width):
        raise BundleError(f"a graph of the bundle gave {found.shape}, the manifest says {(n, width)}; export it again")
    return found


def _open_all(bundle: Bundle, names: tuple[str, ...], provider: str) -> tuple[dict[str, Any], str]:
    """Sessions of graphs by name, and the short name of the provider that runs them all."""
    runtime = import_runtime()
    offered = available_providers()
    if provider not in ("auto", *offered):
        raise DeviceError(f"provider {provider!r} is not available, only {', '.join(offered)}; {INSTALL}")
    graphs = {name: bundle.graph_bytes(name) for name in (names if is_tried(bundle) else bundle.manifest.graphs)}
    try_out(bundle, graphs)
    wanted = "cuda" if provider in ("auto", "cuda") and "cuda" in offered else "cpu"
    sessions = {
        name: _open(runtime, bundle.graph_path(name), bundle.manifest.graphs[name], graphs[name], PROVIDERS[wanted])
        for name in names
    }
    used = min("cuda" if PROVIDERS["cuda"] in s.get_providers() else "cpu" for s in sessions.values())
    if provider == "cuda" and used != "cuda":
        raise DeviceError("provider 'cuda' was asked for, but onnxruntime fell back to the CPU; see its warnings above")
    return sessions, used


def run_graph(path: Path, graph: GraphSpec, data: bytes) -> None:
    """Open a graph on the CPU and run it; BundleError, with its path, when it is not what the manifest says."""
    _open(import_runtime(), path, graph, data, PROVIDERS["cpu"])


def _open(runtime: Any, path: Path, graph: GraphSpec, data: bytes, provider: str) -> Any:
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = runtime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    providers = [provider] if provider == PROVIDERS["cpu"] else [provider, PROVIDERS["cpu"]]
    try:
        session = runtime.InferenceSession(data, options, providers=providers)
    except Exception as error:  # onnxruntime raises its own types, which are not importable by name
        reason = f"onnxruntime cannot open it ({_first_line(error)}); copy the bundle again"
        raise BundleError(f"{path}: {reason}") from error
    _check_tensors(session, graph, path)
    return session


def _check_tensors(session: Any, graph: GraphSpec, path: Path) -> None:
    """Run a graph on zeros, with one row and with several: its tensors must be what the manifest says."""
    names = list(graph.outputs)
    for n in BATCHES:
        inputs = {name: np.zeros((n, *shape[1:]), np.float32) for name, shape in graph.inputs.items()}
        try:
            found = dict(zip(names, session.run(names, inputs), strict=True))
        except Exception as error:  # as above
            reason = f"does not run as the manifest says ({_first_line(error)}); export it again"
            raise BundleError(f"{path}: {reason}") from error
        for name, shape in graph.outputs.items():
            one = found[name]
            if not isinstance(one, np.ndarray) or one.shape != (n, *shape[1:]) or one.dtype != np.float32:
                told = f"{one.dtype} {one.shape}" if isinstance(one, np.ndarray) else "no tensor"
                raise BundleError(f"{path}: tensor {name!r} is {told} for {n} rows, the manifest says {list(shape)}")


def _first_line(error: Exception) -> str:
    """What an error says, at most 120 characters that can be printed; its name where it says nothing."""
    line = (str(error).strip() or type(error).__name__).splitlines()[0][:120]
    return "".join(c if c.isprintable() else " " for c in line)
