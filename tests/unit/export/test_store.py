"""Corpora on disk: older ones, whose arrays had other names, are read as ever."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from export import store
from rt.errors import BridgeError
from tests.support.learning import toy_corpus


def make_old(folder: Path) -> None:
    """Call the arrays of a corpus as older programs did."""
    path = folder / store.CORPUS
    told = json.loads(path.read_text())
    for name, old in store.OLD_NAMES.items():
        (folder / f"{name}.npy").rename(folder / f"{old}.npy")
        told["arrays"][old] = told["arrays"].pop(name)
    path.write_text(json.dumps(told))


def test_an_older_corpus_loads_and_is_written_anew_with_new_names(tmp_path: Path) -> None:
    corpus = toy_corpus(duets=True)
    assert corpus.held_out.any() and not corpus.held_out.all()
    store.save(corpus, tmp_path)
    make_old(tmp_path)
    opened = store.load(tmp_path)
    for name in store.arrays_of(corpus):
        np.testing.assert_array_equal(getattr(opened, name), store.typed(name, getattr(corpus, name)))
    store.save(corpus, tmp_path)
    assert {path.stem for path in tmp_path.glob("*.npy")} == set(store.arrays_of(corpus))
    np.testing.assert_array_equal(store.load(tmp_path).held_out, corpus.held_out)


def test_a_changed_array_of_an_older_corpus_is_refused_by_its_own_name(tmp_path: Path) -> None:
    store.save(toy_corpus(duets=True), tmp_path)
    make_old(tmp_path)
    np.save(tmp_path / "held.npy", np.zeros(3, bool))
    with pytest.raises(BridgeError, match=r"held.npy: changed since it was prepared"):
        store.load(tmp_path)
