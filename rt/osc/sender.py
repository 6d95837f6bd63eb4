"""Messages to a bridge that runs elsewhere: what a client does, for a command that is one."""

from __future__ import annotations

import socket

from rt.errors import ControlError
from rt.osc.message import Value
from rt.osc.packet import pad
from rt.osc.server import build

ANSWER_S = 2.0
LONGEST_REPLY = 65_536


class Sender:
    """One UDP socket that is connected to a bridge; belongs to one thread."""

    def __init__(self, host: str, port: int) -> None:
        """Ask for a sign of life; ControlError when there is none."""
        if not 1 <= port <= 65535:
            raise ControlError(f"the port of a bridge is 1 to 65535, got {port}; give the one it prints at its start")
        self._where = f"{host}:{port}"
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.connect((host, port))
            self._socket.settimeout(ANSWER_S)
            self.send("/lb/ping")
            while not self._socket.recv(LONGEST_REPLY).startswith(pad(b"/lb/pong")):
                pass
        except (OSError, ControlError) as error:
            self._socket.close()
            raise ControlError(f"no bridge answers at {self._where}; start one, or name its --osc-port") from error

    def send(self, address: str, *values: Value) -> None:
        """Send one message; ControlError when the bridge has gone."""
        try:
            self._socket.send(build(address, values))
        except OSError as error:
            raise ControlError(f"the bridge at {self._where} has gone ({error.strerror})") from error

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()
