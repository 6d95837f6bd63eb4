"""Ways from frames to sound that `tests.bench.sound` compares; each gives (n,) samples at RATE_HZ."""

from __future__ import annotations

import librosa
import numpy as np

from rt.arrays import F32, AnyArray
from rt.dsp import voice_table as dsp
from rt.dsp.bank import Bank
from rt.dsp.classic import ClassicMap
from rt.dsp.refine import refine
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz
from tests.bench.sound_measures import RATE_HZ, at_times

DEVICE_HZ = 48_000
FREQUENCY_HZ = centre_hz(NSGT_410)
PAPER_ITERATIONS = 30


def renderer(frames: AnyArray, columns_per_s: float, n_samples: int, *, phase: str, iterations: int) -> F32:
    """Our live renderer at DEVICE_HZ, a new frame every hop."""
    bank = Bank(1, FREQUENCY_HZ, sample_rate_hz=DEVICE_HZ, phase=phase, iterations=iterations, seed=1)
    hop = bank.hop_samples
    n_hops = -(-n_samples * DEVICE_HZ // (RATE_HZ * hop)) + 1
    middles = (np.arange(n_hops) * hop + bank.window_samples // 2) / DEVICE_HZ
    wanted = at_times(frames, columns_per_s, middles)
    row = bank.state[0]
    row[dsp.FRAME_LENGTH], row[dsp.RATIO], row[dsp.ATTACK] = 1.0, 1.0, 1.0
    row[dsp.GAIN] = row[dsp.GAIN_TARGET] = 1.0
    bank.frame_a[0] = bank.frame_b[0] = wanted[0]
    bank.start(0)
    row[dsp.LEVEL] = 1.0
    out = np.zeros(n_hops * hop, np.float32)
    for k in range(n_hops):
        bank.frame_a[0] = bank.frame_b[0] = wanted[k]
        bank.render(out[k * hop : (k + 1) * hop])
    sound: F32 = librosa.resample(out, orig_sr=DEVICE_HZ, target_sr=RATE_HZ)
    return sound[:n_samples]


def paper(frames: AnyArray, columns_per_s: float, n_samples: int) -> F32:
    """Griffin-Lim in the domain of the NSGT, from random phases: what the published demonstrations do."""
    transform = Nsgt(NSGT_410, n_samples)
    target = _target(frames, columns_per_s, transform)
    phase = np.random.default_rng(0).uniform(0, 2 * np.pi, target.shape)
    start = np.exp(1j * phase).astype(np.complex64)
    return refine(start, target, transform, n_iterations=PAPER_ITERATIONS)


def refined(frames: AnyArray, columns_per_s: float, n_samples: int, *, n_iterations: int) -> F32:
    """The same, from what our renderer made of the frames."""
    transform = Nsgt(NSGT_410, n_samples)
    start = transform.forward(renderer(frames, columns_per_s, n_samples, phase="locked", iterations=0))
    return refine(start, _target(frames, columns_per_s, transform), transform, n_iterations=n_iterations)


def _target(frames: AnyArray, columns_per_s: float, transform: Nsgt) -> F32:
    """Frames at the columns of a transform, in its scale."""
    times_s = np.arange(transform.n_columns) / transform.columns_per_s
    return at_times(frames, columns_per_s, times_s) * np.float32(transform.sine_gain)


def fast_griffin_lim(frames: AnyArray, columns_per_s: float, n_samples: int) -> F32:
    """Librosa's fast Griffin-Lim on the powers that bands lend to bins (window 2048, hop 256)."""
    window, hop = 2048, 256
    powers = ClassicMap.make(FREQUENCY_HZ, window, RATE_HZ)
    n_bins = window // 2 + 1
    weights = np.zeros((n_bins, len(FREQUENCY_HZ)), np.float32)
    for b in range(n_bins):
        first, begin = powers.start[b]
        end = powers.start[b + 1, 1]
        weights[b, first : first + end - begin] = powers.weight[begin:end]
    wanted = at_times(frames, columns_per_s, np.arange(n_samples // hop + 1) * hop / RATE_HZ)
    magnitudes = np.sqrt(weights @ (wanted**2).T)
    sound: F32 = librosa.griffinlim(
        magnitudes, n_iter=30, hop_length=hop, n_fft=window, length=n_samples, random_state=0, init="random"
    )
    return sound
