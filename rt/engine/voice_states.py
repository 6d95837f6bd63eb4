"""The voices of a bank and all that is known of each: its note and beginning, what it sounds like, whither it glides.

Also which one gives way when all are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64, I64
from rt.bundle.manifest import Manifest
from rt.engine.channel_states import Key, Note
from rt.engine.note_values import NoteValues
from rt.frames.symbols import SymbolLayout

SPARE_VOICES = 8
"""Slots beyond the polyphony, for voices that fade after being stolen or struck again."""


@dataclass(slots=True, eq=False)
class Voice:
    """One sounding note, or the free voice (`note` is None)."""

    slot: int
    note: Note | None
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


class VoiceSnapshot(NamedTuple):
    """One voice at a moment, for pictures and for renderers that know the whole sound; arrays are the receiver's."""

    slot: int
    birth_sample: int
    """Sample at which it began; together with the slot it tells voices apart."""
    level: float
    """Envelope times gain."""
    side: float
    """Where it stands, -1 left to 1 right."""
    ratio: float
    """Factor on the frequencies of the frame."""
    frame: F32
    """(n_bins,) magnitudes, heard half a window later."""
    latent: F32
    """(size,) where it goes next."""
    latent_at: int
    """Sample at which it is there."""


class Glides:
    """Legato: where each of `n_slots` voices left from, and how long it is on its way; times are samples."""

    def __init__(self, n_slots: int, size: int, n_bands: int) -> None:
        self.latent = np.zeros((n_slots, size), np.float32)
        """Where a glide began, without offset and wandering."""
        self.tilt = np.ones((n_slots, n_bands), np.float32)
        self.tuning, self.gain = np.ones(n_slots), np.zeros(n_slots)
        self._begin = np.zeros(n_slots, np.int64)
        self._length = np.zeros(n_slots, np.int64)
        self._begun: set[int] = set()

    def __bool__(self) -> bool:
        """Whether any voice has glided since it began; without one there is nothing to work out."""
        return bool(self._begun)

    def end(self, slot: int) -> None:
        """A voice is where it is."""
        self._length[slot] = 0
        self._begun.discard(slot)

    def begin(self, slot: int, now: int, length: int) -> None:
        """A voice leaves what the tables say of its slot."""
        self._begin[slot], self._length[slot] = now, max(length, 1)
        self._begun.add(slot)

    def share(self, slots: I64, at_samples: I64 | int) -> F64:
        """How far voices (n,) have come at sample times, 0 to 1 with rest at both ends; 1 without a glide."""
        length = self._length[slots]
        u = np.clip((at_samples - self._begin[slots]) / np.maximum(length, 1), 0.0, 1.0)
        return np.asarray(np.where(length > 0, u * u * (3.0 - 2.0 * u), 1.0), np.float64)


class VoiceStates:
    """Voices in order of age, and tables with a row for each slot; times are samples."""

    def __init__(self, polyphony: int, manifest: Manifest) -> None:
        n = self.n_slots = polyphony + SPARE_VOICES
        size, frame = manifest.latent.size, manifest.frame
        n_bands = frame.n_bins + (frame.noise.n_bands if frame.noise else 0)
        self.voices: list[Voice] = []
        self.birth_sample = [0] * n
        """Sample at which each slot's voice began."""
        self.is_note = np.zeros(n, bool)
        """Not the free voice: it follows its labels, and the gain of its channel counts."""
        self.channel = np.zeros(n, np.int64)
        self.symbols = np.zeros((n, SymbolLayout(manifest.symbols).n_symbols), np.float32)
        self.tilt = np.ones((n, n_bands), np.float32)
        """Factors on frames and noise, side by side."""
        self.tuning, self.gain, self.side = np.ones(n), np.zeros(n), np.zeros(n)
        self.release_s, self.decay_db_per_s = np.ones(n), np.zeros(n)
        self.glides = Glides(n, size, n_bands)
        self.latent = np.zeros((n, size), np.float32)
        """Latents of the last frame of each voice."""
        self.latent_at = np.zeros(n, np.int64)
        """Sample times of those."""
        self._polyphony = polyphony
        self._unused = list(range(n))[::-1]
        self._all = np.arange(n)

    # which voices there are

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
        return not self._unused

    def begin(self, note: Note | None, values: NoteValues, now: int) -> Voice:
        """A voice in a slot that nobody has; None is the free one."""
        voice = Voice(self._unused.pop(), note)
        self.voices.append(voice)
        self.birth_sample[voice.slot] = now
        self.is_note[voice.slot] = note is not None
        self.channel[voice.slot] = note.key.channel if note else 0
        self.glides.end(voice.slot)
        self._set(voice.slot, values)
        return voice

    def remove(self, voice: Voice) -> None:
        """Nobody has a voice's slot any more."""
        self.voices.remove(voice)
        self._unused.append(voice.slot)

    # what they sound like

    def go_over(self, voice: Voice, note: Note, values: NoteValues, now: int, *, length: int, latent: F32) -> None:
        """A voice glides to another note within `length` samples; its age goes on. latent : (size,) where it is now."""
        slot, glides = voice.slot, self.glides
        tuning, gain = self.tuning_and_gain(now)
        glides.tuning[slot], glides.gain[slot] = tuning[slot], gain[slot]
        glides.tilt[slot] = self.tilts(np.asarray([slot]), np.asarray([now]))[0]
        glides.latent[slot] = latent
        glides.begin(slot, now, length)
        voice.note = note
        self._set(slot, values)

    def tuning_and_gain(self, now: int) -> tuple[F64, F64]:
        """Factor on the frequencies and gain of all slots, (n_slots,); those of glides between their notes."""
        if not self.glides:
            return self.tuning, self.gain
        share, left = self.glides.share(self._all, now), self.glides
        tuning = np.where(share < 1.0, left.tuning ** (1.0 - share) * self.tuning**share, self.tuning)
        gain = np.where(share < 1.0, left.gain + share * (self.gain - left.gain), self.gain)
        return tuning, gain

    def tilts(self, slots: I64, at_samples: I64) -> F32:
        """Factors (n, n_bands) on frames and noise of slots at sample times (n,)."""
        share = self.glides.share(slots, at_samples).astype(np.float32)[:, None]
        if (share >= 1.0).all():
            return self.tilt[slots]
        return np.asarray(self.glides.tilt[slots] + share * (self.tilt[slots] - self.glides.tilt[slots]), np.float32)

    def _set(self, slot: int, values: NoteValues) -> None:
        self.symbols[slot], self.tilt[slot] = values.symbols, values.tilt
        self.tuning[slot], self.gain[slot], self.side[slot] = values.tuning, values.gain, values.side
        self.release_s[slot], self.decay_db_per_s[slot] = values.release_s, values.decay_db_per_s
