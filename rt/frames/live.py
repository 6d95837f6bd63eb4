"""Live frames: the bands of the FrameSpec on the last moments of a sound, each band as late as it must be and no later.

Band k has the time shape of a Hann window of full width B_k = f_{k+1} - f_{k-1} + gamma in frequency, cut to its main
lobe of +-2 / B_k, and is centred 2 / B_k before the last sample ("early alignment"): treble answers within
milliseconds, bass after half the window. The kernels are built in continuous time, so that any sample rate gives the
same frames without a resampler, and applied as a few products per band on one FFT of the window.

These frames are not those of `rt.frames.nsgt`; a model must be trained on the ones that it is to hear.
"""

from __future__ import annotations

import numpy as np
import rocket_fft  # noqa: F401  registers scipy.fft with numba
import scipy.fft

from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import FrameSpec, ListenerSpec
from rt.errors import BridgeError
from rt.frames.spec import centre_hz
from rt.jit import jit

LIVE = ListenerSpec(kind="vqt-early", window_s=4096 / 22050, gamma_hz=21.5)
"""The analyser that the bundles of this project are trained on."""

THRESHOLD = 2e-3
"""Entries of a kernel's spectrum below this share of its largest are left out at its ends."""
GRAIN = 512
"""Windows are whole multiples of so many samples, which are quick to transform."""
MIN_RATE_HZ, MAX_RATE_HZ = 8_000.0, 192_000.0


class LiveAnalyser:
    """Frames of windows of sound at one sample rate; holds no state between calls.

    A sine of amplitude 1 at a band's centre reads 1 there. Bands that reach beyond half the sample rate read 0, and so
    does a constant.
    """

    def __init__(self, frame: FrameSpec, spec: ListenerSpec, sample_rate_hz: float) -> None:
        if spec.kind != LIVE.kind:
            raise BridgeError(f"live analyser {spec.kind!r} is unknown, this program knows {LIVE.kind!r}")
        if not MIN_RATE_HZ <= sample_rate_hz <= MAX_RATE_HZ:
            raise BridgeError(f"sample rate is {sample_rate_hz:g} Hz, the live analyser takes 8000-192000 Hz")
        self.sample_rate_hz = float(sample_rate_hz)
        n_least = round(spec.window_s * sample_rate_hz)
        self.n_window: int = GRAIN * scipy.fft.next_fast_len(-(-n_least // GRAIN), real=True)
        """Samples that a frame is made of; the last one is "now"."""
        self.n_bins = frame.n_bins
        self.bandwidth_hz = bandwidths_hz(frame, spec)
        """(n_bins,) full width of each band."""
        self.delay_s = np.minimum(2.0 / self.bandwidth_hz, spec.window_s / 2.0)
        """(n_bins,) time between the centre of each band's kernel and "now"."""
        self._first, self._offsets, kernel = self._plan(centre_hz(frame))
        self._real = np.conj(kernel).view(np.float32)
        self._imaginary = (1j * np.conj(kernel)).astype(np.complex64).view(np.float32)

    def magnitudes(self, windows: AnyArray) -> F32:
        """Frames of windows.

        windows : (n, n_window) samples, finite, -1..1 at full scale; the last sample of each is "now".
        Returns (n, n_bins) linear magnitudes.
        """
        sound = np.ascontiguousarray(windows, np.float32).ravel()
        return self.frames(sound, np.arange(1, len(windows) + 1) * self.n_window)

    def magnitudes_at(self, samples: AnyArray, ends: AnyArray) -> F32:
        """Frames of one recording at several moments; it is silent before its first sample.

        samples : (n_samples,) mono. ends : (n,) number of samples heard at each moment, 0..n_samples.
        Returns (n, n_bins) linear magnitudes.
        """
        padded = np.concatenate((np.zeros(self.n_window, np.float32), np.asarray(samples, np.float32)))
        return self.frames(padded, np.asarray(ends, np.int64) + self.n_window)

    def frames(self, sound: F32, ends: AnyArray, out: F32 | None = None) -> F32:
        """Frames of the windows that end at some places.

        sound : (n_samples,) contiguous, finite. ends : (n,) places behind the last sample of each window,
        n_window..n_samples. out : (n, n_bins) to be written, None for a new one. Returns it: linear magnitudes.
        """
        if out is None:
            out = np.empty((len(ends), self.n_bins), np.float32)
        _frames(sound, ends, self.n_window, self._first, self._offsets, self._real, self._imaginary, out)
        return out

    def _plan(self, centres_hz: F64) -> tuple[AnyArray, AnyArray, AnyArray]:
        """Per band the first bin of its kernel's spectrum, and where its entries lie in the row of all entries."""
        now_s = (np.arange(self.n_window) - (self.n_window - 1)) / self.sample_rate_hz
        first, rows = np.zeros(self.n_bins, np.int64), []
        for k, (centre, width, delay) in enumerate(zip(centres_hz, self.bandwidth_hz, self.delay_s, strict=True)):
            if centre + width / 2.0 > self.sample_rate_hz / 2.0:
                rows.append(np.zeros(0, np.complex64))
                continue
            shape = hann_band(now_s + delay, width, delay)
            shape /= shape.sum()
            kernel = shape * np.exp(-2j * np.pi * centre * now_s)
            kernel -= shape * kernel.sum()  # deaf to a constant
            spectrum = 2.0 * scipy.fft.ifft(kernel)[: self.n_window // 2 + 1]
            loud = np.flatnonzero(np.abs(spectrum) > THRESHOLD * np.abs(spectrum).max())
            first[k] = max(loud[0], 1)
            rows.append(spectrum[first[k] : loud[-1] + 1].astype(np.complex64))
        offsets = np.cumsum([0, *(len(row) for row in rows)])
        return first, offsets, np.concatenate(rows)


def bandwidths_hz(frame: FrameSpec, spec: ListenerSpec) -> F64:
    """Full widths of the bands, (n_bins,)."""
    ratio = (frame.f_max_hz / frame.f_min_hz) ** (1.0 / (frame.n_bins - 1))
    return np.asarray((ratio - 1.0 / ratio) * centre_hz(frame) + spec.gamma_hz, np.float64)


def hann_band(time_s: F64, width_hz: float, half_s: float) -> F64:
    """Impulse response of a Hann window of full width `width_hz` in frequency, 1 at time 0, 0 beyond +-half_s."""
    u = width_hz * time_s
    below = 1.0 - u * u
    pole = np.abs(below) < 1e-6
    shape = np.where(pole, 0.5, np.sinc(u) / np.where(pole, 1.0, below))
    return np.asarray(np.where(np.abs(time_s) <= half_s, shape, 0.0), np.float64)


@jit(fast={"reassoc", "contract"})
def _frames(
    sound: F32, ends: AnyArray, size: int, first: AnyArray, offsets: AnyArray, real: F32, imaginary: F32, out: F32
) -> None:
    """Magnitude of every band's kernel on every window; complex numbers are pairs, so that the sums are plain."""
    for n in range(ends.shape[0]):
        pairs = scipy.fft.rfft(sound[ends[n] - size : ends[n]]).view(np.float32)
        for k in range(first.shape[0]):
            start, end = 2 * offsets[k], 2 * offsets[k + 1]
            here = pairs[2 * first[k] : 2 * first[k] + end - start]  # slices, so that no index needs a check
            u, v = real[start:end], imaginary[start:end]
            x, y = np.float32(0.0), np.float32(0.0)
            for i in range(here.shape[0]):
                x += here[i] * u[i]
                y += here[i] * v[i]
            out[n, k] = np.sqrt(x * x + y * y)
