"""OSCQuery without an engine: the tree by HTTP, changes by WebSocket, and clients that misbehave."""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import ifaddr
import pytest
from ifaddr import IP, Adapter
from pythonosc.osc_message import OscMessage
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from rt.config import config
from rt.events import AllSoundOff, NoteOn
from rt.osc.table import TABLE
from rt.oscquery.announce import own_addresses
from rt.oscquery.app import MAX_LISTENERS
from rt.oscquery.server import OscQueryServer
from rt.oscquery.tree import ATTRIBUTES, tree
from rt.oscquery.values import SettingValues
from rt.parameters import (
    ALIVE,
    BEND,
    GAIN,
    GATE,
    INSTRUMENT,
    INTERPOLATION,
    LATENT_OFFSET,
    LATENT_XY,
    SYMBOL,
    TRAJECTORY,
)
from tests.support.recording_bridge import N_LATENTS, RecordingBridge, manifest

LOADED = config.load()
CONFIG = dataclasses.replace(LOADED, osc=dataclasses.replace(LOADED.osc, query_port=0))


@pytest.fixture
def bridge() -> RecordingBridge:
    return RecordingBridge()


@pytest.fixture
def server(bridge: RecordingBridge) -> Iterator[OscQueryServer]:
    with OscQueryServer(CONFIG, bridge, osc_host="127.0.0.1", osc_port=9130, announce=False) as running:
        yield running


def get(server: OscQueryServer, path: str) -> tuple[int, Any]:
    """Status and JSON of a GET."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response.status, json.loads(data) if data else None


@contextlib.contextmanager
def listen(server: OscQueryServer, *paths: str) -> Iterator[ClientConnection]:
    """A WebSocket that wants to hear about paths."""
    with connect(f"ws://{server.host}:{server.port}/", open_timeout=5, close_timeout=1) as client:
        for path in paths:
            client.send(json.dumps({"COMMAND": "LISTEN", "DATA": path}))
        if paths:  # it says nothing when it has begun; the status comes by itself every second
            client.send(json.dumps({"COMMAND": "LISTEN", "DATA": "/lb/status.reply"}))
            while receive(client)[0] != "/lb/status.reply":
                pass
            client.send(json.dumps({"COMMAND": "IGNORE", "DATA": "/lb/status.reply"}))
        yield client


def receive(client: ClientConnection, limit_s: float = 5.0) -> tuple[str, list[Any]]:
    """The next OSC message."""
    data = client.recv(limit_s)
    assert isinstance(data, bytes)
    message = OscMessage(data)
    return message.address, list(message.params)


def leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "TYPE" in node:
        yield node
    for inner in node.get("CONTENTS", {}).values():
        yield from leaves(inner)


def test_tree_holds_the_whole_table(server: OscQueryServer) -> None:
    status, root = get(server, "/")
    assert status == 200
    found = {node["FULL_PATH"]: node for node in leaves(root)}
    assert found.keys() == {message.address for message in TABLE}
    for message in TABLE:
        node = found[message.address]
        n = sum(N_LATENTS if arg.per_latent else 1 for arg in message.args)
        assert len(node["TYPE"]) == n or (n == 0 and node["TYPE"] == "N")
        assert len(node.get("RANGE", [])) == n
        assert node["DESCRIPTION"] == message.description
        assert node["ACCESS"] & (1 if message.outgoing else 2) or message.outgoing
    assert found["/lb/gain"]["RANGE"] == [{"MIN": -60, "MAX": 12}]
    assert found["/lb/gain"]["UNIT"] == ["dB"]
    assert found["/lb/gain"]["VALUE"] == [0.0]
    assert found["/lb/interp"]["RANGE"][0] == {"VALS": ["none", "linear", "cubic"]}
    assert "Flute" in found["/lb/instrument"]["RANGE"][0]["VALS"]
    assert [found["/lb/symbol"]["RANGE"][k] for k in (1, 3)] == [{"MIN": 0, "MAX": 8}, {"MIN": 0, "MAX": 4}]
    assert found["/lb/latent"]["TYPE"] == "f" * N_LATENTS
    assert found["/lb/panic"]["CRITICAL"] is True


def test_host_info_says_where_osc_and_websocket_are(server: OscQueryServer) -> None:
    status, info = get(server, "/?HOST_INFO")
    assert status == 200
    assert info["NAME"] == "latent-bridge"
    assert (info["OSC_IP"], info["OSC_PORT"], info["OSC_TRANSPORT"]) == ("127.0.0.1", 9130, "UDP")
    assert (info["WS_IP"], info["WS_PORT"]) == ("127.0.0.1", server.port)
    assert info["EXTENSIONS"]["LISTEN"] is True


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/lb/bend?VALUE", 200, {"VALUE": [0.0]}),
        ("/lb/bend?TYPE", 200, {"TYPE": "f"}),
        ("/lb/bend?type", 200, {"TYPE": "f"}),
        ("/lb/gate/?FULL_PATH", 200, {"FULL_PATH": "/lb/gate"}),
        ("/lb/ping?VALUE", 204, None),
        ("/lb/ping?UNIT", 204, None),
    ],
)
def test_one_attribute_can_be_asked_for(server: OscQueryServer, path: str, status: int, body: object) -> None:
    assert get(server, path) == (status, body)


@pytest.mark.parametrize(
    ("path", "status"), [("/nonsuch", 404), ("/lb/nonsuch", 404), ("/lb/gain/x", 404), ("/lb/gain?WEIGHT", 400)]
)
def test_what_is_not_there_is_said(server: OscQueryServer, path: str, status: int) -> None:
    assert get(server, path)[0] == status


def test_values_follow_events(bridge: RecordingBridge, server: OscQueryServer) -> None:
    for event in (
        GAIN.set(-6.0), BEND.on(-1, 1.5), BEND.on(3, 9.0), ALIVE.set(0.25), LATENT_XY.set(0.5, -0.25), GATE.set(True),
        INTERPOLATION.set(1, 2.0),
        TRAJECTORY.set(2, 0.5, 1.5), SYMBOL.set(1, 69, 3), LATENT_OFFSET.set(*(1.0,) * N_LATENTS), INSTRUMENT.on(2, 1),
        NoteOn(0, 60, 100),
    ):  # fmt: skip
        server.see(event)
    expected = {
        "/lb/gain": [-6.0], "/lb/bend": [1.5], "/lb/alive": [0.25], "/lb/latent/xy": [0.5, -0.25], "/lb/gate": [1],
        "/lb/interp": ["linear", 2.0], "/lb/trajectory": ["circle", 0.5, 1.5], "/lb/symbol": ["Flute", 4, 9, 3],
        "/lb/latent/offset": [1.0] * N_LATENTS, "/lb/instrument": ["Flute", 3],
    }  # fmt: skip
    for address, value in expected.items():
        assert get(server, f"{address}?VALUE") == (200, {"VALUE": value}), address
    server.see(AllSoundOff(-1))
    assert get(server, "/lb/gate?VALUE")[1] == {"VALUE": [0]}
    assert get(server, "/lb/status.reply?VALUE")[1]["VALUE"][0] == bridge.counters.voices


def test_every_known_value_has_the_types_of_the_table() -> None:
    values = SettingValues(LOADED, manifest)
    for event in (INSTRUMENT.on(0, 0), SYMBOL.set(0, 60, 0), LATENT_XY.set(0.0, 0.0), INTERPOLATION.set(0, 0.1)):
        values.see(event)
    python = {"i": int, "f": float, "s": str}
    for node in leaves(tree(manifest(), values.get)):
        assert set(node) <= set(ATTRIBUTES)
        for tag, value in zip(node["TYPE"], node.get("VALUE", []), strict=False):
            assert isinstance(value, python[tag]), node


def test_listeners_hear_changes(server: OscQueryServer) -> None:
    with listen(server, "/lb/gain", "/lb/heard/note") as client, listen(server, "/lb/bend") as other:
        server.see(BEND.on(-1, 2.0))
        server.see(GAIN.set(0.0))
        assert receive(client) == ("/lb/gain", [0.0])
        for note in (60, 62):
            server.notify("/lb/heard/note", (note, 90))
        assert [receive(client) for _ in range(2)] == [("/lb/heard/note", [60, 90]), ("/lb/heard/note", [62, 90])]
        assert receive(other) == ("/lb/bend", [2.0])
        client.send(json.dumps({"COMMAND": "IGNORE", "DATA": "/lb/gain"}))
        time.sleep(0.2)
        server.see(GAIN.set(-20.0))
        with pytest.raises(TimeoutError):
            client.recv(0.3)
    assert get(server, "/lb/heard/note?VALUE")[1] == {"VALUE": [62, 90]}


def test_listeners_hear_that_the_microphone_is_turned_on_and_off(
    server: OscQueryServer, bridge: RecordingBridge
) -> None:
    with listen(server, "/lb/listen") as client:
        for is_on in (False, True):
            bridge.listens = is_on
            assert receive(client) == ("/lb/listen", [int(is_on)])
            assert get(server, "/lb/listen?VALUE")[1] == {"VALUE": [int(is_on)]}


def test_a_burst_becomes_its_newest_value(server: OscQueryServer) -> None:
    with listen(server, "/lb/latent/xy") as client:
        for k in range(5000):
            server.see(LATENT_XY.set(k / 5000, 0.0))
        got = [receive(client)[1][0]]
        while got[-1] < 4999 / 5000 - 1e-6:
            got.append(receive(client)[1][0])
    assert len(got) < 500
    assert got == sorted(got)


def test_a_new_bundle_is_told(bridge: RecordingBridge, server: OscQueryServer) -> None:
    with listen(server, "/lb/gain") as client:
        bridge.manifest = manifest(4)
        assert json.loads(client.recv(5)) == {"COMMAND": "PATH_CHANGED", "DATA": "/lb"}
    assert get(server, "/lb/latent?TYPE")[1] == {"TYPE": "ffff"}
    assert get(server, "/lb/latent/offset?VALUE")[1] == {"VALUE": [0.0] * 4}


def test_nonsense_is_passed_over(server: OscQueryServer) -> None:
    with listen(server) as client:
        for text in ("", "no json", "[]", "{}", '{"COMMAND": "LISTEN"}', '{"COMMAND": 1, "DATA": {}}'):
            client.send(text)
            client.send(text.encode())
        client.send(json.dumps({"COMMAND": "LISTEN", "DATA": "/lb/status.reply"}))
        assert receive(client)[0] == "/lb/status.reply"
    assert get(server, "/")[0] == 200


def test_nothing_that_arrives_changes_the_bridge(bridge: RecordingBridge, server: OscQueryServer) -> None:
    with listen(server) as client:
        client.send(b"/lb/panic\0\0\0,\0\0\0")
        get(server, "/lb/gain?VALUE=3")
        time.sleep(0.1)
    assert bridge.events == []


def test_listeners_are_bounded_and_those_who_hang_up_are_forgotten(server: OscQueryServer) -> None:
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(listen(server)) for _ in range(MAX_LISTENERS)]
        with pytest.raises(InvalidStatus, match="503"), listen(server):
            pass
        for client in clients:
            client.socket.shutdown(socket.SHUT_RDWR)
        end_s = time.monotonic() + 5
        while time.monotonic() < end_s:
            with contextlib.suppress(InvalidStatus), listen(server):
                return
            time.sleep(0.05)
        pytest.fail("those who hung up keep their places")


def test_a_port_in_use_is_replaced_by_another(server: OscQueryServer, bridge: RecordingBridge) -> None:
    taken = dataclasses.replace(CONFIG, osc=dataclasses.replace(CONFIG.osc, query_port=server.port))
    with OscQueryServer(taken, bridge, osc_host="127.0.0.1", osc_port=9130, announce=False) as second:
        assert second.port != server.port
        assert get(second, "/")[0] == 200


def test_a_phone_finds_the_address_in_its_network(monkeypatch: pytest.MonkeyPatch) -> None:
    # Debian's own name leads to 127.0.1.1.
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", ("127.0.1.1", 0))])
    ips = [[IP("127.0.0.1", 8, "lo")], [IP("10.9.8.7", 24, "wifi"), IP(("fe80::1", 0, 3), 64, "wifi")]]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [Adapter(str(k), str(k), each) for k, each in enumerate(ips)])
    assert own_addresses() == ["10.9.8.7"]
    del ips[1]
    assert own_addresses() == ["127.0.0.1"]


def test_it_ends_at_once_and_leaves_no_thread(bridge: RecordingBridge) -> None:
    before = threading.active_count()
    server = OscQueryServer(CONFIG, bridge, osc_host="127.0.0.1", osc_port=9130, announce=False)
    server.start()
    with listen(server, "/lb/gain"), socket.create_connection((server.host, server.port)):
        start_s = time.monotonic()
        server.stop()
        server.stop()
        assert time.monotonic() - start_s < 6
    end_s = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < end_s:
        time.sleep(0.05)
    assert threading.active_count() <= before, [thread.name for thread in threading.enumerate()]
