"""OSCQuery clients discover the real bridge: by zeroconf, curl, a WebSocket and python-oscquery's own client."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pythonosc.osc_message import OscMessage
from pythonoscquery.osc_query_client import OSCQueryClient
from websockets.sync.client import connect
from zeroconf import ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from rt.osc.table import TABLE
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram, latent_bridge, run
from tests.system.waiting import needs, until

SERVICE = "_oscjson._tcp.local."


@pytest.fixture(scope="module")
def query_port(bridge: BridgeProgram) -> int:
    """The TCP port that the bridge names at its start."""
    found = until(lambda: re.search(r"OSCQuery on port (\d+)", bridge.output), 30, "it names no port")
    return int(found[1])


def curl(port: int, path: str) -> Any:
    """JSON that curl gets."""
    code, out, err = run(needs("curl"), "--silent", "--show-error", "--fail", f"http://127.0.0.1:{port}{path}")
    assert code == 0, err
    return json.loads(out)


def leaves(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "TYPE" in node:
        yield node["FULL_PATH"], node
    for inner in node.get("CONTENTS", {}).values():
        yield from leaves(inner)


def test_curl_walks_the_tree_and_sees_a_change(bridge: BridgeProgram, query_port: int, osc: Osc) -> None:
    root = curl(query_port, "/")
    assert {path for path, _ in leaves(root)} == {message.address for message in TABLE}
    info = curl(query_port, "/?HOST_INFO")
    assert (info["OSC_PORT"], info["WS_PORT"]) == (bridge.osc_port, query_port)
    osc.send("/lb/gain", -6.0)
    osc.send("/lb/instrument", "violin")
    osc.sync()
    assert curl(query_port, "/lb/gain?VALUE") == {"VALUE": [-6.0]}
    assert curl(query_port, "/lb/instrument")["VALUE"][0] == "Violin"
    status = curl(query_port, "/lb/status.reply")["VALUE"]
    assert len(status) == len(osc.ask("/lb/status.reply", "/lb/status"))
    assert run(needs("curl"), "--silent", "--fail", f"http://127.0.0.1:{query_port}/lb/none")[0] == 22
    osc.send("/lb/gain", 0.0)
    osc.send("/lb/instrument", "sax")
    osc.sync()


def test_a_websocket_client_hears_changes(query_port: int, osc: Osc) -> None:
    with connect(f"ws://127.0.0.1:{query_port}/") as client:
        for path in ("/lb/bend", "/lb/status.reply"):
            client.send(json.dumps({"COMMAND": "LISTEN", "DATA": path}))
        got = OscMessage(client.recv(10, decode=False))  # sent every second: it listens now
        assert got.address == "/lb/status.reply"
        osc.send("/lb/bend", 1.5)
        while (got := OscMessage(client.recv(10, decode=False))).address == "/lb/status.reply":
            pass
        assert (got.address, got.params) == ("/lb/bend", [1.5])
    osc.send("/lb/bend", 0.0)
    osc.sync()


class Found(ServiceListener):
    """Services by their names."""

    def __init__(self) -> None:
        self.services: dict[str, ServiceInfo] = {}

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name)
        if info is not None:
            self.services[name] = info

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.services.pop(name, None)


def test_a_client_finds_it_by_zeroconf(bridge: BridgeProgram, query_port: int) -> None:
    found = Found()
    with Zeroconf(interfaces=["127.0.0.1"]) as zeroconf:
        browser = ServiceBrowser(zeroconf, SERVICE, found)
        here = until(
            lambda: [info for info in found.services.values() if info.port == query_port], 20, "it is not announced"
        )
        browser.cancel()
    client = OSCQueryClient(here[0])
    info = client.get_host_info()
    assert info is not None
    assert (info.name, info.osc_port) == ("latent-bridge", bridge.osc_port)
    read = 0
    for path, node in leaves(curl(query_port, "/")):
        if "VALUE" in node and "CONTENTS" not in node:  # this client refuses what can only be written
            got = client.query_node(path)
            assert got is not None, path
            read += 1
    assert read >= 6
    assert client.query_node("/lb/none") is None


def test_one_flag_turns_it_off(tmp_path: Path) -> None:
    flags = ("--audio", f"file:{tmp_path / 'short.wav'}", "--seconds", "0.1", "--midi-in", "none", "--osc-port", "0")
    code, out, err = latent_bridge("run", *flags, "--no-oscquery")
    assert code == 0, err
    assert "OSC  " in out
    assert "OSCQuery" not in out


def test_it_listens_on_the_loopback_only(query_port: int) -> None:
    host = "127.0.0.2"  # on Linux this is our machine too, but not the address that it listens at
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, query_port), 2).close()
