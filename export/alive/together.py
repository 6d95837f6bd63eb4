"""Partials and noise played again: the inverse of `apart`, up to phases, which are random and given by the seed."""

from __future__ import annotations

import numpy as np
import scipy.signal

from export.alive import noise_bands
from export.alive.counter_noise import normals, uniforms
from export.alive.parts import NoteParts, highest_hz
from rt.arrays import F64

PHASES, NOISE = 0, 1
"""Streams of random numbers."""


def together(parts: NoteParts, *, seed: int = 0) -> F64:
    """Samples (n_samples,) of a note that was taken apart."""
    return tone(parts, seed=seed) + noise(parts, seed=seed)


def tone(parts: NoteParts, *, seed: int = 0) -> F64:
    """The partials alone, (n_samples,); amplitudes and frequencies are interpolated linearly between hops."""
    at = np.arange(parts.n_samples)
    hops = np.arange(len(parts.amplitude)) * parts.hop_samples
    first = uniforms(seed, PHASES, 0, (1, parts.amplitude.shape[1]))[0]
    out = np.zeros(parts.n_samples)
    for amplitude, hz, phase in zip(parts.amplitude.T, parts.partial_hz.T, first, strict=True):
        if amplitude.any():
            cycles = np.cumsum(np.interp(at, hops, hz)) / parts.rate_hz + phase
            out += np.interp(at, hops, amplitude) * np.cos(2.0 * np.pi * cycles)
    return out


def noise(parts: NoteParts, *, seed: int = 0) -> F64:
    """The noise alone, (n_samples,): random spectra of the bands' shape, windows overlapped and added."""
    length = noise_bands.window_samples(parts.rate_hz)
    window = scipy.signal.get_window("hann", length)
    hz = np.fft.rfftfreq(length, 1.0 / parts.rate_hz)
    density = noise_bands.at_frequencies(parts.noise, hz, highest_hz(parts.rate_hz))
    draws = normals(seed, NOISE, 0, (len(density), 2 * len(hz)))
    spectra = np.sqrt(density * parts.rate_hz * length / 4.0) * (draws[:, : len(hz)] + 1j * draws[:, len(hz) :])
    frames = np.fft.irfft(spectra, length) * window
    out, weight = np.zeros(parts.n_samples + 2 * length), np.zeros(parts.n_samples + 2 * length)
    for i, frame in enumerate(frames):
        start = i * parts.hop_samples + length // 2
        out[start : start + length] += frame
        weight[start : start + length] += window**2
    inside = slice(length, length + parts.n_samples)
    return np.asarray(out[inside] / np.sqrt(np.maximum(weight[inside], 1e-3)), np.float64)
