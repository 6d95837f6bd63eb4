"""A picture of what the ears heard: frames, class probabilities and the notes that were written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rt.arrays import F32, AnyArray
from rt.bundle.manifest import Manifest
from rt.offline.pictures import PictureSheet, label_bands
from rt.transcribe.listener import Hop
from rt.transcribe.score import WrittenNote
from rt.units import name_of_note

MOST_COLUMNS = 2400
"""Of longer sounds not every hop is drawn."""
ROWS = (1.2, 1.8, 1.0)
ROLL_MARGIN = 3
"""Semitones above the highest and below the lowest note."""
MOST_NAMES = 14
"""With more different notes only the octaves are named."""


class HearingPicture:
    """Hops are looked at as they come; the picture is drawn when all of them are known."""

    def __init__(self, path: Path, manifest: Manifest, *, seconds: float, hop_s: float) -> None:
        """Check that it can be drawn, see `PictureSheet`; seconds : of the whole sound."""
        self._sheet = PictureSheet(path, height=9.0)
        self._manifest = manifest
        self._seconds = seconds
        self._stride = max(1, -(-round(seconds / hop_s) // MOST_COLUMNS))
        self._n_hops = 0
        self._frames: list[F32] = []
        self._classes: list[F32] = []

    def add(self, hop: Hop) -> None:
        """Keep what is drawn of a hop; below the gate every symbol is silent for sure."""
        if self._n_hops % self._stride == 0:
            self._frames.append(hop.values)
            symbols = self._manifest.symbols
            rows = [np.eye(len(s.classes), dtype=np.float32)[-1] if hop.symbols is None else hop.symbols[s.name]
                    for s in symbols]  # fmt: skip
            self._classes.append(np.concatenate(rows))
        self._n_hops += 1

    def draw(self, notes: Sequence[WrittenNote], *, title: str) -> None:
        """Draw everything and write the file."""
        grid = self._sheet.figure.add_gridspec(3, 1, height_ratios=ROWS)
        frames = self._sheet.figure.add_subplot(grid[0])
        classes = self._sheet.figure.add_subplot(grid[1], sharex=frames)
        roll = self._sheet.figure.add_subplot(grid[2], sharex=frames)
        self._image(frames, np.asarray(self._frames), "magma")
        label_bands(frames, self._manifest.frame)
        frames.set(title=title, ylabel="Hz")
        self._image(classes, np.asarray(self._classes), "Greys", most=1.0)
        self._label_classes(classes)
        self._draw_roll(roll, notes)
        frames.set_xlim(0.0, self._seconds)
        self._sheet.save()

    def _image(self, axes: Any, columns: AnyArray, colours: str, most: float | None = None) -> None:
        """Draw (n_columns, n_rows) over the whole time."""
        axes.imshow(
            columns.T if len(columns) else np.zeros((1, 1)),
            origin="lower",
            aspect="auto",
            extent=(0.0, self._seconds, 0, columns.shape[1] if len(columns) else 1),
            vmin=0.0,
            vmax=most,
            cmap=colours,
            interpolation="nearest",
        )

    def _label_classes(self, axes: Any) -> None:
        """Name every class at its row, and part the symbols from each other."""
        first, names = 0, []
        for symbol in self._manifest.symbols:
            names += [
                f"{symbol.name.replace('_', ' ')}  {name}" if k == 0 else name for k, name in enumerate(symbol.classes)
            ]
            first += len(symbol.classes)
            axes.axhline(first, color="C0", linewidth=0.6)
        axes.set_yticks(np.arange(len(names)) + 0.5, names, fontsize=5)
        axes.set(ylabel="class probabilities")

    def _draw_roll(self, axes: Any, notes: Sequence[WrittenNote]) -> None:
        """Draw notes as bars, coloured by instrument and the fainter the less sure, with their bends."""
        named: set[int | None] = set()
        for note in notes:
            colour = "0.4" if note.instrument is None else f"C{note.instrument}"
            known = None if note.instrument is None else self._manifest.instruments[note.instrument].name
            label = known if note.instrument not in named else None
            named.add(note.instrument)
            axes.barh(
                note.note,
                note.end_s - note.onset_s,
                left=note.onset_s,
                height=0.8,
                color=colour,
                alpha=0.3 + 0.7 * note.confidence,
                label=label,
            )
            if note.bends:
                at_s, cents = np.asarray(note.bends).T
                axes.plot(at_s, note.note + cents / 100.0, color="k", linewidth=0.7)
        played = [note.note for note in notes] or [60]
        low, high = min(played) - ROLL_MARGIN, max(played) + ROLL_MARGIN
        axes.set(ylim=(low - 0.5, high + 0.5), xlabel="s", ylabel="notes")
        ticks = sorted(set(played))
        if len(ticks) > MOST_NAMES:
            ticks = [note for note in range(low, high + 1) if note % 12 == 0]
        axes.set_yticks(ticks, [name_of_note(note) for note in ticks], fontsize=7)
        axes.grid(axis="y", linewidth=0.3)
        if any(note.instrument is not None for note in notes):
            axes.legend(fontsize="x-small", ncols=5, loc="lower right", frameon=False)
