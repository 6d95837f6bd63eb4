"""Playing an engine from a list of timed events, and simple measures of what came out."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, AnyArray
from rt.engine import Engine
from rt.events import Event

Timed = list[tuple[int, Event]]


def play(engine: Engine, timed: Timed, n_samples: int, block_samples: int = 128, *, n_channels: int = 0) -> F32:
    """Render with blocks that are cut where events happen, so that each applies at its own sample.

    Gives (n_samples,), or (n_samples, n_channels) where that is asked for.
    """
    out = np.zeros((n_samples, n_channels) if n_channels else n_samples, np.float32)
    start = 0
    pending = sorted(timed, key=lambda item: item[0])
    while start < n_samples:
        while pending and pending[0][0] <= start:
            engine.apply(pending.pop(0)[1])
        end = min(start + block_samples, n_samples, pending[0][0] if pending else n_samples)
        engine.render(out[start:end])
        start = end
    return out


def frequency_hz(samples: AnyArray, near_hz: float, sample_rate_hz: float = 48_000.0) -> float:
    """Frequency of the strongest partial within a semitone of `near_hz`."""
    n = 1 << 18
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), n))
    hz = np.fft.rfftfreq(n, 1.0 / sample_rate_hz)
    near = np.nonzero((hz > near_hz * 2 ** (-1 / 12)) & (hz < near_hz * 2 ** (1 / 12)))[0]
    k = int(near[np.argmax(spectrum[near])])
    a, b, c = np.log(spectrum[k - 1 : k + 2] + 1e-12)
    return float((k + 0.5 * (a - c) / (a - 2 * b + c)) * sample_rate_hz / n)


def cents(found_hz: float, wanted_hz: float) -> float:
    return float(1200.0 * np.log2(found_hz / wanted_hz))


def level_db(samples: AnyArray) -> float:
    return float(10.0 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def centroid_hz(samples: AnyArray, sample_rate_hz: float = 48_000.0) -> float:
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(samples), 1.0 / sample_rate_hz)) / np.sum(power))


def biggest_step(samples: AnyArray) -> float:
    """Largest jump between neighbouring samples: what a click is."""
    return float(np.max(np.abs(np.diff(samples))))
