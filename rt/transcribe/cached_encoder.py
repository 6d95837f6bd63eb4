"""What the model says of frames, asked only where a frame sounds unlike the last one that was asked."""

from __future__ import annotations

from typing import NamedTuple

from rt.arrays import F32
from rt.frames.symbols import OCTAVE, PITCH_CLASS
from rt.model import ListenerModel
from rt.transcribe.frame_features import are_same, join_notes

MOST_SAME, MOST_SAME_POLYPHONIC = 7, 3
"""So many frames in a row take over what was said of the one before them; fewer where several notes may sound."""


class Said(NamedTuple):
    """Of one frame."""

    notes: F32
    """(129,) probability of every MIDI note, and of silence."""
    latent: F32
    """(size,)"""
    symbols: dict[str, F32]
    """Class probabilities by symbol, silence last."""
    polyphonic: F32 | None
    """(128,) probability of every MIDI note where several may sound; None where nobody asked."""


class CachedEncoder:
    """Remembers the last frame that the model was asked about; the same frames give the same answers in any batches."""

    def __init__(self, ears: ListenerModel, *, polyphonic: bool) -> None:
        """Begin with several : whether to ask which notes sound at once."""
        self._ears = ears
        self._polyphonic = polyphonic
        self._most_same = MOST_SAME_POLYPHONIC if polyphonic else MOST_SAME
        self.begin()

    def begin(self) -> None:
        """Forget."""
        self._asked: F32 | None = None
        self._said: Said | None = None
        self._n_same = 0

    def ask(self, values: F32) -> list[Said]:
        """What is said of frames (n, n_bins) after auto-gain, one after the other."""
        asked, indices = [], []
        for i, row in enumerate(values):
            if self._asked is None or self._n_same >= self._most_same or not are_same(row, self._asked):
                asked.append(i)
                self._asked, self._n_same = row, 0
            else:
                self._n_same += 1
            indices.append(len(asked))
        answers = self._hear(values if len(asked) == len(values) else values[asked])
        if self._said is not None:
            answers.insert(0, self._said)
            found = [answers[index] for index in indices]
        else:
            found = [answers[index - 1] for index in indices]
        self._said = found[-1] if found else self._said
        return found

    def _hear(self, values: F32) -> list[Said]:
        if not len(values):
            return []
        latents = self._ears.latents(values)
        symbols = self._ears.symbols(latents)
        notes = join_notes(symbols[OCTAVE], symbols[PITCH_CLASS])
        polyphonic = self._ears.notes(values) if self._polyphonic else None
        return [
            Said(
                notes[i],
                latents[i],
                {name: classes[i] for name, classes in symbols.items()},
                None if polyphonic is None else polyphonic[i],
            )
            for i in range(len(values))
        ]
