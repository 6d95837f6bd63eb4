"""`report.json`: every score of a model on some data sets, and the few figures that a table or a card shows."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from export.corpus import Corpus
from export.evaluate.distances import FORMULAS
from export.evaluate.examples import Examples, choose
from export.evaluate.graphs import Graphs
from export.evaluate.played import measure, summary
from export.evaluate.scores import score
from export.split import TEST_SHARE, split
from export.store import load
from rt.arrays import AnyArray
from rt.atomic_write import atomic_write
from rt.errors import BridgeError

REPORT, REPORT_FORMAT = "report.json", 1


@dataclass(frozen=True, slots=True)
class DataSet:
    """One corpus, and which of its takes are scored."""

    name: str
    corpus: Corpus
    split: dict[str, Any]
    """`kind`, `seed`, `share`, and `heard_in_training`: whether none, some or all of the scored takes were, or perhaps
    some, because the model learnt from a source of the same name."""
    takes: AnyArray
    """Indices of the takes to score."""
    train: AnyArray
    """Indices of the takes that a baseline may learn from."""


def open_set(folder: Path, graphs: Graphs, kind: str | None) -> DataSet:
    """A prepared corpus and the takes to score: those kept from training where the model learnt from it, else all.

    kind : `group`, `note` or `all`; None: as in training, and all of a corpus that the model never saw.
    """
    corpus = load(folder)
    frames = [dataclasses.replace(one, noise=None) for one in (corpus.frame, graphs.frame)]
    if frames[0] != frames[1] or (graphs.listener is not None and corpus.listener != graphs.listener):
        raise BridgeError(f"{folder}: made for another analyser than {graphs.name}; prepare it, or train, again")
    own = _same(corpus, graphs)
    training = graphs.training
    trained = str(training.get("split", "all"))
    chosen = kind or (trained if own else "all")
    seed, share = int(training.get("seed", 1)), float(training.get("settings", {}).get("test", TEST_SHARE))
    if own and chosen == "all" and kind is None:
        told = "the model learnt from all of it, so nothing is left to score on"
        raise BridgeError(f"{folder}: {told}; train a twin with --split group, or give --split all")
    parts = split(corpus, chosen, seed, share)
    nothing_kept = own and kind is None and not len(parts.test)  # one take of each note: all were learnt
    chosen = "all" if nothing_kept else chosen
    takes = np.arange(len(corpus.note)) if chosen == "all" else parts.test
    if not len(takes):
        raise BridgeError(f"{folder}: the split {chosen!r} keeps no take of {len(corpus.note)}; give another --split")
    if own:
        heard = "all" if nothing_kept or trained == "all" else "none" if chosen == trained else "some"
    else:
        heard = "perhaps" if set(corpus.sources) & set(training.get("sources", [])) else "none"
    described = {"kind": chosen, "seed": seed, "share": share, "heard_in_training": heard}
    return DataSet(folder.resolve().name, corpus, described, takes, parts.train)


def _same(corpus: Corpus, graphs: Graphs) -> bool:
    """True where the model learnt from this corpus: the same sources, prepared in the same way."""
    found = {"sources": list(corpus.sources), "prepare": corpus.facts}
    told = {name: graphs.training.get(name) for name in found}
    return json.dumps(found, sort_keys=True) == json.dumps(told, sort_keys=True)


def examples_of(data: DataSet, graphs: Graphs, *, train: bool = False) -> Examples:
    """The scored takes of a data set as the model sees them, or those to learn from."""
    examples = choose(data.corpus, data.train if train else data.takes, graphs.source_symbols, graphs.n_sources)
    if not len(examples.nsgt.rows):
        raise BridgeError(f"{data.name}: all frames of the chosen takes are below -65 dB; give another --split")
    return examples


def make_report(
    graphs: Graphs, sets: list[tuple[DataSet, Examples]], *, baseline: bool, progress: Any
) -> dict[str, Any]:
    """Everything, as plain values in a fixed order."""
    scored = []
    for data, examples in sets:
        found = {"data": data.name, "split": data.split, **score(graphs, examples)}
        if baseline:
            from export.evaluate.baseline import baselines

            taught = examples_of(data, graphs, train=True)
            seed = int(data.split["seed"])
            found["baseline"] = baselines(taught, examples, seed=seed, live=graphs.listener is not None)
        scored.append(found)
        progress.update(1)
    played = {one.name: summary(measure(graphs, one, i)) for i, one in enumerate(graphs.instruments)}
    progress.update(1)
    model = {"name": graphs.name, "kind": graphs.kind, "bytes": graphs.n_bytes, "training": graphs.training}
    return {"format": REPORT_FORMAT, "model": model, "formulas": FORMULAS, "sets": scored, "played": played}


def write_report(report: dict[str, Any], folder: Path) -> Path:
    """Write `report.json` at once: either the old or the new content is there."""
    path = folder / REPORT
    with atomic_write(path) as place:
        place.write_text(json.dumps(report, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return path


def read_report(path: Path) -> dict[str, Any]:
    """What `write_report` wrote; BridgeError when it is something else."""
    try:
        report = json.loads((path / REPORT if path.is_dir() else path).read_text(encoding="utf-8"))
    except OSError as error:
        raise BridgeError(f"{path}: {error.strerror or error}; run `python -m export evaluate` first") from error
    except ValueError as error:
        raise BridgeError(f"{path}: not JSON ({error}); run `python -m export evaluate` again") from error
    if not isinstance(report, dict) or report.get("format") != REPORT_FORMAT:
        raise BridgeError(f"{path}: no report of this program; run `python -m export evaluate` again")
    return report


def headlines(report: dict[str, Any]) -> dict[str, Any]:
    """The few figures of each data set that stand in the manifest, with who was scored."""
    training = report["model"]["training"]
    scored_by = {"name": report["model"]["name"], "steps": training.get("step")}
    sets = {f"{one['data']}, {split_name(one['split'])}": headline(one) for one in report["sets"]}
    return {"scored_by": {name: value for name, value in scored_by.items() if value is not None}, "sets": sets}


def split_name(described: dict[str, Any]) -> str:
    """A split in a few words."""
    names = {"group": "held-out groups", "note": "held-out notes", "all": "all takes"}
    heard = {
        "some": ", some heard in training",
        "all": ", heard in training",
        "perhaps": ", some perhaps heard in training",
    }
    return names[described["kind"]] + heard.get(described["heard_in_training"], "")


def headline(scores: dict[str, Any]) -> dict[str, Any]:
    """The figures of one data set, flat; what was not measured is left out."""
    out: dict[str, Any] = {"n_takes": scores["n_takes"], "n_frames": scores["nsgt"]["n_frames"]}
    for prefix, kind in (("", "nsgt"), ("live_", "live")):
        if kind not in scores:
            continue
        for unit in ("frame", "file"):
            out |= _labels(scores[kind]["signal_to_symbol"][unit], prefix, unit)
    if "live" in scores:
        out["live_note_later_frame_percent"] = scores["live"]["signal_to_symbol"]["by_age_ms"]["later"]["note_percent"]
    for size, found in scores.get("chords", {}).items():
        for name in ("f1_percent", "likeliest_right_percent"):
            out[f"chords_of_{size}_{name}"] = found[name]
    said = scores["symbol_to_symbol"]["frame"]
    out["symbol_to_symbol_note_percent"] = said["note_percent"]
    for name, found in (("signal_to_signal", scores["nsgt"]["signal_to_signal"]), _transfer(scores)):
        for key in ("lsd_db", "played_lsd_db", "isd_median", "sc", "log_likelihood"):
            out[f"{name}_{key}"] = found.get(key)
    for kind, found in scores.get("baseline", {}).items():
        if isinstance(found, dict):
            out[f"baseline_{kind}_note_frame_percent"] = found["nsgt"]["frame"]["note_percent"]
    return {name: value for name, value in out.items() if value is not None}


def _transfer(scores: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "symbol_to_signal", scores["symbol_to_signal"]


def _labels(found: dict[str, Any], prefix: str, unit: str) -> dict[str, Any]:
    symbols = found["symbols"]
    out = {
        f"{prefix}note_{unit}_percent": found["note_percent"],
        f"{prefix}instrument_{unit}_percent": symbols["instrument"]["exact_percent"],
        f"{prefix}dynamics_{unit}_percent": symbols["dynamics"]["exact_percent"],
        f"{prefix}dynamics_within_one_{unit}_percent": symbols["dynamics"]["within_one_percent"],
    }
    if "mixtures" in found:
        mixed = found["mixtures"]
        for name in ("note_f1_percent", "all_notes_right_percent", "note_and_instrument_percent"):
            out[f"{prefix}{name.removesuffix('_percent')}_{unit}_percent"] = mixed[name]
    return out
