"""What sounded while an engine played: levels, frames and latents of every voice, and frames between frames."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from rt.arrays import F32, F64
from rt.bundle.manifest import FrameSpec
from rt.engine import Engine
from rt.offline.latent_path import SILENT_DB, LatentPath
from rt.units import db_of_gain

TICKS_PER_FRAME = 4
"""Levels are kept at every tick, frames at every fourth: 94 a second at 48 kHz."""


@dataclass(slots=True, eq=False)
class VoiceLog:
    """One voice; times are samples of the engine's clock."""

    birth_sample: int
    level_at: list[int] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    sides: list[float] = field(default_factory=list)
    """Where it stood at the times of its levels, -1 left to 1 right."""
    frame_at: list[int] = field(default_factory=list)
    """When each frame is heard: the middle of its window."""
    frames: list[F32] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    latent_at: list[int] = field(default_factory=list)
    latents: list[F32] = field(default_factory=list)

    def level(self, at_samples: F64) -> F64:
        """Levels at sample times, 0 before and after the voice."""
        return np.interp(at_samples, self.level_at, self.levels, left=0.0, right=0.0)

    def gains(self, at: F64, n_channels: int) -> F32:
        """Levels (n_channels, n) at sample times, 0 before and after the voice; two are left and right."""
        level = self.level(at)
        if n_channels == 1:
            return np.asarray(level[None], np.float32)
        side = np.interp(at, self.level_at, self.sides)
        return np.asarray(level * np.sqrt([1.0 - side, 1.0 + side]), np.float32)

    def latent_path(self, rate_hz: float, usual_gain: float) -> LatentPath:
        """The latents as a path that can be played back; usual_gain : of the free voice."""
        at_samples = np.asarray(self.latent_at, np.float64)
        gains = self.level(np.clip(at_samples, self.level_at[0], self.level_at[-1])) / usual_gain
        levels_db = np.asarray([max(db_of_gain(gain), SILENT_DB) for gain in gains])
        return LatentPath((at_samples - at_samples[0]) / rate_hz, np.asarray(self.latents), levels_db)


class Log:
    """Looks at an engine after every tick."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._voices: dict[tuple[int, int], VoiceLog] = {}
        self._n_looks = 0
        self.n_samples = 0

    @property
    def voices(self) -> list[VoiceLog]:
        """In the order of their beginnings."""
        return sorted((v for v in self._voices.values() if v.frames), key=_birth_samples)

    def snapshot(self, n_samples: int) -> None:
        """Write down how the engine sounds after n_samples more."""
        self.n_samples += n_samples
        keeps_frames = self._n_looks % TICKS_PER_FRAME == 0
        self._n_looks += 1
        for now in self._engine.snapshot():
            if now.birth_sample >= self.n_samples:  # announced, not begun: its slot still holds another one's frame
                continue
            voice = self._voices.setdefault(
                (now.slot, now.birth_sample), VoiceLog(now.birth_sample, [now.birth_sample], [0.0], [now.side])
            )
            voice.level_at.append(self.n_samples)
            voice.levels.append(now.level)
            voice.sides.append(now.side)
            if keeps_frames or not voice.frames:
                first = not voice.frames
                voice.frame_at.append(now.birth_sample if first else self.n_samples + self._engine.lead_samples)
                voice.frames.append(now.frame)
                voice.ratios.append(now.ratio)
            if not voice.latent_at or now.latent_at > voice.latent_at[-1]:
                voice.latent_at.append(now.latent_at)
                voice.latents.append(now.latent)


def _birth_samples(voice: VoiceLog) -> int:
    return voice.birth_sample


def moved(spec: FrameSpec, frames: F32, ratios: F64) -> F32:
    """Frames (n, n_bins) with all frequencies times a ratio each."""
    bins_per_octave = (spec.n_bins - 1) / math.log2(spec.f_max_hz / spec.f_min_hz)
    places = np.arange(spec.n_bins)
    found = [
        np.interp(places - bins_per_octave * math.log2(ratio), places, frame, left=0.0, right=0.0)
        for frame, ratio in zip(frames, ratios, strict=True)
    ]
    return np.asarray(found, np.float32)


def between(frames: F32, at_s: F64, wanted_s: F64) -> F32:
    """Frames at wanted times, linearly interpolated."""
    upper = np.clip(np.searchsorted(at_s, wanted_s, side="right"), 1, max(len(at_s) - 1, 1))
    if len(at_s) == 1:
        return np.repeat(frames, len(wanted_s), axis=0)
    lower = upper - 1
    share = np.clip((wanted_s - at_s[lower]) / np.maximum(at_s[upper] - at_s[lower], 1e-9), 0.0, 1.0)
    return np.asarray(frames[lower] + share.astype(np.float32)[:, None] * (frames[upper] - frames[lower]), np.float32)
