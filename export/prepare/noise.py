"""The noise of a note beside its frames: what is left when its partials are taken, at the recording's own rate."""

from __future__ import annotations

import numpy as np

from export.alive import noise_bands
from export.alive.apart import apart
from export.alive.parts import highest_hz
from export.prepare.sound import Sound
from rt.arrays import F32, AnyArray
from rt.errors import BridgeError
from rt.frames.noise import NOISE_40, centres_of

UNKNOWN = -1.0
BEFORE_S, AFTER_S = 0.1, 0.2
"""How much of a recording before the onset and after the last place is taken apart with it."""
REACH_SHARE, LEAST_REACH_S, MOST_REACH_S = 0.25, 0.006, 0.1
"""Noise is the mean over so much of its age each way: one window is off by some dB by chance, but the chiff passes."""


def noise_at(sound: Sound, note: int, place_s: AnyArray) -> F32:
    """Power per Hz (n, n_noise) of a note's noise around places in it (n,); UNKNOWN where that cannot be told.

    Bands above what the recording's rate holds are not known, and nothing is of a note that cannot be taken apart.
    """
    unknown = np.full((len(place_s), NOISE_40.n_bands), UNKNOWN, np.float32)
    if sound.wide is None:
        return unknown
    rate_hz = sound.wide_rate_hz
    onset = round(sound.onset_s * rate_hz)
    first = max(onset - int(BEFORE_S * rate_hz), 0)
    whole = sound.wide[first : onset + int((float(np.max(place_s)) + AFTER_S) * rate_hz)]
    powers = np.mean(np.square(whole, dtype=np.float64), axis=0)
    loudest = int(np.argmax(powers))
    try:
        parts = apart(whole[:, loudest], rate_hz, note)
    except BridgeError:
        return unknown
    sides = float(powers.mean() / max(powers[loudest], 1e-30))  # frames are the mean power of all channels
    centres, limit_hz = centres_of(NOISE_40), highest_hz(rate_hz)
    own = noise_bands.centres_hz(limit_hz)
    at_s = np.arange(len(parts.noise)) * parts.hop_s - (onset - first) / rate_hz
    found = np.empty_like(unknown)
    for place, out in zip(np.asarray(place_s, np.float64), found, strict=True):
        reach_s = min(max(REACH_SHARE * place, LEAST_REACH_S), MOST_REACH_S)
        near = np.abs(at_s - place) <= reach_s
        mean = parts.noise[near].mean(axis=0) if near.any() else np.zeros(len(own))  # past its end it is silent
        out[:] = sides * np.interp(centres, own, mean)
    found[:, centres > 1.001 * limit_hz] = UNKNOWN
    return found
