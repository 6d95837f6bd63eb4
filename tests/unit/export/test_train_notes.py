"""Several notes at once: the net, what it is asked for, and the mixtures it learns from."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from rt.frames.spec import NSGT_410, bin_of_hz
from rt.units import hz_of_note
from tests.support.learning import INSTRUMENTS, need, toy_corpus

pytestmark = pytest.mark.train
torch, notes, chords, noises, inference = need(
    "torch", "export.notes", "export.chords", "export.noises", "export.inference"
)


def test_the_net_hears_the_same_at_any_level_and_knows_every_note_of_a_piano() -> None:
    torch.manual_seed(1)
    net = notes.NoteListener(410, 8).eval()
    frame = 0.5 + torch.rand(3, 410)
    logits = net(frame)
    assert logits.shape == (3, 105) and notes.LOWEST_NOTE + 105 > 108
    torch.testing.assert_close(net(frame + 1.5), logits, rtol=1e-4, atol=1e-4)
    (told,) = inference.NotesGraph(inference.fold_batch_norm(copy.deepcopy(net)))(frame)
    assert told.shape == (3, 128) and not told[:, : notes.LOWEST_NOTE].any() and not told[:, 125:].any()
    torch.testing.assert_close(told[:, 20:125], torch.sigmoid(logits), rtol=1e-4, atol=1e-4)


def test_a_transposed_frame_gives_transposed_notes() -> None:
    torch.manual_seed(1)
    net = notes.NoteListener(410, 8).eval()
    frame = torch.zeros(1, 410)
    frame[0, 150:153] = 3.0
    low, high = net(frame)[0], net(frame.roll(8, 1))[0]
    torch.testing.assert_close(low[20:60], high[22:62], rtol=1e-4, atol=1e-4)
    assert low.std() > 1e-4


def test_targets_are_the_notes_that_can_be_heard() -> None:
    note = torch.tensor([[60, 64, 60], [-1, 70, 20]])
    clear = torch.tensor([[0.2, 0.0, 1.0], [1.0, 0.5, 1.0]])
    target, weight = notes.targets(note, clear, 105)
    assert torch.nonzero(target).tolist() == [[0, 40], [1, 0]]
    assert torch.nonzero(weight == 0.0).tolist() == [[1, 50]]  # in doubt; 64 cannot be heard and counts as silent
    sure = torch.where(target > 0.0, 20.0, -20.0)
    assert notes.notes_loss(sure, target, weight) < 1e-5
    wrong = sure.clone()
    wrong[1, 50] = 20.0
    assert notes.notes_loss(wrong, target, weight) < 1e-5
    wrong[0, 44] = 20.0
    assert notes.notes_loss(wrong, target, weight) == pytest.approx(10.0, abs=1e-3)


def mixtures(n: int, seed: int = 1, **changes: Any) -> Any:
    corpus = toy_corpus()
    low, high = (np.array([one[i] for one in INSTRUMENTS])[corpus.classes[:, 0, 3]] for i in (1, 2))
    room = noises.Noises(corpus.frame, corpus.listener, torch.device("cpu"))
    drawn = chords.Chords(corpus, np.arange(len(corpus.live)), room, low, high)
    g = torch.Generator().manual_seed(seed)
    options = {"most": 3, "clean": 1.0, "live_gain_db": 20.0, **changes}
    return drawn.draw(np.random.default_rng(seed), n, g, **options)


def test_mixtures_hold_their_notes() -> None:
    frame, note, clear = mixtures(400)
    count = (note >= 0).sum(1)
    for size, share in enumerate(chords.N_NOTES_SHARES):
        assert abs((count == size).float().mean().item() - share) < 0.07
    for values, played, heard in zip(frame, note.tolist(), clear.tolist(), strict=True):
        for one, certainty in zip(played, heard, strict=True):
            if one >= 0 and certainty == 1.0:
                place = round(bin_of_hz(NSGT_410, hz_of_note(one)))
                assert values[place - 2 : place + 3].max() > values.max() - 2.5
    assert torch.isfinite(frame).all() and frame.min() >= 0.0


def test_many_notes_hide_in_the_partials_of_another() -> None:
    _, note, _ = mixtures(600)
    pairs = note[(note[:, 0] >= 0) & (note[:, 1] >= 0)][:, :2]
    octaves = ((pairs[:, 0] - pairs[:, 1]).abs() == 12).float().mean()
    assert octaves > 0.06  # by chance: one in 25


def test_silence_is_noise_without_notes_and_same_seeds_give_the_same() -> None:
    frame, note, _ = mixtures(200, clean=0.3)
    silent = (note < 0).all(1)
    assert silent.any() and frame[silent].amax(1).max() > 0.5
    again = mixtures(200, clean=0.3)
    assert torch.equal(frame, again[0]) and torch.equal(note, again[1])
    assert not torch.equal(frame, mixtures(200, seed=2, clean=0.3)[0])
