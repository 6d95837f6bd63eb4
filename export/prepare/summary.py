"""The table at the end of preparing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from export.corpus import Corpus
from export.prepare.plan import Item, sorted_dynamics
from export.sources.source import Problem
from rt.arrays import AnyArray

HEADINGS = ("source", "instrument", "takes", "frames", "live", "notes", "dynamics", "seconds", "cents rms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one source gave of one instrument, or of one set of instruments in mixtures."""

    source: str
    instrument: str
    takes: int
    frames: int
    live: int
    notes: str
    dynamics: str
    seconds: float
    cents_rms: float


def summary_of(corpus: Corpus, items: Sequence[Item], cents: AnyArray, seconds: AnyArray) -> tuple[Row, ...]:
    """One row per source and instrument; cents, seconds : (n_takes,)."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, item in enumerate(items):
        source = "mixtures" if corpus.n_sources > 1 else corpus.sources[item.parts[0].source]
        groups.setdefault((source, " + ".join(part.take.instrument for part in item.parts)), []).append(index)
    frames = np.bincount(corpus.frame_take, minlength=len(items))
    live = np.bincount(corpus.live_take, minlength=len(items))
    rows = []
    for (source, instrument), rows_of in sorted(groups.items()):
        takes = [part.take for index in rows_of for part in items[index].parts]
        notes = sorted({take.note for take in takes})
        rows.append(
            Row(
                source=source,
                instrument=instrument,
                takes=len(rows_of),
                frames=int(frames[rows_of].sum()),
                live=int(live[rows_of].sum()),
                notes=f"{notes[0]}-{notes[-1]} ({len(notes)})",
                dynamics=" ".join(sorted_dynamics([take.dynamics for take in takes])),
                seconds=float(seconds[rows_of].sum()),
                cents_rms=float(np.sqrt(np.mean(cents[rows_of] ** 2))),
            )
        )
    return tuple(rows)


def table(rows: Sequence[Row], problems: Sequence[Problem]) -> str:
    """The rows as text, and how many files of each source were left out."""
    cells = [HEADINGS, *([_cell(getattr(row, name)) for name in Row.__slots__] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    names = [problem.source for problem in problems]
    left_out = [f"{name}: {names.count(name)} left out" for name in dict.fromkeys(names)]
    return "\n".join([*lines, *left_out])


def _cell(value: str | int | float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
