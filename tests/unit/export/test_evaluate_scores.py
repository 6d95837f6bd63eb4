"""Scores on a toy corpus with a model whose answers are known. None of it needs torch."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export.corpus import Corpus
from export.evaluate.distances import itakura_saito, log_likelihood, log_spectral_distance_db, spectral_convergence
from export.evaluate.examples import Examples, choose, match
from export.evaluate.graphs import Graphs
from export.evaluate.hearing import align, groups_of
from export.evaluate.mixtures import matching_notes
from export.evaluate.scores import score
from rt.arrays import F32, AnyArray
from rt.bundle.manifest import SymbolSpec
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410
from rt.frames.symbols import symbols_of_sources
from tests.support.learning import need, toy_corpus

(report,) = need("export.evaluate.report")


class Oracle(Graphs):
    """A model that knows its corpus by heart: the latent of a frame is the number of its take.

    wrong : (take, name of a symbol) -> the class that it says instead. off_db : how much louder it plays.
    swapped : takes in which it names the sources the other way round.
    """

    name, kind = "oracle", "checkpoint"

    def __init__(self, corpus: Corpus, *, n_sources: int = 1) -> None:
        self.corpus, self.frame, self.listener = corpus, corpus.frame, corpus.listener
        self.n_sources, self.symbols = n_sources, symbols_of_sources(corpus.symbols, n_sources)
        self.instruments, self.licences = corpus.instruments, corpus.licences
        self.n_latents, self.max_age_s, self.n_bytes = 1, corpus.max_age_s, {}
        self.training, self.hears_notes = {"settings": {"sharpen": False}}, False
        self.log_spread = np.zeros((2, corpus.frame.n_bins), np.float32)
        self.classes = np.array(corpus.classes)
        self.off_db, self.swapped = 0.0, np.zeros(len(self.classes), bool)

    def run(self, graph: str, outputs: tuple[str, ...], inputs: dict[str, F32]) -> list[F32]:
        if "encoder" in graph:
            latent = self._takes(graph, inputs)[:, None].astype(np.float32)
            return [latent, np.zeros_like(latent)]
        takes = inputs["latent"][:, 0].astype(int)
        if graph == "signal_decoder":
            frames = np.stack([self._frames(take) for take in takes])
            return [frames + np.float32(self.off_db / self.frame.step_db)] * len(outputs)
        said = self.classes[takes]
        said[self.swapped[takes]] = said[self.swapped[takes]][:, ::-1]
        sizes = [len(symbol.classes) for symbol in self.corpus.symbols]
        return [
            np.eye(size, dtype=np.float32)[said[:, source, i]] * 0.98 + 0.01
            for source in range(self.n_sources)
            for i, size in enumerate(sizes)
        ]

    def _takes(self, graph: str, inputs: dict[str, F32]) -> AnyArray:
        if graph == "symbol_encoder":
            ends = np.cumsum([0, *(len(symbol.classes) for symbol in self.symbols)])
            groups = [slice(a, b) for a, b in itertools.pairwise(ends)]
            found = np.stack([np.argmax(inputs["symbols"][:, group], axis=1) for group in groups], axis=1)
            table = {tuple(row): i for i, row in enumerate(self.corpus.classes.reshape(len(self.classes), -1).tolist())}
            return np.array([table[tuple(row)] for row in found.tolist()])
        known = {row.tobytes(): take for row, take in zip(self.corpus.frames, self.corpus.frame_take, strict=True)}
        return np.array([known[row.astype(np.float16).tobytes()] for row in inputs["frame"]])

    def _frames(self, take: int) -> F32:
        """The first frame of a take stands for all of them."""
        return np.asarray(self.corpus.frames[np.argmax(self.corpus.frame_take == take)], np.float32)


def one_frame_a_take(corpus: Corpus) -> Corpus:
    """The corpus with the first frame of each take only, so that the oracle is exact."""
    first = np.flatnonzero(corpus.frame_slot == 0)
    names = ("frames", "frame_take", "frame_age_s", "frame_place_s", "frame_slot", "live", "live_take", "live_age_s")
    return dataclasses.replace(corpus, **{name: getattr(corpus, name)[first] for name in names})


@pytest.fixture
def corpus() -> Corpus:
    return one_frame_a_take(toy_corpus())


def examples_of(corpus: Corpus, graphs: Graphs) -> Examples:
    return choose(corpus, np.arange(len(corpus.note)), graphs.source_symbols, graphs.n_sources)


def test_distances_of_equal_frames_are_nothing_and_of_6_db_are_6_db() -> None:
    frames = np.random.default_rng(0).uniform(1.0, 3.0, (4, NSGT_410.n_bins))
    louder = frames + 6.0 / NSGT_410.step_db
    for distance in (log_spectral_distance_db, itakura_saito, spectral_convergence):
        found = distance(NSGT_410, frames, frames)
        assert found.shape == (4,) and np.abs(found).max() < 1e-6
    np.testing.assert_allclose(log_spectral_distance_db(NSGT_410, frames, louder), 6.0)
    ratio = 10.0**-0.6
    np.testing.assert_allclose(itakura_saito(NSGT_410, frames, louder), ratio - np.log(ratio) - 1.0)
    np.testing.assert_allclose(spectral_convergence(NSGT_410, frames, louder), 10.0**0.3 - 1.0, rtol=1e-5)


def test_what_lies_below_the_floor_is_no_difference() -> None:
    zero, below = np.zeros((1, 410)), np.full((1, 410), -2.0)
    assert log_spectral_distance_db(NSGT_410, zero, below) == pytest.approx(0.0)
    assert itakura_saito(NSGT_410, zero, below) == pytest.approx(0.0)


def test_the_likelihood_is_that_of_a_gaussian() -> None:
    frames, decoded = np.array([[1.0, 2.0]]), np.array([[1.5, 2.0]])
    spread = np.log(np.array([0.5, 0.2]))
    expected = -0.5 - np.log(0.5) - np.log(0.2) - np.log(2.0 * np.pi)
    assert log_likelihood(frames, decoded, spread.astype(np.float32)) == pytest.approx(expected)


def test_a_perfect_model_scores_perfectly(corpus: Corpus) -> None:
    oracle = Oracle(corpus)
    found = score(oracle, examples_of(corpus, oracle))
    for kind in ("nsgt", "live"):
        for unit in ("frame", "file"):
            scores = found[kind]["signal_to_symbol"][unit]
            assert scores["n"] == len(corpus.note) and scores["note_percent"] == 100.0
            assert all(one["exact_percent"] == 100.0 for one in scores["symbols"].values())
        assert found[kind]["signal_to_signal"]["lsd_db"] == 0.0
    assert found["symbol_to_symbol"]["frame"]["note_percent"] == 100.0
    assert found["symbol_to_signal"]["n"] == len(corpus.note) and found["symbol_to_signal"]["lsd_db"] == 0.0
    assert found["nsgt"]["signal_to_signal"]["sc"] == 0.0


def test_errors_are_counted_where_they_are_made(corpus: Corpus) -> None:
    oracle = Oracle(corpus)
    oracle.off_db = 3.0
    octave_wrong, dynamics_off = slice(0, 9), slice(9, 15)
    oracle.classes[octave_wrong, 0, 0] += 1
    truth = corpus.classes[dynamics_off, 0, 2]
    oracle.classes[dynamics_off, 0, 2] = np.where(truth == 0, 2, 0)  # p as ff: two away; others as p
    found = score(oracle, examples_of(corpus, oracle))
    scores, n = found["nsgt"]["signal_to_symbol"]["frame"], len(corpus.note)
    assert scores["note_percent"] == pytest.approx(100.0 * (n - 9) / n, abs=0.01)
    assert scores["symbols"]["octave"]["exact_percent"] == pytest.approx(100.0 * (n - 9) / n, abs=0.01)
    assert scores["symbols"]["octave"]["within_one_percent"] == 100.0
    assert scores["symbols"]["pitch_class"]["exact_percent"] == 100.0
    near = int(np.sum(np.abs(oracle.classes[:, 0, 2] - corpus.classes[:, 0, 2]) <= 1))
    assert scores["symbols"]["dynamics"]["exact_percent"] == pytest.approx(100.0 * (n - 6) / n, abs=0.01)
    assert scores["symbols"]["dynamics"]["within_one_percent"] == pytest.approx(100.0 * near / n, abs=0.01)
    assert scores["by_instrument"]["Reed"]["note_percent"] < scores["by_instrument"]["Pipe"]["note_percent"] == 100.0
    counts = np.array(scores["confusion"]["octave"]["counts"])
    assert counts.sum() == n and np.trace(counts) == n - 9
    assert found["nsgt"]["signal_to_signal"]["lsd_db"] == pytest.approx(3.0, abs=1e-3)


def test_a_sounding_note_heard_as_silence_is_not_within_one(corpus: Corpus) -> None:
    oracle = Oracle(corpus)
    oracle.classes[:, 0, 2] = 3  # silent is beside ff in the list of classes
    scores = score(oracle, examples_of(corpus, oracle))["nsgt"]["signal_to_symbol"]["frame"]
    assert scores["symbols"]["dynamics"]["within_one_percent"] == 0.0


def test_quiet_frames_are_left_out_and_counted(corpus: Corpus) -> None:
    frames = corpus.frames.copy()
    frames[:5] *= 0.1
    quiet = dataclasses.replace(corpus, frames=frames, live=frames)
    oracle = Oracle(quiet)
    found = score(oracle, examples_of(quiet, oracle))
    assert found["nsgt"]["n_too_quiet"] == 5
    assert found["nsgt"]["n_frames"] == len(frames) - 5
    assert found["live"]["n_too_quiet"] == 5
    assert found["symbol_to_signal"]["n"] == len(frames) - 5


def test_classes_of_other_vocabularies_meet_by_name(corpus: Corpus) -> None:
    wanted = SymbolSpec(name="dynamics", classes=("pp", "p", "f", "silent"))
    found = SymbolSpec(name="dynamics", classes=("P", "mp", "f", "silent"))
    matched, missing = match(wanted, found)
    assert matched.tolist() == [1, -1, 2, 3] and missing == {"mp": 1}
    symbols = (*corpus.symbols[:2], SymbolSpec(name="dynamics", classes=("p", "ff", "silent")), corpus.symbols[3])
    symbols = (*symbols, SymbolSpec(name="mute", classes=("yes", "no", "silent")))
    examples = choose(corpus, np.arange(len(corpus.note)), symbols)
    n_mf = int(np.sum(corpus.classes[:, 0, 2] == 1))
    assert examples.unknown == {"dynamics": {"mf": n_mf}, "mute": {"(not labelled)": len(corpus.note)}}
    assert np.sum(examples.labels[:, 0, 2] == -1) == n_mf
    np.testing.assert_array_equal(examples.labels[:, 0, :2], corpus.classes[:, 0, :2])


def test_an_unknown_class_is_left_out_of_its_own_score_only(corpus: Corpus) -> None:
    oracle = Oracle(corpus)
    classes = ("Reed", "Organ", "silent")
    other = dataclasses.replace(corpus, symbols=(*corpus.symbols[:3], SymbolSpec(name="instrument", classes=classes)))
    scores = score(oracle, examples_of(other, oracle))
    heard, n_reed = scores["nsgt"]["signal_to_symbol"]["frame"], int(np.sum(corpus.classes[:, 0, 3] == 0))
    assert heard["note_percent"] == 100.0 and heard["n"] == len(corpus.note)
    assert heard["symbols"]["instrument"] == {"n": n_reed, "exact_percent": 100.0}
    assert heard["by_instrument"]["Organ"]["symbols"]["instrument"] == {"n": 0, "exact_percent": None}
    assert scores["unknown_classes"] == {"instrument": {"Organ": len(corpus.note) - n_reed}}
    assert scores["symbol_to_signal"]["n"] == n_reed


def test_the_order_of_sources_does_not_matter() -> None:
    corpus = one_frame_a_take(toy_corpus(duets=True))
    oracle = Oracle(corpus, n_sources=2)
    straight = score(oracle, examples_of(corpus, oracle))
    oracle.swapped[::2] = True
    assert score(oracle, examples_of(corpus, oracle)) == straight
    mixed = straight["nsgt"]["signal_to_symbol"]["frame"]["mixtures"]
    assert mixed["n"] == mixed["n_with_several_notes"] == len(corpus.note)
    assert mixed["note_recall_percent"] == mixed["all_notes_right_percent"] == mixed["note_f1_percent"] == 100.0
    assert mixed["instrument_percent"] == 100.0 and mixed["silent_source_percent"] is None


def test_half_of_a_duet_counts_half() -> None:
    corpus = one_frame_a_take(toy_corpus(duets=True))
    oracle = Oracle(corpus, n_sources=2)
    oracle.classes[:, 1, 1] = 12  # the second note is never heard
    mixed = score(oracle, examples_of(corpus, oracle))["nsgt"]["signal_to_symbol"]["frame"]["mixtures"]
    assert mixed["note_recall_percent"] == 50.0 and mixed["note_precision_percent"] == 100.0
    assert mixed["note_f1_percent"] == pytest.approx(66.67) and mixed["all_notes_right_percent"] == 0.0


def test_a_model_of_mixtures_hears_single_notes(corpus: Corpus) -> None:
    oracle = Oracle(corpus, n_sources=2)
    silent = np.array([len(symbol.classes) - 1 for symbol in corpus.symbols])
    oracle.classes = np.stack([corpus.classes[:, 0], np.broadcast_to(silent, corpus.classes[:, 0].shape)], axis=1)
    oracle.corpus = dataclasses.replace(corpus, classes=oracle.classes)
    scores = score(oracle, examples_of(corpus, oracle))["nsgt"]["signal_to_symbol"]["frame"]
    assert scores["n"] == len(corpus.note) and scores["note_percent"] == 100.0
    assert scores["mixtures"]["silent_source_percent"] == 100.0
    duets = toy_corpus(duets=True)
    with pytest.raises(BridgeError, match="mixtures of 2 notes, the model hears 1"):
        examples_of(duets, Oracle(duets))


@pytest.mark.parametrize("n_sources", [2, 3, 6])
def test_alignment_takes_the_likeliest_order(n_sources: int) -> None:
    rng = np.random.default_rng(1)
    symbols = (SymbolSpec(name="a", classes=("x", "y", "silent")), SymbolSpec(name="b", classes=("x", "silent")))
    groups = groups_of(symbols)
    labels = np.stack([rng.integers(0, 3, (50, n_sources)), rng.integers(0, 2, (50, n_sources))], axis=2)
    said = np.concatenate([np.eye(3)[labels[:, :, 0]], np.eye(2)[labels[:, :, 1]]], axis=2).astype(np.float32)
    shuffled = np.take_along_axis(
        said, rng.permuted(np.tile(np.arange(n_sources), (50, 1)), axis=1)[:, :, None], axis=1
    )
    np.testing.assert_array_equal(align(shuffled, labels, groups), said)


def test_notes_are_matched_once_each() -> None:
    found, true = np.array([[60, 60], [60, 64], [-1, 64]]), np.array([[60, 64], [64, 60], [64, -1]])
    assert matching_notes(found, true).tolist() == [1, 2, 1]


def test_every_figure_says_how_many_it_counts(corpus: Corpus) -> None:
    def check(found: Any) -> None:
        if isinstance(found, dict):
            if any(key.endswith("_percent") for key in found):
                assert "n" in found
            for value in found.values():
                check(value)

    oracle = Oracle(corpus)
    check(score(oracle, examples_of(corpus, oracle)))


def test_where_no_take_was_kept_those_that_were_learnt_are_scored(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    loudest = corpus.classes[:, 0, 2] == 2
    single = dataclasses.replace(corpus, classes=corpus.classes[loudest], note=corpus.note[loudest])
    oracle = Oracle(single)
    oracle.training = {"split": "group", "seed": 1, "sources": list(single.sources), "prepare": single.facts}
    monkeypatch.setattr(report, "load", lambda folder: single)
    found = report.open_set(Path("mine"), oracle, None)
    assert report.split_name(found.split) == "all takes, heard in training"
    assert found.takes.tolist() == list(range(len(single.note)))
    with pytest.raises(BridgeError, match="keeps no take of 36"):
        report.open_set(Path("mine"), oracle, "group")
