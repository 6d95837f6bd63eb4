"""Streaming Griffin-Lim without the phase predictor: phases come from the past sound alone.

Band magnitudes become DFT magnitudes by adding powers of the bands' lobes (the "power map").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft

from rt.arrays import F32, F64, I64, AnyArray
from rt.dsp.jit import jit
from rt.dsp.windows import hann_transform

REACH_BINS = 6.0


@dataclass(frozen=True, slots=True)
class ClassicMap:
    """Powers that bands lend to bins, sparse by bin.

    start : (n_bins, 2) first band of each bin and where its weights begin. weight : (n_weights,) powers, of a band of
    magnitude 1; the weights of a bin end where those of the next begin.
    """

    start: I64
    weight: F32

    @classmethod
    def none(cls) -> ClassicMap:
        """An empty map: the renderer predicts phases instead."""
        return cls(np.zeros((0, 2), np.int64), np.zeros(0, np.float32))

    @classmethod
    def make(cls, frequency_hz: F64, window_samples: int, sample_rate_hz: float) -> ClassicMap:
        """Map for bands at `frequency_hz` (n_bands,)."""
        n_bins = window_samples // 2 + 1
        start = np.zeros((n_bins + 1, 2), np.int64)
        weights: list[float] = []
        for b in range(n_bins):
            distance = b - frequency_hz * window_samples / sample_rate_hz
            bands = np.nonzero(np.abs(distance) <= REACH_BINS)[0]
            start[b] = (bands[0] if len(bands) else 0, len(weights))
            weights += list((0.5 * hann_transform(distance[bands], window_samples)) ** 2)
        start[n_bins] = (0, len(weights))
        return cls(start, np.asarray(weights, np.float32))


@jit
def guess_spectra(
    frame: F32,
    ratio: float,
    bands_per_octave: float,
    tail: F32,
    analysis: F32,
    map_start: I64,
    map_weight: F32,
    magnitudes: F32,
    spectrum: AnyArray,
) -> None:
    """Wanted magnitudes of a frame, and a spectrum that has them with the phases of the sound so far.

    frame : (n_bands,). tail : (window,) running overlap-add. magnitudes, spectrum : (n_bins,) are overwritten.
    """
    n_bands = len(frame)
    shift = np.log2(ratio) * bands_per_octave
    power = np.empty(n_bands, np.float32)
    for k in range(n_bands):
        x = k - shift
        j = int(np.floor(x))
        w = np.float32(x - j)
        low = frame[j] if 0 <= j < n_bands else np.float32(0.0)
        high = frame[j + 1] if 0 <= j + 1 < n_bands else np.float32(0.0)
        value = low + w * (high - low)
        power[k] = value * value
    heard = np.empty(len(tail), np.float32)
    for i in range(len(tail)):
        heard[i] = tail[i] * analysis[i]
    past = scipy.fft.rfft(heard)
    for b in range(len(magnitudes)):
        total = np.float32(0.0)
        first = map_start[b, 0]
        begin = map_start[b, 1]
        for j in range(begin, map_start[b + 1, 1]):
            total += map_weight[j] * power[first + j - begin]
        m = np.sqrt(total)
        magnitudes[b] = m
        z = past[b]
        size = np.sqrt(z.real * z.real + z.imag * z.imag)
        if size > 1e-9:
            spectrum[b] = complex(z.real * m / size, z.imag * m / size)
        else:  # nothing was heard yet: scattered phases, the same each time
            turn = 6.2831853 * ((b * 0.61803398875) % 1.0)
            spectrum[b] = complex(m * np.cos(turn), m * np.sin(turn))
