"""The model card, in Markdown: what a model is, what it learnt from, how good it is and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from export.evaluate.graphs import Graphs
from export.evaluate.report import headline, split_name
from rt.units import name_of_note

CARD = "model_card.md"
ROWS = (
    ("octave and pitch class right, frames", "note_frame_percent", "%"),
    ("the same, files", "note_file_percent", "%"),
    ("instrument, frames", "instrument_frame_percent", "%"),
    ("dynamics exact, frames", "dynamics_frame_percent", "%"),
    ("dynamics within one class, frames", "dynamics_within_one_frame_percent", "%"),
    ("live: octave and pitch class, frames", "live_note_frame_percent", "%"),
    ("live: the same, 0.11 s after the onset and later", "live_note_later_frame_percent", "%"),
    ("live: the same, files", "live_note_file_percent", "%"),
    ("live: instrument, frames", "live_instrument_frame_percent", "%"),
    ("live: dynamics within one class, frames", "live_dynamics_within_one_frame_percent", "%"),
    ("mixtures: note F1, frames", "note_f1_frame_percent", "%"),
    ("mixtures: all notes right, frames", "all_notes_right_frame_percent", "%"),
    ("mixtures: note and its instrument, frames", "note_and_instrument_frame_percent", "%"),
    ("mixtures, live: note F1, frames", "live_note_f1_frame_percent", "%"),
    ("several notes, live: one note right", "chords_of_1_likeliest_right_percent", "%"),
    ("several notes, live: both of two right", "chords_of_2_likeliest_right_percent", "%"),
    ("several notes, live: all of three right", "chords_of_3_likeliest_right_percent", "%"),
    ("several notes, live: note F1 of two", "chords_of_2_f1_percent", "%"),
    ("several notes, live: note F1 of three", "chords_of_3_f1_percent", "%"),
    ("symbols -> symbols: note", "symbol_to_symbol_note_percent", "%"),
    ("signal -> signal: log-spectral distance", "signal_to_signal_lsd_db", "dB"),
    ("symbols -> signal: log-spectral distance", "symbol_to_signal_lsd_db", "dB"),
    ("symbols -> signal: the same as played", "symbol_to_signal_played_lsd_db", "dB"),
    ("signal -> signal: Itakura-Saito, median", "signal_to_signal_isd_median", ""),
    ("symbols -> signal: Itakura-Saito, median", "symbol_to_signal_isd_median", ""),
    ("signal -> signal: spectral convergence", "signal_to_signal_sc", ""),
    ("signal -> signal: log-likelihood", "signal_to_signal_log_likelihood", "nats"),
    ("symbols -> signal: log-likelihood", "symbol_to_signal_log_likelihood", "nats"),
    ("baseline MLP without a latent: note, frames", "baseline_mlp_note_frame_percent", "%"),
    ("baseline logistic regression: note, frames", "baseline_logistic_regression_note_frame_percent", "%"),
)
"""Title, key of `headline`, unit: the rows of every table of scores."""
LIMITS = (
    "It knows the instruments, notes and dynamics above and nothing else; other sounds get the nearest label.",
    "Frames whose loudest band lies below -65 dB count as silence and are in no score.",
    "Dynamics and instruments of other players, rooms and microphones are heard worse than pitch: see the scores on"
    " other data sets, where there are any.",
    "Scores on takes that were heard in training, where a table says so, tell nothing about new sounds.",
)


def model_card(graphs: Graphs, scores: dict[str, Any], *, report: dict[str, Any] | None = None) -> str:
    """The card of a model.

    scores : what the manifest holds: `onnx_difference`, `int8`, `instruments`. report : what `evaluate` found, if it
    was run.
    """
    parts = [_head(graphs), _data(graphs), _training(graphs)]
    if report:
        parts.append(_scores(report))
    played = scores.get("instruments") or (report or {}).get("played") or {}
    if played:
        parts.append(_played(played))
    parts.append(_sizes(graphs, scores))
    parts.append(["## Limits", "", *(f"* {limit}" for limit in LIMITS)])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def score_table(sets: list[dict[str, Any]]) -> list[list[str]]:
    """Rows of text: a title row, then one for each figure that any of the data sets has."""
    found = [headline(one) for one in sets]
    rows = [["", *(f"{one['data']}: {split_name(one['split'])}" for one in sets)]]
    rows.append(["frames / takes", *(f"{one['n_frames']} / {one['n_takes']}" for one in found)])
    for title, key, unit in ROWS:
        if any(key in one for one in found):
            rows.append([f"{title} ({unit})" if unit else title, *(_figure(one.get(key)) for one in found)])
    return rows


def markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]


def _head(graphs: Graphs) -> list[str]:
    f, symbols = graphs.frame, graphs.source_symbols
    reach = [
        f"{i.name} {name_of_note(i.low_note)}-{name_of_note(i.high_note)} ({i.low_note}-{i.high_note})"
        for i in graphs.instruments
    ]
    at_once = f" of up to {graphs.n_sources} notes at once" if graphs.n_sources > 1 else ""
    live = (
        f"yes: live frames ({graphs.listener.kind}) of the last {1e3 * graphs.listener.window_s:.0f} ms"
        if graphs.listener
        else "no: only full-resolution frames, offline"
    )
    if graphs.hears_notes:
        live += ", several notes at once as well"
    return [
        f"# {graphs.name}",
        "",
        f"Two variational autoencoders that share one space of {graphs.n_latents} latents: spectral frames{at_once},"
        " and symbols that say what is played. It plays notes, names what it hears, and turns one into the other.",
        "",
        f"* Frames: {f.n_bins} bands, {f.f_min_hz:g}-{f.f_max_hz:g} Hz, {f.bins_per_octave} per octave ({f.kind}),"
        f" {f.floor_db:g} dB is silence.",
        "* Symbols: " + "; ".join(f"{s.name} ({', '.join(s.classes[:-1])})" for s in symbols) + "; each with silent.",
        "* Instruments: " + "; ".join(reach) + ".",
        f"* Time since onset: up to {graphs.max_age_s:g} s.",
        f"* Listens live: {live}.",
    ]


def _data(graphs: Graphs) -> list[str]:
    lines = ["## Data", ""]
    lines += markdown([("source", "licence", "credit"), *((x.source, x.licence, x.credit) for x in graphs.licences)])
    prepared = graphs.training.get("prepare") or {}
    return [*lines, "", *(f"* {_words(name)}: {_plain(value)}" for name, value in prepared.items())]


def _training(graphs: Graphs) -> list[str]:
    facts = {name: value for name, value in graphs.training.items() if name not in ("prepare", "sources")}
    return ["## Training", "", *(f"* {_words(name)}: {_plain(value)}" for name, value in facts.items())]


def _scores(report: dict[str, Any]) -> list[str]:
    training = report["model"]["training"]
    steps = training.get("step")
    by = f"Scored model: {report['model']['name']}" + (f", {steps} steps." if steps else ".")
    lines = ["## Scores", "", by, "", *markdown(score_table(report["sets"]))]
    for one in report["sets"]:
        for symbol, classes in one["unknown_classes"].items():
            told = ", ".join(f"{name} ({count})" for name, count in classes.items())
            lines += ["", f"{one['data']}: classes of {symbol} that the model has not, left out: {told}."]
    return [*lines, "", *(f"* `{name}`: {text}." for name, text in report["formulas"].items())]


def _played(played: dict[str, dict[str, Any]]) -> list[str]:
    titles = {
        "cents_median": "cents, median",
        "cents_95th": "cents, 95th",
        "corrected_cents_95th": "corrected, 95th",
        "within_10_cents_percent": "within 10 cents",
        "neighbour_step_db": "step dB",
        "louder_percent": "louder each class",
        "brighter_percent": "brighter at the top",
        "brightness_ratio": "brightness",
        "residue_db": "rest dB",
    }
    rows = [["instrument", *titles.values()]]
    rows += [[name, *(_figure(found.get(key)) for key in titles)] for name, found in played.items()]
    told = (
        "Every note at every dynamics, decoded. *Cents*: offset from the label; *corrected*: after the manifest's"
        " correction; *step*: greatest level difference of neighbours; *brightness*: spectral centroid of the loudest"
        " class over the softest, median; *rest*: power outside the partials."
    )
    return ["## Played notes", "", told, "", *markdown(rows)]


def _sizes(graphs: Graphs, scores: dict[str, Any]) -> list[str]:
    rows = [("graph", "MB"), *((name, f"{n_bytes / 1e6:.2f}") for name, n_bytes in graphs.n_bytes.items())]
    lines = ["## Sizes", "", *markdown(rows), "", f"Together {sum(graphs.n_bytes.values()) / 1e6:.2f} MB."]
    if "onnx_difference" in scores:
        told = ", ".join(f"{value:.0e} on {kind} input" for kind, value in scores["onnx_difference"].items())
        lines.append(f"Largest difference between the bundle and torch: {told}.")
    if "int8" in scores:
        small = scores["int8"]
        lines.append(
            f"Matrix products have weights of 8 bits: {small['bytes'] / 1e6:.2f} instead of"
            f" {small['bytes_float'] / 1e6:.2f} MB. That moves played frames by {small['symbol_to_signal_db']:g} dB and"
            f" reconstructed ones by {small['signal_to_signal_db']:g} dB (root mean square)."
        )
        for name in ("signal_to_symbol", "live_to_symbol"):
            if f"{name}_changed_percent" in small:
                changed = ", ".join(
                    f"{symbol} {value:g} %" for symbol, value in small[f"{name}_changed_percent"].items()
                )
                lines.append(f"Frames in which another class became the likeliest, {_words(name)}: {changed}.")
    return lines


def _figure(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plain(value: Any) -> str:
    """A fact as words: nested ones in brackets."""
    if isinstance(value, dict):
        return ", ".join(f"{_words(str(name))} {_inner(one)}" for name, one in value.items()) or "none"
    if isinstance(value, list | tuple):
        return ", ".join(_inner(one) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _inner(value: Any) -> str:
    return f"({_plain(value)})" if isinstance(value, dict | list | tuple) else _plain(value)
