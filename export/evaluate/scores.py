"""Scores of a model on examples, in the four directions, by frame and by file, by register, instrument and age.

Shares are in percent. Every share stands beside `n`, how many frames, files or notes it is a share of.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from export.evaluate.chords import chord_scores
from export.evaluate.distances import (
    itakura_saito,
    log_likelihood,
    log_spectral_distance_db,
    spectral_convergence,
)
from export.evaluate.examples import Examples, Frames
from export.evaluate.graphs import Graphs
from export.evaluate.hearing import HeardFrames, hear, judge_all
from export.evaluate.mixtures import mixture_scores
from export.onset import onset_gain_db
from rt.arrays import F32, F64, AnyArray

ORDERED = ("octave", "dynamics")
"""Symbols whose classes are a scale, which are also scored within one class."""
REGISTERS = ((0, 36), (36, 60), (60, 84), (84, 128))
"""First MIDI note and the one after the last."""
AGES_S = ((0.0, 0.1), (0.1, 0.32), (0.32, 0.83), (0.83, 100.0))
"""Ranges of ages in which full-resolution frames are scored; the third holds the frames 10-25 of the article."""
AGES_MS = (10, 20, 30, 45, 60, 90)
"""Ages after the onset at which live frames are scored; each stands for what lies nearest to it."""


def score(graphs: Graphs, examples: Examples) -> dict[str, Any]:
    """All scores of a model on some takes."""
    out: dict[str, Any] = {
        "n_takes": examples.n_takes,
        "unknown_classes": examples.unknown,
        "nsgt": frame_scores(graphs, examples, examples.nsgt, live=False),
    }
    if graphs.listener is not None:
        out["live"] = frame_scores(graphs, examples, examples.live, live=True)
    if graphs.hears_notes and examples.n_sources == 1:
        out["chords"] = chord_scores(graphs, examples)
    out["symbol_to_symbol"], out["symbol_to_signal"] = from_symbols(graphs, examples)
    return out


def frame_scores(graphs: Graphs, examples: Examples, frames: Frames, *, live: bool) -> dict[str, Any]:
    """Scores of what an encoder makes of frames: signal -> symbol and signal -> signal."""
    encode = graphs.encode_live if live else graphs.encode_signal
    spread = None if graphs.log_spread is None else graphs.log_spread[0]
    heard, distances = [], []
    for _, values in frames.parts():
        latents, _ = encode(values)
        heard.append(graphs.decode_symbols(latents))
        distances.append(distance_rows(examples, values, graphs.decode_both(latents), spread))
    by_frame, by_file = judge_all(heard, examples, frames)
    out: dict[str, Any] = {
        "n_frames": len(frames.rows),
        "n_too_quiet": frames.n_quiet,
        "signal_to_symbol": {"frame": label_scores(by_frame, examples), "file": label_scores(by_file, examples)},
        "signal_to_signal": distance_scores(distances, examples, frames),
    }
    out["signal_to_symbol"]["by_age_ms" if live else "by_age_s"] = (by_age_ms if live else by_age_s)(by_frame, examples)
    return out


def from_symbols(graphs: Graphs, examples: Examples) -> tuple[dict[str, Any], dict[str, Any]]:
    """Scores of what the symbol encoder says: symbol -> symbol and, where the takes are the voice, symbol -> signal."""
    known = np.all(examples.labels >= 0, axis=(1, 2))
    frames = examples.nsgt.only(known[examples.nsgt.take])
    spread = None if graphs.log_spread is None else graphs.log_spread[1]
    heard, distances = [], []
    for rows, values in frames.parts():
        latents, _ = graphs.encode_symbols(examples.one_hot(frames.take[rows]), frames.age_s[rows])
        heard.append(graphs.decode_symbols(latents))
        voice = examples.voice[frames.take[rows]]
        wanted = voice_target(graphs, values[voice], frames.age_s[rows][voice])
        distances.append(distance_rows(examples, wanted, graphs.decode_both(latents[voice]), spread))
    by_frame, by_file = judge_all(heard, examples, frames)
    said = {"frame": label_scores(by_frame, examples), "file": label_scores(by_file, examples)}
    voiced = frames.only(examples.voice[frames.take])
    return said, distance_scores(distances, examples, voiced)


def voice_target(graphs: Graphs, values: F32, age_s: AnyArray) -> F32:
    """The frames that symbols should become: those of the voice, their onset sharpened if it was in training."""
    if not graphs.training.get("settings", {}).get("sharpen", True):
        return values
    gain = onset_gain_db(graphs.frame, age_s) / graphs.frame.step_db
    return np.where(values > 0.0, values + gain, 0.0).astype(np.float32)


def distance_rows(
    examples: Examples, values: F32, found_frames: tuple[F32, F32], log_spread: F32 | None
) -> dict[str, F64]:
    """Every distance of some frames, (n,) each; `found_frames` are those played and those decoded."""
    played, decoded = found_frames
    found = {
        "played_lsd_db": log_spectral_distance_db(examples.frame, values, played),
        "lsd_db": log_spectral_distance_db(examples.frame, values, decoded),
        "isd": itakura_saito(examples.frame, values, decoded),
        "sc": spectral_convergence(examples.frame, values, decoded),
    }
    if log_spread is not None:
        found["log_likelihood"] = log_likelihood(values, decoded, log_spread)
    return found


def distance_scores(parts: list[dict[str, F64]], examples: Examples, frames: Frames) -> dict[str, Any]:
    """Means of the distances of frames, over all and by instrument."""
    if not len(frames.rows):
        return {"n": 0}
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    out: dict[str, Any] = {"n": len(frames.rows)}
    out |= {name: _rounded(np.mean(values), 3) for name, values in rows.items()}
    out["isd_median"] = _rounded(np.median(rows["isd"]), 3)
    names = examples.who[frames.take]
    out["by_instrument"] = {
        str(name): {"n": int(np.sum(names == name)), "lsd_db": _rounded(np.mean(rows["lsd_db"][names == name]), 3)}
        for name in np.unique(names)
        if name
    }
    out["by_age_s"] = {}
    for low, high in AGES_S:
        near = (frames.age_s >= low) & (frames.age_s < high)
        if near.any():
            found = {"n": int(near.sum()), "lsd_db": _rounded(np.mean(rows["lsd_db"][near]), 3)}
            out["by_age_s"][f"{low:g}-{high:g}"] = found
    return out


class Notes:
    """What was heard, one row per note that sounds in a frame or file."""

    def __init__(self, heard: HeardFrames, examples: Examples) -> None:
        row, source = np.nonzero(examples.note[heard.take] >= 0)
        take = heard.take[row]
        self.examples, self.age_s = examples, heard.age_s[row]
        self.guess, self.label = heard.guess[row, source], examples.labels[take, source]
        self.note, self.instrument = examples.note[take, source], examples.instrument[take, source]
        self.origin = examples.origin[take]
        names = [symbol.name for symbol in examples.symbols]
        o, c = names.index("octave"), names.index("pitch_class")
        right = self.guess == self.label
        self.note_known = (self.label[:, o] >= 0) & (self.label[:, c] >= 0)
        self.note_right = right[:, o] & right[:, c]

    def note_share(self, mask: AnyArray) -> dict[str, Any]:
        """How many of some notes have the right octave and pitch class."""
        chosen = mask & self.note_known
        return {"n": int(chosen.sum()), "note_percent": percent(self.note_right[chosen])}

    def symbol(self, i: int, mask: AnyArray) -> dict[str, Any]:
        """Share of the right class of a symbol, exactly and, on a scale, within one."""
        spec = self.examples.symbols[i]
        chosen = mask & (self.label[:, i] >= 0)
        label, guess = self.label[chosen, i], self.guess[chosen, i]
        out = {"n": int(chosen.sum()), "exact_percent": percent(label == guess)}
        if spec.name in ORDERED:
            sounding = guess < len(spec.classes) - 1
            out["within_one_percent"] = percent(sounding & (np.abs(label - guess) <= 1))
        return out

    def confusion(self, i: int) -> dict[str, Any]:
        """How often each class of a symbol was heard as which; rows are the true classes."""
        size = len(self.examples.symbols[i].classes)
        known = self.label[:, i] >= 0
        cells = np.bincount(self.label[known, i] * size + self.guess[known, i], minlength=size * size)
        return {"classes": list(self.examples.symbols[i].classes), "counts": cells.reshape(size, size).tolist()}


def label_scores(heard: HeardFrames, examples: Examples) -> dict[str, Any]:
    """How often the labels were heard."""
    notes = Notes(heard, examples)
    everything = np.ones(len(notes.note), bool)
    names = [symbol.name for symbol in examples.symbols]
    out: dict[str, Any] = notes.note_share(everything)
    likelihood = heard.log_likelihood[~np.isnan(heard.log_likelihood)]
    out["log_likelihood"] = _rounded(np.mean(likelihood), 3) if len(likelihood) else None
    out["symbols"] = {name: notes.symbol(i, everything) for i, name in enumerate(names)}
    out["by_register"] = {
        f"{low}-{high - 1}": notes.note_share((notes.note >= low) & (notes.note < high)) for low, high in REGISTERS
    }
    for title, kinds in (("by_instrument", notes.instrument), ("by_source", notes.origin)):
        out[title] = {}
        for name in np.unique(kinds):
            symbols = {symbol: notes.symbol(i, kinds == name) for i, symbol in enumerate(names)}
            own = {symbol: found for symbol, found in symbols.items() if symbol not in ("octave", "pitch_class")}
            out[title][str(name)] = {**notes.note_share(kinds == name), "symbols": own}
    out["by_note"] = {
        str(note): notes.note_share(notes.note == note) for note in np.unique(notes.note[notes.note_known]).tolist()
    }
    out["confusion"] = {name: notes.confusion(i) for i, name in enumerate(names)}
    if examples.n_sources > 1:
        out["mixtures"] = mixture_scores(heard, examples)
    return out


def by_age_s(heard: HeardFrames, examples: Examples) -> dict[str, Any]:
    """Share of right notes in the ranges of AGES_S."""
    notes = Notes(heard, examples)
    return {f"{low:g}-{high:g}": notes.note_share((notes.age_s >= low) & (notes.age_s < high)) for low, high in AGES_S}


def by_age_ms(heard: HeardFrames, examples: Examples) -> dict[str, Any]:
    """Share of right notes by age after the onset, over all and by instrument."""
    notes = Notes(heard, examples)
    edges = np.array([AGES_MS[0] / 2, *(np.array(AGES_MS[:-1]) + AGES_MS[1:]) / 2, 1.25 * AGES_MS[-1]]) / 1e3
    out: dict[str, Any] = {}
    for age_ms, low, high in zip(AGES_MS, edges[:-1], edges[1:], strict=True):
        near = (notes.age_s >= low) & (notes.age_s < high)
        instruments = {
            str(name): notes.note_share(near & (notes.instrument == name)) for name in np.unique(notes.instrument)
        }
        out[str(age_ms)] = {**notes.note_share(near), "by_instrument": instruments}
    out["later"] = notes.note_share(notes.age_s >= edges[-1])
    return out


def listen(graphs: Graphs, examples: Examples, *, live: bool = False) -> tuple[HeardFrames, HeardFrames]:
    """What a model hears by frame and by file, for figures."""
    encode = graphs.encode_live if live else graphs.encode_signal

    def listen_to(values: F32) -> F32:
        return graphs.decode_symbols(encode(values)[0])

    return hear(listen_to, examples, examples.live if live else examples.nsgt)


def percent(hits: AnyArray) -> float | None:
    """Share of True, in percent; None where there is nothing to count."""
    return round(100.0 * float(np.mean(hits)), 2) if len(hits) else None


def _rounded(value: Any, digits: int) -> float:
    return round(float(value), digits)
