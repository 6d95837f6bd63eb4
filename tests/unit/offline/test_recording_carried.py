"""Carrying a path to another instrument, with ears whose answers are known."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from rt.arrays import F32
from rt.bundle.manifest import Manifest
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS, SymbolLayout
from rt.model import ListenerModel, Model
from rt.offline.recording import carried

N_FRAMES, NOTE, SIZE = 200, 60, 8


class KnownEars:
    """Hears middle C, mezzo-forte, played by the likelier of two instruments at each moment."""

    def __init__(self, manifest: Manifest, players: list[int]) -> None:
        self._manifest, self._players = manifest, players

    def symbols(self, latents: F32) -> dict[str, F32]:
        answers = {OCTAVE: [NOTE // 12 - 1], PITCH_CLASS: [NOTE % 12], INSTRUMENT: self._players}
        found = {}
        for name, classes in {**answers, DYNAMICS: [1]}.items():
            sure = np.zeros((len(latents), len(self._manifest.symbol(name).classes)), np.float32)
            sure[np.arange(len(latents)), np.resize(classes, len(latents))] = 1.0
            found[name] = sure
        return found


class KnownModel:
    """Every class of every symbol has a direction of its own."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest, self.layout = manifest, SymbolLayout(manifest.symbols)
        self._axes = np.random.default_rng(1).normal(size=(self.layout.n_symbols, SIZE)).astype(np.float32)

    def encode(self, symbols: F32, age_s: F32) -> tuple[F32, F32]:
        return symbols @ self._axes, age_s

    def label(self, instrument: int) -> F32:
        """The point of what KnownEars hears."""
        return self.encode(self.layout.encode(NOTE, 1.0, instrument)[None], np.zeros(1, np.float32))[0]


def moved(model: KnownModel, players: list[int], instrument: int) -> F32:
    """The origin, carried."""
    ears = KnownEars(model.manifest, players)
    return carried(np.zeros((N_FRAMES, SIZE), np.float32), cast(ListenerModel, ears), cast(Model, model), instrument)


def test_what_is_heard_surely_moves_from_label_to_label(tiny_model: Model) -> None:
    model = KnownModel(tiny_model.manifest)
    wanted = np.tile(model.label(1) - model.label(0), (N_FRAMES, 1))
    np.testing.assert_allclose(moved(model, [0], 1), wanted, atol=1e-5)
    np.testing.assert_allclose(moved(model, [0], 0), np.zeros_like(wanted), atol=1e-5)


@pytest.mark.parametrize("players", [[0, 1], [0, 0, 0, 1], [0, 1, 1, 0, 1]])
def test_who_is_heard_now_and_then_does_not_make_the_path_flutter(tiny_model: Model, players: list[int]) -> None:
    model = KnownModel(tiny_model.manifest)
    apart = float(np.linalg.norm(model.label(1) - model.label(0)))
    steps = np.linalg.norm(np.diff(moved(model, players, 1), axis=0), axis=1)
    assert len(steps) == N_FRAMES - 1 and apart > 1.0 and steps.max() < 0.05 * apart
