"""What a model is asked for: two autoencoders, both ways across, a live ear, and latents that are interchangeable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import torch
from torch import Tensor, nn

from export.inference import as_played
from export.layers import layers
from export.losses import (
    LossWeights,
    Posterior,
    critic_loss,
    distance_between,
    divergence,
    divergence_between,
    frame_loss,
    noise_loss,
    one_hot,
    rising_loss,
    salience_loss,
    softening,
    symbol_loss,
    with_dynamics,
)
from export.models import SEMITONE_BINS, BridgeModel
from export.notes import notes_loss, targets

DECODED_SHARE = 3
"""One in so many live frames is decoded: the decoder is the dearest part, and this term is a light one."""
PLAYED_SHARE = 8
"""One in so many frames of the voice is played again, for the encoder and for the order of the dynamics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one step learns from; symbols of all sources stand side by side.

    Empty tensors leave out the voice or the live frames.
    """

    heard: Tensor
    """(n, n_bins) frames as the encoder gets them, disturbed."""
    frame: Tensor
    """(n, n_bins) the same frames clean."""
    note: Tensor
    """(n, n_sources) MIDI notes, -1 where silent."""
    classes: Tensor
    """(n, n_sources * n_symbols) class indices."""
    age_s: Tensor
    """(n, 1)."""
    voice_frame: Tensor
    """(m, n_bins) frames that the symbols should produce."""
    voice_symbols: Tensor
    """(m, sum of symbol_sizes) their soft one-hot groups."""
    voice_age_s: Tensor
    """(m, 1)."""
    calm: Tensor
    """(m, 1) True where the decoder gets the mean, as when played."""
    dynamics: Tensor
    """(m, 2) two places on the scale of dynamics, the softer one first."""
    live_heard: Tensor
    """(k, n_bins) live frames, disturbed."""
    live_frame: Tensor
    """(k, n_bins) full-resolution frames of the same moments, clean."""
    live_note: Tensor
    live_classes: Tensor
    live_age_s: Tensor
    mixed_heard: Tensor
    """(l, n_bins) live frames of several notes, disturbed."""
    mixed_note: Tensor
    """(l, n_most) their notes, -1 where there is none."""
    mixed_clear: Tensor
    """(l, n_most) how clearly each can be heard: 1 must be, 0 cannot be."""
    noise: Tensor
    """(2n + m + k, n_latents) standard normal draws for the latents of x, y, voice and live frames."""
    frame_noise: Tensor = field(default_factory=lambda: torch.zeros(0, 0))
    """(n, n_noise) noise of the clean frames, below 0 where it is not known; empty without."""
    voice_noise: Tensor = field(default_factory=lambda: torch.zeros(0, 0))
    """(m, n_noise) the same of the voice."""

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        return replace(self, **{f.name: getattr(self, f.name).to(device) for f in fields(self)})


class Objective(nn.Module):
    """A model and what it is asked for; called with a batch it gives the loss and its terms."""

    def __init__(self, model: BridgeModel, weights: LossWeights, ordinal_groups: Sequence[int] = ()) -> None:
        super().__init__()
        self.model, self.weights = model, weights
        config = model.config
        self.critic: nn.Module | None = None
        if weights.adversary:
            hidden = config.adversary_hidden
            self.critic = nn.Sequential(layers(config.n_bins, hidden, config.adversary_layers), nn.Linear(hidden, 1))
        self.ordinal_groups = tuple(ordinal_groups)
        self.soften: Tensor
        self.register_buffer(
            "soften", softening(config.symbol_sizes, ordinal_groups, weights.ordinal), persistent=False
        )

    def forward(self, batch: Batch, warm: float) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss to descend and its terms before weighting, by name; terms of weight 0 are not there.

        warm : grows from 0 to 1 and scales all divergences.
        """
        model, weights, sizes = self.model, self.weights, self.model.config.symbol_sizes
        n, m, k = len(batch.frame), len(batch.voice_frame), len(batch.live_heard)
        symbols_x, symbols_l = one_hot(batch.classes, sizes), one_hot(batch.live_classes, sizes)
        c = m // PLAYED_SHARE
        again = c if weights.cycle else 0
        with torch.no_grad():  # the encoder follows, it does not pull
            played = as_played(model, batch.voice_symbols[:again], batch.voice_age_s[:again])
        q_all, salience = posterior_and_salience(model.signal_encoder, torch.cat([batch.heard, played]))
        q_x, z_again = (q_all[0][:n], q_all[1][:n]), q_all[0][n:]
        q_y = model.symbol_encoder(
            torch.cat([symbols_x, batch.voice_symbols, symbols_l]),
            torch.cat([batch.age_s, batch.voice_age_s, batch.live_age_s]),
        )
        deviation = (0.5 * q_y[1][: n + m]).exp() * batch.noise[n : 2 * n + m]
        z_x = q_x[0] + (0.5 * q_x[1]).exp() * batch.noise[:n]
        z_y = q_y[0][: n + m] + deviation
        z_voice = torch.where(batch.calm, q_y[0][n : n + m], z_y[n:])
        latents, readings = [z_x, z_voice], [z_x, z_y[:n], z_again]
        if k:
            assert model.listener_encoder is not None
            q_l, live_salience = posterior_and_salience(model.listener_encoder, batch.live_heard)
            z_l = q_l[0] + (0.5 * q_l[1]).exp() * batch.noise[2 * n + m :]
            latents.append(z_l[: -(-k // DECODED_SHARE)])
            readings.append(z_l)
        frames, noise = model.signal_decoder.forward_with_noise(torch.cat(latents))
        decoded = torch.split(frames, [len(z) for z in latents])
        told = [one.split([len(z) for z in readings]) for one in model.symbol_decoder(torch.cat(readings))]
        logits = list(zip(*told, strict=True))
        targets_x, targets_l = symbols_x @ self.soften, symbols_l @ self.soften

        def likelihood(logits: Sequence[Tensor], target: Tensor) -> Tensor:
            return symbol_loss(logits, target, model.config.n_sources, weights.permute)

        def sound(frame: Tensor, decoded: Tensor, row: int) -> Tensor:
            return frame_loss(frame, decoded, model.log_spread[row], weights.faint_bands)

        q_yx = (q_y[0][:n], q_y[1][:n])
        terms = {
            "signal": (weights.signal, sound(batch.frame, decoded[0], 0)),
            "symbols": (weights.symbols, likelihood(logits[1], targets_x)),
            "beta_x": (warm * weights.beta_x, divergence(q_x)),
            "beta_y": (warm * weights.beta_y, divergence(q_y)),
        }
        if weights.match_xy:
            pull = divergence_between if weights.match == "kl" else distance_between
            terms["match_xy"] = (warm * weights.match_xy, pull(q_x, q_yx))
        if weights.match_yx:
            terms["match_yx"] = (warm * weights.match_yx, divergence_between(q_yx, q_x))
        if weights.signal_to_symbols:
            terms["signal_to_symbols"] = (weights.signal_to_symbols, likelihood(logits[0], targets_x))
        if weights.symbols_to_signal and m:
            terms["symbols_to_signal"] = (weights.symbols_to_signal, sound(batch.voice_frame, decoded[1], 1))
        if weights.noise and noise is not None and model.noise_spread is not None:
            told_noise = noise_loss(batch.frame_noise, noise[:n], model.noise_spread[0])
            if m:
                of_voice = noise_loss(batch.voice_noise, noise[n : n + m], model.noise_spread[1])
                told_noise = told_noise + weights.symbols_to_signal * of_voice
            terms["noise"] = (weights.noise, told_noise)
        if weights.salience and salience is not None:
            terms["salience"] = (weights.salience, salience_loss(salience[:n], batch.note))
        if again:
            terms["cycle"] = (weights.cycle, likelihood(logits[2], batch.voice_symbols[:again] @ self.soften))
        if weights.rising and c and self.ordinal_groups:
            terms["rising"] = (warm * weights.rising, self._rising(batch, c))
        if model.note_listener is not None and len(batch.mixed_heard):
            logit = model.note_listener(batch.mixed_heard)
            aim = targets(batch.mixed_note, batch.mixed_clear, logit.shape[1])
            terms["several_notes"] = (weights.several_notes, notes_loss(logit, *aim))
        if k:
            q_yl = (q_y[0][n + m :].detach(), q_y[1][n + m :].detach())  # the ear follows, it does not pull
            terms["live_match"] = (warm * weights.live_match, divergence_between(q_l, q_yl))
            terms["live_to_symbols"] = (weights.live_to_symbols, likelihood(logits[3], targets_l))
            terms["live_to_signal"] = (
                weights.live_to_signal,
                sound(batch.live_frame[: len(decoded[2])], decoded[2], 0),
            )
            if live_salience is not None:
                terms["live_salience"] = (weights.live_salience, salience_loss(live_salience, batch.live_note))
        if self.critic is not None:
            terms["adversary"] = (weights.adversary, critic_loss(self.critic, batch.frame, decoded[0]))
        loss = sum((weight * value for weight, value in terms.values()), torch.zeros((), device=z_x.device))
        return loss, {name: value.detach() for name, (_, value) in terms.items()}

    def _rising(self, batch: Batch, n: int) -> Tensor:
        """The order of the dynamics of n notes of the voice, as played."""
        model, sizes = self.model, self.model.config.symbol_sizes
        symbols, age_s = batch.voice_symbols[:n], batch.voice_age_s[:n]
        both = [with_dynamics(symbols, sizes, self.ordinal_groups, batch.dynamics[:n, i : i + 1]) for i in (0, 1)]
        frames = as_played(model, torch.cat(both), age_s.repeat(2, 1))
        apart = batch.dynamics[:n, 1:] - batch.dynamics[:n, :1]
        return rising_loss(frames[:n], frames[n:], apart, 12.0 * SEMITONE_BINS)


def posterior_and_salience(encoder: Any, frame: Tensor) -> tuple[Posterior, Tensor | None]:
    """What an encoder tells of frames, the posterior apart from the salience."""
    mean, log_variance, salience = encoder.forward_with_salience(frame)
    return (mean, log_variance), salience
