"""What a model hears in frames: likeliest classes by frame and by file.

Models of several sources say which notes sound, not which source plays which: per frame and per file their sources
are put in the order in which the labels are likeliest, so scores do not depend on the order.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from export.evaluate.examples import Examples, Frames
from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import SymbolSpec

MOST_TRIED = 4
"""Sources up to which all orders are tried, which is the faster way."""
ListenTo = Callable[[F32], F32]
"""Frame values (n, n_bins) -> log-probabilities (n, n_sources * n_classes), group after group."""


@dataclass(frozen=True, slots=True)
class HeardFrames:
    """What was heard in n rows, which are frames or files."""

    take: AnyArray
    """(n,) index into the examples' takes."""
    age_s: AnyArray
    """(n,) time since onset of a frame; 0 for a file."""
    guess: AnyArray
    """(n, n_sources, n_symbols) likeliest class, sources in the order of the labels."""
    log_likelihood: F64
    """(n,) log-probability of the labels, summed over sources and symbols; NaN where a label is unknown."""


def groups_of(symbols: tuple[SymbolSpec, ...]) -> list[slice]:
    """Where the classes of each symbol of one source lie."""
    ends = np.cumsum([0, *(len(symbol.classes) for symbol in symbols)])
    return [slice(int(a), int(b)) for a, b in itertools.pairwise(ends)]


def align(log_probability: F32, labels: AnyArray, groups: list[slice]) -> F32:
    """Put the sources of each row in the order in which its labels are likeliest.

    log_probability : (n, n_sources, n_classes). labels : (n, n_sources, n_symbols), -1 unknown, does not count.
    Returns (n, n_sources, n_classes).
    """
    n_sources = labels.shape[1]
    if n_sources == 1:
        return log_probability
    pairs = np.zeros((len(labels), n_sources, n_sources))  # true source, source of the model
    for i, group in enumerate(groups):
        place = np.maximum(labels[:, :, i], 0)[:, None, :]
        said = np.take_along_axis(log_probability[:, :, group], place, axis=2)
        pairs += np.where(labels[:, :, i, None] >= 0, np.swapaxes(said, 1, 2), 0.0)
    if n_sources <= MOST_TRIED:
        orders = np.array(list(itertools.permutations(range(n_sources))))
        sums = pairs[:, np.arange(n_sources), orders].sum(axis=2)
        best = orders[np.argmax(sums, axis=1)]
    else:
        best = np.array([linear_sum_assignment(pair, maximize=True)[1] for pair in pairs]).reshape(-1, n_sources)
    return np.asarray(np.take_along_axis(log_probability, best[:, :, None], axis=1))


def _known_likelihood(log_probability: F32, labels: AnyArray, groups: list[slice]) -> tuple[F64, AnyArray]:
    """Log-probability of the known labels, (n,), and whether all of them are known, (n,)."""
    total = np.zeros(len(labels))
    for i, group in enumerate(groups):
        known = labels[:, :, i] >= 0
        chosen = np.take_along_axis(log_probability[:, :, group], np.maximum(labels[:, :, i, None], 0), axis=2)[:, :, 0]
        total += np.sum(np.where(known, chosen, 0.0), axis=1)
    return total, np.all(labels >= 0, axis=(1, 2))


def judge(log_probability: F32, examples: Examples, take: AnyArray, age_s: AnyArray) -> HeardFrames:
    """Classes of rows with log-probabilities (n, n_sources, n_classes)."""
    groups, labels = groups_of(examples.symbols), examples.labels[take]
    ordered = align(log_probability, labels, groups)
    guess = np.stack([np.argmax(ordered[:, :, group], axis=2) for group in groups], axis=2)
    likelihood, known = _known_likelihood(ordered, labels, groups)
    return HeardFrames(take, age_s, guess, np.where(known, likelihood, np.nan))


def hear(listen_to: ListenTo, examples: Examples, frames: Frames) -> tuple[HeardFrames, HeardFrames]:
    """Listen to frames: what is heard in each, and in each file by its mean log-probability over the frames.

    Files all of whose frames are too quiet are not among the result.
    """
    parts = [listen_to(values) for _, values in frames.parts()]
    return judge_all(parts, examples, frames)


def judge_all(parts: list[F32], examples: Examples, frames: Frames) -> tuple[HeardFrames, HeardFrames]:
    """The same, from the log-probabilities of the frames in order."""
    n_classes = sum(len(symbol.classes) for symbol in examples.symbols)
    shape = (-1, examples.n_sources, n_classes)
    total = np.zeros((examples.n_takes, examples.n_sources, n_classes), np.float64)
    count = np.bincount(frames.take, minlength=examples.n_takes)
    heard, first = [], 0
    for part in parts:
        rows = slice(first, first + len(part))
        take, ours = frames.take[rows], part.reshape(shape)
        first += len(part)
        np.add.at(total, take, ours)  # in the model's own order: a source must stay the same one from frame to frame
        heard.append(judge(ours, examples, take, frames.age_s[rows]))
    files = np.flatnonzero(count)
    mean = (total[files] / count[files, None, None]).astype(np.float32)
    by_file = judge(mean, examples, files, np.zeros(len(files)))
    return _joined(heard, examples), by_file


def _joined(parts: list[HeardFrames], examples: Examples) -> HeardFrames:
    if not parts:
        shape = (0, examples.n_sources, len(examples.symbols))
        return HeardFrames(np.zeros(0, np.int64), np.zeros(0), np.zeros(shape, np.int64), np.zeros(0))
    return HeardFrames(
        np.concatenate([part.take for part in parts]),
        np.concatenate([part.age_s for part in parts]),
        np.concatenate([part.guess for part in parts]),
        np.concatenate([part.log_likelihood for part in parts]),
    )
