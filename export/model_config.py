"""What the networks of a model are made of; known without torch."""

from __future__ import annotations

from dataclasses import dataclass

ENCODERS, DECODERS = ("harmonic", "residual"), ("mlp", "conv", "residual")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """Kinds and sizes of the networks; travels in the checkpoint."""

    n_bins: int = 410
    n_noise: int = 0
    """Bands of noise that the decoder tells beside the frame; 0: none."""
    symbol_sizes: tuple[int, ...] = (10, 13, 6, 6)
    """Classes of each symbol, all sources one after the other."""
    n_sources: int = 1
    """Simultaneous instruments that one frame holds."""
    max_age_s: float = 6.2
    n_latents: int = 32
    signal_encoder: str = "harmonic"
    """`harmonic` or `residual`."""
    signal_decoder: str = "mlp"
    """`mlp`, `conv` or `residual`."""
    listener: bool = True
    """With an encoder of live frames."""
    notes: bool = False
    """With a net that hears several notes at once in live frames."""
    notes_channels: int = 24
    hears_age: bool = True
    """False: the symbol encoder does not see the time since onset, as published."""
    encoder_channels: int = 16
    encoder_hidden: int = 192
    encoder_layers: int = 2
    decoder_hidden: int = 512
    decoder_layers: int = 2
    """Of the `residual` decoder; the others have their own plan."""
    symbol_hidden: int = 256
    symbol_layers: int = 2
    symbol_residual: bool = False
    adversary_hidden: int = 500
    adversary_layers: int = 2

    @property
    def n_symbols(self) -> int:
        """Symbols of one source."""
        return len(self.symbol_sizes) // self.n_sources
