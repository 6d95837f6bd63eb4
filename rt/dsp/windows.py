"""Windows of the overlap-add and the spectral lobe of a sine under them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F32, F64

N_LOBE_STEPS = 256
"""Sub-bin positions in the lobe table."""
LOBE_BINS = range(-3, 5)
"""Bins that one sine lights, from the bin at or below it."""


def hann(n_samples: int) -> F64:
    """Periodic Hann window, (n_samples,)."""
    return np.asarray(0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n_samples) / n_samples))


@dataclass(frozen=True, slots=True)
class Windows:
    """Everything that depends only on window and hop.

    analysis : (window,) Hann w.
    synthesis : (window,) w / mean of the overlapped w^2: overlap-add of w * synthesis gives 1.
    estimate : (window,) w / q with q the overlapped squared windows of the frames present, past ones and
        this one: turns a running overlap-add into the windowed least-squares estimate (notes of Griffin-Lim).
    lobes : (N_LOBE_STEPS + 1, len(LOBE_BINS)) transform of the window at sub-bin distances.
    """

    window_samples: int
    hop_samples: int
    analysis: F32
    synthesis: F32
    estimate: F32
    lobes: F32

    @classmethod
    def make(cls, window_samples: int, hop_samples: int) -> Windows:
        """Windows of a length that is a whole number of hops."""
        assert window_samples % hop_samples == 0
        w = hann(window_samples)
        overlapped = sum(np.roll(w**2, m * hop_samples) for m in range(window_samples // hop_samples))
        mean = float(np.mean(np.asarray(overlapped)))
        present = np.zeros(window_samples)
        for shift in range(0, window_samples, hop_samples):
            present[: window_samples - shift] += (w**2)[shift:]
        return cls(
            window_samples,
            hop_samples,
            w.astype(np.float32),
            (w / mean).astype(np.float32),
            (w / np.maximum(present / mean, 1e-3)).astype(np.float32),
            lobe_table(window_samples),
        )


def hann_transform(distance_bins: F64, window_samples: int) -> F64:
    """Zero-phase transform of the Hann window at a distance in DFT bins: (N/2) sinc(x) / (1 - x^2)."""
    x = np.asarray(distance_bins, np.float64)
    at_one = np.abs(1.0 - x * x) < 1e-9
    return np.asarray(
        np.where(at_one, 0.25 * window_samples, 0.5 * window_samples * np.sinc(x) / np.where(at_one, 1.0, 1.0 - x * x))
    )


def lobe_table(window_samples: int) -> F32:
    """Lobe of a sine that lies i / N_LOBE_STEPS bins above a bin, on the bins -3..4 around that bin."""
    bins = np.asarray(LOBE_BINS)
    above = np.arange(N_LOBE_STEPS + 1) / N_LOBE_STEPS
    return hann_transform(bins[None, :] - above[:, None], window_samples).astype(np.float32)
