"""What the renderer hears in a frame: partials with frequency and amplitude, and the loudness of their sum."""

from __future__ import annotations

import functools

import numpy as np
import scipy.signal

from rt.arrays import F64, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.spec import centre_hz

PEAK_FLOOR = 1e-4
PEAK_CONTRAST = 1.5
CONTRAST_BANDS = 5
LOCK_BANDS = 2


def partials(spec: FrameSpec, magnitudes: AnyArray) -> tuple[F64, F64]:
    """Partials of one frame, found as the renderer finds them.

    magnitudes : (n_bins,) linear, 1 is the band of a full-scale sine.
    Returns frequencies in Hz and amplitudes, (n_partials,): the peaks first, then every band outside a peak.
    """
    x = np.asarray(magnitudes, np.float64)
    centres, _ = _bands(spec)
    tops = _peaks(x)
    side = np.where(x[tops + 1] >= x[tops - 1], 1, -1)
    near, far = x[tops + side], x[tops - side]
    split = (near - far) / x[tops]  # symmetrical blur adds as much to both sides
    shift = (2.0 / np.pi) * np.arctan(np.sqrt(split))
    low, high = tops.copy(), tops.copy()
    for _ in range(LOCK_BANDS):
        low -= x[np.maximum(low - 1, 0)] <= x[low]
        high += x[np.minimum(high + 1, len(x) - 1)] <= x[high]
    around = tops[:, None] + np.arange(-LOCK_BANDS, LOCK_BANDS + 1)
    inside = (around >= low[:, None]) & (around <= high[:, None])
    share = 1.0 / (1.0 + split)
    amplitude = (x[tops] * share + near * (1.0 - share)) / (share**2 + (1.0 - share) ** 2)
    loose = x > 0.0
    loose[np.clip(around, 0, len(x) - 1)[inside]] = False
    frequencies = np.concatenate((centres[tops] + shift * (centres[tops + side] - centres[tops]), centres[loose]))
    return frequencies, np.concatenate((amplitude, x[loose]))


def _peaks(x: F64) -> AnyArray:
    """Bands that are louder than their neighbours and stand out from the valleys on both sides."""
    inner = np.arange(1, len(x) - 1)
    tops = inner[(x[inner] > x[inner - 1]) & (x[inner] >= x[inner + 1]) & (x[inner] > PEAK_FLOOR * x.max())]
    wide = np.pad(x, CONTRAST_BANDS, constant_values=np.inf)
    before = wide[tops[:, None] + np.arange(CONTRAST_BANDS)].min(axis=1, initial=np.inf)
    after = wide[tops[:, None] + np.arange(CONTRAST_BANDS + 1, 2 * CONTRAST_BANDS + 1)].min(axis=1, initial=np.inf)
    return np.asarray(tops[x[tops] >= PEAK_CONTRAST * np.maximum(before, after)])


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
