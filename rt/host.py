"""What the control threads see of the running program: it hands their questions to the parts that know.

Any thread calls the methods. The main thread puts the parts in, before the threads that ask start.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rt.audio.link import Link
from rt.control.bridge import Listening
from rt.control.message import Value
from rt.control.osc import OscServer
from rt.events import Event
from rt.listening.hearing import Hearing
from rt.manifest import Manifest
from rt.opener import Opener
from rt.stats import Snapshot

if TYPE_CHECKING:
    from rt.control.oscquery import OscQueryServer


class Host:
    """The `rt.control.bridge.Bridge` of a server."""

    def __init__(self, link: Link, show: Callable[[str], None]) -> None:
        """Nothing is asked yet. link : the way to the engine. show : prints a line for the user."""
        self.link = link
        self.opener = Opener(lambda opened, done: self.link.load(opened, done))
        self.osc: OscServer | None = None
        self.query: OscQueryServer | None = None
        self.hearing: Hearing | None = None
        self._show = show
        self._lock = threading.Lock()
        self._told: set[str] = set()

    @property
    def manifest(self) -> Manifest:
        """The manifest of the bundle that plays now."""
        return self.link.bundle.manifest

    def send(self, event: Event) -> None:
        """Hand an event to the engine and remember it if it is a setting."""
        self.link.send(event)
        if self.query is not None:
            self.query.see(event)

    def snapshot(self) -> Snapshot:
        """The engine's counters now."""
        return self.link.snapshot()

    def mark(self) -> int:
        """A number that stands for everything sent so far."""
        return self.link.mark()

    def is_reached(self, mark: int) -> bool:
        """Whether the engine has applied everything sent before `mark`."""
        return self.link.is_reached(mark)

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel (0-15) plays."""
        return self.link.instrument(channel)

    def load_bundle(self, name_or_path: str, done: Callable[[str], None]) -> None:
        """Check a bundle and have the engine swap it in; `done` gets "" when it plays, or why it cannot."""
        self.opener.ask(name_or_path, done)

    def listen(self, on: bool, done: Callable[[str], None]) -> None:
        """Hear the microphone or no longer; `done` gets "" when it is so, or why it cannot be."""
        assert self.hearing is not None  # there is no OSC before it
        self.hearing.wish(on, done)

    def listening(self) -> Listening:
        """Whether the microphone is heard, and how loud it is."""
        assert self.hearing is not None
        return self.hearing.state

    def tell(self, message: str) -> None:
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
