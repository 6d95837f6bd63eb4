"""Pictures of a performance, and of what the ears heard.

The one: frames over time, latents over time, and the way in the principal plane. The other: frames, class probabilities
and the notes that were written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.atomic_write import atomic_write
from rt.bundle.manifest import FrameSpec, LatentSpec, Manifest
from rt.errors import ControlError, DeviceError
from rt.frames.spec import centre_hz
from rt.offline.labels import Mark
from rt.offline.latent_path import LatentPath
from rt.offline.log import Log, between, moved
from rt.units import name_of_note

if TYPE_CHECKING:
    from rt.transcribe.listener import Hop
    from rt.transcribe.score import WrittenNote

N_COLUMNS = 1200
RANGE_DB = 70.0
MOST_AXES = 6
STEP_S = 0.01
OCTAVE_TICKS_HZ = (31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000)
MOST_COLUMNS = 2400
"""Of longer sounds not every hop is drawn."""
ROWS = (1.2, 1.8, 1.0)
ROLL_MARGIN = 3
"""Semitones above the highest and below the lowest note."""
MOST_NAMES = 14
"""With more different notes only the octaves are named."""


class PictureSheet:
    """One PNG file to draw on; the only place that knows matplotlib."""

    def __init__(self, path: Path, *, height: float = 7.0) -> None:
        """Check that it can be drawn; DeviceError or ControlError otherwise."""
        try:
            from matplotlib.figure import Figure
        except ImportError as error:
            raise DeviceError("--plot needs matplotlib; in the checkout run pip install -e '.[plot]'") from error
        if path.suffix.lower() != ".png" or not path.absolute().parent.is_dir():
            raise ControlError(f"{path} cannot be drawn; give a name that ends in .png in an existing folder")
        self._path = path
        self.figure: Any = Figure(figsize=(12, height), layout="constrained")

    def save(self) -> None:
        """Write the file; ControlError when that is not possible."""
        try:
            with atomic_write(self._path) as place:
                self.figure.savefig(place, dpi=110, format="png")
        except OSError as error:
            raise ControlError(f"{self._path} cannot be written ({error.strerror}); give a writable folder") from error


class Picture(PictureSheet):
    """A performance: what sounded, and the ways that were taken."""

    def draw(
        self,
        manifest: Manifest,
        log: Log,
        latent_paths: Sequence[LatentPath],
        *,
        begins_s: Sequence[float] = (),
        rate_hz: int,
        title: str,
        marks: Sequence[Mark] = (),
    ) -> None:
        """Draw what a log has seen and the ways that were taken, each from its beginning (0); write the file."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=(2, 1.2))
        frames, latents = self.figure.add_subplot(grid[0, 0]), self.figure.add_subplot(grid[1, 0])
        plane = self.figure.add_subplot(grid[:, 1])
        length_s = log.n_samples / rate_hz
        draw_frames(frames, manifest, log, rate_hz)
        frames.set(title=title)
        begins_s = begins_s or [0.0] * len(latent_paths)
        for number, (begin_s, latent_path) in enumerate(zip(begins_s, latent_paths, strict=True)):
            times_s = np.append(np.arange(0.0, latent_path.seconds, STEP_S), latent_path.seconds)
            weights = on_axes(manifest.latent, latent_path.points(times_s))
            n = min(weights.shape[1], MOST_AXES)
            for axis in range(n):
                named = f"axis {axis + 1}" if number == 0 else None
                latents.plot(begin_s + times_s, weights[:, axis], f"C{axis}", linewidth=1.0, label=named)
            plane.plot(weights[:, 0], weights[:, 1], linewidth=0.8, alpha=0.8)
            plane.plot(*weights[0, :2], "o", color=plane.lines[-1].get_color(), markersize=4)
        latents.set(xlim=(0.0, length_s), xlabel="s", ylabel="latents, in deviations")
        latents.legend(
            loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize="x-small", ncols=MOST_AXES, frameon=False
        )
        for mark in marks:
            place = on_axes(manifest.latent, mark.point[None])[0]
            plane.plot(place[0], place[1], "k+", markersize=10)
            plane.annotate(mark.text, place[:2], xytext=(6, 6), textcoords="offset points", fontsize="small")
        plane.set(xlabel="axis 1, in deviations", ylabel="axis 2", title="principal plane")
        plane.axis("equal")
        plane.margins(0.25)
        self.save()


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


def on_axes(spec: LatentSpec, points: AnyArray) -> F64:
    """Points (n, size) on the principal axes, (n, n_axes) in deviations from the mean; two axes at least."""
    weights = (points - np.asarray(spec.mean)) @ np.asarray(spec.axes).T / np.asarray(spec.axis_deviation)
    return np.asarray(np.pad(weights, ((0, 0), (0, max(0, 2 - weights.shape[1])))), np.float64)


def draw_frames(axes: Any, manifest: Manifest, log: Log, rate_hz: int) -> None:
    """The frames of all voices, powers added, over time and pitch."""
    spec = manifest.frame
    at_samples = np.linspace(0.0, max(log.n_samples, 1), N_COLUMNS)
    power = np.zeros((N_COLUMNS, spec.n_bins))
    for voice in log.voices:
        here = np.flatnonzero(voice.level(at_samples) > 0.0)
        if len(here):
            frames = moved(spec, np.asarray(voice.frames), np.asarray(voice.ratios))
            seen = between(frames, np.asarray(voice.frame_at, np.float64), at_samples[here])
            power[here] += (seen * voice.level(at_samples[here])[:, None]) ** 2
    level_db = 10.0 * np.log10(power + 1e-20)
    top = float(level_db.max())
    axes.imshow(
        level_db.T,
        origin="lower",
        aspect="auto",
        extent=(0.0, log.n_samples / rate_hz, 0, spec.n_bins),
        vmin=top - RANGE_DB,
        vmax=top,
        cmap="magma",
        interpolation="nearest",
    )
    label_bands(axes, spec)
    axes.set(ylabel="Hz", xlabel="s")


def label_bands(axes: Any, spec: FrameSpec) -> None:
    """Write octaves of frequency beside bands."""
    ticks_hz = [hz for hz in OCTAVE_TICKS_HZ if spec.f_min_hz <= hz <= spec.f_max_hz]
    axes.set_yticks(np.interp(ticks_hz, centre_hz(spec), np.arange(spec.n_bins)), [f"{hz:g}" for hz in ticks_hz])
