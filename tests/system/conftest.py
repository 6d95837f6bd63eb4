"""Servers and clients that a module's tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.jackd import Jackd, urgent
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram
from tests.system.rig import Rig


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.system)


@pytest.fixture(scope="module")
def jackd() -> Iterator[Jackd]:
    """A synchronous JACK server at 48 kHz in blocks of 128."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the JACK tests run on Linux")
    with Jackd() as server:
        yield server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    """A synchronous JACK server of the test's own, which all programs here find, and which it may stop and start.

    Its clock does not wait for a busy machine, where that is allowed.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip("the JACK tests run on Linux")
    with Jackd(options=urgent()) as running:
        running.announce(monkeypatch)
        yield running


@pytest.fixture(scope="module")
def bridge(jackd: Jackd) -> Iterator[BridgeProgram]:
    """The real program on that server."""
    with BridgeProgram("--host-api", "JACK", "--midi-api", "jack", environment=jackd.environment) as running:
        running.wait_ready()
        yield running


@pytest.fixture(scope="module")
def wired(jackd: Jackd, bridge: BridgeProgram) -> Iterator[Rig]:
    """A JACK client that hears the bridge and plays it."""
    with Rig(jackd) as client:
        client.connect_bridge()
        yield client


@pytest.fixture
def rig(wired: Rig) -> Iterator[Rig]:
    """The same client, with the bridge silent and at rest before and after the test."""
    yield wired
    for channel in range(16):
        wired.send(0xB0 | channel, 120, 0)
        wired.send(0xB0 | channel, 121, 0)
    wired.settle()
    wired.rewind()


@pytest.fixture
def osc(bridge: BridgeProgram) -> Iterator[Osc]:
    """An OSC client of the bridge."""
    with Osc(bridge.osc_port) as client:
        yield client
