"""What a listener hears, measured without any code of ours: pitch, level and brightness."""

from __future__ import annotations

import numpy as np
import scipy.signal

from rt.arrays import F32, F64


def autocorrelation_hz(sound: F32, rate_hz: float, low_hz: float = 50.0, high_hz: float = 3000.0) -> float:
    """Pitch by the normalised square difference (McLeod): no knowledge of the note."""
    x = np.asarray(sound, np.float64) - np.mean(sound)
    n = len(x)
    spectrum = np.fft.rfft(x, 2 * n)
    products = np.fft.irfft(np.abs(spectrum) ** 2)[:n]
    squares = np.cumsum(np.concatenate([[0.0], x * x]))
    lags = np.arange(n)
    energy = squares[n - lags] + (squares[n] - squares[lags])
    similarity = 2 * products / np.maximum(energy, 1e-12)
    low, high = int(rate_hz / high_hz), min(int(rate_hz / low_hz), n // 2)
    positive = np.flatnonzero(similarity[:high] < 0)  # skip the peak at no lag
    start = max(low, int(positive[0]) if len(positive) else low)
    peaks, _ = scipy.signal.find_peaks(similarity[start:high])
    if len(peaks) == 0:
        return 0.0
    peaks += start
    k = int(peaks[similarity[peaks] >= 0.93 * similarity[peaks].max()][0])
    a, b, c = similarity[k - 1 : k + 2]
    return float(rate_hz / (k + 0.5 * (a - c) / (a - 2 * b + c)))


def harmonic_sum_hz(sound: F32, rate_hz: float, near_hz: float, width_cents: float = 150.0) -> float:
    """Pitch within so many cents of a note, by subharmonic summation (Hermes 1988): harmonic k counts 0.84^(k - 1).

    For low piano notes, which hardly sound at their fundamental and whose partials are stretched, and for the highest
    notes, which fade within a few periods. A square root compresses magnitudes, so that no single partial decides.
    """
    n = 1 << 18
    window = scipy.signal.windows.blackmanharris(len(sound))
    magnitude = np.abs(np.fft.rfft(np.asarray(sound, np.float64) * window, n))
    loud = np.sqrt(magnitude / magnitude.max())
    harmonics = np.arange(1, int(np.clip(2500.0 / near_hz, 3, 24)) + 1)
    harmonics = harmonics[(harmonics * near_hz > 45.0) & (harmonics * near_hz < 0.45 * rate_hz)]
    candidates = near_hz * 2 ** (np.arange(-width_cents, width_cents + 0.5, 0.5) / 1200)
    at = candidates[:, None] * harmonics * n / rate_hz
    cell = at.astype(int)
    height = loud[cell] + (at - cell) * (loud[cell + 1] - loud[cell])
    return float(candidates[np.argmax(height @ 0.84 ** (harmonics - 1))])


def cents_off(found_hz: float, note: float) -> float:
    """How sharp a frequency is for a MIDI note number; infinite when there was no pitch."""
    return 1200 * float(np.log2(found_hz / (440 * 2 ** ((note - 69) / 12)))) if found_hz > 0 else float("inf")


def level_db(sound: F32) -> float:
    """Root mean square level."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))


def loudness_db(sound: F32, rate_hz: float) -> float:
    """Level after the K weighting of ITU-R BS.1770, whose coefficients hold for 48 kHz."""
    assert rate_hz == 48_000
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585]
    high_pass = [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621]
    return level_db(scipy.signal.sosfilt([shelf, high_pass], np.asarray(sound, np.float64)).astype(np.float32))


def centroid_hz(sound: F32, rate_hz: float) -> float:
    """Brightness: the centre of mass of the power spectrum."""
    power = np.abs(np.fft.rfft(np.asarray(sound, np.float64) * np.hanning(len(sound)))) ** 2
    return float((power * np.arange(len(power))).sum() / power.sum() * rate_hz / (2 * (len(power) - 1)))


def has_partials(sound: F32, rate_hz: float, note: int, min_db: float = -40.0) -> bool:
    """Whether a chord holds a note: at least one of its two first partials stands out of the spectrum there."""
    window = scipy.signal.windows.blackmanharris(len(sound))
    n = 1 << 17
    power_db = 20 * np.log10(np.abs(np.fft.rfft(np.asarray(sound, np.float64) * window, n)) + 1e-9)
    top_db = float(power_db.max())
    for partial in (1, 2):
        centre = partial * 440 * 2 ** ((note - 69) / 12)
        band: F64 = power_db[_cells(centre, 25, n, rate_hz)]
        around: F64 = power_db[_cells(centre, 90, n, rate_hz)]
        peak = float(band.max())
        if peak > top_db + min_db and peak >= float(around.max()) - 1.0:
            return True
    return False


def _cells(centre_hz: float, cents: float, n: int, rate_hz: float) -> slice:
    factor = 2 ** (cents / 1200)
    return slice(int(centre_hz / factor * n / rate_hz), int(centre_hz * factor * n / rate_hz) + 2)
