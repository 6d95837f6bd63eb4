"""The published method: every voice whole, its phases found by Griffin-Lim in the domain of the NSGT."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import scipy.signal

from rt.arrays import F32, F64, AnyArray
from rt.frames.nsgt import Nsgt
from rt.manifest import FrameSpec
from rt.offline.log import Log, VoiceLog

PAPER_ITERATIONS = 30
PAD_S = 0.3
"""Silence around a voice, so that its end does not meet its beginning."""
LONGEST_S, CROSSFADE_S = 20.0, 0.5
"""Longer voices are made of pieces of this length."""
LEAST = 1e-12


def griffin_lim(
    spec: FrameSpec, frames: AnyArray, at_s: F64, n_samples: int, *, iterations: int, rng: np.random.Generator
) -> F32:
    """Sound (n_samples,) at the rate of the spec that has wanted magnitudes, from random phases.

    frames : (n, n_bins) magnitudes at times at_s (n,), held at both ends; 1 is a sine of amplitude 1.
    """
    transform = Nsgt(spec, n_samples)
    columns_s = np.arange(transform.n_columns) / transform.columns_per_s
    target = between(frames, at_s, columns_s) * np.float32(transform.sine_gain)
    coefficients = target * np.exp(2j * np.pi * rng.random(target.shape, np.float32)).astype(np.complex64)
    for _ in range(iterations):
        heard = transform.forward(transform.inverse(coefficients))
        coefficients = target * heard / np.maximum(np.abs(heard), np.float32(LEAST))
    return np.asarray(transform.inverse(coefficients), np.float32)


def sound(spec: FrameSpec, log: Log, rate_hz: int, *, iterations: int, seed: int) -> Iterator[tuple[int, F32]]:
    """Every voice of a log as its first sample and its sound (n,) at rate_hz."""
    for number, voice in enumerate(log.voices):
        rng = np.random.default_rng((seed, number))
        begin, end = voice.born, min(voice.level_at[-1], log.n_samples)
        if end > begin:
            made = np.zeros(end - begin, np.float32)
            for first_s, piece in _pieces(spec, voice, (end - begin) / rate_hz, rate_hz, iterations, rng):
                place = round(first_s * rate_hz)
                heard = resampled(piece, spec.sample_rate_hz, rate_hz)[: max(len(made) - place, 0)]
                made[place : place + len(heard)] += heard
            yield begin, made * voice.level(np.arange(begin, end, dtype=np.float64)).astype(np.float32)


def resampled(samples: F32, from_hz: int, to_hz: int) -> F32:
    """(n, ...) at another rate, along the first axis."""
    if from_hz == to_hz:
        return samples
    common = math.gcd(from_hz, to_hz)
    return np.asarray(scipy.signal.resample_poly(samples, to_hz // common, from_hz // common, axis=0), np.float32)


def _pieces(
    spec: FrameSpec, voice: VoiceLog, length_s: float, rate_hz: int, iterations: int, rng: np.random.Generator
) -> Iterator[tuple[float, F32]]:
    """Parts of a voice that add up to it, with the seconds from its beginning at which each begins.

    rate_hz : of the engine; the parts come at the rate of the spec.
    """
    own_hz = spec.sample_rate_hz
    frames = moved(spec, np.asarray(voice.frames), np.asarray(voice.ratios))
    frames_s = (np.asarray(voice.frame_at) - voice.born) / rate_hz
    n_pieces = max(1, math.ceil((length_s - CROSSFADE_S) / (LONGEST_S - CROSSFADE_S)))
    step_s = (length_s - CROSSFADE_S) / n_pieces
    pad = round(PAD_S * own_hz)
    for number in range(n_pieces):
        first_s = max(number * step_s, 0.0)
        n = math.ceil((min(step_s + CROSSFADE_S, length_s) if n_pieces > 1 else length_s) * own_hz)
        whole = griffin_lim(spec, frames, frames_s - first_s + PAD_S, n + 2 * pad, iterations=iterations, rng=rng)
        piece = whole[pad : pad + n]
        fade = np.linspace(0.0, 1.0, min(round(CROSSFADE_S * own_hz), n), dtype=np.float32)
        if number > 0:
            piece[: len(fade)] *= np.sin(0.5 * np.pi * fade)
        if number < n_pieces - 1:
            piece[n - len(fade) :] *= np.cos(0.5 * np.pi * fade)
        yield first_s, piece


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
