"""Ways through the latent space: drawn, and measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from docs.gallery.source.files import shrink
from rt.bundle.manifest import Manifest
from rt.offline import latent_path
from rt.offline.pictures import on_axes

N_AXES = 4
STEP_S = 0.01


def draw(out: Path, manifest: Manifest, paths: dict[str, Path]) -> None:
    """Draw saved ways side by side, on the widest principal axes over time."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 1.9), dpi=100, layout="constrained")
    every = figure.subplots(1, len(paths), sharey=True)
    for axes, (title, path) in zip(every, paths.items(), strict=True):
        way = latent_path.load(path, manifest)
        times_s = np.append(np.arange(0.0, way.seconds, STEP_S), way.seconds)
        weights = on_axes(manifest.latent, way.points(times_s))
        for axis in range(min(N_AXES, weights.shape[1])):
            axes.plot(times_s, weights[:, axis], linewidth=1.0)
        axes.set_xlabel("s", fontsize=8)
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7)
    every[0].set_ylabel("axes 1 to 4, deviations", fontsize=8)
    figure.savefig(out)
    shrink(out, colours=32)


def motion(path: Path, manifest: Manifest) -> tuple[float, float]:
    """The longest step within 10 ms and the greatest change of that step, in deviations."""
    way = latent_path.load(path, manifest)
    points = on_axes(manifest.latent, way.points(np.arange(0.0, way.seconds, STEP_S)))
    steps = np.diff(points, axis=0)
    return float(np.linalg.norm(steps, axis=1).max()), float(np.linalg.norm(np.diff(steps, axis=0), axis=1).max())
