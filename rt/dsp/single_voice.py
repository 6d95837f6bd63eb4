"""One voice of the locked renderer from beginning to end, for work that is done offline."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.dsp import voice_table as table
from rt.dsp.voice_bank import VoiceBank


def play(
    frames: AnyArray,
    at_s: F64,
    n_samples: int,
    *,
    frequency_hz: F64,
    sample_rate_hz: float,
    phase: str = "locked",
    iterations: int = 0,
    seed: int = 0,
) -> F32:
    """What frames sound like from the first sample on: (n_samples,) at a rate.

    frames : (n, n_bands) magnitudes at times at_s (n,), linearly interpolated and held at both ends; a sine of
    amplitude 1 is 1. frequency_hz : (n_bands,). phase, iterations, seed : as of `VoiceBank`.
    """
    voice_bank = VoiceBank(
        1, frequency_hz, sample_rate_hz=sample_rate_hz, phase=phase, iterations=iterations, seed=seed
    )
    hop = voice_bank.hop_samples
    n_hops = -(-n_samples // hop)
    middles_s = (np.arange(n_hops) * hop + voice_bank.window_samples // 2) / sample_rate_hz
    place = np.interp(middles_s, at_s, np.arange(len(at_s)))
    low = np.minimum(place.astype(np.int64), len(frames) - 1)
    high = np.minimum(low + 1, len(frames) - 1)
    share = (place - low).astype(np.float32)
    row, out = voice_bank.state[0], np.zeros(n_hops * hop, np.float32)
    row[table.FRAME_LENGTH], row[table.RATIO], row[table.ATTACK] = 1.0, 1.0, 1.0
    row[table.GAIN] = row[table.GAIN_TARGET] = 1.0
    for k in range(n_hops):
        voice_bank.frame_a[0] = voice_bank.frame_b[0] = frames[low[k]] + share[k] * (frames[high[k]] - frames[low[k]])
        if k == 0:
            voice_bank.start(0)
            row[table.LEVEL] = 1.0
        voice_bank.render(out[k * hop : (k + 1) * hop])
    return out[:n_samples]
