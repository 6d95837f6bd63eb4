"""`manifest.json`: everything the runtime must know about a model, as checked dataclasses.

Reading checks the format number, and the types and ranges of every field.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from rt.errors import BundleError

FORMAT = 2
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 16 << 20
MAX_FILE_BYTES = 2 << 30
MAX_LATENTS = 64
MAX_SOURCES = 8

GRAPHS = ("symbol_encoder", "signal_decoder", "signal_encoder", "listener_encoder", "symbol_decoder")
NEEDED_GRAPHS = ("symbol_encoder", "signal_decoder")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSpec:
    """The spectral frames that the model decodes and encodes.

    Centre frequencies are `f_min_hz * (f_max_hz / f_min_hz) ** (k / (n_bins - 1))`.
    """

    kind: str
    """`nsgt`: magnitudes of the matrix-form non-stationary Gabor transform."""
    sample_rate_hz: int
    f_min_hz: float
    f_max_hz: float
    bins_per_octave: int
    n_bins: int
    floor_db: float
    """Level that a frame value of 0 stands for; 0 dB is the band of a full-scale sine at its centre."""
    step_db: float
    """Decibels that a frame value of 1 lies above the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSpec:
    """The live analyser whose frames `listener_encoder` was trained on; its bands are those of the FrameSpec."""

    kind: str
    """`vqt-early`: variable-Q bands, each as late as its own kernel asks for and no later."""
    window_s: float
    """Longest stretch of sound that a frame looks back on."""
    gamma_hz: float
    """Band k is as wide as its two neighbours are apart, plus this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentSpec:
    """The latent space as the training notes fill it."""

    size: int
    mean: tuple[float, ...]
    """(size,) mean of the training notes' latents."""
    low: tuple[float, ...]
    """(size,) 1st percentile of each coordinate: the useful range of a slider."""
    high: tuple[float, ...]
    """(size,) 99th percentile."""
    axes: tuple[tuple[float, ...], ...]
    """(n_axes, size) unit vectors, principal axes of the training notes' latents, widest first."""
    axis_deviation: tuple[float, ...]
    """(n_axes,) standard deviation along each axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSpec:
    """One categorical label; `symbol_encoder` takes one-hot groups in the order of the manifest."""

    name: str
    classes: tuple[str, ...]
    """The last one is `silent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentSpec:
    """What the runtime knows about one instrument; lists run over the notes `low_note..high_note`."""

    name: str
    low_note: int
    high_note: int
    program: int
    """General MIDI program number, 0-127."""
    loudness_db: tuple[tuple[float, ...], ...]
    """(n_notes, n_dynamics) K-weighted level of the loudest decoded frame; a sine of amplitude 1 at 1 kHz is 0 dB."""
    tuning_cents: tuple[float, ...]
    """(n_notes,) how sharp the decoded frames are; the engine plays them that much lower."""
    decay_db_per_s: tuple[float, ...]
    """(n_notes,) how fast the note fades beyond `max_age_s`; 0 for instruments that sustain."""
    release_s: float
    """How long the sound takes to fade by 60 dB after its end."""

    def reachable(self, note: int) -> int:
        """The note itself, or the nearest octave of it that the instrument reaches (0-127 folded in)."""
        if note < self.low_note:
            note += 12 * math.ceil((self.low_note - note) / 12)
        elif note > self.high_note:
            note -= 12 * math.ceil((note - self.high_note) / 12)
        return min(max(note, self.low_note), self.high_note)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSpec:
    """One ONNX graph: its file and the names and shapes of its tensors; -1 is the batch."""

    file: str
    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """What a file of the bundle must be."""

    sha256: str
    n_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Where training data came from and what it asks for."""

    source: str
    licence: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`manifest.json`, checked."""

    format: int
    name: str
    frame: FrameSpec
    latent: LatentSpec
    symbols: tuple[SymbolSpec, ...]
    max_age_s: float
    """Longest time since onset that the symbol encoder was trained on."""
    instruments: tuple[InstrumentSpec, ...]
    """In the order of the classes of the symbol `instrument`."""
    graphs: dict[str, GraphSpec]
    licences: tuple[Licence, ...]
    listener: ListenerSpec | None = None
    """Needed by the graph `listener_encoder`."""
    n_sources: int = 1
    """Notes that may sound at once in one frame; the symbols of the second end with `_2`, and so on."""
    card: str | None = None
    """File of the model card, in Markdown."""
    training: dict[str, Any] = field(default_factory=dict)
    """Facts about the training: data, seed, steps, versions."""
    scores: dict[str, Any] = field(default_factory=dict)
    """The model card's figures."""
    files: dict[str, FileSpec] = field(default_factory=dict)
    """Filled by `save`."""

    def symbol(self, name: str) -> SymbolSpec:
        """The label of that name; BundleError when the bundle has none."""
        for spec in self.symbols:
            if spec.name == name:
                return spec
        raise BundleError(f"bundle {self.name!r} has no symbol {name!r}")

    def instrument_index(self, name: str) -> int | None:
        """Index of an instrument by its name, case and punctuation aside; None when there is none."""
        wanted = _plain(name)
        names = [_plain(spec.name) for spec in self.instruments]
        if wanted in names:
            return names.index(wanted)
        near = [i for i, known in enumerate(names) if wanted and wanted in known]
        return near[0] if len(near) == 1 else None


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file; BundleError says in one line what is wrong with it."""
    try:
        if path.stat().st_size > MAX_MANIFEST_BYTES:
            raise BundleError(f"{path}: larger than {MAX_MANIFEST_BYTES >> 20} MiB; this is no manifest")
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; a bundle is a folder with {MANIFEST} and ONNX graphs") from error
    except ValueError as error:
        raise BundleError(f"{path}: not JSON ({error}); export the model again") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("format"), int):
        raise BundleError(f"{path}: no format number; this is no latent-bridge bundle")
    if raw["format"] != FORMAT:
        newer = "update latent-bridge" if raw["format"] > FORMAT else "export the model again"
        raise BundleError(f"{path}: bundle format {raw['format']}, this program reads {FORMAT}; {newer}")
    manifest: Manifest = _read(Manifest, raw, "manifest", path)
    _check(manifest, path)
    return manifest


def _read(wanted: Any, value: Any, where: str, path: Path) -> Any:
    """A JSON value as the type that a dataclass field declares."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is types.UnionType:  # of a type and None
        return None if value is None else _read(arguments[0], value, where, path)
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        if not isinstance(value, dict):
            raise BundleError(f"{path}: {where} must be an object, got {type(value).__name__}")
        hints = typing.get_type_hints(wanted)
        known = {f.name: f for f in dataclasses.fields(wanted)}
        for name in value:
            if name not in known:
                raise BundleError(f"{path}: {where}.{name} is unknown to format {FORMAT}")
        for name, f in known.items():
            if name not in value and f.default_factory is dataclasses.MISSING:
                raise BundleError(f"{path}: {where}.{name} is missing")
        return wanted(**{n: _read(hints[n], v, f"{where}.{n}", path) for n, v in value.items()})
    if origin is tuple and isinstance(value, list):
        return tuple(_read(arguments[0], v, f"{where}[{i}]", path) for i, v in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {str(k): _read(arguments[1], v, f"{where}.{k}", path) for k, v in value.items()}
    if wanted is Any:
        return value
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if wanted in (int, str) and isinstance(value, wanted) and not isinstance(value, bool):
        return value
    name = wanted.__name__ if isinstance(wanted, type) and not isinstance(wanted, types.GenericAlias) else str(wanted)
    raise BundleError(f"{path}: {where} must be {name}, got {str(value)[:40]!r}")


def _check_listener(m: Manifest, need: Callable[[bool, str], None]) -> None:
    """The analyser and the frames that it makes belong together."""
    need(m.listener is not None or "listener_encoder" not in m.graphs, "listener_encoder needs the field listener")
    if m.listener is None:
        return
    heard, f = m.listener, m.frame
    need(heard.kind == "vqt-early", f"listener kind {heard.kind!r}, this program knows 'vqt-early'")
    need(0.0 < heard.gamma_hz <= 1000.0, f"listener.gamma_hz is {heard.gamma_hz:g}, allowed 0-1000")
    need(
        1.0 / f.f_min_hz <= heard.window_s <= 2.0,
        f"listener.window_s is {heard.window_s:g}, allowed from a period of {f.f_min_hz:g} Hz to 2 s",
    )
    need(heard.window_s * f.sample_rate_hz >= 16.0, "listener.window_s is below 16 samples at frame.sample_rate_hz")


def _check_sources(m: Manifest, need: Callable[[bool, str], None]) -> None:
    """Every source has the same symbols."""
    need(1 <= m.n_sources <= MAX_SOURCES, f"n_sources is {m.n_sources}, allowed 1-{MAX_SOURCES}")
    classes = {s.name: s.classes for s in m.symbols}
    for source in range(2, m.n_sources + 1):
        for name in ("octave", "pitch_class", "dynamics", "instrument"):
            need(
                classes.get(f"{name}_{source}") == classes.get(name),
                f"symbol '{name}_{source}' is missing or unlike {name!r}, with n_sources {m.n_sources}",
            )


def _check(m: Manifest, path: Path) -> None:
    """Everything that types alone do not say."""

    def need(ok: bool, text: str) -> None:
        if not ok:
            raise BundleError(f"{path}: {text}; export the model again")

    _check_listener(m, need)
    _check_sources(m, need)
    need(m.card is None or m.card in m.files, f"card {str(m.card)[:40]!r} has no SHA-256")
    f, z = m.frame, m.latent
    need(f.kind == "nsgt", f"frame kind {f.kind!r}, this program knows 'nsgt'")
    need(8_000 <= f.sample_rate_hz <= 192_000, f"frame.sample_rate_hz is {f.sample_rate_hz}, allowed 8000-192000")
    need(0 < f.f_min_hz < f.f_max_hz <= f.sample_rate_hz / 2, "frame frequencies must rise and lie below half the rate")
    need(16 <= f.n_bins <= 4096, f"frame.n_bins is {f.n_bins}, allowed 16-4096")
    need(f.step_db > 0, "frame.step_db must be above 0")
    need(1 <= z.size <= MAX_LATENTS, f"latent.size is {z.size}, allowed 1-{MAX_LATENTS}")
    for name in ("mean", "low", "high"):
        need(len(getattr(z, name)) == z.size, f"latent.{name} must have {z.size} numbers")
    need(
        len(z.axes) >= min(2, z.size) and all(len(a) == z.size for a in z.axes),
        "latent.axes must be vectors of latents",
    )
    need(len(z.axis_deviation) == len(z.axes), "latent.axis_deviation must have a number per axis")
    names = [s.name for s in m.symbols]
    need(len(set(names)) == len(names), "two symbols have one name")
    for name in ("octave", "pitch_class", "dynamics", "instrument"):
        need(name in names, f"symbol {name!r} is missing")
    for s in m.symbols:
        need(len(s.classes) >= 2 and s.classes[-1] == "silent", f"symbol {s.name!r} must end with the class 'silent'")
    need(len(m.symbol("pitch_class").classes) == 13, "pitch_class must have 12 classes and 'silent'")
    need(m.max_age_s > 0, "max_age_s must be above 0")
    listed = m.symbol("instrument").classes[:-1]
    need(tuple(i.name for i in m.instruments) == listed, "instruments must be the classes of the symbol 'instrument'")
    n_dynamics = len(m.symbol("dynamics").classes) - 1
    for i in m.instruments:
        n = i.high_note - i.low_note + 1
        need(0 <= i.low_note <= i.high_note <= 127, f"instrument {i.name!r}: notes must lie in 0-127")
        need(0 <= i.program <= 127, f"instrument {i.name!r}: program must lie in 0-127")
        need(
            len(i.loudness_db) == n and all(len(row) == n_dynamics for row in i.loudness_db),
            f"instrument {i.name!r}: loudness_db must be {n} x {n_dynamics}",
        )
        for name in ("tuning_cents", "decay_db_per_s"):
            need(len(getattr(i, name)) == n, f"instrument {i.name!r}: {name} must have {n} numbers")
        need(i.release_s > 0, f"instrument {i.name!r}: release_s must be above 0")
    n_symbols = sum(len(s.classes) for s in m.symbols)
    shapes: dict[str, tuple[dict[str, int], dict[str, int]]] = {
        "symbol_encoder": ({"symbols": n_symbols, "age_s": 1}, {"mean": z.size, "log_variance": z.size}),
        "signal_decoder": ({"latent": z.size}, {"frame": f.n_bins}),
        "signal_encoder": ({"frame": f.n_bins}, {"mean": z.size, "log_variance": z.size}),
        "listener_encoder": ({"frame": f.n_bins}, {"mean": z.size, "log_variance": z.size}),
        "symbol_decoder": ({"latent": z.size}, {s.name: len(s.classes) for s in m.symbols}),
    }
    for name in NEEDED_GRAPHS:
        need(name in m.graphs, f"graph {name!r} is missing")
    for name, graph in m.graphs.items():
        need(name in shapes, f"graph {name!r} is unknown, allowed are {', '.join(GRAPHS)}")
        for found, wanted in zip((graph.inputs, graph.outputs), shapes[name], strict=True):
            need(found == {k: (-1, v) for k, v in wanted.items()}, f"graph {name!r} must have the tensors {wanted}")
        pure = PurePosixPath(graph.file)
        need(pure.name == graph.file and pure.suffix == ".onnx", f"graph {name!r}: file must be a plain NAME.onnx")
        need(graph.file in m.files, f"{graph.file} has no SHA-256")
    for name, file in m.files.items():
        need(PurePosixPath(name).name == name and name not in ("", ".", ".."), f"file name {name!r} leaves the folder")
        need(0 <= file.n_bytes <= MAX_FILE_BYTES, f"{name}: size must be below {MAX_FILE_BYTES >> 30} GiB")
