"""Ways from frames to sound that `tests.bench.sound` compares; each makes a `RenderTask` to (n_samples,) at RATE_HZ."""

from __future__ import annotations

from dataclasses import dataclass

import librosa
import numpy as np

from rt.arrays import F32, F64
from rt.dsp.classic import ClassicMap
from rt.dsp.refine import REFINED_ITERATIONS, REFINED_MOMENTUM, refine
from rt.dsp.single_voice import play
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz
from tests.bench.sound_measures import RATE_HZ, at_times

DEVICE_HZ = 48_000
FREQUENCY_HZ = centre_hz(NSGT_410)
PAPER_ITERATIONS = 30


@dataclass(frozen=True, slots=True)
class RenderTask:
    """Frames to be made to sound."""

    frames: F32
    """(n_columns, n_bands) magnitudes."""
    columns_per_s: float
    n_samples: int
    """Of the sound."""
    pad_samples: int = 0
    """Silence on both sides of the sound, in which the frames ring already and still; the first column stands there."""

    @property
    def at_s(self) -> F64:
        """Times of the columns, 0 where the sound begins."""
        return np.asarray(np.arange(len(self.frames)) / self.columns_per_s - self.pad_samples / RATE_HZ)


def renderer(task: RenderTask, *, phase: str, iterations: int) -> F32:
    """Our live renderer at DEVICE_HZ, a new frame every hop."""
    n = -(-task.n_samples * DEVICE_HZ // RATE_HZ)
    out = play(
        task.frames,
        task.at_s,
        n,
        frequency_hz=FREQUENCY_HZ,
        sample_rate_hz=DEVICE_HZ,
        phase=phase,
        iterations=iterations,
        seed=1,
    )
    sound: F32 = librosa.resample(out, orig_sr=DEVICE_HZ, target_sr=RATE_HZ)
    return sound[: task.n_samples]


def paper(task: RenderTask) -> F32:
    """Griffin-Lim in the domain of the NSGT, from random phases: what the published demonstrations do."""
    transform, target = _target(task)
    phase = np.random.default_rng(0).uniform(0, 2 * np.pi, target.shape)
    start = np.exp(1j * phase).astype(np.complex64)
    return _inside(task, refine(start, target, transform, n_iterations=PAPER_ITERATIONS))


def refined(task: RenderTask) -> F32:
    """The same with momentum, from what our renderer made of the frames, and nothing before the sound begins."""
    transform, target = _target(task)
    silence = np.zeros(task.pad_samples, np.float32)
    support = np.concatenate([silence, np.ones(task.n_samples, np.float32), silence])
    at_s = task.at_s + task.pad_samples / RATE_HZ
    start = play(task.frames, at_s, len(support), frequency_hz=FREQUENCY_HZ, sample_rate_hz=RATE_HZ)
    found = refine(
        transform.forward(start * support),
        target,
        transform,
        n_iterations=REFINED_ITERATIONS,
        momentum=REFINED_MOMENTUM,
        support=support,
    )
    return _inside(task, found)


def fast_griffin_lim(task: RenderTask) -> F32:
    """Librosa's fast Griffin-Lim on the powers that bands lend to bins (window 2048, hop 256)."""
    window, hop = 2048, 256
    powers = ClassicMap.make(FREQUENCY_HZ, window, RATE_HZ)
    n_bins = window // 2 + 1
    weights = np.zeros((n_bins, len(FREQUENCY_HZ)), np.float32)
    for b in range(n_bins):
        first, begin = powers.start[b]
        end = powers.start[b + 1, 1]
        weights[b, first : first + end - begin] = powers.weight[begin:end]
    n = task.n_samples + 2 * task.pad_samples
    wanted = at_times(task.frames, task.columns_per_s, np.arange(n // hop + 1) * hop / RATE_HZ)
    magnitudes = np.sqrt(weights @ (wanted**2).T)
    found = librosa.griffinlim(
        magnitudes,
        n_iter=PAPER_ITERATIONS,
        hop_length=hop,
        n_fft=window,
        length=n,
        random_state=0,
        init="random",
    )
    return _inside(task, found)


def _target(task: RenderTask) -> tuple[Nsgt, F32]:
    """The transform of the padded sound, and the frames at its columns in its scale."""
    transform = Nsgt(NSGT_410, task.n_samples + 2 * task.pad_samples)
    times_s = np.arange(transform.n_columns) / transform.columns_per_s
    return transform, at_times(task.frames, task.columns_per_s, times_s) * np.float32(transform.sine_gain)


def _inside(task: RenderTask, padded: F32) -> F32:
    """The sound without the silence around it."""
    return padded[task.pad_samples : task.pad_samples + task.n_samples]
