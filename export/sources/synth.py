"""The synthesizer that plays soundfonts, the same in every process.

Its dither is drawn from C's `rand` when the first synthesizer of a process is made, whoever makes it; so that is seeded
before: every synthesizer should be opened here, or after `seed_dither`.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any

from rt.errors import BridgeError

SEED = 1
"""What C's `rand` starts with."""


def load_fluidsynth() -> Any:
    """The package, which needs the library; BridgeError when one of them is missing."""
    try:
        import fluidsynth
    except ImportError as error:
        raise BridgeError("rendering needs pyfluidsynth and the fluidsynth library; run make setup-train") from error
    return fluidsynth


def open_synth(*, gain: float, sample_rate_hz: float) -> Any:
    """A synthesizer without a soundfont; its samples do not depend on what the process did before."""
    fluidsynth = load_fluidsynth()
    seed_dither()
    return fluidsynth.Synth(gain=gain, samplerate=sample_rate_hz)


def seed_dither() -> None:
    """Have the first synthesizer of the process, if it comes next, draw the dither that all others have."""
    if os.name == "posix":  # elsewhere the synthesizer has a C library of its own, which nobody else calls
        ctypes.CDLL(None).srand(SEED)
