"""Which voices there are, and which one gives way when all are taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rt.engine.channel_states import Key, Note

SPARE_VOICES = 8
"""Slots beyond the polyphony, for voices that fade after being stolen or struck again."""


@dataclass(slots=True, eq=False)
class Voice:
    """One sounding note, or the free voice (`note` is None)."""

    slot: int
    note: Note | None
    birth_sample: int
    """Sample at which it began."""
    held: bool = True
    """Its key is down."""
    leaving: bool = False
    """Released or fading: its end is only a matter of time."""
    below: list[Note] = field(default_factory=list)
    """Notes whose keys are still down that this voice has left by legato, the latest last."""

    @property
    def key(self) -> Key | None:
        """The key of its note; None for the free voice."""
        return None if self.note is None else self.note.key


class Slots:
    """The voices in the slots of a bank, in order of age."""

    def __init__(self, polyphony: int) -> None:
        self.n_slots = polyphony + SPARE_VOICES
        self.voices: list[Voice] = []
        self._polyphony = polyphony
        self._free = list(range(self.n_slots))[::-1]

    def staying(self, wanted: Callable[[Voice], bool] = lambda _: True) -> list[Voice]:
        """Voices that are not leaving, of a kind."""
        return [v for v in self.voices if not v.leaving and wanted(v)]

    def victim(self, audible: Callable[[Voice], float]) -> Voice | None:
        """The voice to be stolen for a new one, None while the polyphony lasts.

        It is the quietest of the older half of the channel that has most voices; keys still down and the free
        voice are spared while there are others.
        """
        staying = self.staying()
        if len(staying) < self._polyphony:
            return None
        notes = [v for v in staying if v.key is not None] or staying
        channels = [v.key.channel if v.key else -1 for v in notes]
        fullest = max(channels, key=channels.count)
        candidates = [v for v, channel in zip(notes, channels, strict=True) if channel == fullest]
        candidates = [v for v in candidates if not v.held] or candidates
        return min(candidates[: max(1, len(candidates) // 2)], key=audible)

    def is_full(self) -> bool:
        """Whether even the spare slots are taken."""
        return not self._free

    def add(self, note: Note | None, birth_sample: int) -> Voice:
        """A voice in a free slot."""
        voice = Voice(self._free.pop(), note, birth_sample)
        self.voices.append(voice)
        return voice

    def remove(self, voice: Voice) -> None:
        """Free a voice's slot."""
        self.voices.remove(voice)
        self._free.append(voice.slot)
