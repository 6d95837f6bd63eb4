"""Who may be a client, who gets answers and how many, and that `localhost` may be ::1."""

from __future__ import annotations

import socket
import struct
from typing import Any

import pytest

from rt.config import config
from rt.errors import ConfigError, ControlError
from rt.osc.answers import MAX_ANSWERS
from rt.osc.clients import Clients
from rt.osc.server import OscServer, build
from tests.unit.osc.wire import Client

FAR = ("192.0.2.7", 5000)
"""A sender in the network; nothing is sent to it here."""


def bundle_of(message: bytes, n: int) -> bytes:
    return b"#bundle\0" + struct.pack(">Q", 1) + (struct.pack(">i", len(message)) + message) * n


@pytest.mark.parametrize("host", ["192.0.2.7", "127.0.0.1", "localhost", "::1", "198.51.100.3", "203.0.113.9"])
def test_allowed_clients_are_added_and_removed(host: str) -> None:
    clients = Clients(9130, allowed=["198.51.100.3", "203.0.113.0/24"])
    peer = clients.add(host, 9131, FAR)
    assert clients.peers == (peer,)
    assert clients.remove(host, 9131, FAR) == peer
    assert len(clients.peers) == 0


@pytest.mark.parametrize("host", ["192.0.2.8", "198.51.100.4", "203.0.114.9", "2001:db8::1"])
def test_others_are_neither_added_nor_removed(host: str) -> None:
    clients = Clients(9130, allowed=["198.51.100.3", "203.0.113.0/24"])
    for change in (clients.add, clients.remove):
        with pytest.raises(ControlError, match=r"may not be a client.*--osc-clients"):
            change(host, 9131, FAR)
    assert clients.peers == ()


def test_a_third_machine_gets_one_refusal(client: Client) -> None:
    assert client.ask("/lb/notify", "198.51.100.3", 9131)[:2] == ["/lb/fail", "/lb/notify"]
    assert client.is_silent()


def test_one_request_causes_two_packets_at_most() -> None:
    clients = Clients(9130)
    for port in range(20001, 20017):
        clients.add("127.0.0.1", port, FAR)
    assert len(clients.peers) == 16
    assert clients.answered(FAR) == (FAR, ("127.0.0.1", 20016))
    assert clients.answered(("192.0.2.7", 5001)) == (("192.0.2.7", 5001),)


@pytest.mark.parametrize("message", [build("/lb/status", ()), build("/lb/none", ())], ids=["status", "fail"])
def test_a_bundle_gets_a_bounded_number_of_answers(client: Client, message: bytes) -> None:
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    data = bundle_of(message, 65_000 // (len(message) + 4) - 1)
    client.socket.sendto(data, client.to)
    got: list[list[Any]] = []
    client.send("/lb/ping")
    while not got or got[-1] != ["/lb/pong"]:
        got.append(client.receive())
    assert len(got) == MAX_ANSWERS + 1
    assert got[-2] == ["/lb/fail", "#bundle", f"one datagram gets {MAX_ANSWERS} answers; split the bundle"]


def test_localhost_may_be_ipv6(server: OscServer) -> None:
    try:
        opened = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        opened.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    with opened:
        opened.settimeout(5)
        opened.sendto(build("/lb/ping", ()), ("::1", server.port))
        data, sender = opened.recvfrom(65536)
        assert data.startswith(b"/lb/pong") and sender[:2] == ("::1", server.port)
        opened.sendto(build("/lb/notify", ("localhost", opened.getsockname()[1])), ("::1", server.port))
        assert b"/lb/done" in opened.recv(65536)
        server.notify("/lb/heard/note", (60, 1))
        assert opened.recv(65536).startswith(b"/lb/heard/note")


@pytest.mark.parametrize("value", ["evil.example.com", "0.0.0.0/0", "::/0", "239.0.0.1", "10.0.0.0/99", ""])
def test_odd_osc_clients_are_refused(value: str) -> None:
    with pytest.raises(ConfigError, match=r"osc\.clients names"):
        config.load(flags={"osc.clients": [value]})


def test_osc_clients_take_addresses_and_networks() -> None:
    assert config.load().osc.clients == ()
    found = config.load(flags={"osc.clients": ["192.168.1.20", "10.0.0.0/24"]})
    assert found.osc.clients == ("192.168.1.20", "10.0.0.0/24")
