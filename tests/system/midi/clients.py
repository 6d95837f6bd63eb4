"""JACK clients with MIDI ports, as keyboards and synthesizers have."""

from __future__ import annotations

import subprocess
import time

import jack

from tests.system.waiting import needs, until

N_CYCLES = 4
"""So many later a new connection carries messages for certain."""


def settle() -> None:
    """Wait a few cycles of the server, however long a busy machine takes for them."""
    clock = jack.Client("clock", no_start_server=True)
    try:
        until_frame = clock.last_frame_time + N_CYCLES * clock.blocksize
        until(lambda: clock.last_frame_time >= until_frame, 10, "the JACK clock stands still", 0.002)
    finally:
        clock.close()


class Keyboard:
    """A JACK client with one MIDI output; no Python runs in its realtime thread."""

    def __init__(self, name: str, to: str = "") -> None:
        import rtmidi

        self.rt = rtmidi.MidiOut(rtapi=rtmidi.API_UNIX_JACK, name=name)
        if to:
            self.rt.open_port(self.rt.get_ports().index(to), "capture")
        else:
            self.rt.open_virtual_port("capture")

    def send(self, *message: int) -> None:
        """Send one message through all connections that there are."""
        settle()
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
        end_s = time.monotonic() + 5.0
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
    done = subprocess.run([needs("jack_lsp")], capture_output=True, text=True, check=True, timeout=10)
    return {port.split(":")[0] for port in done.stdout.split()}
