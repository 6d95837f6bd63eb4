"""What compiled code keeps of each voice: the columns of a voice's state, and all tables together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rt.arrays import F32, F64, I64, U64, AnyArray

QUANTUM = 64
"""Samples between two moments at which anything can change."""

STAGE = 0
"""FREE, RISING, HOLDING, RELEASING or FADING."""
POSITION = 1
"""Samples played of the present hop."""
FRAME_POSITION = 2
"""Samples since frame A."""
FRAME_LENGTH = 3
"""Samples from frame A to frame B."""
RATIO = 4
"""Factor on all frequencies."""
LEVEL = 5
"""Envelope, 0..1."""
ATTACK = 6
"""Rise of the envelope per quantum."""
RELEASE = 7
"""Factor on the envelope per quantum while releasing."""
FADE = 8
"""Fall of the envelope per quantum while fading."""
GAIN = 9
GAIN_TARGET = 10
GAIN_SPEED = 11
"""Share of the way to the target that the gain goes per quantum."""
NON_FINITE = 12
"""1 when a hop of the voice was silenced because it was no sound, until that is counted."""
BRIEF = 13
"""1 when the voice is to be released as soon as it has risen: a note shorter than its attack is still heard."""
SIDE = 14
"""Where the voice stands: -1 is left, 1 right."""
SIDE_TARGET = 15
"""Where it goes, as the gain does."""
N_STATE = 16

FREE, RISING, HOLDING, RELEASING, FADING = range(5)
INAUDIBLE = 1e-4
LOUDEST = 1e6
"""Sum over one hop above which it is no sound."""
MOST_MAGNITUDE = 1e3
"""A band above this, 60 dB over full scale, is no sound."""
MOST_GAIN = 1e3
MOST_RATIO = 16.0
"""Frequencies are moved by at most four octaves each way."""
NOWHERE: F32 = np.zeros(0, np.float32)
"""In place of the right channel of a sound that has one channel."""


class Tables(NamedTuple):
    """What compiled code reads and writes; see `VoiceBank`."""

    state: F64
    frame_a: F32
    frame_b: F32
    phase: F64
    tails: F32
    hops: F32
    slots: I64
    frequency_hz: F64
    sample_rate_hz: float
    bands_per_octave: float
    analysis: F32
    synthesis: F32
    estimate: F32
    lobes: F32
    map_start: I64
    map_weight: F32
    frame: F32
    scratch: F64
    mark: AnyArray
    real: F32
    imag: F32
    cosine: F32
    sine: F32
    noise_a: F32
    noise_b: F32
    noise_key: U64
    noise_tails: F32
    noise_low: I64
    noise_share: F32
    noise_scale: F32
