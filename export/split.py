"""Which takes are learnt from, which choose the best model, and which are kept for the scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from export.corpus import Corpus
from rt.arrays import AnyArray
from rt.errors import BridgeError
from rt.frames.symbols import DYNAMICS, INSTRUMENT

KINDS = ("group", "note", "all")
NOTE_STRIDE = 5
"""The `note` split keeps one in so many notes of each instrument."""
TEST_SHARE, VALIDATION_SHARE = 0.1, 0.05


@dataclass(frozen=True, slots=True)
class Split:
    """Rising indices of takes; no take is in two of them."""

    train: AnyArray
    validation: AnyArray
    test: AnyArray


def split(
    corpus: Corpus, kind: str, seed: int, share: float = TEST_SHARE, *, validation: float = VALIDATION_SHARE
) -> Split:
    """Divide a corpus by whole groups of (instrument, note, dynamics), over all its sources.

    The same groups are kept whatever `validation` is. Mixtures are divided by what they were made of: the test is
    what was held out when they were mixed. But for `note`, no note of an instrument is kept whole: what was never
    learnt sounds wrong, and who brings one take of each note wants to play them all.

    kind : `group` keeps `share` of the groups, `note` every fifth note of each instrument, `all` none.
    share, validation : of all groups, 0..0.5.
    """
    if kind not in KINDS:
        raise BridgeError(f"split {kind!r} is unknown; allowed are {', '.join(KINDS)}")
    if not 0.0 <= share <= 0.5 or not 0.0 <= validation <= 0.5:
        raise BridgeError(f"shares of a split must lie in 0-0.5, got {share:g} and {validation:g}")
    groups = groups_of(corpus)
    shuffled = np.random.default_rng(seed).permutation(np.unique(groups))
    n_validation = round(validation * len(shuffled))
    if corpus.n_sources > 1:
        test = np.asarray(corpus.held_out, bool)
    elif kind == "note":
        test = held_notes(corpus, seed)
    elif kind == "group":
        test = never_whole(np.isin(groups, shuffled[: round(share * len(shuffled))]), corpus)
    else:
        test = np.zeros(len(groups), bool)
    free = shuffled[np.isin(shuffled, groups[~test])]
    chosen = np.isin(groups, free[len(free) - n_validation :]) & ~test
    chosen = never_whole(chosen | test, corpus) & chosen
    parts = Split(np.flatnonzero(~test & ~chosen), np.flatnonzero(chosen), np.flatnonzero(test))
    if not len(parts.train):
        raise BridgeError(f"split {kind!r} of {len(groups)} takes leaves none to learn from; prepare more of them")
    return parts


def never_whole(kept: AnyArray, corpus: Corpus) -> AnyArray:
    """(n_takes,) what was kept from training, less the takes of notes of which nothing else is there.

    Mixtures stay as they are: every note of theirs is in many.
    """
    if corpus.n_sources > 1:
        return kept
    notes = corpus.classes[:, 0, instrument_column(corpus)] * 128 + corpus.note[:, 0]
    return np.asarray(kept & np.isin(notes, notes[~kept]))


def instrument_column(corpus: Corpus) -> int:
    """Which of the symbols is the instrument."""
    return [symbol.name for symbol in corpus.symbols].index(INSTRUMENT)


def groups_of(corpus: Corpus) -> AnyArray:
    """(n_takes,) number of the group of each take: what is played, by whom and how loud, in all sources."""
    names = [symbol.name for symbol in corpus.symbols]
    columns = corpus.classes[:, :, [names.index(INSTRUMENT), names.index(DYNAMICS)]]
    key = np.concatenate((columns, corpus.note[:, :, None]), axis=2).reshape(len(corpus.note), -1)
    _, groups = np.unique(key, axis=0, return_inverse=True)
    return np.asarray(groups.reshape(-1))


def held_notes(corpus: Corpus, seed: int) -> AnyArray:
    """(n_takes,) True for every fifth note of each instrument of a corpus of single notes, the first one by seed."""
    low = np.array([instrument.low_note for instrument in corpus.instruments])
    instrument = corpus.classes[:, 0, instrument_column(corpus)]
    return np.asarray((corpus.note[:, 0] - low[instrument] - seed) % NOTE_STRIDE == 0)
