"""MIDI input ports: opened, watched, and opened again; what comes in goes to the bridge as events.

One thread reads the queues of all ports every READ_S; everything else here is called by the main thread. No callback
is given to the driver: JACK would call it on the realtime thread of our client, where waiting for the interpreter
holds up the whole graph: 200 notes a second into a busy host lost 300 cycles a second, and with the queue two in six
seconds. JACK also makes a client of every port object, so that the list of ports is asked of one that is open already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Any

from rt.bridge import Bridge
from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.midi import midi_systems
from rt.midi.channels import MidiChannels
from rt.worker import Worker, WorkerOwner

log = logging.getLogger(__name__)

PORT = "midi_in"
READ_S = 0.001
IDLE_S = 0.05
CLOSE_S = 2.0
_NOT_KEYBOARDS = ("midi through", "midi_through")
_JACK_HARDWARE = ("system:", "a2j:")


class MidiInputs(WorkerOwner):
    """The open input ports; a context manager."""

    def __init__(self, config: MidiConfig, bridge: Bridge, *, jack: bool, bend_range_semitones: float) -> None:
        self._config = config
        self._bridge = bridge
        self._jack = jack
        self._bend_range_semitones = bend_range_semitones
        self._api = ""
        self._open: dict[str, _Port] = {}
        self._virtual: _Port | None = None
        self._lister: Any = None
        self._read: tuple[_Port, ...] = ()
        """What the reading thread looks at; replaced as a whole."""
        self._worker = Worker("midi", self._step)
        self._is_started = False

    @property
    def ports(self) -> list[str]:
        """Names of the ports that are open, our own virtual one first."""
        own = [self._virtual.name] if self._virtual is not None else []
        return own + list(self._open)

    def start(self) -> None:
        """Open what the settings ask for.

        Raises DeviceError when a port asked for by name is not there. With `auto` a missing MIDI system is only told.
        """
        if self._config.input == "none":
            return
        if not midi_systems.is_there():
            self._bridge.report(midi_systems.MISSING)
            return
        try:
            self._open_all()
            if not self.ports and self._config.input != "auto":
                raise DeviceError(self._describe_missing())
        except DeviceError as error:
            self._close_all()
            if self._config.input != "auto":
                raise
            self._bridge.report(f"no MIDI: {error}")
        self._is_started = True
        self._worker.start()

    def stop(self) -> None:
        """Close everything; what is still held is released. Safe to call twice."""
        if self._is_started:
            self._worker.stop()
        self._close_all()

    def reopen(self) -> None:
        """Close everything and open it again, as needed after the JACK server restarted; failures are told."""
        if self._config.input == "none" or not midi_systems.is_there():
            return
        self._close_all()
        try:
            self._open_all()
            if not self.ports and self._config.input != "auto":
                self._bridge.report(self._describe_missing())  # poll() waits for it
        except DeviceError as error:
            self._close_all()
            self._bridge.report(f"no MIDI: {error}")

    def poll(self) -> None:
        """Open ports that appeared and close those that vanished; about once a second."""
        if self._lister is None:
            return
        try:
            there = self._there()
        except OSError as error:
            log.debug("listing MIDI ports: %s", error)
            return
        for name in [name for name in self._open if name not in there]:
            self._close_port(self._open.pop(name))
            self._bridge.report(f"MIDI input {name} has gone; its notes are released")
        for name in self._wanted(there):
            try:
                self._open_port(name)
            except DeviceError as error:
                self._bridge.report(str(error))
            else:
                self._bridge.report(f"MIDI input {name} is open")

    def _step(self) -> float:
        ports = self._read
        for port in ports:
            port.read()
        return READ_S if ports else IDLE_S

    def _there(self) -> list[str]:
        return [str(name) for name in self._lister.get_ports()]

    def _wanted(self, there: Sequence[str]) -> list[str]:
        """Names out of `there` that are to be opened now."""
        choice = self._config.input
        if choice == "auto":
            return [name for name in there if name not in self._open and self._is_keyboard(name)]
        if choice == "virtual" or self._open:
            return []
        return [name for name in there if choice.lower() in name.lower() and not self._is_own(name)][:1]

    def _is_own(self, name: str) -> bool:
        return self._config.port_name.lower() in name.lower()

    def _is_keyboard(self, name: str) -> bool:
        if self._is_own(name) or any(part in name.lower() for part in _NOT_KEYBOARDS):
            return False
        return self._api != "jack" or name.startswith(_JACK_HARDWARE)

    def _open_all(self) -> None:
        self._api = midi_systems.choose_api(self._config.api, jack=self._jack)
        if self._config.input in ("auto", "virtual"):
            self._open_virtual()
        if self._lister is None:
            self._lister = midi_systems.input_client(self._api, f"{self._config.port_name}-list")
        for name in self._wanted(self._there()):
            self._open_port(name)

    def _describe_missing(self) -> str:
        listed = ", ".join(self._there()) or "none at all"
        return f"no MIDI input port has {self._config.input!r} in its name; there are {listed}"

    def _open_virtual(self) -> None:
        if self._api == "winmm":  # Windows has no virtual ports
            if self._config.input == "virtual":
                raise DeviceError(
                    "Windows has no virtual MIDI ports; install a loopback port and name it in midi.input"
                )
            return
        name = self._config.port_name if self._api == "coremidi" else PORT  # CoreMIDI shows no client names
        port = _Port(
            self._api, self._config.port_name, f"{self._config.port_name}:{PORT}", self._channels(), self._bridge
        )
        port.open_virtual(name)
        self._virtual, self._lister = port, port.rt
        self._read = (*self._read, port)

    def _open_port(self, name: str) -> None:
        port = _Port(self._api, self._config.port_name, name, self._channels(), self._bridge)
        port.open_existing(name)
        self._open[name] = port
        self._read = (*self._read, port)

    def _channels(self) -> MidiChannels:
        return MidiChannels(self._bridge, bend_range_semitones=self._bend_range_semitones)

    def _close_all(self) -> None:
        ports = [*self._open.values(), *([self._virtual] if self._virtual is not None else [])]
        if self._lister is not None and (self._virtual is None or self._lister is not self._virtual.rt):
            midi_systems.within(CLOSE_S, self._lister.delete)
        self._open, self._virtual, self._lister = {}, None, None
        for port in ports:
            self._close_port(port)

    def _close_port(self, port: _Port) -> None:
        self._read = tuple(other for other in self._read if other is not port)
        port.mute()
        midi_systems.within(CLOSE_S, port.close)
        for event in port.channels.release():
            self._bridge.send(event)


class _Port:
    """One open input."""

    def __init__(self, api: str, client_name: str, name: str, channels: MidiChannels, bridge: Bridge) -> None:
        self.name = name
        self.channels = channels
        self.rt = midi_systems.input_client(api, client_name)
        self._bridge = bridge
        self._lock = threading.Lock()
        self._is_muted = False

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
        """Send on what has arrived."""
        with self._lock:
            while not self._is_muted and (timed := self.rt.get_message()) is not None:
                try:
                    for event in self.channels.hear(timed[0]):
                        self._bridge.send(event)
                except Exception:  # a defect of ours must not silence the other messages
                    log.exception("MIDI message %r from %s", timed[0], self.name)

    def mute(self) -> None:
        """Read nothing more; waits for a read that is under way."""
        with self._lock:
            self._is_muted = True

    def close(self) -> None:
        """Give the port back; may hang where the driver does."""
        self.rt.close_port()
        self.rt.delete()

    def _begin(self, connect: Any) -> None:
        self.rt.ignore_types(True, True, True)  # system exclusive, clock, active sensing
        try:
            connect()
        except (OSError, ValueError) as error:  # RtMidiError, or a port that another program just took away
            self.rt.delete()
            raise DeviceError(f"MIDI input {self.name} cannot be opened ({error})") from error
