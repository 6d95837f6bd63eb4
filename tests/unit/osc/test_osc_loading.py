"""`/lb/load` with files that take their time: everything else is answered meanwhile."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.config import config
from rt.host import engine_client
from rt.host.host import Host
from rt.osc.server import OscServer
from rt.worker import Worker
from tests.support.small_bundle import make_bundle
from tests.support.tiny import write_tiny_bundle
from tests.system.stand_in import supervise
from tests.unit.osc.wire import CONFIG, Client

N_BYTES = 300 << 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Client]:
    """A client of the real host, with an engine process that plays sines into a file."""
    settings = config.load(flags={"audio.output": f"file:{root / 'out.wav'}"})
    with supervise(make_bundle(root / "first", "first"), settings, print) as supervisor:

        def poll() -> float:
            supervisor.poll()
            return 0.01

        host = Host(supervisor.engine_client, print)
        with Worker("main", poll) as main, OscServer(CONFIG, host, bundle_roots=[root]) as server:
            opened = Client(server.port)
            yield opened
            opened.socket.close()
            assert server.failure is None
        assert main.failure is None


def write_large(folder: Path, name: str) -> Bundle:
    """A bundle of 300 MB."""
    made = write_tiny_bundle(folder / name, name)
    with (made.path / "card.md").open("wb") as file:
        file.truncate(N_BYTES)
    return bundle.save(made.path, dataclasses.replace(made.manifest, files={}, card="card.md"))


def test_notes_and_questions_do_not_wait_for_a_large_bundle(root: Path, client: Client) -> None:
    large = write_large(root, "large")
    client.send("/lb/load", "large")
    client.send("/lb/ping")
    assert client.receive() == ["/lb/pong"], "before the load is done"
    assert client.receive() == ["/lb/done", "/lb/load", "large"]
    with (large.path / "card.md").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"x")
    client.send("/lb/load", "large")
    client.send("/lb/ping")
    client.send("/lb/sync", 1)
    assert client.receive() == ["/lb/pong"]
    failed = client.receive()
    assert failed[:2] == ["/lb/fail", "/lb/load"]
    assert "card.md: SHA-256" in failed[2]
    assert client.receive() == ["/lb/synced", 1]


def test_loads_are_answered_in_their_order(root: Path, client: Client) -> None:
    write_large(root, "large")
    write_tiny_bundle(root / "small", "small")
    for name in ("large", "small"):
        client.send("/lb/load", name)
    assert [client.receive()[2] for _ in range(2)] == ["large", "small"]
    assert client.ask("/lb/version")[3] == "small"


def test_only_so_many_wait(root: Path, client: Client) -> None:
    write_large(root, "large")
    n = engine_client.MAX_WAITING + 4
    for _ in range(n):
        client.send("/lb/load", "large")
    answers = [client.receive() for _ in range(3)]
    assert {answer[0] for answer in answers} == {"/lb/fail"}
    assert "wait to be loaded already; try again" in answers[0][2]
