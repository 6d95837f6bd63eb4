"""A server of OSCQuery under test, and requests to it byte by byte."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import time
from collections.abc import Iterator
from typing import NamedTuple

from rt.config import config
from rt.oscquery.server import OscQueryServer
from tests.support.recording_bridge import RecordingBridge

LOADED = config.load()
CONFIG = dataclasses.replace(LOADED, osc=dataclasses.replace(LOADED.osc, query_port=0))
UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)


class Answer(NamedTuple):
    """What came back until the server hung up; `status` 0 is nothing."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextlib.contextmanager
def running(bridge: RecordingBridge | None = None, host: str = "127.0.0.1") -> Iterator[OscQueryServer]:
    osc = dataclasses.replace(CONFIG.osc, host=host)
    settings = dataclasses.replace(CONFIG, osc=osc)
    bridge = bridge or RecordingBridge()
    with OscQueryServer(settings, bridge, osc_host=host, osc_port=9130, announce=False) as server:
        wait_for_answers(server)
        yield server
    assert server.failure is None


def wait_for_answers(server: OscQueryServer, limit_s: float = 10.0) -> None:
    """Return once it answers; what it needs is loaded by its own thread."""
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        if ask(server).status == 200:
            return
        time.sleep(0.05)
    raise AssertionError(f"no answer within {limit_s} s")


def head(server: OscQueryServer, *lines: str, what: str = "GET /lb/gain?VALUE", host: str | None = None) -> bytes:
    """A request; host : instead of the right one, "" for none."""
    host = f"127.0.0.1:{server.port}" if host is None else host
    told = [f"Host: {host}"] if host else []
    return "\r\n".join([f"{what} HTTP/1.1", *told, *lines, "", ""]).encode("latin-1")


def ask(server: OscQueryServer, *lines: str, what: str = "GET /lb/gain?VALUE", host: str | None = None) -> Answer:
    return exchange(server, head(server, *lines, what=what, host=host))


def exchange(server: OscQueryServer, data: bytes, address: str = "127.0.0.1", limit_s: float = 8.0) -> Answer:
    """Send bytes as they are, and read to the end or, of a WebSocket, to the end of the head."""
    with socket.create_connection((address, server.port), limit_s) as opened:
        got = b""
        with contextlib.suppress(ConnectionError):
            opened.sendall(data)
            while not got.startswith(b"HTTP/1.1 101") or b"\r\n\r\n" not in got:
                more = opened.recv(65536)
                if not more:
                    break
                got += more
    if not got:
        return Answer(0, {}, b"")
    top, _, body = got.partition(b"\r\n\r\n")
    first, *rest = top.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return Answer(int(first.split()[1]), headers, body)
