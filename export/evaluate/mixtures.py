"""Scores of notes that sound together; none depends on the order in which a model names its sources."""

from __future__ import annotations

from typing import Any

import numpy as np

from export.evaluate.examples import Examples
from export.evaluate.hearing import HeardFrames
from rt.arrays import AnyArray


def mixture_scores(heard: HeardFrames, examples: Examples) -> dict[str, Any]:
    """Note recall, all notes right, instruments, F1, and sources heard as silent, of n frames or files."""
    names = [symbol.name for symbol in examples.symbols]
    true_note = examples.note[heard.take]
    sounding = true_note >= 0
    found_note = notes_of_classes(heard.guess, examples)
    instrument = names.index("instrument")
    label = examples.labels[heard.take, :, instrument]
    instrument_right = (heard.guess[:, :, instrument] == label) & (label >= 0)
    right = found_note == true_note
    matched = matching_notes(found_note, true_note)
    n_true, n_found = int(sounding.sum()), int(np.sum(found_note >= 0))
    polyphonic = sounding.sum(axis=1) > 1
    all_right = np.all(right | ~sounding, axis=1)
    precision, recall = _share(matched.sum(), n_found), _share(matched.sum(), n_true)
    return {
        "n": len(true_note),
        "n_with_several_notes": int(polyphonic.sum()),
        "note_recall_percent": _percent(recall),
        "note_precision_percent": _percent(precision),
        "note_f1_percent": _percent(_share(2 * matched.sum(), n_true + n_found)),
        "all_notes_right_percent": _percent(_share(np.sum(all_right & polyphonic), polyphonic.sum())),
        "note_and_instrument_percent": _percent(_share(np.sum((right & instrument_right)[sounding]), n_true)),
        "instrument_percent": _percent(_share(np.sum(instrument_right[sounding]), np.sum(label[sounding] >= 0))),
        "silent_source_percent": _percent(_share(np.sum(found_note[~sounding] < 0), np.sum(~sounding))),
    }


def notes_of_classes(guess: AnyArray, examples: Examples) -> AnyArray:
    """MIDI notes (n, n_sources) of classes (n, n_sources, n_symbols); -1 where octave or pitch class is silent."""
    names = [symbol.name for symbol in examples.symbols]
    octave, pitch_class = guess[:, :, names.index("octave")], guess[:, :, names.index("pitch_class")]
    octaves = examples.symbols[names.index("octave")].classes[:-1]
    first = 12 * (np.array([int(name) for name in octaves]) + 1)
    silent = (octave == len(octaves)) | (pitch_class == 12)
    return np.asarray(np.where(silent, -1, first[np.minimum(octave, len(octaves) - 1)] + pitch_class))


def matching_notes(found: AnyArray, true: AnyArray) -> AnyArray:
    """(n,) how many of the notes (n, n_sources) that sound are among those found, each counted once."""
    count, used = np.zeros(len(true), np.int64), np.zeros(found.shape, bool)
    for note in true.T:
        free = (found == note[:, None]) & (note[:, None] >= 0) & ~used
        rows = np.flatnonzero(free.any(axis=1))
        used[rows, np.argmax(free[rows], axis=1)] = True
        count[rows] += 1
    return count


def _share(part: Any, whole: Any) -> float | None:
    return float(part) / float(whole) if whole else None


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100.0 * share, 2)
