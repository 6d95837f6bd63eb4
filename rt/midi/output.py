"""The MIDI output port: opened, watched, and opened again; notes that sound when it closes are ended.

Belongs to the thread that listens, and to the main thread before that starts and after it has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

from rt.errors import DeviceError
from rt.midi import midi_systems
from rt.midi.channels import NOTE_OFF, NOTE_ON, PITCH_BEND

log = logging.getLogger(__name__)

PORT = "midi_out"
CLOSE_S = 2.0


class MidiOutput:
    """One output port, opened when it is first wanted; a context manager that closes it."""

    def __init__(self, choice: str, *, api: str, client_name: str, jack: bool, report: Callable[[str], None]) -> None:
        """Begin with choice : `virtual`, `none`, or part of a port's name. report : shows the user a line."""
        self._choice = choice
        self._wanted_api = api
        self._client_name = f"{client_name}-out"
        self._jack = jack
        self._report = report
        self._rt: Any = None
        self._is_started = False
        self._sounding: set[tuple[int, int]] = set()
        """Channel and number of notes that were begun and not ended."""
        self.is_stale = False
        """Set by any thread when the JACK server may have been replaced: then the port is opened again."""
        self.port = ""
        """Name of the open port."""

    def __enter__(self) -> MidiOutput:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Open what the settings ask for; once.

        Raises DeviceError when a port asked for by name is not there; without a MIDI system, a port of our own is
        missed, and told.
        """
        if self._is_started or self._choice == "none":
            return
        self._is_started = True
        if not midi_systems.is_there():
            self._report(midi_systems.MISSING)
            return
        try:
            self._open()
            if not self.port:
                raise DeviceError(self._describe_missing())
        except DeviceError as error:
            if self._choice != "virtual":
                raise
            self._close()
            self._report(f"no MIDI output: {error}")

    def stop(self) -> None:
        """End what sounds and close the port; safe to call twice."""
        self.release()
        self._close()

    def poll(self) -> None:
        """Open the port again where its server was replaced or somebody else's came back; about once a second."""
        if not self._is_started or not midi_systems.is_there():
            return
        if self.is_stale:
            self.is_stale = False
            if self._rt is None or not self._there():  # a client whose server is gone sees no ports
                self._reopen()
        if self._rt is None or self._choice == "virtual":
            return
        try:
            there = self._there()
        except OSError as error:
            log.debug("listing MIDI ports: %s", error)
            return
        if self.port and self.port not in there:
            self._report(f"MIDI output {self.port} has gone")
            self._reopen()
        elif not self.port and self._match(there):
            self._reopen()
            if self.port:
                self._report(f"MIDI output {self.port} is open")

    def send(self, *message: int) -> None:
        """Send one channel message at once; without a port it is nobody's."""
        key = (message[0] & 0x0F, message[1])
        if message[0] & 0xF0 == NOTE_ON and message[2] > 0:
            self._sounding.add(key)
        elif message[0] & 0xF0 in (NOTE_ON, NOTE_OFF):
            self._sounding.discard(key)
        if not self.port:
            return
        try:
            self._rt.send_message(message)
        except OSError as error:  # RtMidiError
            log.debug("MIDI to %s: %s", self.port, error)

    def release(self) -> None:
        """End every note that sounds."""
        for channel, note in sorted(self._sounding):
            self.send(NOTE_OFF | channel, note, 0)

    def _reopen(self) -> None:
        self._close()
        try:
            self._open()
        except DeviceError as error:
            self._close()
            self._report(f"no MIDI output: {error}")

    def _there(self) -> list[str]:
        return [str(name) for name in self._rt.get_ports()]

    def _match(self, there: list[str]) -> list[str]:
        own = self._client_name.removesuffix("-out").lower()
        return [name for name in there if self._choice.lower() in name.lower() and own not in name.lower()][:1]

    def _describe_missing(self) -> str:
        listed = ", ".join(self._there()) or "none at all"
        return f"no MIDI output port has {self._choice!r} in its name; there are {listed}"

    def _open(self) -> None:
        api = midi_systems.choose_api(self._wanted_api, jack=self._jack)
        if self._choice == "virtual" and api == "winmm":
            raise DeviceError(
                "Windows has no virtual MIDI ports; install a loopback port and name it in listen.midi_out"
            )
        self._rt = opened = midi_systems.output_client(api, self._client_name)
        try:
            if self._choice == "virtual":
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
            raise DeviceError(f"MIDI output {self._choice} cannot be opened ({error})") from error
        self.port = name

    def _close(self) -> None:
        """Give the port back; the notes that sound are forgotten, since nobody hears them end."""
        closing, was_open = self._rt, bool(self.port)
        self._rt, self.port = None, ""
        self._sounding.clear()
        if closing is None:
            return

        def close() -> None:
            if was_open:
                closing.close_port()
            closing.delete()

        midi_systems.within(CLOSE_S, close)


def bend_message(channel: int, semitones: float, range_semitones: float) -> tuple[int, int, int]:
    """Pitch bend of a channel (0-15) as a message; beyond the range it is the range."""
    share = min(max(semitones / range_semitones, -1.0), 1.0)
    value = 8192 + round(share * (8191 if share > 0 else 8192))
    return PITCH_BEND | channel, value & 0x7F, value >> 7


def range_messages(channel: int, range_semitones: int) -> list[tuple[int, int, int]]:
    """RPN 0: the range of pitch bend of a channel (0-15)."""
    control = 0xB0 | channel
    numbers = ((101, 0), (100, 0), (6, range_semitones), (38, 0), (101, 127), (100, 127))
    return [(control, number, value) for number, value in numbers]
