"""Which rows of a corpus to draw, and how they belong together: by age, by moment, by dynamics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from export.corpus import Corpus
from rt.arrays import AnyArray

ROWS_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True)
class Rows:
    """Frames to draw from: rows of an array of the corpus, in buckets of like age that may sound together."""

    row: AnyArray
    """(n,) rows, ordered by bucket."""
    start: AnyArray
    """(n,) where the bucket of each begins."""
    size: AnyArray
    """(n,) how many rows it has."""

    @classmethod
    def of(cls, row: AnyArray, bucket: AnyArray) -> Rows:
        """Rows with the number of their bucket, (n,) each."""
        order = np.argsort(bucket, kind="stable")
        _, first, place, count = np.unique(bucket[order], return_index=True, return_inverse=True, return_counts=True)
        return cls(row[order], first[place], count[place])

    def draw(self, rng: np.random.Generator, n: int, n_sources: int) -> AnyArray:
        """(n, n_sources) random rows, those that sound together from one bucket."""
        first = rng.integers(0, len(self.row), n)
        others = self.start[first, None] + (rng.random((n, n_sources - 1)) * self.size[first, None]).astype(np.int64)
        return np.asarray(self.row[np.concatenate((first[:, None], others), axis=1)])


def peaks_of(frames: AnyArray) -> AnyArray:
    """(n,) loudest value of each frame, float16, read piece by piece; no value is below 0."""
    parts = [frames[a : a + ROWS_AT_ONCE].view(np.int16).max(axis=1) for a in range(0, len(frames), ROWS_AT_ONCE)]
    return np.concatenate([np.zeros(0, np.int16), *parts]).view(np.float16)  # as whole numbers: the same order, quicker


def moment_rows(corpus: Corpus) -> AnyArray:
    """(n_live,) row of the full-resolution frame of the same take that is nearest in time to each live frame."""
    apart = 2.0 * corpus.max_age_s + 1.0
    wanted = corpus.live_take * apart + np.minimum(corpus.live_age_s, corpus.max_age_s)
    known = corpus.frame_take * apart + corpus.frame_age_s
    order = np.argsort(known, kind="stable")
    after = np.clip(np.searchsorted(known[order], wanted), 1, len(known) - 1)
    nearer = np.abs(known[order[after - 1]] - wanted) <= np.abs(known[order[after]] - wanted)
    return np.asarray(order[after - nearer])


def louder_rows(corpus: Corpus, rows: AnyArray, dynamics: int) -> AnyArray:
    """(n_frames,) for each of some rows the one of the same note and slot at the next class of dynamics.

    A row for which there is none stands for itself. dynamics : column of that symbol.
    """
    louder = np.arange(len(corpus.frame_take))
    if corpus.n_sources > 1:
        return louder
    takes = np.unique(corpus.frame_take[rows])
    labels = [tuple(row) for row in np.concatenate((corpus.classes[takes, 0], corpus.note[takes]), axis=1).tolist()]
    place = dict(zip(reversed(labels), reversed(takes.tolist()), strict=True))
    up = tuple(int(i == dynamics) for i in range(corpus.classes.shape[2] + 1))
    above = {
        take: place.get(tuple(a + b for a, b in zip(label, up, strict=True)), take)
        for take, label in zip(takes.tolist(), labels, strict=True)
    }
    cells = zip(corpus.frame_take[rows].tolist(), corpus.frame_slot[rows].tolist(), strict=True)
    row_of = dict(zip(cells, rows.tolist(), strict=True))
    for (take, slot), row in row_of.items():
        louder[row] = row_of.get((above[take], slot), row)
    return louder
