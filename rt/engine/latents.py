"""Where each voice is in the latent space, and what that sounds like."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, I64, AnyArray
from rt.dsp.feed import shape_frames
from rt.engine.free_path import FreeVoicePath, LatentCurve
from rt.engine.glide import Glides
from rt.engine.wander import Wander
from rt.frames.symbols import SymbolLayout
from rt.model import Model

FREE_AGE_S = 0.35
"""Time since onset at which the free voice's labels are looked up: past the attack."""
FREE_WANDER = 0.5
"""Deviation of the free voice at `alive` 1: it has no posterior of its own."""
XY_DEVIATIONS = 2.0
"""Standard deviations on a principal axis that 1 on an XY pad stands for."""


class Latents:
    """Latent paths of `n_slots` voices: z(t) = symbols at their age + offset + wandering, or the free path."""

    def __init__(self, model: Model, n_slots: int, *, sample_rate_hz: float, seed: int) -> None:
        manifest = model.manifest
        self.path = FreeVoicePath(manifest.latent)
        self._curve: LatentCurve = self.path
        self.newest = np.zeros((n_slots, manifest.latent.size), np.float32)
        """Latents (n_slots, size) of the last frame of each voice."""
        self.newest_at = np.zeros(n_slots, np.int64)
        """(n_slots,) sample times of those."""
        self._model = model
        self._rate_hz = sample_rate_hz
        self._layout = SymbolLayout(manifest.symbols)
        self._symbols = np.zeros((n_slots, self._layout.n_symbols), np.float32)
        self._is_free = [False] * n_slots
        self._birth_samples = [0] * n_slots
        self._offset = np.zeros(manifest.latent.size, np.float32)
        self._tilt = np.ones((n_slots, manifest.frame.n_bins), np.float32)
        self.glides = Glides(n_slots, manifest.latent.size, manifest.frame.n_bins)
        self._wander = Wander(n_slots, manifest.latent.size, seed)
        self.alive = 0.0

    def begin_note(
        self, slot: int, birth_sample: int, *, note: int, dynamics: float, instrument: int, tilt: F32
    ) -> None:
        """A slot follows a note that begins at sample `birth_sample`; `tilt` (n_bins,) are factors on its frames."""
        self.glides.end(slot)
        self._tilt[slot] = tilt
        self._is_free[slot] = False
        self._birth_samples[slot] = birth_sample
        self._symbols[slot] = self._layout.encode(note, dynamics, instrument)

    def begin_free(self, slot: int) -> None:
        """A slot follows the free path."""
        self.glides.end(slot)
        self._is_free[slot] = True
        self._tilt[slot] = 1.0

    def glide(
        self, slot: int, now: int, length: int, *, note: int, dynamics: float, instrument: int, tilt: F32
    ) -> None:
        """A slot that follows a note goes over to another within `length` samples; its age goes on."""
        slots = np.asarray([slot])
        here, _ = self._notes(slots, [now])
        self.glides.begin(slot, now, length, latent=here[0], tilt=self._tilts(slots, np.asarray([now]))[0])
        self._tilt[slot] = tilt
        self._symbols[slot] = self._layout.encode(note, dynamics, instrument)

    def follow(self, curve: LatentCurve) -> None:
        """The free voice goes a way that is known beforehand instead of its path."""
        self._curve = curve

    def set_offset(self, offset: AnyArray) -> None:
        """Added to the latents of every note, (size,)."""
        self._offset[:] = offset

    def point_of_xy(self, x: float, y: float) -> F64:
        """Point (size,) of a place on the two first principal axes, each -1..1."""
        latent = self._model.manifest.latent
        axes = np.asarray(latent.axes[:2])
        reach = XY_DEVIATIONS * np.asarray(latent.axis_deviation[:2])
        return np.asarray(np.asarray(latent.mean) + (np.asarray([x, y])[: len(axes)] * reach) @ axes)

    def point_of_symbol(self, instrument: int, note: int, dynamics: int) -> F32:
        """Point (size,) of labels; the note is folded into the instrument's range."""
        spec = self._model.manifest.instruments[instrument]
        row = self._layout.encode(spec.reachable(note), float(dynamics), instrument)[None]
        mean, _ = self._model.encode(row, np.asarray([FREE_AGE_S], np.float32))
        point: F32 = mean[0]
        return point

    def frames(self, slots: list[int], at: list[int]) -> tuple[F32, int]:
        """Frames (n, n_bins) of n voices as they are at sample times, and how many were silenced as no sound."""
        rows = np.asarray(slots, np.int64)
        z = np.empty((len(slots), len(self._offset)), np.float32)
        notes = [i for i, slot in enumerate(slots) if not self._is_free[slot]]
        if notes:
            z[notes] = self._points(rows[notes], [at[i] for i in notes])
        for i, slot in enumerate(slots):
            if self._is_free[slot]:
                z[i] = self._curve.at(at[i] / self._rate_hz)
                if self.alive > 0.0:
                    z[i] += (
                        self.alive
                        * FREE_WANDER
                        * self._wander.at(rows[i : i + 1], np.asarray(at[i : i + 1]) / self._rate_hz)[0]
                    )
        self.newest[rows], self.newest_at[rows] = z, at
        frames = self._model.decode(z)
        if self.glides:
            tilt, rows = self._tilts(rows, np.asarray(at)), np.arange(len(rows))
        else:
            tilt = self._tilt
        return frames, shape_frames(frames, rows, tilt)

    def _points(self, slots: I64, at: list[int]) -> F32:
        """Where slots (n,) that follow notes are at sample times, (n, size)."""
        if self.alive == 0.0 and not self.glides:
            return self._model.encode_mean(self._symbols[slots], self._ages(slots, at)) + self._offset
        mean, deviation = self._notes(slots, at)
        z: F32 = mean + self._offset
        if self.alive > 0.0:
            z += self.alive * deviation * self._wander.at(slots, np.asarray(at) / self._rate_hz)
        return z

    def _notes(self, slots: I64, at: list[int]) -> tuple[F32, F32]:
        """Mean and deviation (n, size) of slots that follow notes, at sample times."""
        mean, deviation = self._model.encode(self._symbols[slots], self._ages(slots, at))
        share = self.glides.share(slots, np.asarray(at)).astype(np.float32)[:, None]
        if (share < 1.0).any():
            mean = np.where(share < 1.0, self.glides.latent[slots] + share * (mean - self.glides.latent[slots]), mean)
        return mean, deviation

    def _ages(self, slots: I64, at: list[int]) -> F32:
        """Seconds since the onsets of slots (n,), as far as the model knows them."""
        oldest_s = self._model.manifest.max_age_s
        ages_s = [
            min(max((a - self._birth_samples[s]) / self._rate_hz, 0.0), oldest_s)
            for s, a in zip(slots.tolist(), at, strict=True)
        ]
        return np.asarray(ages_s, np.float32)

    def _tilts(self, slots: I64, at: I64) -> F32:
        """Factors (n, n_bins) on the frames of slots at sample times (n,)."""
        share = self.glides.share(slots, at).astype(np.float32)[:, None]
        if (share >= 1.0).all():
            return self._tilt[slots]
        return np.asarray(self.glides.tilt[slots] + share * (self._tilt[slots] - self.glides.tilt[slots]), np.float32)
