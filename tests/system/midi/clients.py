"""JACK clients with MIDI ports, as keyboards and synthesizers have."""

from __future__ import annotations

import subprocess
import time

from tests.system.waiting import needs

SETTLE_S = 0.2
"""A busy machine's graph may take a few cycles until a new connection carries messages."""


class Keyboard:
    """A JACK client with one MIDI output; no Python runs in its realtime thread."""

    def __init__(self, name: str, to: str = "") -> None:
        import rtmidi

        self.rt = rtmidi.MidiOut(rtapi=rtmidi.API_UNIX_JACK, name=name)
        if to:
            self.rt.open_port(self.rt.get_ports().index(to), "capture")
            time.sleep(SETTLE_S)
        else:
            self.rt.open_virtual_port("capture")

    def send(self, *message: int) -> None:
        self.rt.send_message(message)

    def close(self) -> None:
        self.rt.close_port()
        self.rt.delete()


class Synthesizer:
    """A JACK client with one MIDI input."""

    def __init__(self, name: str) -> None:
        import rtmidi

        self.rt = rtmidi.MidiIn(rtapi=rtmidi.API_UNIX_JACK, name=name)
        self.rt.open_virtual_port("playback")

    def heard(self, n_messages: int) -> list[list[int]]:
        """The next messages; fewer when they do not come in time."""
        found: list[list[int]] = []
        end_s = time.monotonic() + 2.0
        while len(found) < n_messages and time.monotonic() < end_s:
            if (timed := self.rt.get_message()) is not None:
                found.append(timed[0])
            else:
                time.sleep(0.002)
        return found

    def close(self) -> None:
        self.rt.close_port()
        self.rt.delete()


def list_clients() -> set[str]:
    """Names of all clients that have ports."""
    ports = subprocess.run([needs("jack_lsp")], capture_output=True, text=True, check=True).stdout.split()
    return {port.split(":")[0] for port in ports}
