"""Who gets replies and notices, and whose port it is."""

from __future__ import annotations

import threading

import pytest

from rt.config.config import OscConfig
from rt.errors import ConfigError
from rt.osc.server import OscServer, build
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.wire import CONFIG, Client


def test_clients_get_replies_and_notices_until_they_leave(server: OscServer, client: Client) -> None:
    other = Client(server.port)
    assert client.ask("/lb/notify", "localhost", other.port) == ["/lb/done", "/lb/notify", f"127.0.0.1:{other.port}"]
    assert other.receive()[0] == "/lb/done"
    server.notify("/lb/heard/note", (60, 100))
    assert other.receive() == ["/lb/heard/note", 60, 100]
    assert client.ask("/lb/ping") == ["/lb/pong"] == other.receive()
    assert client.ask("/lb/notify", "127.0.0.1", other.port, 0)[0] == "/lb/done"
    server.notify("/lb/heard/note", (60, 0))
    assert other.is_silent()
    other.socket.close()


def test_a_client_that_sends_itself_is_told_once(server: OscServer, client: Client) -> None:
    assert client.ask("/lb/notify", "127.0.0.1", client.port)[0] == "/lb/done"
    assert client.ask("/lb/notify", "127.0.0.1", client.port)[0] == "/lb/done"
    assert client.is_silent()
    assert client.is_silent()


def test_the_port_of_notify_has_a_default(server: OscServer, client: Client) -> None:
    assert client.ask("/lb/notify", "127.0.0.1")[2] == f"127.0.0.1:{CONFIG.reply_port}"


def test_there_are_at_most_16_clients(client: Client) -> None:
    for port in range(20001, 20017):
        assert client.ask("/lb/notify", "127.0.0.1", port)[0] == "/lb/done"
    assert "16 clients" in client.ask("/lb/notify", "127.0.0.1", 20017)[2]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_the_bridge_does_not_notify_itself(server: OscServer, client: Client, name: str) -> None:
    assert "bridge itself listens" in client.ask("/lb/notify", name, server.port)[2]


def test_replies_that_come_back_are_not_answered(server: OscServer, client: Client) -> None:
    for address in ("/lb/fail", "/lb/done", "/lb/pong", "/lb/heard/note"):
        client.send(address, "x", "y")
    assert client.is_silent()
    server.hear(build("/lb/nonsense", ()), ("127.0.0.1", server.port))  # as if forged
    assert client.is_silent()


def test_a_port_in_use_is_told_by_name(server: OscServer, host: RecordingBridge) -> None:
    taken = OscConfig(host="127.0.0.1", port=server.port, reply_port=9131, query=False, query_port=0)
    with pytest.raises(ConfigError, match=rf"OSC port {server.port} on 127\.0\.0\.1 is in use.*--osc-port"):
        OscServer(taken, host)
    with pytest.raises(ConfigError, match=r"on 192\.0\.2\.1 cannot be opened"):
        OscServer(OscConfig(host="192.0.2.1", port=0, reply_port=9131, query=False, query_port=0), host)


def test_stopping_frees_the_port_and_ends_the_thread(host: RecordingBridge) -> None:
    first = OscServer(CONFIG, host)
    with first:
        assert "osc" in [thread.name for thread in threading.enumerate()]
    first.stop()
    assert "osc" not in [thread.name for thread in threading.enumerate()]
    again = OscServer(OscConfig(host="127.0.0.1", port=first.port, reply_port=9131, query=False, query_port=0), host)
    again.stop()
    again.notify("/lb/heard/note", (1, 1))
