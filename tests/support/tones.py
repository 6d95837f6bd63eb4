"""A source of synthetic notes, for tests of preparing and training: what the brief of each take asks for."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field

import numpy as np

from export.sources.source import Problem, Take
from rt.arrays import F32
from rt.bundle.manifest import Licence
from rt.errors import BridgeError
from rt.units import hz_of_note

LICENCE = Licence(source="tones", licence="CC0", credit="nobody")
LEVELS_DB = {"pp": -30.0, "p": -24.0, "mf": -18.0, "f": -12.0, "ff": -8.0}
N_PARTIALS = {"pp": 3, "p": 4, "mf": 6, "f": 9, "ff": 14}


@dataclass
class Tones:
    """Notes made of partials; some of them with a fault, by name."""

    name: str = "tones"
    recorded: bool = True
    instruments: tuple[str, ...] = ("Flute", "Piano")
    notes: tuple[int, ...] = (57, 62, 67, 72)
    dynamics: tuple[str, ...] = ("pp", "mf", "ff")
    seconds: float = 1.2
    rate_hz: int = 44100
    faults: dict[str, str] = field(default_factory=dict)
    """Name of a take -> silent, cancel, unreadable, short, empty, nan, or cents by which it is off."""
    labels: tuple[tuple[str, str], ...] = ()
    delay_s: float = 0.0
    """How long reading a take lasts at least."""
    licence: Licence = LICENCE
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def takes(self) -> list[Take]:
        return [
            Take(
                name=f"{instrument} {note} {dynamics}",
                instrument=instrument,
                note=note,
                dynamics=dynamics,
                labels=self.labels,
                hold_s=None if self.recorded else self.seconds,
            )
            for instrument in self.instruments
            for note in self.notes
            for dynamics in self.dynamics
        ]

    def read(self, take: Take) -> tuple[F32, int]:
        time.sleep(self.delay_s)
        fault = self.faults.get(take.name, "")
        if fault == "unreadable":
            raise BridgeError("cannot be decoded")
        if fault == "empty":
            return np.zeros((0, 2), np.float32), self.rate_hz
        seconds = 0.02 if fault == "short" else self.seconds
        cents = float(fault) if fault.lstrip("-").isdigit() else 0.0
        samples = tone(take, seconds, self.rate_hz, cents)
        stereo = np.stack((samples, -samples if fault == "cancel" else samples), axis=1)
        if fault == "silent":
            stereo[:] = 0.0
        if fault == "nan":
            stereo[100] = np.nan
        return stereo, self.rate_hz


def tone(take: Take, seconds: float, rate_hz: int, cents: float = 0.0) -> F32:
    """A note after 50 ms of silence, (n_samples,)."""
    rng = np.random.default_rng(zlib.crc32(take.name.encode()))
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    f0 = hz_of_note(take.note) * 2.0 ** (cents / 1200.0)
    k = np.arange(1, 1 + N_PARTIALS.get(take.dynamics, 6))
    k = k[k * f0 < 10_000.0]
    waves = np.sin(2.0 * np.pi * k[:, None] * f0 * t + rng.uniform(0.0, 6.28, (len(k), 1))) / k[:, None]
    decay = np.exp(-3.0 * t) if take.instrument == "Piano" else 1.0
    attack = np.minimum(t / 0.01, 1.0)
    sound = waves.sum(axis=0) * decay * attack * 10.0 ** (LEVELS_DB.get(take.dynamics, -18.0) / 20.0)
    return np.concatenate((np.zeros(int(0.05 * rate_hz)), sound)).astype(np.float32)
