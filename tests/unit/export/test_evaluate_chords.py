"""Scores of several notes at once: the sums are made of the scored frames, and the shares are what they say."""

from __future__ import annotations

from typing import Any

import numpy as np

from export.evaluate.chords import chord_scores, mixed, shares
from export.evaluate.examples import Examples, choose
from rt.arrays import F32
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.units import hz_of_note
from tests.support.learning import toy_corpus

PLACES = [round(bin_of_hz(NSGT_410, hz_of_note(note))) for note in range(48, 90)]


class Bands:
    """Takes every note for sounding whose own band is within 30 dB of the loudest and louder than an octave below."""

    def hear_notes(self, frames: F32) -> F32:
        out = np.zeros((len(frames), 128), np.float32)
        out[:, 48:90] = frames[:, PLACES] - frames.max(axis=1, keepdims=True)
        out[:, 48:90] = np.exp(out[:, 48:90])
        return out


def examples() -> Examples:
    corpus = toy_corpus()
    return choose(corpus, np.arange(len(corpus.note)), corpus.symbols)


def test_mixtures_hold_both_notes_and_add_power() -> None:
    chosen, rng = examples(), np.random.default_rng(1)
    rows = rng.choice(len(chosen.live.rows), (50, 2))
    values = mixed(chosen, rows, rng)
    assert values.shape == (50, 410) and values.dtype == np.float32 and values.min() >= 0.0
    for frame, pair in zip(values, chosen.note[chosen.live.take[rows], 0].tolist(), strict=True):
        assert 2.5 < frame.max() < 3.6
        for note in pair:
            place = PLACES[note - 48]
            assert frame[place - 2 : place + 3].max() > frame.max() - 1.1


def test_scores_by_number_of_notes() -> None:
    graphs: Any = Bands()
    found = chord_scores(graphs, examples())
    assert list(found) == ["1", "2", "3"] and found["1"]["n"] == 2000
    assert found["1"]["likeliest_right_percent"] > found["2"]["likeliest_right_percent"] > 20.0
    assert chord_scores(graphs, examples()) == found


def test_shares() -> None:
    sounding = np.zeros((2, 128), bool)
    sounding[0, [60, 64]] = sounding[1, [50, 62]] = True
    probability = np.zeros((2, 128), np.float32)
    probability[0, [60, 64]] = 0.9
    probability[1, [50, 62, 74]] = 0.9, 0.4, 0.6
    found = shares(probability, sounding, 2)
    assert found == {
        "n": 2,
        "all_right_percent": 50.0,
        "likeliest_right_percent": 50.0,
        "precision_percent": 75.0,
        "recall_percent": 75.0,
        "f1_percent": 75.0,
    }
