"""The model is asked only of frames that sound unlike the last one, whatever the batches."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from rt.arrays import F32
from rt.model import ListenerModel
from rt.transcribe.cached_encoder import MOST_SAME, CachedEncoder
from rt.transcribe.frame_features import LOUD_VALUES, SAME_VALUES

N_BINS = 40


class CountingEars:
    """Says what a frame's first band holds, and counts the frames."""

    def __init__(self) -> None:
        self.n_asked = 0

    def latents(self, values: F32) -> F32:
        self.n_asked += len(values)
        return values[:, :1].copy()

    def symbols(self, latents: F32) -> dict[str, F32]:
        return {
            "octave": np.full((len(latents), 10), 0.1, np.float32),
            "pitch_class": np.full((len(latents), 13), 1 / 13, np.float32),
        }

    def notes(self, values: F32) -> F32:
        return np.repeat(values[:, :1], 128, axis=1)


def frames(first: list[float]) -> F32:
    """One loud band and its follower, the rest silent."""
    values = np.zeros((len(first), N_BINS), np.float32)
    values[:, 0], values[:, 1] = first, 3.0
    return values


def cached_encoder(*, polyphonic: bool = False) -> tuple[CachedEncoder, CountingEars]:
    ears = CountingEars()
    return CachedEncoder(cast(ListenerModel, ears), polyphonic=polyphonic), ears


def test_like_frames_are_asked_now_and_then() -> None:
    asking, ears = cached_encoder()
    said = asking.ask(frames([2.5] * (2 * MOST_SAME + 2)))
    assert ears.n_asked == 2 and len(said) == 2 * MOST_SAME + 2
    asking.ask(frames([2.5 + 2 * SAME_VALUES]))
    assert ears.n_asked == 3


def test_what_differs_is_asked_at_once() -> None:
    asking, ears = cached_encoder(polyphonic=True)
    first = [2.0, 2.0 + 1.5 * SAME_VALUES, 2.5, 2.5 + 0.5 * SAME_VALUES, 2.0]
    said = asking.ask(frames(first))
    assert ears.n_asked == 4
    assert [float(s.latent[0]) for s in said] == pytest.approx([*first[:3], 2.5, 2.0])
    polyphonic = [s.polyphonic for s in said]
    assert [float(row[0]) for row in polyphonic if row is not None] == pytest.approx([*first[:3], 2.5, 2.0])


def test_bands_that_are_not_loud_do_not_count() -> None:
    asking, ears = cached_encoder()
    asking.ask(frames([2.9 - LOUD_VALUES, 0.5, 1.0]))
    assert ears.n_asked == 1


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_batches_change_nothing(batch: int) -> None:
    values = frames(list(2.5 + 0.15 * np.sin(np.arange(60) / 3.0)))
    whole, ears = cached_encoder()
    expected = [float(said.latent[0]) for said in whole.ask(values)]
    assert 10 < ears.n_asked < 55
    parts, others = cached_encoder()
    found = [float(said.latent[0]) for k in range(0, 60, batch) for said in parts.ask(values[k : k + batch])]
    assert found == expected and others.n_asked == ears.n_asked
    parts.begin()
    assert parts.ask(values[:0]) == []
    parts.ask(values[-1:])
    assert others.n_asked == ears.n_asked + 1
