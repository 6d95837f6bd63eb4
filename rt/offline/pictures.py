"""Pictures of a performance: frames over time, latents over time, and the way in the principal plane."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rt.arrays import F64, AnyArray
from rt.bundle.manifest import FrameSpec, LatentSpec, Manifest
from rt.errors import ControlError, DeviceError
from rt.frames.spec import centre_hz
from rt.offline.atomic_write import atomic_write
from rt.offline.frames import between, moved
from rt.offline.label_points import Mark
from rt.offline.latent_path import LatentPath
from rt.offline.log import Log

N_COLUMNS = 1200
RANGE_DB = 70.0
MOST_AXES = 6
STEP_S = 0.01
OCTAVE_TICKS_HZ = (31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000)


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


def on_axes(spec: LatentSpec, points: AnyArray) -> F64:
    """Points (n, size) on the principal axes, (n, n_axes) in deviations from the mean; two axes at least."""
    weights = (points - np.asarray(spec.mean)) @ np.asarray(spec.axes).T / np.asarray(spec.axis_deviation)
    return np.asarray(np.pad(weights, ((0, 0), (0, max(0, 2 - weights.shape[1])))), np.float64)


def draw_frames(axes: Any, manifest: Manifest, log: Log, rate_hz: int) -> None:
    """The frames of all voices, powers added, over time and pitch."""
    spec = manifest.frame
    at = np.linspace(0.0, max(log.n_samples, 1), N_COLUMNS)
    power = np.zeros((N_COLUMNS, spec.n_bins))
    for voice in log.voices:
        here = np.flatnonzero(voice.level(at) > 0.0)
        if len(here):
            frames = moved(spec, np.asarray(voice.frames), np.asarray(voice.ratios))
            seen = between(frames, np.asarray(voice.frame_at, np.float64), at[here])
            power[here] += (seen * voice.level(at[here])[:, None]) ** 2
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
