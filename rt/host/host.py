"""What the control threads see of the running program: it hands their questions to the parts that know.

Any thread calls the methods. The main thread puts the parts in, before the threads that ask start.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from rt.bridge import Listening
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import Manifest
from rt.events import Event
from rt.host.engine_client import EngineClient
from rt.listening.hearing import Hearing
from rt.osc.message import Value
from rt.osc.server import OscServer
from rt.presets.presets import Presets
from rt.stats import Snapshot

if TYPE_CHECKING:
    from rt.oscquery.server import OscQueryServer


class Host:
    """The `rt.bridge.Bridge` of a server."""

    def __init__(self, engine_client: EngineClient, show: Callable[[str], None]) -> None:
        """Nothing is asked yet. engine_client : the way to the engine. show : prints a line for the user."""
        self.engine_client = engine_client
        self.osc: OscServer | None = None
        self.query: OscQueryServer | None = None
        self.hearing: Hearing | None = None
        self.preset_keeper: Presets | None = None
        self._show = show
        self._lock = threading.Lock()
        self._told: set[str] = set()

    @property
    def manifest(self) -> Manifest:
        """The manifest of the bundle that plays now."""
        return self.engine_client.bundle.manifest

    def send(self, event: Event) -> None:
        """Hand an event to the engine and remember it if it is a setting."""
        self.engine_client.send(event)
        if self.query is not None:
            self.query.see(event)

    def snapshot(self) -> Snapshot:
        """The engine's counters now."""
        return self.engine_client.snapshot()

    def mark(self) -> int:
        """A number that stands for every event sent so far."""
        return self.engine_client.mark()

    def is_reached(self, mark: int) -> bool:
        """Whether the engine has applied every event sent before `mark`."""
        return self.engine_client.is_reached(mark)

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel (0-15) plays."""
        return self.engine_client.instrument(channel)

    def load_bundle(self, path: Path) -> Future[Bundle]:
        """Have the engine check the bundle of a folder and swap it in."""
        return self.engine_client.load(path)

    def listen(self, on: bool) -> Future[None]:
        """Hear the microphone or no longer; done when it is so, or with why it cannot be."""
        assert self.hearing is not None  # there is no OSC before it
        return self.hearing.request(on)

    def listening(self) -> Listening:
        """Whether the microphone is heard, and how loud it is."""
        assert self.hearing is not None
        return self.hearing.state

    def preset(self, action: str, name: str) -> Future[str]:
        """Save, load or delete a preset, or load the next or previous one."""
        assert self.preset_keeper is not None
        return self.preset_keeper.act(action, name)

    def presets(self) -> Future[list[str]]:
        """Names of the presets, in their order."""
        assert self.preset_keeper is not None
        return self.preset_keeper.names()

    def report(self, message: str) -> None:
        """Show the user one line, once for each different line."""
        with self._lock:
            if message in self._told:
                return
            self._told.add(message)
        self._show(message)

    def notify(self, address: str, args: Sequence[Value] = ()) -> None:
        """Send OSC to all clients."""
        assert self.osc is not None
        self.osc.notify(address, args)
        if self.query is not None:
            self.query.notify(address, args)
