"""What a voice needs to know of its note: tuning, gain, decay and release, also on the way between two notes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import Manifest
from rt.engine import loudness
from rt.engine.channel_states import Note
from rt.engine.glide import Glides


class Sought(NamedTuple):
    """Where a note lies, for its latents."""

    note: int
    """The one that sounds, within the instrument's reach."""
    dynamics: float
    instrument: int
    tilt: F32
    """(n_bins,) factors on its frames."""


class NoteValues:
    """Values of `n_slots` voices; times are samples."""

    def __init__(self, manifest: Manifest, n_slots: int, *, tilt: loudness.Tilt, glides: Glides) -> None:
        self.decay_db_per_s = np.zeros(n_slots)
        """Beyond the ages that the model was trained on."""
        self.release_s = np.ones(n_slots)
        self._manifest = manifest
        self._tilt = tilt
        self._glides = glides
        self._all = np.arange(n_slots)
        self._dynamics = [loudness.dynamics(manifest, velocity) for velocity in range(128)]
        self._tuning, self._gain = np.ones(n_slots), np.zeros(n_slots)
        self._left_tuning, self._left_gain = np.ones(n_slots), np.zeros(n_slots)

    def set_note(self, slot: int, asked: Note) -> Sought:
        """A voice has a note from now on."""
        index = min(asked.instrument, len(self._manifest.instruments) - 1)
        spec = self._manifest.instruments[index]
        note = spec.reachable(asked.key.note)
        row = note - spec.low_note
        dynamics = self._dynamics[asked.velocity]
        self.release_s[slot] = spec.release_s
        self.decay_db_per_s[slot] = spec.decay_db_per_s[row]
        self._tuning[slot] = 2.0 ** (-spec.tuning_cents[row] / 1200.0)
        self._gain[slot] = loudness.note_gain(spec, note, asked.velocity, dynamics)
        return Sought(note, dynamics, index, self._tilt.of(note, asked.velocity))

    def set_free(self, slot: int, *, gain: float, release_s: float) -> None:
        """A voice is the free one."""
        self.release_s[slot], self.decay_db_per_s[slot] = release_s, 0.0
        self._tuning[slot], self._gain[slot] = 1.0, gain

    def leave(self, slot: int, now: int) -> None:
        """A voice is about to glide away from where it is."""
        tuning, gain = self.at(now)
        self._left_tuning[slot], self._left_gain[slot] = tuning[slot], gain[slot]

    def at(self, now: int) -> tuple[F64, F64]:
        """Factor on the frequencies and gain of all slots, (n_slots,); those of glides between their notes."""
        if not self._glides:
            return self._tuning, self._gain
        share = self._glides.share(self._all, now)
        tuning = np.where(share < 1.0, self._left_tuning ** (1.0 - share) * self._tuning**share, self._tuning)
        gain = np.where(share < 1.0, self._left_gain + share * (self._gain - self._left_gain), self._gain)
        return tuning, gain
