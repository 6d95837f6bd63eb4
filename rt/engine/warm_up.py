"""Plays voices for a moment, so that nothing is compiled, loaded or allocated for the first time while it sounds."""

from __future__ import annotations

import numpy as np

from rt.engine.channel_states import ChannelStates, Key, Note
from rt.engine.voices import Voices

N_TICKS = 24
"""Past the first frames that are decoded in turns."""


def exercise(voices: Voices) -> None:
    """Play a chord and the free voice for a moment, into nothing."""
    channels = ChannelStates()
    now = 0
    scratch = np.zeros(voices.tick_samples, np.float32)
    for note in (48, 60, 64, 67):
        voices.note_on(Note(Key(0, note), 80, 0), now)
    voices.set_gate(True, now)
    for _ in range(N_TICKS):
        voices.advance(channels, now)
        voices.render(scratch)
        now += voices.tick_samples
