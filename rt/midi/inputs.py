"""MIDI input ports: opened, watched, and opened again; what comes in goes to the host as bytes.

Runs in the MIDI process. One thread reads the queues of all ports every READ_S; everything else here is called by the
main thread. No callback is given to the driver: JACK would call it on the realtime thread of our client, where waiting
for the interpreter holds up the whole graph: 200 notes a second into a busy host lost 300 cycles a second, and with the
queue two in six seconds. JACK also makes a client of every port object, so that the list of ports is asked of one that
is open already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from rt.errors import DeviceError
from rt.midi import driver
from rt.midi.graph import Graph
from rt.midi.job import MidiJob
from rt.midi.outbox import Outbox
from rt.worker import Worker, raise_priority

log = logging.getLogger(__name__)

PORT = "midi_in"
READ_S = 0.001
IDLE_S = 0.05
BATCH = 256
"""Messages of a line to the host at most."""
CLOSE_S = 1.0
_NOT_KEYBOARDS = ("midi through", "midi_through")
_JACK_HARDWARE = ("system:", "a2j:")


class MidiInputs:
    """The open input ports."""

    def __init__(self, job: MidiJob, outbox: Outbox, graph: Callable[[], Graph | None]) -> None:
        """Begin without ports. graph : who is connected to whom, where the MIDI system tells."""
        self._job = job
        self._outbox = outbox
        self._graph = graph
        self._api = ""
        self._open: dict[str, _Port] = {}
        self._virtual: _Port | None = None
        self._lister: Any = None
        self._read: tuple[_Port, ...] = ()
        """What the reading thread looks at; replaced as a whole."""
        self._worker = Worker("midi", self._step)
        self._is_first_step = True

    @property
    def failure(self) -> Exception | None:
        """What ended the reading thread, if anything did."""
        return self._worker.failure

    @property
    def ports(self) -> list[str]:
        """Names of the ports that are open, our own virtual one first."""
        own = [self._virtual.name] if self._virtual is not None else []
        return own + list(self._open)

    def start(self) -> None:
        """Begin to read; there may be ports already."""
        self._worker.start()

    def open(self) -> None:
        """Open what the settings ask for; DeviceError, and nothing is open, where the MIDI system is not there."""
        try:
            self._open_all()
        except DeviceError:
            self.close()
            raise

    def close(self) -> None:
        """Close everything."""
        ports = [*self._open.values(), *([self._virtual] if self._virtual is not None else [])]
        if self._lister is not None and (self._virtual is None or self._lister is not self._virtual.rt):
            driver.within(CLOSE_S, self._lister.delete)
        self._open, self._virtual, self._lister = {}, None, None
        for port in ports:
            self._close_port(port)

    def describe_missing(self) -> str:
        """That a port asked for by name is not there, or nothing."""
        if self.ports or self._job.input == "auto":
            return ""
        listed = ", ".join(self._there()) or "none at all"
        return f"no MIDI input port has {self._job.input!r} in its name; there are {listed}"

    def poll(self) -> bool:
        """Open ports that appeared and close those that vanished; whether any did. About once a second."""
        if self._lister is None:
            return False
        try:
            there = self._there()
        except OSError as error:
            log.debug("listing MIDI ports: %s", error)
            return False
        before = self.ports
        for name in [name for name in self._open if name not in there]:
            self._close_port(self._open.pop(name))
            self._report(f"MIDI input {name} has gone; its notes are released")
        for name in self._wanted(there):
            try:
                self._open_port(name)
            except DeviceError as error:
                self._report(str(error))
            else:
                self._report(f"MIDI input {name} is open")
        return self.ports != before

    def check_cables(self) -> None:
        """End what came through ports that somebody no longer sends to."""
        graph = self._graph()
        if graph is None or graph.is_lost or not self._read:
            return
        connections = graph.connections()
        for port in self._read:
            sources = connections.get(port.id, frozenset())
            if port.sources - sources:
                port.release("")
            port.sources = sources

    def _step(self) -> float:
        if self._is_first_step:
            self._is_first_step = False
            raise_priority()
        ports = self._read
        for port in ports:
            port.read()
        self._outbox.flush()
        return READ_S if ports else IDLE_S

    def _report(self, text: str) -> None:
        self._outbox.say("tell", text=text)

    def _there(self) -> list[str]:
        return [str(name) for name in self._lister.get_ports()]

    def _wanted(self, there: Sequence[str]) -> list[str]:
        """Names out of `there` that are to be opened now."""
        choice = self._job.input
        if choice == "auto":
            return [name for name in there if name not in self._open and self._is_keyboard(name)]
        if choice == "virtual" or self._open:
            return []
        return [name for name in there if choice.lower() in name.lower() and not self._is_own(name)][:1]

    def _is_own(self, name: str) -> bool:
        return self._job.port_name.lower() in name.lower()

    def _is_keyboard(self, name: str) -> bool:
        if self._is_own(name) or any(part in name.lower() for part in _NOT_KEYBOARDS):
            return False
        return self._api != "jack" or name.startswith(_JACK_HARDWARE)

    def _open_all(self) -> None:
        self._api = driver.choose_api(self._job.api, jack=self._job.jack)
        if self._job.input in ("auto", "virtual"):
            self._open_virtual()
        if self._lister is None:
            self._lister = driver.input_client(self._api, f"{self._job.port_name}-list")
        for name in self._wanted(self._there()):
            self._open_port(name)

    def _open_virtual(self) -> None:
        client = self._job.port_name
        if self._api == "winmm":  # Windows has no virtual ports
            if self._job.input == "virtual":
                raise DeviceError(
                    "Windows has no virtual MIDI ports; install a loopback port and name it in midi.input"
                )
            return
        name = client if self._api == "coremidi" else PORT  # CoreMIDI shows no client names
        port = _Port(self._api, client, f"{client}:{PORT}", self._outbox)
        self._add(port, lambda: port.open_virtual(name))
        self._virtual, self._lister = port, port.rt

    def _open_port(self, name: str) -> None:
        port = _Port(self._api, self._job.port_name, name, self._outbox)
        self._add(port, lambda: port.open_existing(name))
        self._open[name] = port

    def _add(self, port: _Port, open_it: Callable[[], None]) -> None:
        graph = self._graph()
        before = {} if graph is None else graph.connections()
        open_it()
        if graph is not None:
            after = graph.connections()
            port.id = next((id for id in after if id not in before), "")
            port.sources = after.get(port.id, frozenset())
        self._read = (*self._read, port)

    def _close_port(self, port: _Port) -> None:
        self._read = tuple(other for other in self._read if other is not port)
        port.mute()
        driver.within(CLOSE_S, port.close)
        port.release("")


class _Port:
    """One open input."""

    def __init__(self, api: str, client_name: str, name: str, outbox: Outbox) -> None:
        self.name = name
        self.id = ""
        """What the MIDI system calls our end of it, empty where that is not known."""
        self.sources: frozenset[str] = frozenset()
        """Who was connected when it was looked at last."""
        self.rt = driver.input_client(api, client_name)
        self._outbox = outbox
        self._lock = threading.Lock()
        self._is_muted = False
        self._has_missed = False

    def open_virtual(self, name: str) -> None:
        """Make a port of our own."""
        self._begin(lambda: self.rt.open_virtual_port(name))

    def open_existing(self, name: str) -> None:
        """Connect to a port of somebody else; DeviceError when it has gone."""

        def connect() -> None:
            names = list(self.rt.get_ports())
            if name not in names:
                raise OSError("it has gone")
            self.rt.open_port(names.index(name), PORT)

        self._begin(connect)

    def read(self) -> None:
        """Send on what has arrived.

        Whenever the queue was full and dropped something, this finds all that it holds: its length says so.
        """
        with self._lock:
            n_read = 0
            while not self._is_muted:
                messages: list[str] = []
                while len(messages) < BATCH and (timed := self.rt.get_message()) is not None:
                    messages.append(bytes(timed[0]).hex())
                n_read += len(messages)
                self._send(messages)
                if len(messages) < BATCH:
                    break
            if n_read >= driver.QUEUE_LENGTH - 1:
                self._has_missed = True
            if self._has_missed and self._outbox.is_empty:
                self._has_missed = False
                self._release("messages came faster than they can be played, and some were lost; its notes are ended")

    def release(self, reason: str) -> None:
        """Have the host end what the port holds; reason : what the user is told, if anything."""
        with self._lock:
            self._release(reason)

    def mute(self) -> None:
        """Read nothing more; waits for a read that is under way."""
        with self._lock:
            self._is_muted = True

    def close(self) -> None:
        """Give the port back; may hang where the driver does."""
        self.rt.close_port()
        self.rt.delete()

    def _send(self, messages: list[str]) -> None:
        if not messages:
            return
        if self._outbox.is_full:
            self._has_missed = True
        else:
            self._outbox.say("heard", port=self.name, messages=messages)

    def _release(self, reason: str) -> None:
        self._outbox.say("release", port=self.name, text=f"MIDI input {self.name}: {reason}" if reason else "")

    def _begin(self, connect: Callable[[], None]) -> None:
        self.rt.ignore_types(True, True, True)  # system exclusive, clock, active sensing
        try:
            connect()
        except (OSError, ValueError) as error:  # RtMidiError, or a port that another program just took away
            self.rt.delete()
            raise DeviceError(f"MIDI input {self.name} cannot be opened ({error})") from error
