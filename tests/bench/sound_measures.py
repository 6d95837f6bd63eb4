"""What `tests.bench.sound` measures, each as one formula; sounds are (n,) at RATE_HZ unless said otherwise."""

from __future__ import annotations

import numpy as np
import scipy.fft
import scipy.ndimage
import scipy.signal

from rt.arrays import F32, F64, AnyArray
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410

RATE_HZ = NSGT_410.sample_rate_hz
STFT_WINDOW, STFT_HOP = 1024, 256
BANDS_PER_LEVEL = 12
"""A quarter of an octave."""
AUDIBLE_DB = -45.0
"""What lies further below the loudest cell or level is left out of decibel averages."""
FINE = 8
"""Factor by which autocorrelations are interpolated."""


def stft(sound: AnyArray) -> F64:
    """Magnitudes of the Hann-windowed transform, (n_bins, n_columns)."""
    _, _, z = scipy.signal.stft(sound, RATE_HZ, "hann", STFT_WINDOW, STFT_WINDOW - STFT_HOP, padded=True)
    return np.asarray(np.abs(z), np.float64)


def convergence_db(target: AnyArray, found: AnyArray) -> float:
    """Spectral convergence 20 lg(||T - E|| / ||T||) of magnitudes."""
    return float(20.0 * np.log10(np.linalg.norm(target - found) / np.linalg.norm(target) + 1e-9))


def log_distance_db(target: AnyArray, found: AnyArray) -> float:
    """Log-spectral distance: rms of 20 lg(T / E) over the cells of T within 45 dB of its top; E at least at -55 dB."""
    top = 20.0 * np.log10(target.max())
    t, e = 20.0 * np.log10(target + 1e-12), 20.0 * np.log10(found + 1e-12)
    heard = t > top + AUDIBLE_DB
    return float(np.sqrt(np.mean((t - np.maximum(e, top + AUDIBLE_DB - 10.0))[heard] ** 2)))


def band_magnitudes(sound: AnyArray) -> tuple[F64, float]:
    """NSGT magnitudes (n_columns, n_bands), 1 = a sine of amplitude 1 at the band's centre; columns per second."""
    transform = Nsgt(NSGT_410, len(sound))
    return np.abs(transform.forward(sound)) / transform.sine_gain, transform.columns_per_s


def at_times(frames: AnyArray, columns_per_s: float, times_s: AnyArray) -> F32:
    """Frames (n_times, n_bands) between those of a transform, linearly interpolated; the ends are held."""
    place = np.clip(times_s * columns_per_s, 0, len(frames) - 1.001)
    i = place.astype(int)
    share = (place - i).astype(np.float32)[:, None]
    return np.asarray(frames[i] * (1 - share) + frames[np.minimum(i + 1, len(frames) - 1)] * share, np.float32)


def levels_db(power: AnyArray) -> F64:
    """Levels per quarter octave, 10 lg of the sum of the powers (n_bands,) of 12 neighbouring bands."""
    whole = len(power) // BANDS_PER_LEVEL * BANDS_PER_LEVEL
    return np.asarray(10.0 * np.log10(power[:whole].reshape(-1, BANDS_PER_LEVEL).sum(axis=1) + 1e-20))


def level_errors_db(frame: AnyArray, magnitudes: AnyArray) -> tuple[float, float]:
    """Bias and rms of found minus wanted level per quarter octave, over those within 45 dB of the loudest.

    frame : (n_bands,) held magnitudes. magnitudes : (n_columns, n_bands) of the sound.
    """
    wanted, found = levels_db(frame.astype(np.float64) ** 2), levels_db(np.mean(magnitudes**2, axis=0))
    error = (found - wanted)[wanted > wanted.max() + AUDIBLE_DB]
    return float(np.mean(error)), float(np.sqrt(np.mean(error**2)))


def modulation_percent(sound: AnyArray, window_s: float = 0.02) -> float:
    """Amplitude modulation: standard deviation over mean of the rms in windows of a length, every half of it.

    A window of less than two periods hears the waveform itself as modulation.
    """
    n = int(window_s * RATE_HZ)
    power = np.convolve(sound.astype(np.float64) ** 2, np.ones(n) / n, "valid")[:: n // 2]
    rms = np.sqrt(np.maximum(power, 0.0))
    return float(100.0 * rms.std() / rms.mean())


def periodicity(sound: AnyArray, near_hz: float) -> tuple[float, float]:
    """Harmonic-to-noise ratio in dB after Boersma (1993), and the pitch in Hz, of a note near a pitch.

    r is the autocorrelation of a Hann-windowed piece of six periods or 100 ms divided by that of the window; with r'
    its maximum within 6 % of the period the ratio is 10 lg(r' / (1 - r')). Mean over pieces at most 40 dB below the
    loudest; the pitch is their median.
    """
    n = int(max(0.1, 6.0 / near_hz) * RATE_HZ)
    window = np.hanning(n)
    n_fft = scipy.fft.next_fast_len(2 * n)
    n_fine = FINE * n_fft
    shape = scipy.fft.irfft(np.abs(scipy.fft.rfft(window, n_fft)) ** 2, n_fine)
    low, high = int(FINE * RATE_HZ / near_hz * 0.94), int(np.ceil(FINE * RATE_HZ / near_hz * 1.06))
    starts = range(0, max(len(sound) - n, 1), n // 2)
    shape = shape[: high + 2]
    power = np.asarray([np.mean(sound[i : i + n].astype(np.float64) ** 2) for i in starts])
    ratios, pitches = [], []
    for start in np.asarray(starts)[power > 1e-4 * power.max()]:
        piece = sound[start : start + n].astype(np.float64)
        piece = (piece - piece.mean()) * window[: len(piece)]
        r = scipy.fft.irfft(np.abs(scipy.fft.rfft(piece, n_fft)) ** 2, n_fine)[: high + 2] / shape
        r /= r[0]
        k = low + int(np.argmax(r[low : high + 1]))
        a, b, c = r[k - 1 : k + 2]
        bend = a - 2.0 * b + c
        place = float(np.clip(0.5 * (a - c) / bend, -1.0, 1.0)) if bend else 0.0
        best = float(np.clip(b - 0.25 * (a - c) * place, 1e-4, 1.0 - 1e-6))
        ratios.append(10.0 * np.log10(best / (1.0 - best)))
        pitches.append(FINE * RATE_HZ / (k + place))
    return float(np.mean(ratios)), float(np.median(pitches))


def click_db(sound: AnyArray, skip_s: float) -> float:
    """How far the loudest 2 ms above 5 kHz stand out of the median of the 80 ms around them.

    Both are taken 60 dB under the whole sound's level at least. skip_s : the attack, which is left out.
    """
    high = scipy.signal.sosfilt(scipy.signal.butter(6, 5000.0, "high", fs=RATE_HZ, output="sos"), sound)
    n = int(0.002 * RATE_HZ)
    whole = len(high) // n * n
    level = np.sqrt(np.mean(high[:whole].reshape(-1, n) ** 2, axis=1))
    quiet = 1e-3 * float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    around = scipy.ndimage.median_filter(level, 41, mode="nearest")
    first = int(skip_s / 0.002)
    return float(20.0 * np.log10(np.max((level[first:-5] + quiet) / (around[first:-5] + quiet))))


def cents(found_hz: float, wanted_hz: float) -> float:
    """How sharp a pitch is."""
    return float(1200.0 * np.log2(found_hz / wanted_hz))
