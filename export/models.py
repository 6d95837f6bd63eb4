"""The two variational autoencoders that share one latent space, and the live ear.

    frame      -> signal encoder   -> z -> signal decoder -> frame
    live frame -> listener encoder -> z
    symbols    -> symbol encoder   -> z -> symbol decoder -> symbols

Each encoder gives a mean and a log-variance; each decoder reads latents of any. Shapes are (batch, ...).
The networks as published (`residual`) are residual MLPs; the default ones stack each band with its harmonics.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export.layers import Gaussian, convolution, dense, layers, residual_layers, shifted
from export.model_config import ModelConfig
from export.notes import NoteListener

HARMONIC_BINS = (-48, 0, 48, 76, 96, 111, 124, 135, 144)
"""Where an octave below, the note itself and its partials 2..8 lie, in bands of 25 cents."""
SEMITONE_BINS = 4
LOWEST_SALIENCE_NOTE = 22
REFERENCE_VALUE = 3.4
"""Peak of what the listener's encoder hears: 12 dB below full scale."""
AGE_OFFSETS_S = (0.004, 0.03, 0.3)
AGE_CONSTANTS_S = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
CONV_STRIDE = 8
"""Bands that one step of the convolutional decoder's narrowest layer covers."""


class HarmonicEncoder(nn.Module):
    """Frame -> latents. Stacks each band with its harmonics, so that shared filters see one pitch at a time."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c, hidden, self.n_bins = config.encoder_channels, config.encoder_hidden, config.n_bins
        self.n_semitones = (config.n_bins - 1) // SEMITONE_BINS + 1
        self.harmonics: Tensor
        self.register_buffer("harmonics", shifted(HARMONIC_BINS, config.n_bins), persistent=False)
        self.layers = nn.Sequential(
            convolution(len(HARMONIC_BINS), c, 5), convolution(c, c, 9, SEMITONE_BINS), convolution(c, c, 5)
        )
        self.to_salience = nn.Conv1d(c, 1, 3, padding=1)
        self.embed = nn.Linear(self.n_semitones, 48, bias=False)
        self.narrow = nn.Conv1d(c, 4, 1)
        self.body = layers(48 + 4 * self.n_semitones + 3 * c + 2, hidden, config.encoder_layers)
        self.head = Gaussian(hidden, config.n_latents)

    def forward_with_salience(self, frame: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Mean, log-variance and the salience of each semitone from LOWEST_SALIENCE_NOTE up (logits)."""
        top, average = frame.amax(1, keepdim=True), frame.mean(1, keepdim=True)
        relative = (frame - top).clamp(min=-3.0) / 1.5 + 1.0
        padded = F.pad(relative, (48, 148), value=-1.0)
        features = self.layers(padded[:, self.harmonics])
        salience = self.to_salience(features)[:, 0]
        attention = torch.softmax(2.0 * salience, 1)
        attended = (features * attention[:, None]).sum(2)
        parts = [self.embed(attention), self.narrow(features).flatten(1), features.mean(2), features.amax(2), attended]
        mean, log_variance = self.head(self.body(torch.cat([*parts, top, average], 1)))
        return mean, log_variance, salience

    def forward(self, frame: Tensor) -> tuple[Tensor, Tensor]:
        """(n, n_bins) -> mean and log-variance, each (n, n_latents)."""
        return self.forward_with_salience(frame)[:2]


class ResidualEncoder(nn.Module):
    """Frame -> latents by a residual MLP, as published."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.body = residual_layers(config.n_bins, config.encoder_hidden, config.encoder_layers)
        self.head = Gaussian(config.encoder_hidden, config.n_latents)

    def forward_with_salience(self, frame: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Mean, log-variance and None: this one knows nothing of pitch."""
        mean, log_variance = self.head(self.body(frame))
        return mean, log_variance, None

    def forward(self, frame: Tensor) -> tuple[Tensor, Tensor]:
        """(n, n_bins) -> mean and log-variance, each (n, n_latents)."""
        return self.forward_with_salience(frame)[:2]


class ListenerEncoder(nn.Module):
    """Live frame -> latents. A microphone has any gain, so every frame is first brought to one level of its peak."""

    def __init__(self, encoder: HarmonicEncoder | ResidualEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward_with_salience(self, frame: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Mean, log-variance and what the encoder knows of pitch."""
        levelled = (frame - frame.amax(1, keepdim=True) + REFERENCE_VALUE).clamp(min=0.0)
        posterior: tuple[Tensor, Tensor, Tensor | None] = self.encoder.forward_with_salience(levelled)
        return posterior

    def forward(self, frame: Tensor) -> tuple[Tensor, Tensor]:
        """(n, n_bins) -> mean and log-variance, each (n, n_latents)."""
        return self.forward_with_salience(frame)[:2]


class Decoder(nn.Module):
    """Latents -> frame, and its noise where there is some to learn: both from the same hidden layer.

    Kinds say what that is (`hidden`, `frame_of`).
    """

    noise: nn.Linear | None

    def hidden(self, latent: Tensor) -> Tensor:
        """(n, n_latents) -> (n, n_hidden)."""
        raise NotImplementedError

    def frame_of(self, hidden: Tensor) -> Tensor:
        """(n, n_hidden) -> (n, n_bins)."""
        raise NotImplementedError

    def forward(self, latent: Tensor) -> Tensor:
        """(n, n_latents) -> (n, n_bins)."""
        return self.frame_of(self.hidden(latent))

    def forward_with_noise(self, latent: Tensor) -> tuple[Tensor, Tensor | None]:
        """(n, n_latents) -> (n, n_bins), and noise (n, n_noise) or None."""
        hidden = self.hidden(latent)
        return self.frame_of(hidden), None if self.noise is None else self.noise(hidden)


def noise_head(config: ModelConfig) -> nn.Linear | None:
    """What a decoder makes its noise of the hidden layer with; None without noise."""
    return nn.Linear(config.decoder_hidden, config.n_noise) if config.n_noise else None


class MlpDecoder(Decoder):
    """Two hidden layers; the latents also reach the second one directly."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden = config.decoder_hidden
        self.first = dense(config.n_latents, hidden)
        self.second = dense(hidden + config.n_latents, hidden)
        self.last = nn.Linear(hidden, config.n_bins)
        self.noise = noise_head(config)

    def hidden(self, latent: Tensor) -> Tensor:
        """The second layer."""
        hidden: Tensor = self.second(torch.cat([self.first(latent), latent], 1))
        return hidden

    def frame_of(self, hidden: Tensor) -> Tensor:
        """A linear layer."""
        frame: Tensor = self.last(hidden)
        return frame


class ConvDecoder(Decoder):
    """Transposed convolutions along the bands, of one hidden layer."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.n_bins, self.channels, hidden = config.n_bins, 16, config.decoder_hidden
        c, self.width = self.channels, -(-config.n_bins // CONV_STRIDE)
        self.first = dense(config.n_latents, hidden)
        self.spread = nn.Linear(hidden, c * self.width)
        self.layers = nn.Sequential(
            *(nn.BatchNorm1d(c), nn.ReLU(), nn.ConvTranspose1d(c, c, 8, 4, 2)),
            *(nn.BatchNorm1d(c), nn.ReLU(), nn.ConvTranspose1d(c, 8, 4, 2, 1), nn.ReLU()),
            nn.Conv1d(8, 1, 9, padding=4),
        )
        self.noise = noise_head(config)

    def hidden(self, latent: Tensor) -> Tensor:
        """The dense layer."""
        hidden: Tensor = self.first(latent)
        return hidden

    def frame_of(self, hidden: Tensor) -> Tensor:
        """The convolutions."""
        planes = self.spread(hidden).view(-1, self.channels, self.width)
        frame: Tensor = self.layers(planes)[:, 0, : self.n_bins]
        return frame


class ResidualDecoder(Decoder):
    """A residual MLP, as published."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.body = residual_layers(config.n_latents, config.decoder_hidden, config.decoder_layers)
        self.last = nn.Linear(config.decoder_hidden, config.n_bins)
        self.noise = noise_head(config)

    def hidden(self, latent: Tensor) -> Tensor:
        """The last residual layer."""
        hidden: Tensor = self.body(latent)
        return hidden

    def frame_of(self, hidden: Tensor) -> Tensor:
        """A linear layer."""
        frame: Tensor = self.last(hidden)
        return frame


class SymbolEncoder(nn.Module):
    """One-hot groups and the time since onset -> latents."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        n_in = sum(config.symbol_sizes) + len(AGE_OFFSETS_S) + len(AGE_CONSTANTS_S) + 1
        self.max_age_s = config.max_age_s
        self.age_weight = 1.0 if config.hears_age else 0.0  # the graph takes the age in any case
        self.per_offset: Tensor
        self.per_constant: Tensor
        self.register_buffer("per_offset", 1.0 / torch.tensor([AGE_OFFSETS_S]), persistent=False)
        self.register_buffer("per_constant", 1.0 / torch.tensor([AGE_CONSTANTS_S]), persistent=False)
        make = residual_layers if config.symbol_residual else layers
        self.body = make(n_in, config.symbol_hidden, config.symbol_layers)
        self.head = Gaussian(config.symbol_hidden, config.n_latents)

    def forward(self, symbols: Tensor, age_s: Tensor) -> tuple[Tensor, Tensor]:
        """(n, n_symbols) one-hot groups, (n, 1) seconds -> mean and log-variance, each (n, n_latents)."""
        age = age_s.clamp(0.0, self.max_age_s)
        rises, falls = torch.log(age * self.per_offset + 1.0) / 3.0, torch.exp(-age * self.per_constant)
        features = torch.cat([age / self.max_age_s, rises, falls], 1) * self.age_weight
        mean, log_variance = self.head(self.body(torch.cat([symbols, features], 1)))
        return mean, log_variance


class SymbolDecoder(nn.Module):
    """Latents -> logits, one tensor per symbol."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden = config.symbol_hidden
        make = residual_layers if config.symbol_residual else layers
        self.body = make(config.n_latents, hidden, config.symbol_layers)
        self.heads = nn.ModuleList([nn.Linear(hidden, size) for size in config.symbol_sizes])

    def forward(self, latent: Tensor) -> tuple[Tensor, ...]:
        """(n, n_latents) -> logits, (n, n_classes) for each symbol."""
        hidden = self.body(latent)
        return tuple(head(hidden) for head in self.heads)


class BridgeModel(nn.Module):
    """Both autoencoders and the ear, with the spread of the frames around what the decoder says."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        kinds: dict[str, type[HarmonicEncoder] | type[ResidualEncoder]]
        kinds = {"harmonic": HarmonicEncoder, "residual": ResidualEncoder}
        encoder = kinds[config.signal_encoder]
        decoder = {"mlp": MlpDecoder, "conv": ConvDecoder, "residual": ResidualDecoder}[config.signal_decoder]
        self.config = config
        self.signal_encoder = encoder(config)
        self.signal_decoder = decoder(config)
        self.symbol_encoder = SymbolEncoder(config)
        self.symbol_decoder = SymbolDecoder(config)
        self.listener_encoder = ListenerEncoder(encoder(config)) if config.listener else None
        self.note_listener = NoteListener(config.n_bins, config.notes_channels) if config.notes else None
        self.log_spread = nn.Parameter(torch.zeros(2, config.n_bins))
        """Log standard deviation per band: row 0 from signals, row 1 from symbols."""
        self.noise_spread = nn.Parameter(torch.zeros(2, config.n_noise)) if config.n_noise else None
        """The same for the bands of noise."""
