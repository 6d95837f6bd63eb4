"""What `manifest.json` holds: everything the runtime must know about a model, as dataclasses.

Each field says its range. `rt/bundle/manifest_reader.py` makes them from the file and holds them to it,
`rt/bundle/manifest_checks.py` says what must fit together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated, Any

from rt.errors import BridgeError, BundleError, ConfigError

FORMAT, OLDEST_FORMAT = 3, 2
"""A bundle with noise has the newer one; older programs cannot play it. Any other plays as ever, whichever it has."""
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be, both ends allowed."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Most:
    """How many characters a text or how many entries a list may have, at most and at least."""

    high: int
    low: int = 0


Note = Annotated[int, Range(0, 127)]
Latent = Annotated[float, Range(-1e6, 1e6)]
Decibels = Annotated[float, Range(-400.0, 200.0)]
Name = Annotated[str, Most(80, low=1)]
FileName = Annotated[str, Most(120, low=1)]
Prose = Annotated[str, Most(4000)]
Shape = Annotated[tuple[Annotated[int, Range(-1, 65_536)], ...], Most(2, low=2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseSpec:
    """The noise that the model decodes beside its frames, in bands of its own.

    Centre frequencies lie equally far apart on the mel scale, at
    `700 * ((1 + highest_hz / 700) ** ((k + 1) / n_bands) - 1)`.
    """

    n_bands: Annotated[int, Range(2, 256)]
    highest_hz: Annotated[float, Range(1_000.0, 48_000.0)]
    """Centre of the highest band; there is no noise above."""
    floor_db: Annotated[float, Range(-300.0, 0.0)]
    """Power per Hz that a noise value of 0 stands for; 0 dB is that of 1 Hz of noise with an RMS of 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSpec:
    """The spectral frames that the model decodes and encodes.

    Centre frequencies are `f_min_hz * (f_max_hz / f_min_hz) ** (k / (n_bins - 1))`.
    """

    kind: Name
    """`nsgt`: magnitudes of the matrix-form non-stationary Gabor transform."""
    sample_rate_hz: Annotated[int, Range(8_000, 96_000)]
    f_min_hz: Annotated[float, Range(5.0, 2_000.0)]
    f_max_hz: Annotated[float, Range(100.0, 48_000.0)]
    bins_per_octave: Annotated[int, Range(1, 384)]
    n_bins: Annotated[int, Range(16, 4_096)]
    floor_db: Annotated[float, Range(-200.0, 0.0)]
    """Level that a frame value of 0 stands for; 0 dB is the band of a full-scale sine at its centre."""
    step_db: Annotated[float, Range(0.01, 200.0)]
    """Decibels that a frame value of 1 lies above the floor."""
    noise: NoiseSpec | None = field(default_factory=type(None))
    """The noise beside it; a bundle without may leave it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSpec:
    """The live analyser whose frames `listener_encoder` was trained on; its bands are those of the FrameSpec."""

    kind: Name
    """`vqt-early`: variable-Q bands, each as late as its own kernel asks for and no later."""
    window_s: Annotated[float, Range(0.001, 2.0)]
    """Longest stretch of sound that a frame looks back on."""
    gamma_hz: Annotated[float, Range(0.01, 1_000.0)]
    """Band k is as wide as its two neighbours are apart, plus this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentSpec:
    """The latent space as the training notes fill it; they sound where they are nearly as loud as they get."""

    size: Annotated[int, Range(1, 64)]
    mean: tuple[Latent, ...]
    """(size,) mean of the latents where the training notes sound."""
    low: tuple[Latent, ...]
    """(size,) 1st percentile of each coordinate: the useful range of a slider."""
    high: tuple[Latent, ...]
    """(size,) 99th percentile."""
    axes: tuple[tuple[Annotated[float, Range(-1.01, 1.01)], ...], ...]
    """(n_axes, size) unit vectors, principal axes of the same latents, widest first; pitch rises along each."""
    axis_deviation: tuple[Annotated[float, Range(0.0, 1e6)], ...]
    """(n_axes,) standard deviation along each axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSpec:
    """One categorical label; `symbol_encoder` takes one-hot groups in the order of the manifest."""

    name: Name
    classes: Annotated[tuple[Name, ...], Most(256, low=2)]
    """The last one is `silent`."""

    @property
    def highest(self) -> int:
        """Index of the last class that sounds."""
        return len(self.classes) - 2


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentSpec:
    """What the runtime knows about one instrument; lists run over the notes `low_note..high_note`."""

    name: Name
    low_note: Note
    high_note: Note
    program: Annotated[int, Range(0, 127)]
    """General MIDI program number, 0-127."""
    loudness_db: tuple[tuple[Decibels, ...], ...]
    """(n_notes, n_dynamics) K-weighted level of the loudest decoded frame; a sine of amplitude 1 at 1 kHz is 0 dB."""
    tuning_cents: tuple[Annotated[float, Range(-1_200.0, 1_200.0)], ...]
    """(n_notes,) how sharp the decoded frames are; the engine plays them that much lower."""
    decay_db_per_s: tuple[Annotated[float, Range(0.0, 10_000.0)], ...]
    """(n_notes,) how fast the note fades beyond `max_age_s`; 0 for instruments that sustain."""
    release_s: Annotated[float, Range(0.001, 60.0)]
    """How long the sound takes to fade by 60 dB after its end."""
    tuning_by_velocity_cents: tuple[tuple[Annotated[float, Range(-1_200.0, 1_200.0)], ...], ...] = field(
        default_factory=tuple
    )
    """(n_notes, n_velocities) how much sharper still the notes are at velocities spread evenly from 1 to 127; a bundle
    whose notes are as sharp at any velocity may leave it out."""

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

    file: FileName
    inputs: dict[str, Shape]
    outputs: dict[str, Shape]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """What a file of the bundle must be."""

    sha256: Annotated[str, Most(64)]
    n_bytes: Annotated[int, Range(0, 512 << 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Where training data came from and what it asks for."""

    source: Prose
    licence: Prose
    credit: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`manifest.json`, checked."""

    format: int
    name: Name
    frame: FrameSpec
    latent: LatentSpec
    symbols: Annotated[tuple[SymbolSpec, ...], Most(64)]
    max_age_s: Annotated[float, Range(0.001, 3_600.0)]
    """Longest time since onset that the symbol encoder was trained on."""
    instruments: Annotated[tuple[InstrumentSpec, ...], Most(255, low=1)]
    """In the order of the classes of the symbol `instrument`."""
    graphs: dict[str, GraphSpec]
    licences: tuple[Licence, ...]
    listener: ListenerSpec | None = None
    """Needed by the graphs `listener_encoder` and `listener_notes`."""
    n_sources: Annotated[int, Range(1, 8)] = 1
    """Notes that may sound at once in one frame; the symbols of the second end with `_2`, and so on."""
    card: FileName | None = None
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
