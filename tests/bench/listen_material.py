"""What the microphone hears in benches of listening: real notes, and noise that is none."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.signal

from export.prepare.sound import UnusableError, mono_of, onset_sample, sound_of, without_rumble
from export.sources import SourceOptions, open_source
from rt.arrays import F32, AnyArray
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410
from tests.system.jackd import RATE_HZ

ONSET_DB = 20.0
MAX_S = 2.0
"""Longer recordings are faded out here."""


class Clip(NamedTuple):
    """One note as it is played."""

    name: str
    instrument: str
    note: int
    sound: F32
    onset: int


def load_clips(folder: Path, n_per_instrument: int, seed: int, only: str = "") -> list[Clip]:
    """Clips of every instrument, chosen at random; files that are mislabelled or unreadable are left out.

    only : part of the names of the instruments that are wanted.
    """
    source = open_source(f"philharmonia:{folder}", SourceOptions())
    takes = source.takes()
    random = np.random.default_rng(seed)
    spec = dataclasses.replace(NSGT_410, sample_rate_hz=RATE_HZ)
    clips, left_out = [], Counter[str]()
    for instrument in dict.fromkeys(take.instrument for take in takes):
        if only.lower() not in instrument.lower():
            continue
        own = [take for take in takes if take.instrument == instrument]
        found = 0
        for take in (own[i] for i in random.permutation(len(own))):
            if found == n_per_instrument:
                break
            try:
                samples, rate_hz = source.read(take)
                sound = sound_of(spec, take, samples, rate_hz, decays=False, recorded=True)
            except (BridgeError, UnusableError) as error:
                left_out[str(error).split(":")[0][:40]] += 1
                continue
            onset = onset_sample(without_rumble(sound.samples, RATE_HZ, take.note), RATE_HZ, ONSET_DB)
            mono = mono_of(sound.samples)[: int(MAX_S * RATE_HZ)].copy()
            fade = min(RATE_HZ // 20, len(mono))
            mono[len(mono) - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
            clips.append(Clip(take.name, instrument, take.note, mono, onset))
            found += 1
    print(f"{len(clips)} files; left out: {dict(left_out) or 'none'}")
    return clips


def noises(seconds: float) -> dict[str, F32]:
    """What is no note: (n_samples,) by name."""
    n = int(seconds * RATE_HZ)
    random = np.random.default_rng(0)
    room = scipy.signal.lfilter([0.05], [1.0, -0.95], random.standard_normal(n))  # rumbles more than it hisses
    time_s = np.arange(n) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * 50.0 * k * time_s + k) / k**1.5 for k in (1, 2, 3, 5, 7, 9))
    sine = np.sin(2 * np.pi * 440.0 * time_s)

    def at(level_db: float, sound: AnyArray) -> F32:
        return np.asarray(sound * 10 ** (level_db / 20.0) / np.sqrt(np.mean(sound**2)), np.float32)

    return {
        "room noise at -50 dBFS": at(-50.0, room),
        "white noise at -50 dBFS": at(-50.0, random.standard_normal(n)),
        "mains hum at -50 dBFS": at(-50.0, np.asarray(hum)),
        "a sine at -60 dBFS": at(-60.0, sine),
        "silence": np.zeros(n, np.float32),
    }
