"""What the bridge's settings are now, seen from the events that change them; no sockets, no threads of its own."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

from rt.bundle.manifest import Manifest
from rt.config.config import Config
from rt.events import (
    INTERPOLATIONS,
    TRAJECTORIES,
    Alive,
    AllSoundOff,
    Bend,
    Event,
    FreeSymbol,
    Gain,
    Gate,
    Interp,
    LatentOffset,
    LatentXY,
    Legato,
    Trajectory,
    UseInstrument,
)
from rt.osc.message import Value
from rt.osc.table import INCOMING

Values = tuple[Value, ...]
SILENT_DB = -60.0


class SettingValues:
    """The newest value of every setting that OSC can change; any thread may call anything.

    A setting that nobody has touched is what the configuration says, or unknown.
    """

    def __init__(self, config: Config, manifest: Callable[[], Manifest]) -> None:
        self._manifest = manifest
        self._lock = threading.Lock()
        self._changed: dict[str, None] = {}
        shape, frequency, radius = INCOMING["/lb/trajectory"].args
        self._known: dict[str, Values] = {
            "/lb/gain": (config.engine.gain_db,),
            "/lb/alive": (config.engine.alive,),
            "/lb/bend": (0.0,),
            "/lb/gate": (0,),
            "/lb/trajectory": (shape.choices[0], frequency.default or 0.0, radius.default or 0.0),
        }
        self._makers: dict[type[Event], Callable[[Any], tuple[str, Values] | None]] = {
            Gain: lambda e: ("/lb/gain", (_db(e.gain),)),
            Alive: lambda e: ("/lb/alive", (e.amount,)),
            Bend: lambda e: ("/lb/bend", (e.semitones,)) if e.channel < 0 else None,
            LatentOffset: lambda e: ("/lb/latent/offset", tuple(e.values)),
            LatentXY: lambda e: ("/lb/latent/xy", (e.x, e.y)),
            Legato: lambda e: ("/lb/legato", (int(e.on), e.seconds, e.channel + 1)),
            Gate: lambda e: ("/lb/gate", (int(e.on),)),
            Interp: lambda e: ("/lb/interp", (INTERPOLATIONS[e.order], e.seconds)),
            Trajectory: lambda e: ("/lb/trajectory", (TRAJECTORIES[e.shape], e.frequency_hz, e.radius)),
            FreeSymbol: self._symbol,
            UseInstrument: self._instrument,
            AllSoundOff: lambda e: ("/lb/gate", (0,)) if e.channel < 0 else None,
        }

    def see(self, event: Event) -> None:
        """Take note of an event on its way to the engine; quick, and never raises."""
        make = self._makers.get(type(event))
        if make is None:
            return
        made = make(event)
        if made is not None:
            with self._lock:
                self._known[made[0]] = made[1]
                self._changed[made[0]] = None

    def get(self, address: str) -> Values | None:
        """The value of a setting, None when it is not known."""
        values = self._known.get(address)
        if address == "/lb/latent/offset":
            size = self._manifest().latent.size
            if values is None or len(values) != size:
                return (0.0,) * size
        return values

    def take_changes(self) -> list[tuple[str, Values]]:
        """What changed since the last call, each setting once and as it is now."""
        with self._lock:
            changed = [(address, self._known[address]) for address in self._changed]
            self._changed.clear()
        return changed

    def _symbol(self, event: FreeSymbol) -> tuple[str, Values] | None:
        name = self._name(event.instrument)
        octave, pitch_class = divmod(event.note, 12)
        return ("/lb/symbol", (name, octave - 1, pitch_class, event.dynamics)) if name else None

    def _instrument(self, event: UseInstrument) -> tuple[str, Values] | None:
        name = self._name(event.instrument)
        return ("/lb/instrument", (name, event.channel + 1)) if name else None

    def _name(self, index: int) -> str:
        instruments = self._manifest().instruments
        return instruments[index].name if 0 <= index < len(instruments) else ""


def _db(gain: float) -> float:
    return max(SILENT_DB, round(20 * math.log10(gain), 4)) if gain > 0 else SILENT_DB
