"""One voice of a log by the locked renderer, at full level: where refinement begins."""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64
from rt.dsp import voice_table as dsp
from rt.dsp.bank import Bank
from rt.frames.spec import centre_hz
from rt.manifest import FrameSpec
from rt.offline.frames import between, resampled
from rt.offline.log import VoiceLog

OVERSAMPLED = 2
"""The renderer's window is meant for 44.1 or 48 kHz."""


def sound(spec: FrameSpec, voice: VoiceLog, at_s: F64, n_samples: int, *, seed: int) -> F32:
    """Sound (n_samples,) at the rate of the spec; at_s (n,) : when each frame of the voice is heard."""
    rate_hz = OVERSAMPLED * spec.sample_rate_hz
    bank = Bank(1, centre_hz(spec), sample_rate_hz=rate_hz, iterations=0, seed=seed)
    hop = bank.hop_samples
    n_hops = -(-n_samples * OVERSAMPLED // hop) + 1
    middles_s = (np.arange(n_hops) * hop + bank.window_samples // 2) / rate_hz
    frames = between(np.asarray(voice.frames), at_s, middles_s)
    ratios = np.interp(middles_s, at_s, voice.ratios)
    row, out = bank.state[0], np.zeros(n_hops * hop, np.float32)
    row[dsp.FRAME_LENGTH] = row[dsp.ATTACK] = row[dsp.GAIN] = row[dsp.GAIN_TARGET] = 1.0
    for k in range(n_hops):
        bank.frame_a[0] = bank.frame_b[0] = frames[k]
        row[dsp.RATIO] = ratios[k]
        if k == 0:
            bank.start(0)
            row[dsp.LEVEL] = 1.0
        bank.render(out[k * hop : (k + 1) * hop])
    return resampled(out, rate_hz, spec.sample_rate_hz)[:n_samples]
