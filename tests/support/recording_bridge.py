"""A host in memory: it remembers what the control threads asked of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from rt.bridge import Listening
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import FORMAT, InstrumentSpec, LatentSpec, Manifest, SymbolSpec
from rt.errors import BundleError
from rt.events import Event, SetParameter
from rt.frames.spec import NSGT_410
from rt.parameters import INSTRUMENT, Parameter, ParameterValues
from rt.presets.presets import Presets
from rt.stats import Snapshot

N_LATENTS = 8


def instrument(name: str, low_note: int, high_note: int, program: int) -> InstrumentSpec:
    n_notes = high_note - low_note + 1
    return InstrumentSpec(
        name=name,
        low_note=low_note,
        high_note=high_note,
        program=program,
        loudness_db=((-20.0,) * 5,) * n_notes,
        tuning_cents=(0.0,) * n_notes,
        decay_db_per_s=(0.0,) * n_notes,
        release_s=0.2,
    )


def manifest(n_latents: int = N_LATENTS) -> Manifest:
    instruments = (
        instrument("Alto-Sax", 49, 80, 65),
        instrument("Flute", 60, 96, 73),
        instrument("Piano", 21, 108, 0),
        instrument("Trumpet-C", 54, 86, 56),
        instrument("Violin", 55, 100, 40),
    )
    zeros, ones = (0.0,) * n_latents, (1.0,) * n_latents
    return Manifest(
        format=FORMAT,
        name="memory",
        frame=NSGT_410,
        latent=LatentSpec(
            size=n_latents, mean=zeros, low=zeros, high=ones, axes=(ones, zeros), axis_deviation=(1.0, 1.0)
        ),
        symbols=(
            SymbolSpec(name="octave", classes=(*"012345678", "silent")),
            SymbolSpec(name="pitch_class", classes=(*"abcdefghijkl", "silent")),
            SymbolSpec(name="dynamics", classes=("pp", "p", "mf", "f", "ff", "silent")),
            SymbolSpec(name="instrument", classes=(*(spec.name for spec in instruments), "silent")),
        ),
        max_age_s=2.0,
        instruments=instruments,
        graphs={},
        licences=(),
    )


class RecordingBridge:
    """A Bridge whose engine applies everything at once, unless `is_stuck`."""

    def __init__(self, n_latents: int = N_LATENTS) -> None:
        self.manifest = manifest(n_latents)
        self.events: list[Event] = []
        self.told: list[str] = []
        self.loads: list[tuple[Path, Future[Bundle]]] = []
        self.listens = True
        self.wishes: list[tuple[bool, Future[None]]] = []
        self.is_stuck = False
        self.load_error = ""
        self.counters = Snapshot(voices=3, load=0.25, xruns=2, sample_rate_hz=48000, device_latency_s=0.005)
        self._values = ParameterValues([INSTRUMENT.set(0)])
        self.preset_keeper: Presets
        """Whose presets there are, where a test has some."""
        self._changed = threading.Condition()

    def send(self, event: Event) -> None:
        with self._changed:
            if isinstance(event, SetParameter):
                self._values.set(event)
            self.events.append(event)
            self._changed.notify_all()

    def snapshot(self) -> Snapshot:
        return self.counters

    def mark(self) -> int:
        return len(self.events)

    def is_reached(self, mark: int) -> bool:
        return not self.is_stuck

    def instrument(self, channel: int) -> int:
        value = self._values.get(INSTRUMENT, channel)
        assert value is not None
        return int(value[0])

    def load_bundle(self, path: Path) -> Future[Bundle]:
        load: Future[Bundle] = Future()
        if self.load_error:
            load.set_exception(BundleError(self.load_error))
        else:
            self.loads.append((path, load))
        return load

    def listen(self, on: bool) -> Future[None]:
        self.wishes.append((on, Future()))
        return self.wishes[-1][1]

    def listening(self) -> Listening:
        return Listening(is_on=self.listens, level_db=-18.0)

    def preset(self, action: str, name: str) -> Future[str]:
        return self.preset_keeper.act(action, name)

    def presets(self) -> Future[list[str]]:
        return self.preset_keeper.names()

    def value(self, row: Parameter, channel: int) -> tuple[float, ...] | None:
        return self._values.get(row, channel)

    def values(self) -> ParameterValues:
        return ParameterValues(list(self._values.replay(with_held=True)))

    def report(self, message: str) -> None:
        if message not in self.told:
            self.told.append(message)

    def wait_for(self, condition: Callable[[], bool], limit_s: float = 5.0) -> bool:
        """Wait until a condition on the events holds; False when it does not in time."""
        end_s = time.monotonic() + limit_s
        with self._changed:
            while not condition():
                if not self._changed.wait(min(0.02, max(0.0, end_s - time.monotonic()))) and time.monotonic() > end_s:
                    return condition()
        return True
