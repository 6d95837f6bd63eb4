"""A prepared corpus: labelled frames of notes or mixtures, and what they mean. `export.store` keeps it on disk."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rt.arrays import AnyArray
from rt.bundle.manifest import FrameSpec, Licence, ListenerSpec, NoiseSpec, SymbolSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusInstrument:
    """One instrument of a corpus."""

    name: str
    low_note: int
    high_note: int
    program: int
    """General MIDI program, 0-127."""
    decays: bool
    """True when a held note fades by itself."""
    release_s: float
    """Time to fade by 60 dB after the end of a note."""


def plain_frame(spec: FrameSpec) -> dict[str, Any]:
    """A FrameSpec as plain values; noise that there is none of is not told."""
    plain = dataclasses.asdict(spec)
    return plain if spec.noise else {name: value for name, value in plain.items() if name != "noise"}


def frame_of(plain: dict[str, Any]) -> FrameSpec:
    """The FrameSpec of such values; TypeError where they are none."""
    noise = plain.get("noise")
    return FrameSpec(**{**plain, "noise": None if noise is None else NoiseSpec(**noise)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Labelled frames of n_takes recordings, each of one note, or of n_sources notes that begin together."""

    frame: FrameSpec
    listener: ListenerSpec
    symbols: tuple[SymbolSpec, ...]
    """The symbols of one source: octave, pitch_class, dynamics, instrument, further ones; each ends with `silent`."""
    instruments: tuple[CorpusInstrument, ...]
    """In the order of the classes of the symbol `instrument`."""
    sources: tuple[str, ...]
    """Names of where the takes come from, in the order of the command line."""
    licences: tuple[Licence, ...]
    """One per name in `sources`."""
    max_age_s: float
    """Longest time since onset of a frame."""
    n_sources: int
    """Notes per take: 1, or 2 and more for mixtures."""
    facts: dict[str, Any]
    """How it was prepared; goes to the model card."""

    name: AnyArray
    """(n_takes,) str, unique within a source."""
    source: AnyArray
    """(n_takes,) index into `sources`."""
    voice: AnyArray
    """(n_takes,) True for what symbols -> signal should sound like: one source per instrument."""
    held_out: AnyArray
    """(n_takes,) True for mixtures of notes that are kept from training; False throughout for single notes."""
    classes: AnyArray
    """(n_takes, n_sources, n_symbols) class index of each symbol, the last class for a silent source."""
    note: AnyArray
    """(n_takes, n_sources) MIDI note, -1 for a silent source."""

    frames: AnyArray
    """(n_frames, n_bins) values of full-resolution frames, float16."""
    frame_take: AnyArray
    """(n_frames,) index of the take, rising."""
    frame_age_s: AnyArray
    """(n_frames,) time since onset."""
    frame_place_s: AnyArray
    """(n_frames,) where in the recording; earlier than the age where a steady sound stands for later ages."""
    frame_slot: AnyArray
    """(n_frames,) index of the range of ages, 0 is the onset itself; a take has at most one frame per slot."""
    live: AnyArray
    """(n_live, n_bins) values of the live analyser's frames, float16."""
    live_take: AnyArray
    """(n_live,) index of the take, rising."""
    live_age_s: AnyArray
    """(n_live,) time from onset to the end of the live window."""
    noise: AnyArray = field(default_factory=lambda: np.zeros((0, 0), np.float16))
    """(n_frames, n_noise) values of the frames' noise, -1 where it is not known; empty where `frame` has no noise."""

    @property
    def n_noise(self) -> int:
        """Bands of noise; 0 without."""
        return self.frame.noise.n_bands if self.frame.noise else 0
