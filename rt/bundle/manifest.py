"""What `manifest.json` holds: everything the runtime must know about a model, as dataclasses.

`rt/bundle/manifest_reader.py` makes them from the file, `rt/bundle/manifest_checks.py` says what their values must be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from rt.errors import BridgeError, BundleError, ConfigError

FORMAT = 2
MANIFEST = "manifest.json"


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
    """The latent space as the training notes fill it; they sound where they are nearly as loud as they get."""

    size: int
    mean: tuple[float, ...]
    """(size,) mean of the latents where the training notes sound."""
    low: tuple[float, ...]
    """(size,) 1st percentile of each coordinate: the useful range of a slider."""
    high: tuple[float, ...]
    """(size,) 99th percentile."""
    axes: tuple[tuple[float, ...], ...]
    """(n_axes, size) unit vectors, principal axes of the same latents, widest first; pitch rises along each."""
    axis_deviation: tuple[float, ...]
    """(n_axes,) standard deviation along each axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSpec:
    """One categorical label; `symbol_encoder` takes one-hot groups in the order of the manifest."""

    name: str
    classes: tuple[str, ...]
    """The last one is `silent`."""

    @property
    def highest(self) -> int:
        """Index of the last class that sounds."""
        return len(self.classes) - 2


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
    """Needed by the graphs `listener_encoder` and `listener_notes`."""
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

    def find_instrument(self, name: str, *, setting: str = "", error: type[BridgeError] = ConfigError) -> int:
        """The same; where there is none, `error` lists the ones there are, after the name of a setting."""
        index = self.instrument_index(name)
        if index is None:
            have = ", ".join(spec.name for spec in self.instruments)
            where = f"{setting}: " if setting else ""
            raise error(f"{where}no instrument {name[:60]!r} in bundle {self.name!r}; there are {have}")
        return index


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
