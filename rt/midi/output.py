"""The MIDI output port: opened, watched, and opened again; notes that sound when it closes are ended.

Belongs to the main thread of the MIDI process.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from rt.errors import DeviceError
from rt.midi import driver
from rt.midi.graph import Graph
from rt.midi.job import MidiJob
from rt.midi.messages import ALL_NOTES_OFF, CONTROL, NOTE_OFF, Sounding

log = logging.getLogger(__name__)

PORT = "midi_out"
CLOSE_S = 1.0
DELIVERY_S = 0.05
"""A port that closes stays so long for its last messages: JACK drops what a port has sent in the block that ends it."""
REMINDERS_S = (0.05, 0.2, 0.8)
"""So long after they connect others are told that what hung has ended: a block that JACK loses takes along what was
sent in it, and a server that has just lost a client loses many."""


class MidiOutput:
    """One output port."""

    def __init__(self, job: MidiJob, report: Callable[[str], None], graph: Callable[[], Graph | None]) -> None:
        """Begin closed. report : shows the user a line. graph : who is connected, where the MIDI system tells."""
        self._job = job
        self._client_name = f"{job.port_name}-out"
        self._report = report
        self._graph = graph
        self._rt: Any = None
        self._sounding = Sounding()
        self._hanging = list(job.hanging)
        """Notes that a life before left sounding; whoever is connected is told that they have ended."""
        self._listeners: frozenset[str] = frozenset()
        self._reminders_s: list[float] = []
        """When they are told again, rising."""
        self.port = ""
        """Name of the open port."""

    def open(self) -> None:
        """Open what the settings ask for; DeviceError where it is not there, or has no MIDI system."""
        if self._rt is not None:
            return
        try:
            self._open()
            if not self.port:
                listed = ", ".join(self._there()) or "none at all"
                raise DeviceError(f"no MIDI output port has {self._job.output!r} in its name; there are {listed}")
        except DeviceError:
            if self._job.output == "virtual" or self._rt is None:
                self.close()
            raise

    def poll(self) -> bool:
        """Open somebody else's port again where it came back; whether anything changed. About once a second."""
        if self._rt is None or self._job.output == "virtual":
            return False
        try:
            there = self._there()
        except OSError as error:
            log.debug("listing MIDI ports: %s", error)
            return False
        before = self.port
        if self.port and self.port not in there:
            self._report(f"MIDI output {self.port} has gone")
            self._reopen()
        elif not self.port and self._match(there):
            self._reopen()
            if self.port:
                self._report(f"MIDI output {self.port} is open")
        return self.port != before

    def check_cables(self) -> None:
        """Tell who is connected anew that what hung has ended, when their cables carry."""
        graph = self._graph()
        if self._rt is None or not self._hanging or graph is None or graph.is_lost:
            return
        listeners = frozenset().union(*graph.connections(outputs=True).values())
        now_s = time.monotonic()
        if listeners - self._listeners:
            self._reminders_s = [now_s + after_s for after_s in REMINDERS_S]
        self._listeners = listeners
        if self._reminders_s and now_s >= self._reminders_s[0]:
            del self._reminders_s[0]
            self._end_hanging()

    def send(self, *message: int) -> None:
        """Send one channel message at once; without a port it is nobody's."""
        self._sounding.see(message)
        if self._sounding.notes and self._hanging:
            self._hanging = [note for note in self._hanging if note not in self._sounding.notes]
        if not self.port:
            return
        try:
            self._rt.send_message(message)
        except OSError as error:  # RtMidiError
            log.debug("MIDI to %s: %s", self.port, error)

    def close(self) -> None:
        """End what sounds and give the port back."""
        endings = self._sounding.endings()
        for message in endings:
            self.send(*message)
        closing, was_open = self._rt, bool(self.port)
        self._rt, self.port = None, ""
        if closing is None:
            return

        def close() -> None:
            if was_open:
                if endings:
                    time.sleep(DELIVERY_S)
                closing.close_port()
            closing.delete()

        driver.within(CLOSE_S, close)

    def _end_hanging(self) -> None:
        for channel in sorted({channel for channel, _ in self._hanging}):
            if not any(other == channel for other, _ in self._sounding.notes):
                self.send(CONTROL | channel, ALL_NOTES_OFF, 0)  # and the ends that got lost with that life
        for channel, note in self._hanging:
            self.send(NOTE_OFF | channel, note, 0)

    def _reopen(self) -> None:
        self.close()
        try:
            self._open()
        except DeviceError as error:
            self.close()
            self._report(f"no MIDI output: {error}")

    def _there(self) -> list[str]:
        return [str(name) for name in self._rt.get_ports()]

    def _match(self, there: list[str]) -> list[str]:
        own, choice = self._job.port_name.lower(), self._job.output.lower()
        return [name for name in there if choice in name.lower() and own not in name.lower()][:1]

    def _open(self) -> None:
        choice = self._job.output
        api = driver.choose_api(self._job.api, jack=self._job.jack)
        if choice == "virtual" and api == "winmm":
            raise DeviceError(
                "Windows has no virtual MIDI ports; install a loopback port and name it in listen.midi_out"
            )
        self._rt = opened = driver.output_client(api, self._client_name)
        try:
            if choice == "virtual":
                # CoreMIDI shows no client names
                opened.open_virtual_port(self._client_name if api == "coremidi" else PORT)
                name = f"{self._client_name}:{PORT}"
            else:
                there = self._there()
                names = self._match(there)
                if not names:
                    return
                name = names[0]
                opened.open_port(there.index(name), PORT)
        except (OSError, ValueError) as error:  # RtMidiError, or a port that another program just took away
            raise DeviceError(f"MIDI output {choice} cannot be opened ({error})") from error
        self.port = name
        self._end_hanging()
