"""Every voice whole, its phases found by Griffin-Lim in the domain of the NSGT.

From random phases this is the published method; from those of the locked renderer it is `--phase refined`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.dsp import single_voice as locked
from rt.dsp.refine import REFINED_ITERATIONS, REFINED_MOMENTUM, refine
from rt.frames.nsgt import Nsgt
from rt.frames.spec import centre_hz
from rt.offline.log import Log, VoiceLog, between, moved
from rt.offline.recording import resampled

USUAL_ITERATIONS = {"nsgt": 30, "refined": REFINED_ITERATIONS}
"""The published number, and ours."""
PAD_S = 0.3
"""Silence around a voice, so that its end does not meet its beginning."""
LONGEST_S, CROSSFADE_S = 20.0, 0.5
"""Longer voices are made of pieces of this length."""


class Whole(NamedTuple):
    """How the phases of whole voices are found."""

    iterations: int
    refines: bool
    """Begin with the sound of the locked renderer, not with random phases."""


def griffin_lim(
    spec: FrameSpec, frames: AnyArray, at_s: F64, n_samples: int, *, iterations: int, start: F32 | np.random.Generator
) -> F32:
    """Sound (n_samples,) at the rate of the spec that has wanted magnitudes.

    frames : (n, n_bins) magnitudes at times at_s (n,), held at both ends; 1 is a sine of amplitude 1. start : a sound
    (n_samples,) whose phases the search begins with, or what draws random ones.
    """
    transform = Nsgt(spec, n_samples)
    columns_s = np.arange(transform.n_columns) / transform.columns_per_s
    target = between(frames, at_s, columns_s) * np.float32(transform.sine_gain)
    if isinstance(start, np.random.Generator):
        first = np.exp(2j * np.pi * start.random(target.shape, np.float32)).astype(np.complex64)
        return refine(first, target, transform, n_iterations=iterations)
    return refine(transform.forward(start), target, transform, n_iterations=iterations, momentum=REFINED_MOMENTUM)


def sound(
    spec: FrameSpec, log: Log, rate_hz: int, *, whole: Whole, seed: int, n_channels: int = 1
) -> Iterator[tuple[int, F32]]:
    """Every voice of a log as its first sample and its sound (n_channels, n) at rate_hz."""
    for number, voice in enumerate(log.voices):
        begin, end = voice.birth_sample, min(voice.level_at[-1], log.n_samples)
        if end <= begin:
            continue
        pieces = _Pieces(spec, voice, (end - begin) / rate_hz, rate_hz, whole.iterations)
        rng = np.random.default_rng((seed, number))
        made = np.zeros(end - begin, np.float32)
        for first_s, piece in pieces.locked(rng) if whole.refines else pieces.random(rng):
            place = round(first_s * rate_hz)
            heard = resampled(piece, spec.sample_rate_hz, rate_hz)[: max(len(made) - place, 0)]
            made[place : place + len(heard)] += heard
        yield begin, made * voice.gains(np.arange(begin, end, dtype=np.float64), n_channels)


class _Pieces:
    """Parts of a voice that add up to it; each comes with the seconds from the voice's beginning at which it begins."""

    def __init__(self, spec: FrameSpec, voice: VoiceLog, length_s: float, rate_hz: int, iterations: int) -> None:
        """rate_hz : of the engine; the parts come at the rate of the spec."""
        self._spec, self._voice, self._iterations = spec, voice, iterations
        self._frames = moved(spec, np.asarray(voice.frames), np.asarray(voice.ratios))
        self._frames_s = (np.asarray(voice.frame_at) - voice.birth_sample) / rate_hz
        self._length_s = length_s
        self._n_pieces = max(1, math.ceil((length_s - CROSSFADE_S) / (LONGEST_S - CROSSFADE_S)))
        self._pad = round(PAD_S * spec.sample_rate_hz)

    def random(self, rng: np.random.Generator) -> Iterator[tuple[float, F32]]:
        """From random phases; what the parts have in common is noise to each other and fades by powers."""
        for first_s, n in self._places():
            yield first_s, self._faded(first_s, self._piece(first_s, n, rng), np.sqrt)

    def locked(self, rng: np.random.Generator) -> Iterator[tuple[float, F32]]:
        """From the phases of the locked renderer, which all parts share."""
        rate_hz = self._spec.sample_rate_hz
        whole = locked.play(
            self._frames,
            self._frames_s + PAD_S,
            math.ceil(self._length_s * rate_hz) + 2 * self._pad + 1,
            frequency_hz=centre_hz(self._spec),
            sample_rate_hz=rate_hz,
            seed=int(rng.integers(1 << 32)),
        )
        for first_s, n in self._places():
            first = round(first_s * rate_hz)
            piece = self._piece(first_s, n, whole[first : first + n + 2 * self._pad])
            yield first_s, self._faded(first_s, piece, np.asarray)

    def _places(self) -> Iterator[tuple[float, int]]:
        """Where each part begins, and how many samples it has."""
        step_s = (self._length_s - CROSSFADE_S) / self._n_pieces
        longest_s = step_s + CROSSFADE_S if self._n_pieces > 1 else self._length_s
        for number in range(self._n_pieces):
            first_s = max(number * step_s, 0.0)
            yield first_s, math.ceil(min(longest_s, self._length_s - first_s) * self._spec.sample_rate_hz)

    def _piece(self, first_s: float, n: int, start: F32 | np.random.Generator) -> F32:
        """One part (n,); start : with pads at both ends where it is a sound."""
        at_s = self._frames_s - first_s + PAD_S
        n_padded = n + 2 * self._pad
        whole = griffin_lim(self._spec, self._frames, at_s, n_padded, iterations=self._iterations, start=start)
        return whole[self._pad : self._pad + n]

    def _faded(self, first_s: float, piece: F32, curve: Callable[[F32], F32]) -> F32:
        """A part that fades into its neighbours; curve : of a fade from 0 to 1."""
        if self._n_pieces == 1:
            return piece
        n_fade = min(round(CROSSFADE_S * self._spec.sample_rate_hz), len(piece))
        fade = curve(np.linspace(0.0, 1.0, n_fade, dtype=np.float32))
        if first_s > 0.0:
            piece[:n_fade] *= fade
        if first_s + len(piece) / self._spec.sample_rate_hz < self._length_s - CROSSFADE_S / 2:
            piece[-n_fade:] *= fade[::-1]
        return piece
