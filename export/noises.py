"""What disturbs frames before an encoder hears them: detuning, gain, filtering, overblowing, noise, breath, hum.

The frame to reconstruct stays as it was (denoising: Vincent et al. 2008). All of it on frame values, in which 20 dB
are 1. Every draw comes from the generator that is passed.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import torch
from torch import Tensor

from export.augment import NEPERS, STEP_DB, chance, moved_by, uniform
from rt.bundle.manifest import FrameSpec, ListenerSpec
from rt.frames.live import LiveAnalyser
from rt.frames.spec import bin_of_hz
from rt.units import hz_of_note

FLOOR_DB = -80.0
N_WAVES = 4
WAVES = (1, 2, 3, 5)
FILTER_DB = 3.0
"""Deviation of the slowest wave of the random filter; faster ones are as many times smaller."""
OVERBLOWN_BINS = (-48, 28, 63, 87)
"""Where 1/2, 3/2, 5/2 and 7/2 of the fundamental lie: what an overblown flute adds."""
OVERBLOWN_SHARE = 0.25
LOWEST_OVERBLOWN = 67
BREATH_SHARE = 0.25
N_NOISES, N_HUMS = 512, 512
HUM_HZ = (50.0, 60.0)
HUM_PARTIALS = (5, 25)
"""Fewest and most."""
HUM_ALONE, HUM_WITH_NOISE = 0.35, 0.15
"""Share of the live frames without a note in which there is nothing but hum, and hum in noise."""


class Noises:
    """Random disturbances of one kind of frames: full-resolution ones, or those of a live analyser.

    Bands of the full resolution hear independent noise. Those of the live analyser overlap, so its noise is taken from
    what it made of white noise and of mains hum.
    """

    def __init__(self, frame: FrameSpec, listener: ListenerSpec | None, device: torch.device) -> None:
        self.n_bins = frame.n_bins
        ramp = torch.linspace(0.0, 1.0, frame.n_bins, device=device)[None]
        self._ramp, self._bins = ramp, torch.arange(frame.n_bins, device=device)[None]
        angles = math.pi * torch.tensor(WAVES, device=device)[:, None] * ramp
        self._waves = torch.cat([angles.cos(), angles.sin()]) * FILTER_DB / STEP_DB
        self._fundamental = torch.tensor([round(bin_of_hz(frame, hz_of_note(n))) for n in range(128)], device=device)
        self._white = self._hum = None
        if listener is not None:
            white, hum = recorded_noises(frame, listener)
            self._white, self._hum = torch.from_numpy(white).to(device), torch.from_numpy(hum).to(device)

    def disturb(
        self,
        frame: Tensor,
        note: Tensor,
        generator: torch.Generator,
        *,
        clean: float,
        gain_db: float,
        breath_db: float = 3.0,
    ) -> Tensor:
        """Detuning up to a band, gain, a smooth random filter, overblowing, noise, and in live frames breath and hum.

        frame : (n, n_bins) values. note : (n, n_sources) MIDI notes. clean : share that stays as it is.
        gain_db : half of the frames get up to 4 dB of gain, the others up to this.
        breath_db : loudest band of the breath, at most, relative to that of the frame.
        """
        n, g = len(frame), generator
        if clean >= 1.0:
            return frame.clone()
        wide = torch.where(chance(g, n, 0.5), gain_db, min(gain_db, 4.0)) / STEP_DB
        detuned = moved_by(frame, torch.randint(-1, 2, (n, 1), generator=g, device=g.device))
        value = detuned + uniform(g, n, -1.0, 1.0) * wide + self._filter(n, g)
        power = (value * NEPERS).exp()
        power = self._overblow(power, note, g)
        loudest = value.amax(1, keepdim=True) * STEP_DB + FLOOR_DB
        if self._white is None:
            level_db = torch.where(chance(g, n, 0.7), uniform(g, n, -110.0, -60.0), -110.0)
        else:
            level_db = torch.where(chance(g, n, 0.7), loudest + uniform(g, n, -90.0, -30.0), -110.0)
        power = power + self._noise_power(level_db, g)
        if self._hum is not None:
            hum_db = torch.where(chance(g, n, 0.1), loudest + uniform(g, n, -60.0, -20.0), -140.0)
            power = power + self._hum_power(hum_db, g)
            breath = torch.where(chance(g, n, BREATH_SHARE), loudest + uniform(g, n, -30.0, breath_db), -140.0)
            power = power + self._room_power(breath, g)
        return torch.where(chance(g, n, clean), frame, (power.log() / NEPERS).clamp(min=0.0))

    def silence(self, n: int, generator: torch.Generator) -> Tensor:
        """Frames of a room without a note, (n, n_bins): noise of any colour, mains hum."""
        g = generator
        if self._white is None:
            power = self._noise_power(uniform(g, n, -110.0, -60.0), g)
        else:
            loudest_db, kind = uniform(g, n, -100.0, -20.0), uniform(g, n)
            alone, both = kind < HUM_ALONE, kind > 1.0 - HUM_WITH_NOISE
            under_db = torch.where(alone, uniform(g, n, 15.0, 60.0), 0.0)
            hum_db = torch.where(alone, loudest_db, torch.where(both, loudest_db + uniform(g, n, -15.0, 15.0), -140.0))
            power = self._room_power(loudest_db - under_db, g) + self._hum_power(hum_db, g)
        return ((power + 1e-3).log() / NEPERS).clamp(min=0.0)

    def _filter(self, n: int, g: torch.Generator) -> Tensor:
        """(n, n_bins) values of a smooth random filter: a few cosines along the bands."""
        size = torch.randn(n, N_WAVES, generator=g, device=g.device)
        phase = 2.0 * math.pi * torch.rand(n, N_WAVES, generator=g, device=g.device)
        size = size / torch.tensor(WAVES, device=g.device)
        return torch.cat([size * phase.cos(), -size * phase.sin()], 1) @ self._waves

    def _noise_power(self, level_db: Tensor, g: torch.Generator) -> Tensor:
        """Noise of some level (n, 1), tilted, a third of it with a broad hump as breath has; floor power is 1."""
        n = len(level_db)
        tilt_db = uniform(g, n, -20.0, 10.0) * (self._ramp - 0.5)
        centre, width = uniform(g, n, 100.0, self.n_bins - 30.0), uniform(g, n, 15.0, 60.0)
        hump_db = torch.where(chance(g, n, 0.3), uniform(g, n, 5.0, 25.0), 0.0)
        shape_db = tilt_db + hump_db * (-(((self._bins - centre) / width) ** 2)).exp()
        power = ((level_db - FLOOR_DB + shape_db) * (NEPERS / STEP_DB)).exp()
        if self._white is None:
            return power * -torch.rand(power.shape, generator=g, device=g.device).neg().log1p()  # exponential
        return power * self._white[torch.randint(0, N_NOISES, (n,), generator=g, device=g.device)]

    def _room_power(self, loudest_db: Tensor, g: torch.Generator) -> Tensor:
        """Live noise; level (n, 1) of its loudest band.

        Half of it lies between white and pink, half has any colour from brown to blue and up to two humps.
        """
        assert self._white is not None
        n = len(loudest_db)
        plain = chance(g, n, 0.5)
        shape_db = torch.where(plain, uniform(g, n, -28.0, 8.0), uniform(g, n, -60.0, 30.0)) * self._ramp
        for _ in range(2):
            centre, width = uniform(g, n, 10.0, self.n_bins - 10.0), uniform(g, n, 12.0, 60.0)
            height_db = torch.where(chance(g, n, 0.5) & ~plain, uniform(g, n, 5.0, 50.0), 0.0)
            shape_db = shape_db + height_db * (-(((self._bins - centre) / width) ** 2)).exp()
        white = self._white[torch.randint(0, N_NOISES, (n,), generator=g, device=g.device)]
        power = white * (shape_db * (NEPERS / STEP_DB)).exp()
        return power / power.amax(1, keepdim=True) * ((loudest_db - FLOOR_DB) * (NEPERS / STEP_DB)).exp()

    def _hum_power(self, level_db: Tensor, g: torch.Generator) -> Tensor:
        """Mains hum of some level (n, 1); floor power is 1."""
        assert self._hum is not None
        rows = self._hum[torch.randint(0, N_HUMS, (len(level_db),), generator=g, device=g.device)]
        return rows * ((level_db - FLOOR_DB) * (NEPERS / STEP_DB)).exp()

    def _overblow(self, power: Tensor, note: Tensor, g: torch.Generator) -> Tensor:
        """Copies of the fundamental at odd multiples of half its frequency, 13-35 dB below, under some high notes."""
        n, width = len(power), 6
        fits = (note[:, :1] >= LOWEST_OVERBLOWN) & chance(g, n, OVERBLOWN_SHARE)
        common_db = uniform(g, n, -35.0, -13.0)
        own_db = common_db + 12.0 * torch.rand(n, len(OVERBLOWN_BINS), generator=g, device=g.device) - 6.0
        gain = torch.where(fits, (own_db * (NEPERS / STEP_DB)).exp(), 0.0)
        near = torch.arange(-width, width + 1, device=g.device)
        source = self._fundamental[note[:, 0].clamp(0, 127)][:, None] + near
        copied = torch.gather(power, 1, source.clamp(0, self.n_bins - 1))[:, None] * gain[:, :, None]
        place = source[:, None] + torch.tensor(OVERBLOWN_BINS, device=g.device)[:, None]
        copied = copied.masked_fill((place < 0) | (place >= self.n_bins), 0.0)
        return power.scatter_add(1, place.clamp(0, self.n_bins - 1).flatten(1), copied.flatten(1))


@functools.cache
def recorded_noises(frame: FrameSpec, listener: ListenerSpec) -> tuple[np.ndarray, np.ndarray]:
    """Powers of what the live analyser makes of white noise, (N_NOISES, n_bins), and mains hum, (N_HUMS, n_bins).

    The mean power of the noise is 1, and so is the loudest band of each hum.
    """
    rng = np.random.default_rng(0)
    analyser = LiveAnalyser(frame, listener, frame.sample_rate_hz)
    white = analyser.magnitudes(rng.standard_normal((N_NOISES, analyser.n_window)).astype(np.float32)) ** 2
    time_s = np.arange(analyser.n_window) / frame.sample_rate_hz
    fewest, most = HUM_PARTIALS
    partials = np.arange(1, most + 1)
    hums = np.empty((N_HUMS, analyser.n_window), np.float32)
    for row in hums:
        phase = 2.0 * np.pi * (rng.choice(HUM_HZ) * partials[:, None] * time_s + rng.random((most, 1)))
        size = rng.random(most) * partials ** -rng.uniform(0.0, 2.0) * (partials <= rng.integers(fewest, most + 1))
        row[:] = size @ np.sin(phase)
    hum = analyser.magnitudes(hums) ** 2
    return (white / white.mean()).astype(np.float32), (hum / hum.max(axis=1, keepdims=True)).astype(np.float32)
