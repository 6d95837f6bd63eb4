"""What every source of sounds gives: takes with their labels, and the samples of each.

Sources are cheap to make and can be pickled: they open archives and synthesizers when they are first read, each
process its own. `takes` decodes no audio; `read` gives the same samples in any order and in any process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rt.arrays import F32
from rt.bundle.manifest import Licence


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One labelled recording of one note, not yet read."""

    name: str
    """Unique in its source: the path relative to the source's folder, or `Flute 60 mf`."""
    instrument: str
    note: int
    """MIDI note, 0-127."""
    dynamics: str
    """Class: ppp pp p mp mf f ff fff, or a number as text."""
    labels: tuple[tuple[str, str], ...] = ()
    """Further categorical labels that the user named: (column, class)."""
    transpose_cents: float = 0.0
    """How far the samples must be moved up to sound as `note`."""
    hold_s: float | None = None
    """How long the note is held, where that is known; None: until the recording ends."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was left out, and why."""

    source: str
    name: str
    reason: str


class Source(Protocol):
    """A place that sounds come from."""

    name: str
    licence: Licence
    recorded: bool
    """True: retune, check the label, trim silence. False: synthesised, as regular as its soundfont."""
    problems: list[Problem]
    """Files left out; filled by `takes`."""
    remarks: list[str]
    """What the user should be told, a line each, such as which pattern was found; filled by `takes`."""

    def takes(self) -> list[Take]:
        """All takes, in an order that does not change."""
        ...

    def read(self, take: Take) -> tuple[F32, int]:
        """Samples (n_samples, n_channels) and their rate in Hz; BridgeError when they cannot be decoded."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What the command line says about its sources; each kind reads what concerns it."""

    programs: str | None = None
    """Soundfonts: `Flute=73:60-96,Piano=0`; None: the five instruments of the default bundle."""
    every: int = 1
    """Take one note in N, for quick trials."""
    pattern: str | None = None
    """Folders: file names with named fields, such as `{instrument}/{note}_{dynamics}.wav`."""
    csv: Path | None = None
    """Folders: a table with the columns file, instrument, note, dynamics; None: `labels.csv`, if it is there."""
    columns: tuple[str, ...] = ()
    """Further categorical columns to keep as labels, `NAME` or `NAME=CLASS`, the class of sounds that do not say."""
    instrument: str | None = None
    """The instrument of files that do not name one."""
    dynamics: str | None = None
    """The dynamics of files that do not say; None: mf."""
    licence: str | None = None
    """The licence of sources that bring none."""
    credit: str | None = None
    """Whom to name for sources that bring no credit."""
    layers: tuple[int, ...] | None = None
    """Recorded piano: velocity layers to take, of 16; None: the five that stand for pp p mf f ff."""
    middle_c: int = 4
    """Folders: octave number of MIDI note 60 in note names; 4, or 3 as some makers count."""
