"""Several notes as one waveform that begins with all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from export.prepare.levels import MF_LEVEL_DB
from export.prepare.plan import Item
from export.prepare.sound import Sound, level_of
from rt.arrays import F32
from rt.bundle.manifest import FrameSpec

BEFORE_S = 0.1
"""How much of what was recorded before the onsets is kept."""


def mix(spec: FrameSpec, item: Item, sounds: Sequence[Sound]) -> Sound:
    """Add notes at a common onset, each levelled and then moved by its part's gain.

    It sounds while all of them do.
    """
    rate_hz = spec.sample_rate_hz
    before = int(BEFORE_S * rate_hz)
    n_channels = max(sound.samples.shape[1] for sound in sounds)
    sounding_s = min(sound.sounding_s for sound in sounds)
    mixed: F32 = np.zeros((before + max(len(s.samples) - s.onset for s in sounds), n_channels), np.float32)
    for part, sound in zip(item.parts, sounds, strict=True):
        body = sound.samples[max(sound.onset - before, 0) :]
        loudest = float(level_of(sound.samples[sound.onset :], rate_hz).max())
        wanted_db = MF_LEVEL_DB + part.gain_db
        gain = 10.0 ** (wanted_db / 20.0) / np.sqrt(2.0 * max(loudest, 1e-12))  # a sine has half its peak's power
        start = before - min(sound.onset, before)
        mixed[start : start + len(body)] += np.float32(gain) * body
    ends = [sound for sound in sounds if sound.sounding_s == sounding_s]
    return Sound(mixed, before, sounding_s, any(sound.is_cut for sound in ends), 0.0)
