"""The objective: both autoencoders, both ways across, and one pull that keeps their latents interchangeable.

From the reference article, changed as measured: symbols weigh 10 (their likelihood is four numbers against 410),
both crossings are trained directly, and the pull between the posteriors weighs 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from export.models import LOWEST_SALIENCE_NOTE, BridgeModel

SPREAD_RANGE = (-3.0, 1.0)
AUDIBLE_VALUES = 2.5
"""Bands this far below the loudest one (50 dB) count less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossWeights:
    """Weight of each part."""

    symbols: float = 10.0
    """symbols -> z -> symbols."""
    signal_to_symbols: float = 10.0
    symbols_to_signal: float = 3.0
    cross: float = 1.0
    """Divergence of the signal's posterior from the symbols'."""
    beta: float = 1.0
    """Divergence of both posteriors from a unit Gaussian."""
    salience: float = 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from. Labels hold one class index tensor per symbol."""

    heard: Tensor
    """(n, n_bins) frames as the encoder gets them, with noise and filtering."""
    frame: Tensor
    """(n, n_bins) the same frames clean."""
    note: Tensor
    """(n,) MIDI note of `frame`."""
    labels: tuple[Tensor, ...]
    age_s: Tensor
    """(n, 1)."""
    silent: Tensor
    """(n,) True where the frame is silence."""
    voice_frame: Tensor
    """(m, n_bins) frames that the symbols should produce."""
    voice_symbols: Tensor
    """(m, n_symbols) their soft one-hot groups."""
    voice_age_s: Tensor
    """(m, 1)."""


def one_hot(labels: tuple[Tensor, ...], sizes: tuple[int, ...]) -> Tensor:
    """(n, n_symbols) one-hot groups."""
    return torch.cat([F.one_hot(y, size).float() for y, size in zip(labels, sizes, strict=True)], 1)


def sample(mean: Tensor, log_variance: Tensor) -> Tensor:
    """A draw from the posterior."""
    return mean + torch.randn_like(mean) * (0.5 * log_variance).exp()


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """From the unit Gaussian, averaged over the batch."""
    return (0.5 * (mean * mean + log_variance.exp() - log_variance - 1.0)).sum(1).mean()


def divergence_between(p: tuple[Tensor, Tensor], q: tuple[Tensor, Tensor]) -> Tensor:
    """KL(p || q) of two diagonal Gaussians, averaged over the batch."""
    (m, v), (n, w) = p, q
    return (0.5 * (w - v + (v - w).exp() + (m - n) ** 2 / w.exp() - 1.0)).sum(1).mean()


def frame_loss(frame: Tensor, decoded: Tensor, log_spread: Tensor) -> Tensor:
    """Negative log-likelihood of frames, summed over the bands, audible bands first."""
    spread = log_spread.clamp(*SPREAD_RANGE)
    weight = 0.4 + 0.6 * torch.sigmoid((frame - frame.amax(1, keepdim=True) + AUDIBLE_VALUES) / 0.3)
    cells = 0.5 * ((frame - decoded) / spread.exp()) ** 2 + spread
    return (weight * cells).sum(1).mean()


def label_loss(logits: tuple[Tensor, ...], labels: tuple[Tensor, ...]) -> Tensor:
    """Cross entropy summed over the symbols."""
    return torch.stack([F.cross_entropy(a, b) for a, b in zip(logits, labels, strict=True)]).sum()


def objective(model: BridgeModel, batch: Batch, weights: LossWeights, warm: float) -> Tensor:
    """The loss of one batch; `warm` grows from 0 to 1 and scales the divergences."""
    sizes, n = model.config.symbol_sizes, len(batch.frame)
    mean_x, variance_x, salience = model.signal_encoder.forward_with_salience(batch.heard)
    symbols = torch.cat([one_hot(batch.labels, sizes), batch.voice_symbols])
    mean_y, variance_y = model.symbol_encoder(symbols, torch.cat([batch.age_s, batch.voice_age_s]))
    z_x, z_y = sample(mean_x, variance_x), sample(mean_y, variance_y)
    calm = (torch.rand(len(batch.voice_frame), 1) < 0.5).float()  # playing uses the mean, so half of them train it
    z_voice = calm * mean_y[n:] + (1.0 - calm) * z_y[n:]
    decoded = model.signal_decoder(torch.cat([z_x, z_voice]))
    logits = model.symbol_decoder(torch.cat([z_x, z_y[:n]]))
    prior = divergence(mean_x, variance_x) + divergence(mean_y, variance_y)
    cross = divergence_between((mean_x, variance_x), (mean_y[:n], variance_y[:n]))
    heard_notes = (batch.note - LOWEST_SALIENCE_NOTE).clamp(0, model.signal_encoder.n_semitones - 1)
    sounding = ~batch.silent
    return (
        frame_loss(batch.frame, decoded[:n], model.log_spread[0])
        + weights.symbols_to_signal * frame_loss(batch.voice_frame, decoded[n:], model.log_spread[1])
        + weights.signal_to_symbols * label_loss(tuple(a[:n] for a in logits), batch.labels)
        + weights.symbols * label_loss(tuple(a[n:] for a in logits), batch.labels)
        + weights.salience * F.cross_entropy(salience[sounding], heard_notes[sounding])
        + warm * (weights.beta * prior + weights.cross * cross)
    )
