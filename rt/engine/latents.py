"""Where each voice is in the latent space, how it stays alive there, and what that sounds like."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64, I64, AnyArray
from rt.dsp.feed import shape_frames
from rt.engine.free_path import FreeVoicePath, LatentCurve
from rt.engine.voice_states import VoiceStates
from rt.frames.symbols import SymbolLayout
from rt.model import Model

FREE_AGE_S = 0.35
"""Time since onset at which the free voice's labels are looked up: past the attack."""
FREE_WANDER = 0.5
"""Deviation of the free voice at `alive` 1: it has no posterior of its own."""
XY_DEVIATIONS = 2.0
"""Standard deviations on a principal axis that 1 on an XY pad stands for."""
SECONDS_PER_STEP = 0.25
"""Of the wandering."""


class Wander:
    """Smooth noise of unit variance, (n_voices, size); the same seed and calls give the same noise."""

    def __init__(self, n_voices: int, size: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._from = self._random.standard_normal((n_voices, size)).astype(np.float32)
        self._to = self._random.standard_normal((n_voices, size)).astype(np.float32)
        self._start_s = np.zeros(n_voices)

    def at(self, voices: AnyArray, now_s: F64) -> F32:
        """Noise (n, size) of some voices (n,) at their times (n,), which only grow."""
        for i, voice in enumerate(voices):
            if now_s[i] >= self._start_s[voice] + SECONDS_PER_STEP:
                self._from[voice] = self._to[voice]
                self._to[voice] = self._random.standard_normal(self._to.shape[1])
                self._start_s[voice] = now_s[i]
        u = np.clip((now_s - self._start_s[voices]) / SECONDS_PER_STEP, 0.0, 1.0)
        turn = (0.5 * np.pi * u).astype(np.float32)[:, None]
        return np.asarray(np.cos(turn) * self._from[voices] + np.sin(turn) * self._to[voices])


class Decoded(NamedTuple):
    """How some voices sound."""

    frames: F32
    """(n, n_bins) magnitudes."""
    noise: F32
    """(n, n_noise) roots of the power per Hz."""
    n_guarded: int
    """Frames that were silenced as no sound."""


class Latents:
    """Latent paths of all voices: z(t) = symbols at their age + offset + wandering, or the free path."""

    def __init__(self, model: Model, states: VoiceStates, *, sample_rate_hz: float, seed: int) -> None:
        manifest = model.manifest
        self.path = FreeVoicePath(manifest.latent)
        self._curve: LatentCurve = self.path
        self._model = model
        self._rate_hz = sample_rate_hz
        self._layout = SymbolLayout(manifest.symbols)
        self._states = states
        self._offset = np.zeros(manifest.latent.size, np.float32)
        self._wander = Wander(states.n_slots, manifest.latent.size, seed)
        self.alive = 0.0

    def of_note(self, slot: int, now: int) -> F32:
        """Where a slot that follows a note is, (size,), without offset and wandering."""
        mean, _ = self._notes(np.asarray([slot]), [now])
        here: F32 = mean[0]
        return here

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

    def frames(self, slots: list[int], at_samples: list[int]) -> Decoded:
        """Frames and noise of n voices as they are at sample times."""
        rows = np.asarray(slots, np.int64)
        z = np.empty((len(slots), len(self._offset)), np.float32)
        is_note = self._states.is_note[rows].tolist()
        notes = [i for i, follows in enumerate(is_note) if follows]
        if notes:
            z[notes] = self._points(rows[notes], [at_samples[i] for i in notes])
        for i, follows in enumerate(is_note):
            if not follows:
                z[i] = self._curve.at(at_samples[i] / self._rate_hz)
                if self.alive > 0.0:
                    z[i] += (
                        self.alive
                        * FREE_WANDER
                        * self._wander.at(rows[i : i + 1], np.asarray(at_samples[i : i + 1]) / self._rate_hz)[0]
                    )
        self._states.latent[rows], self._states.latent_at[rows] = z, at_samples
        frames, noise = self._model.decode_with_noise(z)
        if self._states.glides:
            tilt, rows = self._states.tilts(rows, np.asarray(at_samples)), np.arange(len(rows))
        else:
            tilt = self._states.tilt
        return Decoded(frames, noise, shape_frames(frames, noise, rows, tilt))

    def _points(self, slots: I64, at_samples: list[int]) -> F32:
        """Where slots (n,) that follow notes are at sample times, (n, size)."""
        if self.alive == 0.0 and not self._states.glides:
            return self._model.encode_mean(self._states.symbols[slots], self._ages(slots, at_samples)) + self._offset
        mean, deviation = self._notes(slots, at_samples)
        z: F32 = mean + self._offset
        if self.alive > 0.0:
            z += self.alive * deviation * self._wander.at(slots, np.asarray(at_samples) / self._rate_hz)
        return z

    def _notes(self, slots: I64, at_samples: list[int]) -> tuple[F32, F32]:
        """Mean and deviation (n, size) of slots that follow notes, at sample times."""
        mean, deviation = self._model.encode(self._states.symbols[slots], self._ages(slots, at_samples))
        glides = self._states.glides
        share = glides.share(slots, np.asarray(at_samples)).astype(np.float32)[:, None]
        if (share < 1.0).any():
            mean = np.where(share < 1.0, glides.latent[slots] + share * (mean - glides.latent[slots]), mean)
        return mean, deviation

    def _ages(self, slots: I64, at_samples: list[int]) -> F32:
        """Seconds since the onsets of slots (n,), as far as the model knows them."""
        oldest_s, birth_sample = self._model.manifest.max_age_s, self._states.birth_sample
        ages_s = [
            min(max((a - birth_sample[s]) / self._rate_hz, 0.0), oldest_s)
            for s, a in zip(slots.tolist(), at_samples, strict=True)
        ]
        return np.asarray(ages_s, np.float32)
