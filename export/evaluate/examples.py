"""What is scored: takes of a prepared corpus with their labels in the classes of a model, and their frames.

Other data sets have other vocabularies, so classes are matched by name; -1 stands for a class the model has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from export.corpus import Corpus
from rt.arrays import F32, AnyArray
from rt.bundle.manifest import FrameSpec, SymbolSpec
from rt.errors import BridgeError

QUIETEST_PEAK_DB = -65.0
"""Frames whose loudest band lies below are left out: they are lost in what counts as silence."""
ROWS_AT_ONCE = 2048
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of one kind that belong to the chosen takes; they stay on disk until they are read."""

    values: AnyArray
    """(n_all, n_bins) frame values of the whole corpus."""
    rows: AnyArray
    """(n,) which of them."""
    take: AnyArray
    """(n,) index into the chosen takes."""
    age_s: AnyArray
    """(n,) time since onset."""
    n_quiet: int
    """How many frames of these takes were left out because they are too quiet."""

    def read(self, first: int, last: int) -> F32:
        """Values (last - first, n_bins) of some of the frames."""
        return np.asarray(self.values[self.rows[first:last]], np.float32)

    def parts(self) -> Iterator[tuple[slice, F32]]:
        """All frames, some at a time, with their place."""
        for first in range(0, len(self.rows), ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, len(self.rows))
            yield slice(first, last), self.read(first, last)

    def only(self, kept: AnyArray) -> Frames:
        """Some of the frames; `kept` is a mask or indices."""
        return Frames(self.values, self.rows[kept], self.take[kept], self.age_s[kept], self.n_quiet)


@dataclass(frozen=True, slots=True)
class Examples:
    """Chosen takes of a corpus."""

    frame: FrameSpec
    symbols: tuple[SymbolSpec, ...]
    """Of one source, as the model has them."""
    labels: AnyArray
    """(n_takes, n_sources, n_symbols) class of the model, -1 where it has none of that name."""
    note: AnyArray
    """(n_takes, n_sources) MIDI note, -1 for a silent source."""
    instrument: AnyArray
    """(n_takes, n_sources) name of the instrument in the corpus, empty for a silent source."""
    origin: AnyArray
    """(n_takes,) name of the corpus's source."""
    voice: AnyArray
    """(n_takes,) True for what symbols -> signal should sound like."""
    nsgt: Frames
    live: Frames
    unknown: dict[str, dict[str, int]]
    """For each symbol the classes that the model has not, with the number of notes labelled so."""

    @property
    def n_takes(self) -> int:
        """How many takes."""
        return len(self.labels)

    @property
    def n_sources(self) -> int:
        """Sources of the model; more than the corpus has are silent."""
        return int(self.labels.shape[1])

    @property
    def who(self) -> AnyArray:
        """(n_takes,) names of the instruments that sound."""
        return np.array([" + ".join(sorted(name for name in names if name)) for names in self.instrument.tolist()])

    def one_hot(self, take: AnyArray) -> F32:
        """One-hot groups of all sources, (n, n_symbols), of takes whose labels are all known."""
        sizes = [len(symbol.classes) for symbol in self.symbols]
        groups = [
            np.eye(size, dtype=np.float32)[self.labels[take, source, i]]
            for source in range(self.n_sources)
            for i, size in enumerate(sizes)
        ]
        return np.concatenate(groups, axis=1)


def choose(corpus: Corpus, takes: AnyArray, symbols: tuple[SymbolSpec, ...], n_sources: int = 1) -> Examples:
    """The examples of some takes, for a model.

    takes : indices. symbols : of one source of the model. n_sources : of the model.
    """
    if corpus.n_sources > n_sources:
        raise BridgeError(
            f"the corpus has mixtures of {corpus.n_sources} notes, the model hears {n_sources};"
            " take a corpus of single notes, or train a model on mixtures"
        )
    takes = np.sort(np.asarray(takes, np.int64))
    classes = np.asarray(corpus.classes)[takes]
    silent_notes = np.full((len(takes), n_sources - corpus.n_sources), -1, np.int64)
    note = np.concatenate([np.asarray(corpus.note)[takes], silent_notes], axis=1)
    labels = np.empty((len(takes), n_sources, len(symbols)), np.int64)
    unknown: dict[str, dict[str, int]] = {}
    names = {symbol.name: i for i, symbol in enumerate(corpus.symbols)}
    for i, symbol in enumerate(symbols):
        labels[:, :, i] = len(symbol.classes) - 1  # silent
        sounding = note[:, : corpus.n_sources] >= 0
        if symbol.name not in names:
            labels[:, : corpus.n_sources, i] = np.where(sounding, UNKNOWN, len(symbol.classes) - 1)
            unknown[symbol.name] = {"(not labelled)": int(sounding.sum())}
            continue
        found = classes[:, :, names[symbol.name]]
        matched, missing = match(symbol, corpus.symbols[names[symbol.name]])
        labels[:, : corpus.n_sources, i] = matched[found]
        counts = {name: int(np.sum(sounding & (found == index))) for name, index in missing.items()}
        unknown[symbol.name] = {name: count for name, count in counts.items() if count}
    instrument_classes = np.array([*corpus.symbols[names["instrument"]].classes[:-1], ""])
    instrument = np.full((len(takes), n_sources), "", instrument_classes.dtype)
    instrument[:, : corpus.n_sources] = instrument_classes[classes[:, :, names["instrument"]]]
    return Examples(
        frame=corpus.frame,
        symbols=symbols,
        labels=labels,
        note=note,
        instrument=instrument,
        origin=np.array(corpus.sources)[np.asarray(corpus.source)[takes]],
        voice=np.asarray(corpus.voice)[takes],
        nsgt=_frames(corpus.frame, corpus.frames, corpus.frame_take, corpus.frame_age_s, takes),
        live=_frames(corpus.frame, corpus.live, corpus.live_take, corpus.live_age_s, takes),
        unknown={name: counts for name, counts in unknown.items() if counts},
    )


def match(wanted: SymbolSpec, found: SymbolSpec) -> tuple[AnyArray, dict[str, int]]:
    """Class of the model for each class of a corpus, (n_classes,), and those that it has not, by name."""
    index_of = {_plain(name): i for i, name in enumerate(wanted.classes)}
    matched = np.array([index_of.get(_plain(name), UNKNOWN) for name in found.classes])
    missing = {name: i for i, name in enumerate(found.classes) if matched[i] == UNKNOWN}
    return matched, missing


def loud(spec: FrameSpec, values: AnyArray) -> AnyArray:
    """(n,) True where a frame's loudest band is above QUIETEST_PEAK_DB."""
    return np.asarray(np.max(values, axis=1) > (QUIETEST_PEAK_DB - spec.floor_db) / spec.step_db)


def _frames(spec: FrameSpec, values: AnyArray, take: AnyArray, age_s: AnyArray, takes: AnyArray) -> Frames:
    """The frames of some takes that are loud enough."""
    place = np.searchsorted(takes, take)
    place[place == len(takes)] = 0
    rows = np.flatnonzero(takes[place] == take) if len(takes) else np.empty(0, np.int64)
    frames = Frames(values, rows, place[rows], np.asarray(age_s)[rows], 0)
    kept = [loud(spec, part) for _, part in frames.parts()]
    mask = np.concatenate(kept) if kept else np.zeros(0, bool)
    heard = frames.only(mask)
    return Frames(heard.values, heard.rows, heard.take, heard.age_s, int(np.sum(~mask)))


def _plain(name: str) -> str:
    """Spelling of a class for comparison: case and spaces do not count, sharps do."""
    return "".join(name.lower().split())
