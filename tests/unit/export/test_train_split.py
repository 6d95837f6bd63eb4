"""Which takes are learnt from: whole groups, never twice, the same for a seed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from export.split import KINDS, NOTE_STRIDE, groups_of, split
from rt.errors import BridgeError
from tests.support.learning import toy_corpus


@pytest.mark.parametrize("kind", KINDS)
def test_every_take_is_in_one_part_with_all_of_its_group(kind: str) -> None:
    corpus = toy_corpus()
    parts = split(corpus, kind, 1)
    together = np.concatenate((parts.train, parts.validation, parts.test))
    assert len(together) == len(corpus.name) and (np.sort(together) == np.arange(len(together))).all()
    groups = groups_of(corpus)
    for a, b in ((parts.train, parts.validation), (parts.train, parts.test), (parts.validation, parts.test)):
        assert not set(groups[a]) & set(groups[b])
    assert len(parts.validation) == round(0.05 * len(np.unique(groups)))
    assert (len(parts.test) == 0) == (kind == "all")


def test_groups_lie_across_sources() -> None:
    corpus = toy_corpus()
    assert len(np.unique(groups_of(corpus))) == len(corpus.name)
    assert (groups_of(corpus) == groups_of(corpus)[np.arange(len(corpus.name))]).all()


@pytest.mark.parametrize("kind", ["group", "note"])
def test_the_test_part_depends_on_the_seed_alone(kind: str) -> None:
    corpus = toy_corpus()
    tests = [split(corpus, kind, seed, validation=share).test for seed, share in ((1, 0.05), (1, 0.0), (2, 0.05))]
    assert len(tests[0]) and np.array_equal(tests[0], tests[1])
    assert not np.array_equal(tests[0], tests[2])


def test_the_note_split_keeps_every_fifth_note_of_each_instrument() -> None:
    corpus = toy_corpus()
    test = split(corpus, "note", 3).test
    for index, instrument in enumerate(corpus.instruments):
        mine = test[corpus.classes[test, 0, 3] == index]
        notes = np.unique(corpus.note[mine, 0])
        assert len(notes) >= 3 and (np.diff(notes) == NOTE_STRIDE).all()
        assert ((notes - instrument.low_note - 3) % NOTE_STRIDE == 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_held_mixtures_are_never_learnt(kind: str) -> None:
    corpus = toy_corpus(duets=True)
    parts = split(corpus, kind, 1)
    assert len(parts.test) and corpus.held_out[parts.test].all()
    assert not corpus.held_out[parts.train].any() and not corpus.held_out[parts.validation].any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_no_note_is_kept_from_training_unless_notes_are_asked_for(kind: str, share: float) -> None:
    whole = toy_corpus()
    loudest = whole.classes[:, 0, 2] == 2
    single = dataclasses.replace(whole, classes=whole.classes[loudest], note=whole.note[loudest])
    for corpus in (whole, single):
        parts = split(corpus, kind, 1, validation=share)
        notes = corpus.classes[:, 0, 3] * 128 + corpus.note[:, 0]
        missing = np.setdiff1d(notes, notes[parts.train])
        assert set(missing) == (set(notes[parts.test]) if kind == "note" else set())
    assert not len(parts.validation)  # of one take each


def test_a_bad_split_says_what_is_allowed() -> None:
    with pytest.raises(BridgeError, match="allowed are group, note, all"):
        split(toy_corpus(), "file", 1)
    with pytest.raises(BridgeError, match=r"0-0\.5"):
        split(toy_corpus(), "group", 1, 0.9)
