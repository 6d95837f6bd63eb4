"""A tiny engine in the place of the real one, so that processes can be tested without a model.

Run as a program it is an engine process. The counter `guarded` tells which instrument its first channel plays.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rt.arrays import F32
from rt.audio.engine_messages import EngineConfigMessage
from rt.audio.engine_process import main
from rt.audio.loader import Built
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.config.config import Config
from rt.errors import BundleError
from rt.events import AllSoundOff, Event, NoteOff, NoteOn, SetParameter
from rt.host.supervisor import Supervisor
from rt.parameters import GAIN, INSTRUMENT
from rt.stats import Stats
from rt.units import gain_of_db, hz_of_note

COMMAND = (sys.executable, str(Path(__file__).resolve()))
CRASH_NOTE, HANG_NOTE, RAISE_NOTE, SLOW_NOTE = 1, 2, 3, 4
"""Notes that end the process, stop it, raise in it, and have it render at half the speed of time or less."""


class SineEngine:
    """One sine per key that is down."""

    def __init__(self, sample_rate_hz: float, stats: Stats, name: str) -> None:
        self.name = name
        self._rate_hz = sample_rate_hz
        self._stats = stats
        self._notes: set[int] = set()
        self._gain = 1.0
        self._is_slow = False
        self._position = 0

    def apply(self, event: Event) -> None:
        match event:
            case NoteOn(note=note):
                if note == CRASH_NOTE:
                    os._exit(9)
                if note == HANG_NOTE:
                    time.sleep(60)
                if note == RAISE_NOTE:
                    raise ValueError("asked to")
                if note == SLOW_NOTE:
                    self._is_slow = True
                self._notes.add(note)
            case NoteOff(note=note):
                self._notes.discard(note)
            case AllSoundOff():
                self._notes.clear()
            case SetParameter(id=GAIN.id, values=(gain_db,)):
                self._gain = gain_of_db(gain_db)
            case SetParameter(id=INSTRUMENT.id, channel=channel, values=(instrument,)):
                if channel <= 0:
                    self._stats.set("guarded", instrument)
        self._stats.add("events")

    def render(self, out: F32) -> None:
        time_s = (self._position + np.arange(len(out))) / self._rate_hz
        self._position += len(out)
        if self._is_slow:
            time.sleep(2.0 * len(out) / self._rate_hz)
        out.fill(0.0)
        for note in self._notes:
            out.T[:] += 0.1 * self._gain * np.sin(2 * np.pi * hz_of_note(note) * time_s).astype(np.float32)
        self._stats.set("voices", len(self._notes))

    def use(self, prepared: str) -> None:
        self.name = prepared


class SineMaker:
    def build(self, config_message: EngineConfigMessage, sample_rate_hz: float, stats: Stats) -> Built:
        if "crashes" in config_message.bundle:
            os._exit(9)
        return Built(SineEngine(sample_rate_hz, stats, bundle.load(config_message.bundle).manifest.name), "cpu")

    def prepare(self, built: Built, opened: Bundle) -> str:
        if opened.manifest.name == "broken":
            raise BundleError("this one is broken")
        if opened.manifest.name == "odd":
            raise RuntimeError("nobody expected this")
        return opened.manifest.name


def supervise(opened: Bundle, settings: Config, say: Callable[[str], None], *, seconds: float = 0.0) -> Supervisor:
    """A supervisor of the stand-in."""
    return Supervisor(
        opened,
        provider="cpu",
        audio=settings.audio,
        engine=settings.engine,
        listen=settings.listen,
        say=say,
        seconds=seconds,
        command=COMMAND,
    )


if __name__ == "__main__":
    main(SineMaker())
