"""An OSC client for tests."""

from __future__ import annotations

import socket
import time
from typing import Any, Self

import pytest
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder


class Osc:
    """An OSC client with one UDP socket."""

    def __init__(self, port: int) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.target = ("127.0.0.1", port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, address: str, *arguments: float | str) -> None:
        self.socket.sendto(encode(address, *arguments), self.target)

    def receive(self, timeout_s: float = 2.0) -> tuple[str, list[Any]] | None:
        """The next message, None when none comes in time."""
        self.socket.settimeout(timeout_s)
        try:
            message = OscMessage(self.socket.recv(65536))
        except (TimeoutError, ConnectionRefusedError):
            return None
        return message.address, list(message.params)

    def ask(self, reply: str, address: str, *arguments: float | str, timeout_s: float = 5.0) -> list[Any]:
        """Send, and wait for the reply of that address."""
        self.send(address, *arguments)
        end = time.monotonic() + timeout_s
        while (left := end - time.monotonic()) > 0:
            got = self.receive(left)
            if got is not None and got[0] == reply:
                return got[1]
        pytest.fail(f"{address} was not answered by {reply} within {timeout_s} s")

    def sync(self, number: int = 1, timeout_s: float = 5.0) -> None:
        """Wait until the engine did all that was asked before."""
        assert self.ask("/lb/synced", "/lb/sync", number, timeout_s=timeout_s) == [number]


def encode(address: str, *arguments: float | str) -> bytes:
    """One OSC message; Python's int, float and str become i, f and s."""
    builder = OscMessageBuilder(address)
    for argument in arguments:
        builder.add_arg(argument, {int: "i", float: "f", str: "s"}[type(argument)])
    return bytes(builder.build().dgram)


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
