"""The terms of the objective, one function each with its formula and source, and their weights.

x is a frame, l a live frame, y the symbols; q_x, q_l, q_y are the posteriors of the three encoders, p the decoders.
Against the reference article (Chemla-Romeu-Santos et al. 2019), as measured: symbols weigh 10, because their
likelihood is four numbers against 410; both crossings are trained directly; the pull between the posteriors weighs 1.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export.models import LOWEST_SALIENCE_NOTE

SPREAD_RANGE = (-3.0, 1.0)
AUDIBLE_VALUES = 2.5
"""Bands this far below the loudest one (50 dB) count less."""

DEEPEST_NOISE = 3.0
"""60 dB."""

BRIGHTER, LOUDER = 0.004, 0.03
"""Least rise of the logarithms of centroid and power from one class of dynamics to the next."""
LOUDEST_VALUE = 6.0
"""40 dB above full scale: networks that have not learnt yet say anything."""
NEPERS = math.log(10.0) * 2.0
"""Logarithm of the power ratio that a frame value of 1 (20 dB) stands for."""

Posterior = tuple[Tensor, Tensor]
"""Mean and log-variance, (n, n_latents) each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossWeights:
    """Weight of each term, and what shapes them; 0 leaves a term out."""

    signal: float = 1.0
    """frame -> z -> frame."""
    symbols: float = 10.0
    """symbols -> z -> symbols."""
    signal_to_symbols: float = 10.0
    symbols_to_signal: float = 3.0
    beta_x: float = 1.0
    """Divergence of the signal's posterior from a unit Gaussian."""
    beta_y: float = 1.0
    """The same for the symbols'."""
    match: str = "kl"
    """Distance of the two posteriors: `kl`, or `l2` of their means."""
    match_xy: float = 1.0
    """KL(signal || symbols), or the squared distance."""
    match_yx: float = 0.0
    """KL(symbols || signal)."""
    salience: float = 5.0
    live_match: float = 1.0
    """KL(live || symbols)."""
    live_to_symbols: float = 10.0
    live_to_signal: float = 0.2
    """live frame -> z -> full-resolution frame of the same moment."""
    live_salience: float = 5.0
    cycle: float = 20.0
    """symbols -> z -> frame as played -> z -> symbols: the encoder hears what the decoder plays."""
    rising: float = 3000.0
    """Louder notes are louder, and brighter."""
    several_notes: float = 10.0
    """live frame of several notes -> which of them sound."""
    noise: float = 1.0
    """frame -> z -> its noise, and symbols -> z -> noise, which counts `symbols_to_signal`; of corpora with noise."""
    adversary: float = 0.0
    """A critic of decoded frames."""
    ordinal: float = 0.15
    """Share of the target that each neighbour of a class of dynamics gets."""
    faint_bands: float = 0.4
    """Weight of bands 50 dB under the loudest one."""
    permute: bool = False
    """Mixtures: sources may be named in any order."""


def one_hot(classes: Tensor, sizes: Sequence[int]) -> Tensor:
    """One-hot groups.

    classes : (n, n_groups) class indices. sizes : classes per group. Returns (n, sum of sizes).
    """
    starts = torch.tensor([0, *itertools.accumulate(sizes)][:-1], device=classes.device)
    groups = torch.zeros(len(classes), sum(sizes), device=classes.device)
    return groups.scatter_(1, classes + starts, 1.0)


def divergence(q: Posterior) -> Tensor:
    """KL(q || N(0, 1)), the regulariser of the evidence lower bound (Kingma & Welling 2014; weighted: beta-VAE)."""
    mean, log_variance = q
    return (0.5 * (mean * mean + log_variance.exp() - log_variance - 1.0)).sum(1).mean()


def divergence_between(p: Posterior, q: Posterior) -> Tensor:
    """KL(p || q) of two diagonal Gaussians: the latent match of SCAN (Higgins et al. 2018) and of the article."""
    (m, v), (n, w) = p, q
    return (0.5 * (w - v + (v - w).exp() + (m - n) ** 2 * (-w).exp() - 1.0)).sum(1).mean()


def distance_between(p: Posterior, q: Posterior) -> Tensor:
    """|mean_p - mean_q|^2: the article's L2 match, which its code computes and then overwrites by the KL."""
    return ((p[0] - q[0]) ** 2).sum(1).mean()


def frame_loss(frame: Tensor, decoded: Tensor, log_spread: Tensor, faint: float) -> Tensor:
    """-log p(x | z): Gaussian with one learned deviation per band, summed over the bands, audible bands first.

    faint : weight of bands far below the loudest one of the frame; 1 is the plain likelihood (less a constant).
    """
    log_spread = log_spread.clamp(*SPREAD_RANGE)
    cells = 0.5 * ((frame - decoded) * (-log_spread).exp()) ** 2 + log_spread
    if faint < 1.0:
        near = torch.sigmoid((frame - frame.amax(1, keepdim=True) + AUDIBLE_VALUES) / 0.3)
        cells = cells * (faint + (1.0 - faint) * near)
    return cells.sum(1).mean()


def noise_loss(noise: Tensor, decoded: Tensor, log_spread: Tensor) -> Tensor:
    """-log p(noise | z): Gaussian with one learned deviation per band, summed over the bands, mean over known frames.

    Bands more than DEEPEST_NOISE below the loudest one of the frame count as that far below: nobody hears how far.

    noise, decoded : (n, n_noise) values; noise is below 0 where it is not known.
    """
    known = noise >= 0.0
    log_spread = log_spread.clamp(*SPREAD_RANGE)
    wanted = torch.maximum(noise, noise.amax(1, keepdim=True) - DEEPEST_NOISE)
    cells = 0.5 * ((wanted - decoded) * (-log_spread).exp()) ** 2 + log_spread
    return (cells * known).sum() / known.any(1).sum().clamp(min=1)


def symbol_loss(logits: Sequence[Tensor], target: Tensor, n_sources: int, permute: bool) -> Tensor:
    """-log p(y | z): cross entropy summed over the symbols of all sources.

    logits : (n, n_classes) per symbol. target : (n, sum of classes) probabilities.
    permute : each frame counts the cheapest order of its sources (permutation-invariant training, Yu et al. 2017).
    """
    sizes = [len(one[0]) for one in logits]
    logs = [F.log_softmax(one, 1) for one in logits]
    targets = torch.split(target, sizes, 1)
    if n_sources == 1 or not permute:
        return -(torch.cat(logs, 1) * target).sum(1).mean()
    n = len(logits) // n_sources
    told = [torch.cat(logs[source * n : (source + 1) * n], 1) for source in range(n_sources)]
    wanted = [torch.cat(targets[source * n : (source + 1) * n], 1) for source in range(n_sources)]
    cost = torch.stack([torch.stack([-(a * b).sum(1) for b in wanted]) for a in told])  # (told, wanted, n)
    places = range(n_sources)
    orders = [cost[list(places), list(order)].sum(0) for order in itertools.permutations(places)]
    return torch.stack(orders).amin(0).mean()


def salience_loss(salience: Tensor, note: Tensor) -> Tensor:
    """Cross entropy of the softmax over semitones against the sounding notes, equal shares of each; silence is free.

    salience : (n, n_semitones) logits. note : (n, n_sources), -1 where silent.
    """
    sounding = (note >= 0).float()
    place = (note - LOWEST_SALIENCE_NOTE).clamp(0, salience.shape[1] - 1)
    logs = torch.gather(F.log_softmax(salience, 1), 1, place)
    heard = sounding.amax(1)
    return -((logs * sounding).sum(1) / sounding.sum(1).clamp(min=1.0)).sum() / heard.sum().clamp(min=1.0)


class Reversed(torch.autograd.Function):
    """Identity whose gradient changes sign (Ganin & Lempitsky 2015)."""

    @staticmethod
    def forward(context: object, value: Tensor) -> Tensor:
        """Pass on."""
        return value.view_as(value)

    @staticmethod
    def backward(context: object, gradient: Tensor) -> Tensor:
        """Turn round."""
        return -gradient


def critic_loss(critic: nn.Module, frame: Tensor, decoded: Tensor) -> Tensor:
    """-E[log D(x)] - E[log(1 - D(x'))]: a critic tells frames from decoded ones, the decoder learns the opposite.

    As in the reference's code, where one loss serves both; here its gradient is reversed on the way to the decoder.
    """
    reverse: Callable[[Tensor], Tensor] = Reversed.apply
    judged = critic(torch.cat([frame, reverse(decoded)]))[:, 0]
    truth = torch.cat([torch.ones(len(frame)), torch.zeros(len(decoded))]).to(judged.device)
    return F.binary_cross_entropy_with_logits(judged, truth)


def with_dynamics(symbols: Tensor, sizes: Sequence[int], groups: Sequence[int], place: Tensor) -> Tensor:
    """Soft one-hot groups (n, sum of sizes) with other dynamics; what is silent stays silent.

    groups : indices of the groups of dynamics. place : (n, 1) on their scale, 0 the softest class.
    """
    parts = list(symbols.split(list(sizes), 1))  # type: ignore[no-untyped-call]
    for group in groups:
        silent = parts[group][:, -1:]
        classes = torch.arange(sizes[group] - 1, device=symbols.device)
        near = (1.0 - (classes - place).abs()).clamp(min=0.0)
        parts[group] = torch.cat([near * (1.0 - silent), silent], 1)
    return torch.cat(parts, 1)


def log_centroid(frame: Tensor, bins_per_octave: float) -> Tensor:
    """(n,) logarithm of the centre of mass of the power of frames as played, (n, n_bins); 0 is the lowest band."""
    power = torch.expm1(frame.clamp(max=LOUDEST_VALUE) * NEPERS)
    place = torch.arange(frame.shape[1], device=frame.device) / bins_per_octave
    return ((power * 2.0**place).sum(1) + 1e-3).log() - (power.sum(1) + 1e-3).log()


def log_power(frame: Tensor) -> Tensor:
    """(n,) logarithm of the power of frames as played, (n, n_bins)."""
    return (torch.expm1(frame.clamp(max=LOUDEST_VALUE) * NEPERS).sum(1) + 1e-3).log()


def rising_loss(softer: Tensor, louder: Tensor, apart: Tensor, bins_per_octave: float) -> Tensor:
    """What is missing of a rise of level and brightness with the dynamics, mean over pairs.

    The centroid must rise by BRIGHTER apart^2, the logarithm of the power by LOUDER apart. A network that was never
    asked leaves soft high notes, which are nearly sines, a little brighter than louder ones.

    softer, louder : (n, n_bins) frames as played. apart : (n, 1) classes of dynamics between them.
    """
    missing = BRIGHTER * apart[:, 0] ** 2 - (
        log_centroid(louder, bins_per_octave) - log_centroid(softer, bins_per_octave)
    )
    quieter = LOUDER * apart[:, 0] - (log_power(louder) - log_power(softer))
    return (F.relu(missing) + F.relu(quieter)).mean()


def softening(sizes: Sequence[int], ordinal_groups: Sequence[int], share: float) -> Tensor:
    """(n, n) matrix that spreads the one-hot groups of ordered symbols over neighbouring classes.

    Wrong by one costs less than wrong by three, and a class that was never seen with this note is not ruled out by
    the others (ordinal targets: Diaz & Marathe 2019).

    sizes : classes per group, `silent` last. ordinal_groups : indices of ordered groups. share : for each neighbour.
    """
    matrix, start = torch.eye(sum(sizes)), 0
    for group, size in enumerate(sizes):
        if group in ordinal_groups:
            for a, b in itertools.pairwise(range(start, start + size - 1)):
                for one, other in ((a, b), (b, a)):
                    matrix[one, other] += share
                    matrix[one, one] -= share
        start += size
    return matrix
