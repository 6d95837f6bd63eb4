"""What the bridge's settings are now, seen from the events that change them; no sockets, no threads of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rt.bundle.manifest import Manifest
from rt.config.config import Config
from rt.events import AllSoundOff, Event, SetParameter
from rt.osc import setters
from rt.osc.message import Value
from rt.parameters import ALIVE, BY_ID, GAIN, GATE, PARAMETERS, ROOM

Values = tuple[Value, ...]
_ROWS = {row.address: row for row in PARAMETERS if row.address}


class SettingValues:
    """The newest event of every parameter that OSC can set; any thread may call anything.

    A setting that nobody has touched is what the table or the configuration says, or unknown.
    """

    def __init__(self, config: Config, manifest: Callable[[], Manifest]) -> None:
        self._manifest = manifest
        self._lock = threading.Lock()
        self._changed: dict[str, None] = {}
        engine = config.engine
        known = [row.set(*row.default) for row in _ROWS.values() if row.default is not None]
        known += [GAIN.set(engine.gain_db), ALIVE.set(engine.alive), ROOM.set(engine.room)]
        self._known: dict[str, SetParameter] = {BY_ID[event.id].address: event for event in known}

    def see(self, event: Event) -> None:
        """Take note of an event on its way to the engine; quick, and never raises."""
        if isinstance(event, AllSoundOff) and event.channel < 0:
            event = GATE.set(False)
        if isinstance(event, SetParameter) and setters.args_of(event, self._manifest()) is not None:
            address = BY_ID[event.id].address
            with self._lock:
                self._known[address] = event
                self._changed[address] = None

    def get(self, address: str) -> Values | None:
        """The value of a setting, None when it is not known."""
        row, event, manifest = _ROWS.get(address), self._known.get(address), self._manifest()
        values = None if event is None else setters.args_of(event, manifest)
        if values is None and row is not None and row.numbers[0].per_latent and not row.is_point:
            return (0.0,) * manifest.latent.size
        return values

    def take_changes(self) -> list[tuple[str, Values]]:
        """What changed since the last call, each setting once and as it is now."""
        with self._lock:
            changed = list(self._changed)
            self._changed.clear()
        return [(address, values) for address in changed if (values := self.get(address)) is not None]
