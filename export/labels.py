"""Labels of sounds: what their classes mean, and how they follow when notes move, fall silent or are mixed."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from export.augment import uniform
from rt.bundle.manifest import SymbolSpec
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS

LAST = 1 << 20
"""Sorts silent sources behind all others."""


class Labels:
    """The symbols of one source.

    Throughout, classes are (n, n_sources, n_symbols) and notes (n, n_sources), -1 for a silent source.
    """

    def __init__(self, symbols: Sequence[SymbolSpec], device: torch.device) -> None:
        names = [symbol.name for symbol in symbols]
        self._octave, self._pitch_class = names.index(OCTAVE), names.index(PITCH_CLASS)
        self.dynamics, self.instrument = names.index(DYNAMICS), names.index(INSTRUMENT)
        """Where these symbols stand."""
        self.sizes = tuple(len(symbol.classes) for symbol in symbols)
        """Classes of each symbol, `silent` included, which is the last."""
        self.silent = torch.tensor(self.sizes, device=device) - 1
        """(n_symbols,) classes of a silent source."""

    def moved(self, note: Tensor, classes: Tensor) -> Tensor:
        """Classes with octave and pitch class of notes that were moved."""
        sounds, moved = note >= 0, classes.clone()
        octave = (note // 12 - 1).clamp(0, self.sizes[self._octave] - 2)
        moved[:, :, self._octave] = torch.where(sounds, octave, classes[:, :, self._octave])
        moved[:, :, self._pitch_class] = torch.where(sounds, note % 12, classes[:, :, self._pitch_class])
        return moved

    def silenced(self, note: Tensor, classes: Tensor, silent: Tensor) -> tuple[Tensor, Tensor]:
        """Notes and classes with some sources (n, n_sources) silent."""
        return note.masked_fill(silent, -1), torch.where(silent[:, :, None], self.silent, classes)

    def ordered(self, note: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
        """Sources in the order of instrument and note, silent ones last."""
        key = torch.where(note >= 0, classes[:, :, self.instrument] * 128 + note, LAST)
        order = torch.argsort(key, dim=1, stable=True)
        return note.gather(1, order), classes.gather(1, order[:, :, None].expand_as(classes))

    def two_dynamics(self, n: int, g: torch.Generator) -> Tensor:
        """(n, 2) places on the scale of dynamics, the first one softer, mostly by less than a class."""
        top = self.sizes[self.dynamics] - 2.0
        apart = (0.2 + top * uniform(g, n) ** 2).clamp(max=top)
        low = uniform(g, n) * (top - apart)
        return torch.cat([low, low + apart], 1)
