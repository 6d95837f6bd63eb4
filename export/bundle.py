"""A trained model -> a bundle: named graphs, what the runtime must know about them, and proof that they agree."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from export.checkpoint import Trained
from export.evaluate import intonation
from export.evaluate.card import CARD, model_card
from export.evaluate.graphs import OnnxGraphs, TorchGraphs
from export.evaluate.played import measure, summary, training_notes
from export.evaluate.report import headlines
from export.latent_space import latent_spec, rounded
from export.onnx_graphs import write_graphs
from export.parity import TOLERANCE, differences, real_frames
from export.quantise import errors, quantise
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import FORMAT, MANIFEST, OLDEST_FORMAT, GraphSpec, InstrumentSpec, Manifest
from rt.errors import BridgeError

COSTS = ("cpu_s", "wall_s")
"""Facts of a training that differ from run to run; without them one checkpoint has one bundle, to the byte."""


def export_bundle(
    trained: Trained,
    out: Path,
    *,
    name: str,
    progress: Any,
    int8: bool = False,
    report: dict[str, Any] | None = None,
    keep_untuned: bool = False,
) -> Bundle:
    """Write a bundle and prove that it loads, agrees with torch and plays in tune; on failure nothing changes.

    report : what `evaluate` wrote, whose scores go into the manifest and on the card; None: the checkpoint's own.
    keep_untuned : leave notes as they are that cannot be tuned, instead of failing.
    """
    timeless = {key: fact for key, fact in trained.training.items() if key not in COSTS}
    exact = TorchGraphs(dataclasses.replace(trained, training=timeless), name)
    progress.reset(total=2 + (1 + int8) * len(exact.instruments))
    with staged(out) as folder:
        specs = write_graphs(trained, folder)
        found = _opened(exact, folder, specs)
        manifest, played = describe(exact, found, specs, progress)
        saved = bundle.save(folder, manifest)
        worst = differences(exact, saved)
        furthest = np.max(list(worst.values()))
        if not furthest <= TOLERANCE:  # NaN is not
            told = f"the bundle differs from torch by {furthest:.1e}, allowed {TOLERANCE:.0e}"
            raise BridgeError(f"{out}: {told}; train the model longer or with smaller steps; nothing was written")
        scores: dict[str, Any] = headlines(report) if report else dict(trained.scores)
        scores["onnx_difference"] = {kind: float(f"{value:.1e}") for kind, value in worst.items()}
        progress.update(1)
        if int8:
            scores["int8"] = _quantise_all(exact, found, folder, specs)
            found = _opened(exact, folder, specs)
            manifest, played = describe(exact, found, specs, progress)
            saved = bundle.save(folder, manifest)
        scores["instruments"] = played
        progress.update(1)
        tuned = intonation.tune(saved, progress=progress)
        if tuned.faults and not keep_untuned:
            raise BridgeError(f"{out}: {intonation.refusal(tuned.faults)}; nothing was written")
        scores["intonation"] = {
            "worst_cents": round(tuned.after_cents, 1),
            "worst_cents_as_decoded": round(tuned.before_cents, 1),
            "corrected_notes": tuned.n_corrected,
            "untuned_notes": [str(fault) for fault in tuned.faults],
        }
        (folder / CARD).write_text(model_card(found, scores, report=report), encoding="utf-8")
        bundle.save(folder, dataclasses.replace(tuned.manifest, card=CARD, scores=scores))
    return bundle.load(out)


def describe(
    exact: TorchGraphs, found: OnnxGraphs, specs: dict[str, GraphSpec], progress: Any
) -> tuple[Manifest, dict[str, Any]]:
    """The manifest of graphs, and what they play: the figures of every instrument by its name.

    found : the graphs as they are, whose notes are measured. progress : gets one step for each instrument.
    """
    instruments, figures = [], {}
    for index, instrument in enumerate(exact.instruments):
        played = measure(found, instrument, index)
        figures[instrument.name] = summary(played)
        instruments.append(
            InstrumentSpec(
                name=instrument.name,
                low_note=instrument.low_note,
                high_note=instrument.high_note,
                program=instrument.program,
                loudness_db=tuple(rounded(row, 2) for row in played.loudness_db),
                tuning_cents=rounded(played.tuning_cents, 2),
                decay_db_per_s=rounded(played.decay_db_per_s, 2),
                release_s=instrument.release_s,
            )
        )
        progress.update(1)
    manifest = Manifest(
        format=FORMAT if exact.frame.noise else OLDEST_FORMAT,
        name=exact.name,
        frame=exact.frame,
        latent=latent_spec(found),
        symbols=exact.symbols,
        max_age_s=exact.max_age_s,
        instruments=tuple(instruments),
        graphs=specs,
        licences=exact.licences,
        listener=exact.listener,
        n_sources=exact.n_sources,
        training=exact.training,
    )
    return manifest, figures


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that takes its place at the end; on failure it is removed and `out` stays as it was.

    BridgeError when `out` holds anything that is no part of a bundle, or when the disk refuses.
    """
    strange = [one.name for one in out.iterdir() if not _is_part(one)] if out.is_dir() else []
    if strange or (out.exists() and not out.is_dir()):
        raise BridgeError(f"{out}: is no bundle (holds {(strange or ['a file'])[0]}); give a new folder as --out")
    folder = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        folder.chmod(0o755)
        yield folder
        if out.exists():
            old = folder.with_name(folder.name + "-old")
            os.replace(out, old)
            os.replace(folder, out)
            shutil.rmtree(old)
        else:
            os.replace(folder, out)
    except OSError as error:
        raise BridgeError(f"{out}: {error.strerror or error}; nothing was written") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _is_part(path: Path) -> bool:
    return path.suffix == ".onnx" or path.name in (MANIFEST, CARD)


def _opened(exact: TorchGraphs, folder: Path, specs: dict[str, GraphSpec]) -> OnnxGraphs:
    paths = {graph: folder / spec.file for graph, spec in specs.items()}
    return OnnxGraphs(paths, exact, name=exact.name, n_latents=exact.n_latents)


def _quantise_all(exact: TorchGraphs, found: OnnxGraphs, folder: Path, specs: dict[str, GraphSpec]) -> dict[str, Any]:
    """Make all graphs smaller; returns sizes before and after, and what it costs."""
    before = dict(found.n_bytes)
    for path in found.paths.values():
        quantise(path)
    small = _opened(exact, folder, specs)
    symbols, age_s = training_notes(exact)
    return {
        "bytes": sum(small.n_bytes.values()),
        "bytes_float": sum(before.values()),
        **errors(exact, small, real_frames(exact), symbols, age_s),
    }
