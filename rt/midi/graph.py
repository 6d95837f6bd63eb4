"""Who is connected to our ports: rtmidi does not tell when a cable is pulled or a sender dies, so we ask."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path
from typing import Any, Protocol

_CLIENT = re.compile(r'Client\s+(\d+) : "(.*)" \[')
_PORT = re.compile(r'\s+Port\s+(\d+) : "(.*)" \(')
_ENDS = re.compile(r"(\d+:\d+)")


class Graph(Protocol):
    """The ports of a MIDI system."""

    @property
    def is_lost(self) -> bool:
        """Whether the system has gone for good; only a new process may join the next one."""

    def connections(self, *, outputs: bool = False) -> dict[str, frozenset[str]]:
        """Our own input ports, or with `outputs` our output ports, with the ports that they are connected to."""


class JackGraph:
    """A JACK server, seen by a client without ports that takes no part in its cycles."""

    def __init__(self, client_name: str) -> None:
        """Join the server; OSError where that cannot be."""
        import jack  # loads libjack, which a system without JACK does not have

        jack.set_error_function(lambda _: None)
        jack.set_info_function(lambda _: None)
        self._pattern = f"^{re.escape(client_name)}[^:]*:"
        self._is_lost = False
        try:
            self._client: Any = jack.Client(f"{client_name}-watch", no_start_server=True)
            self._client.set_shutdown_callback(self._lose)
        except jack.JackError as error:
            raise OSError(str(error)) from error

    @property
    def is_lost(self) -> bool:
        """Whether the server has gone."""
        return self._is_lost

    def connections(self, *, outputs: bool = False) -> dict[str, frozenset[str]]:
        """Our ports and theirs."""
        ours = self._client.get_ports(self._pattern, is_midi=True, is_output=outputs, is_input=not outputs)
        return {p.name: frozenset(other.name for other in self._client.get_all_connections(p)) for p in ours}

    def _lose(self, status: object, reason: str) -> None:
        self._is_lost = True


class AlsaGraph:
    """ALSA's sequencer, as the kernel tells it."""

    is_lost = False

    def __init__(self, client_name: str, clients: Path) -> None:
        """Read once, so that a system that does not tell is known: OSError. clients : the kernel's list."""
        self._name = client_name
        self._clients = clients
        clients.read_bytes()

    def connections(self, *, outputs: bool = False) -> dict[str, frozenset[str]]:
        """Our ports and theirs, by number."""
        text = self._clients.read_text(encoding="utf-8", errors="replace")
        return parse_alsa(text, self._name, "Connecting To:" if outputs else "Connected From:", outputs=outputs)


def parse_alsa(text: str, client_name: str, mark: str, *, outputs: bool) -> dict[str, frozenset[str]]:
    """Ports of the clients of a name in the kernel's list, with the other ends of the lines that begin with `mark`."""
    found: dict[str, frozenset[str]] = {}
    wanted = f"{client_name}-out" if outputs else client_name
    client = port = ""
    for line in text.splitlines():
        if match := _CLIENT.match(line):
            client, port = (match[1] if match[2] == wanted else ""), ""
        elif client and (match := _PORT.match(line)):
            port = f"{client}:{match[1]}"
            found[port] = frozenset()
        elif client and port and line.strip().startswith(mark):
            found[port] |= frozenset(_ENDS.findall(line.partition(":")[2]))
    return found


def watch(api: str, client_name: str) -> Graph | None:
    """The system to ask, None where it does not tell."""
    with contextlib.suppress(OSError, ImportError):
        if api == "jack":
            return JackGraph(client_name)
        if api == "alsa" and sys.platform.startswith("linux"):
            return AlsaGraph(client_name, Path("/proc/asound/seq/clients"))
    return None
