"""The noise of a voice: random spectra in the shape of a few bands, overlapped and added apart from its tones.

Noise has no phases to keep, so it stays outside of peaks and Griffin-Lim. It costs one inverse FFT per hop. Its random
numbers are a function of voice and hop (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
generators", 2014), so that neither the size of blocks nor another voice changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft

from rt.arrays import C64, F32, F64, I64
from rt.dsp.jit import jit
from rt.dsp.voice_table import FRAME_LENGTH, FRAME_POSITION, MOST_MAGNITUDE, Tables

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
SHARE_BITS = np.uint64(0xFFFF)


@dataclass(frozen=True, slots=True)
class NoiseMap:
    """Where the bins of a spectrum lie among the bands of noise.

    low : (n_bins,) the band at or below a bin; -1 where there is no noise. share : (n_bins,) how far it lies towards
    the next band. scale : (n_bins,) what a bin's deviation must be for noise of one unit of power per Hz.
    """

    low: I64
    share: F32
    scale: F32

    @classmethod
    def make(cls, centre_hz: F64, window_samples: int, hop_samples: int, sample_rate_hz: float) -> NoiseMap:
        """For bands that are centred at centre_hz (n_noise,), rising; above the last one there is no noise."""
        hz = np.fft.rfftfreq(window_samples, 1.0 / sample_rate_hz)
        is_inside = hz <= centre_hz[-1]
        place = np.interp(hz, centre_hz, np.arange(len(centre_hz)))
        low = np.minimum(place.astype(np.int64), max(len(centre_hz) - 2, 0))
        # Independent Hann windows that overlap hold 3/8 of their length in each hop; power per Hz counts both sides.
        power = 0.375 * window_samples / hop_samples * sample_rate_hz * window_samples / 4.0
        scale = np.sqrt(power) * is_inside
        scale[[0, -1]] = 0.0  # neither a constant nor half the rate is noise
        return cls(np.where(is_inside, low, -1), (place - low).astype(np.float32), scale.astype(np.float32))

    @classmethod
    def none(cls) -> NoiseMap:
        """For voices without noise."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))


@jit
def _mixed(z: np.uint64) -> np.uint64:
    """An integer whose every bit depends on every bit of another."""
    z = (z ^ (z >> np.uint64(30))) * MIX_1
    z = (z ^ (z >> np.uint64(27))) * MIX_2
    return z ^ (z >> np.uint64(31))


@jit
def _draw(s: int, t: Tables, bands: F32, spectrum: C64) -> None:
    """The next random spectrum of the voice in slot s, (n_bins,).

    Real and imaginary parts are sums of two even numbers each: bells of variance 1, which many bins and overlaps make
    normal ones.
    """
    row = t.state[s]
    share = np.float32(min(max(row[FRAME_POSITION] / max(row[FRAME_LENGTH], 1.0), 0.0), 1.0))
    n_bands = len(bands)
    for k in range(n_bands):
        a, b = t.noise_a[s, k], t.noise_b[s, k]
        x = a + share * (b - a)
        bands[k] = x if np.float32(0.0) <= x <= np.float32(MOST_MAGNITUDE) else np.float32(0.0)
    key = _mixed(t.noise_key[s, 0] + t.noise_key[s, 1] * GOLDEN)
    t.noise_key[s, 1] += np.uint64(1)
    unit = np.float32(np.sqrt(6.0) / 65536.0)
    for b in range(len(t.noise_low)):
        low = t.noise_low[b]
        if low < 0:
            spectrum[b] = 0.0
            continue
        high = min(low + 1, n_bands - 1)
        level = bands[low] + t.noise_share[b] * (bands[high] - bands[low])
        bits = _mixed(key + np.uint64(b + 1) * GOLDEN)
        first = np.float32(bits & SHARE_BITS) + np.float32((bits >> np.uint64(16)) & SHARE_BITS)
        second = np.float32((bits >> np.uint64(32)) & SHARE_BITS) + np.float32(bits >> np.uint64(48))
        deviation = level * t.noise_scale[b] * unit
        spectrum[b] = complex(deviation * (first - np.float32(65535.0)), deviation * (second - np.float32(65535.0)))


@jit
def add_noise(n: int, t: Tables) -> None:
    """Add the next piece of noise of the voices in slots[:n] to their overlap-adds of noise."""
    window = t.noise_tails.shape[1]
    spectra = np.empty((n, len(t.noise_low)), np.complex64)
    bands = np.empty(t.noise_a.shape[1], np.float32)
    for v in range(n):
        _draw(t.slots[v], t, bands, spectra[v])
    pieces = scipy.fft.irfft(spectra)
    for v in range(n):
        tail = t.noise_tails[t.slots[v]]
        for i in range(window):
            tail[i] += pieces[v, i] * t.synthesis[i]


@jit
def take_hop(s: int, t: Tables) -> None:
    """Move one hop of noise of the voice in slot s into its hop of sound."""
    hop, window, tail = t.hops.shape[1], t.noise_tails.shape[1], t.noise_tails[s]
    for i in range(hop):
        t.hops[s, i] += tail[i]
    for i in range(window - hop):
        tail[i] = tail[i + hop]
    for i in range(window - hop, window):
        tail[i] = 0.0


@jit
def preroll_noise(slot: int, t: Tables) -> None:
    """Play the noise of the past window, all but its last hop, unheard."""
    t.noise_tails[slot] = 0.0
    t.slots[0] = slot
    for _ in range(t.noise_tails.shape[1] // t.hops.shape[1] - 1):
        add_noise(1, t)
        take_hop(slot, t)
