"""How the networks are used once they have learnt: what they say, as the runtime wants it, and without batch norms."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import fusion

from export.models import BridgeModel, Decoder
from export.notes import LOWEST_NOTE, N_NOTES, NoteListener

KNEE_VALUE = 0.6


def hushed(decoded: Tensor) -> Tensor:
    """Frame values as they are played: 0 or above, and below KNEE_VALUE falling twice as fast."""
    return F.relu(torch.minimum(decoded, 2.0 * decoded - KNEE_VALUE))


class FrameGraph(nn.Module):
    """The signal decoder as the runtime wants it: never below the floor, and quiet there.

    A network never says exactly 0, and 410 bands a little above the floor are an audible hiss; below KNEE_VALUE
    values fall twice as fast, so that the nearest 6 dB above the floor become silence. The frames as decoded are the
    last output, for scores; the runtime never asks for it. Between them is the noise, where the decoder has some.
    """

    def __init__(self, decoder: nn.Module) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, latent: Tensor) -> tuple[Tensor, ...]:
        """(n, n_latents) -> frames to play and noise, 0 or above, and frames as decoded, (n, n_bins or n_noise)."""
        if not isinstance(self.decoder, Decoder) or self.decoder.noise is None:
            decoded = self.decoder(latent)
            return hushed(decoded), decoded
        decoded, noise = self.decoder.forward_with_noise(latent)
        assert noise is not None
        return hushed(decoded), F.relu(noise), decoded


class ProbabilityGraph(nn.Module):
    """The symbol decoder as the runtime wants it: class probabilities."""

    def __init__(self, decoder: nn.Module) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, latent: Tensor) -> tuple[Tensor, ...]:
        """(n, n_latents) -> probabilities, (n, n_classes) for each symbol."""
        return tuple(torch.softmax(logits, 1) for logits in self.decoder(latent))


class NotesGraph(nn.Module):
    """The net that hears several notes as the runtime wants it: the probability of each MIDI note."""

    def __init__(self, listener: NoteListener) -> None:
        super().__init__()
        self.listener = listener

    def forward(self, frame: Tensor) -> tuple[Tensor]:
        """(n, n_bins) -> (n, 128); 0 for notes outside the bands."""
        known = torch.sigmoid(self.listener(frame))[:, : N_NOTES - LOWEST_NOTE]
        return (F.pad(known, (LOWEST_NOTE, N_NOTES - LOWEST_NOTE - known.shape[1])),)


def as_played(model: BridgeModel, symbols: Tensor, age_s: Tensor) -> Tensor:
    """Frames (n, n_bins) that a model, in training or not, plays of one-hot groups (n, n_symbols) at ages (n, 1)."""
    training = model.training
    networks = (model.symbol_encoder, model.signal_decoder)
    for network in networks:
        network.eval()
    frame = hushed(model.signal_decoder(model.symbol_encoder(symbols, age_s)[0]))
    for network in networks:
        network.train(training)
    return frame


def fold_batch_norm(module: nn.Module) -> nn.Module:
    """Merge every batch norm that follows a linear or convolution layer into it; in place, for inference."""
    for child in module.children():
        fold_batch_norm(child)
    if isinstance(module, nn.Sequential):
        for i in range(len(module) - 1):
            first, second = module[i], module[i + 1]
            if isinstance(second, nn.BatchNorm1d) and isinstance(first, nn.Linear):
                module[i], module[i + 1] = fusion.fuse_linear_bn_eval(first, second), nn.Identity()
            elif isinstance(second, nn.BatchNorm1d) and isinstance(first, nn.Conv1d):
                module[i], module[i + 1] = fusion.fuse_conv_bn_eval(first, second), nn.Identity()
            elif isinstance(second, nn.BatchNorm1d) and isinstance(first, nn.ConvTranspose1d):
                module[i], module[i + 1] = fusion.fuse_conv_bn_eval(first, second, transpose=True), nn.Identity()
    return module
