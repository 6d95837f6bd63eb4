"""What the renderer hears in a frame: partials with frequency and amplitude, and the loudness of their sum."""

from __future__ import annotations

import functools

import numpy as np
import scipy.signal

from rt.arrays import F64, AnyArray
from rt.frames.spec import centre_hz
from rt.manifest import FrameSpec

PEAK_FLOOR = 1e-4
PEAK_CONTRAST = 1.5
CONTRAST_BANDS = 5
LOCK_BANDS = 3


def partials(spec: FrameSpec, magnitudes: AnyArray) -> tuple[F64, F64]:
    """Partials of one frame, found as the renderer finds them.

    magnitudes : (n_bins,) linear, 1 is the band of a full-scale sine.
    Returns frequencies in Hz and amplitudes, (n_partials,): the peaks first, then every band outside a peak.
    """
    x = np.asarray(magnitudes, np.float64)
    centres, _ = _bands(spec)
    locked = np.zeros(len(x), bool)
    frequencies, amplitudes = [], []
    inner = np.arange(1, len(x) - 1)
    tops = inner[(x[inner] > x[inner - 1]) & (x[inner] >= x[inner + 1]) & (x[inner] > PEAK_FLOOR * x.max())]
    for k in tops:
        valley = max(x[max(0, k - CONTRAST_BANDS) : k].min(), x[k + 1 : k + 1 + CONTRAST_BANDS].min())
        if x[k] < PEAK_CONTRAST * valley:
            continue
        shift = (2.0 / np.pi) * (np.arctan(np.sqrt(x[k + 1] / x[k])) - np.arctan(np.sqrt(x[k - 1] / x[k])))
        step = centres[k + 1] - centres[k] if shift >= 0.0 else centres[k] - centres[k - 1]
        low = high = k
        while low > max(0, k - LOCK_BANDS) and x[low - 1] < x[low]:
            low -= 1
        while high < min(len(x) - 1, k + LOCK_BANDS) and x[high + 1] < x[high]:
            high += 1
        share = np.cos(np.pi * shift / 2.0) ** 2
        locked[low : high + 1] = True
        frequencies.append(centres[k] + shift * step)
        amplitudes.append(np.sqrt(np.sum(x[low : high + 1] ** 2) / (share**2 + (1.0 - share) ** 2)))
    loose = ~locked & (x > 0.0)
    return np.concatenate((frequencies, centres[loose])), np.concatenate((amplitudes, x[loose]))


def k_weighting_db(frequencies_hz: AnyArray) -> F64:
    """Weight of a frequency in perceived loudness, after ITU-R BS.1770, shifted to 0 dB at 1 kHz."""
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1.0, -1.69065929318241, 0.73248077421585])
    highpass = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])
    points = np.append(np.asarray(frequencies_hz, np.float64), 1000.0)
    response = np.ones(len(points), np.complex128)
    for numerator, denominator in (shelf, highpass):
        response *= scipy.signal.freqz(numerator, denominator, worN=points, fs=48000.0)[1]
    level: F64 = 20.0 * np.log10(np.maximum(np.abs(response), 1e-9))
    relative: F64 = level[:-1] - level[-1]
    return relative


@functools.cache
def _bands(spec: FrameSpec) -> tuple[F64, F64]:
    """Centre frequencies of the bands in Hz and their K weights in dB, each (n_bins,)."""
    centres = centre_hz(spec)
    return centres, k_weighting_db(centres)


def loudness_db(spec: FrameSpec, magnitudes: AnyArray) -> float:
    """K-weighted level of one frame; a sine of amplitude 1 at 1 kHz is 0 dB, silence -200 dB."""
    frequencies, amplitudes = partials(spec, magnitudes)
    weights_db = np.interp(frequencies, *_bands(spec))
    power = np.sum(amplitudes**2 * 10.0 ** (weights_db / 10.0))
    return float(10.0 * np.log10(power + 1e-20))


def centroid_hz(spec: FrameSpec, magnitudes: AnyArray) -> float:
    """Centre of gravity of the power spectrum of one frame: its brightness."""
    frequencies, amplitudes = partials(spec, magnitudes)
    return float(np.sum(frequencies * amplitudes**2) / (np.sum(amplitudes**2) + 1e-20))
