"""Distances between frames, each a number per frame. Frames are frame values: 0 at the floor, 1 step above it at 1."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.scaling import magnitudes_of_values

SPREAD_RANGE = (-3.0, 1.0)
"""Learnt log deviations are used within this range, as in training."""
FORMULAS = {
    "log_likelihood": "frames: log p(x|z) = sum over the bands k of -(x_k - d_k)^2 / (2 s_k^2) - log s_k"
    " - log(2 pi) / 2, x the frame's values, d the decoded ones at the posterior's mean, s the learnt deviation; mean"
    " over the frames, nats. symbols: sum of log p(class|z) over the symbols; mean over the frames, nats",
    "isd": "Itakura-Saito divergence: mean over the bands of P/Q - log(P/Q) - 1, P and Q the powers of the frame and"
    " the decoded one, floored at -80 dB; mean and median over the frames",
    "lsd_db": "log-spectral distance: root mean square over the bands of the difference in dB, floored at -80 dB; mean"
    " over the frames",
    "played_lsd_db": "the same of what is played: decoded bands under -68 dB are made quieter, against hiss",
    "sc": "spectral convergence: |A - B| / |A|, A and B the magnitudes; mean over the frames",
}


def log_spectral_distance_db(spec: FrameSpec, frames: AnyArray, decoded: AnyArray) -> F64:
    """Root mean square difference in dB over the bands; (n, n_bins) twice -> (n,)."""
    return np.asarray(spec.step_db * np.sqrt(np.mean(np.square(_difference(frames, decoded)), axis=1)))


def itakura_saito(spec: FrameSpec, frames: AnyArray, decoded: AnyArray) -> F64:
    """Divergence of the decoded powers from the frames', mean over the bands; (n, n_bins) twice -> (n,)."""
    log_ratio = _difference(frames, decoded) * (spec.step_db * np.log(10.0) / 10.0)
    return np.asarray(np.mean(np.expm1(log_ratio) - log_ratio, axis=1))


def spectral_convergence(spec: FrameSpec, frames: AnyArray, decoded: AnyArray) -> F64:
    """Norm of the difference of the magnitudes over the norm of the frame's; (n, n_bins) twice -> (n,)."""
    wanted, found = (magnitudes_of_values(spec, x).astype(np.float64) for x in (frames, decoded))
    norm = np.maximum(np.linalg.norm(wanted, axis=1), 1e-9)
    return np.asarray(np.linalg.norm(wanted - found, axis=1) / norm)


def log_likelihood(frames: AnyArray, decoded: AnyArray, log_spread: F32) -> F64:
    """Gaussian log-likelihood of the frames in nats, summed over the bands.

    log_spread : (n_bins,) log standard deviation of frame values.
    """
    spread = np.clip(np.asarray(log_spread, np.float64), *SPREAD_RANGE)
    error = (np.asarray(frames, np.float64) - decoded) / np.exp(spread)
    return np.asarray(np.sum(-0.5 * error**2 - spread - 0.5 * np.log(2.0 * np.pi), axis=1))


def _difference(frames: AnyArray, decoded: AnyArray) -> F64:
    """Frame values minus decoded ones, both at the floor or above."""
    return np.maximum(np.asarray(frames, np.float64), 0.0) - np.maximum(np.asarray(decoded, np.float64), 0.0)
