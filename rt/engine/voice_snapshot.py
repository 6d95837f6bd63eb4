"""What every voice sounds like at a moment, for pictures and for renderers that know the whole sound."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rt.arrays import F32
from rt.dsp import voice_table as dsp
from rt.dsp.voice_bank import VoiceBank
from rt.engine.latents import Latents


class VoiceSnapshot(NamedTuple):
    """One voice at a moment; arrays are the receiver's."""

    slot: int
    birth_sample: int
    """Sample at which it began; together with the slot it tells voices apart."""
    level: float
    """Envelope times gain."""
    ratio: float
    """Factor on the frequencies of the frame."""
    frame: F32
    """(n_bins,) magnitudes, heard half a window later."""
    latent: F32
    """(size,) where it goes next."""
    latent_at: int
    """Sample at which it is there."""


def snapshot(voice_bank: VoiceBank, latents: Latents, slot: int, birth_sample: int) -> VoiceSnapshot:
    """How the voice in a slot sounds now."""
    row = voice_bank.state[slot]
    share = min(max(row[dsp.FRAME_POSITION] / max(row[dsp.FRAME_LENGTH], 1.0), 0.0), 1.0)
    frame = voice_bank.frame_a[slot] + np.float32(share) * (voice_bank.frame_b[slot] - voice_bank.frame_a[slot])
    level, ratio = float(row[dsp.LEVEL] * row[dsp.GAIN]), float(row[dsp.RATIO])
    return VoiceSnapshot(
        slot, birth_sample, level, ratio, frame, latents.newest[slot].copy(), int(latents.newest_at[slot])
    )
