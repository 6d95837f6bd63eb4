"""The server under test with a host that records, and a client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rt.midi.controllers import Controllers
from rt.osc.server import OscServer
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.wire import CONFIG, Client


@pytest.fixture
def host() -> RecordingBridge:
    return RecordingBridge()


@pytest.fixture
def server(host: RecordingBridge, tmp_path: Path) -> Iterator[OscServer]:
    controllers = Controllers(host, host.value, tmp_path / "controllers.toml")
    with OscServer(CONFIG, host, bundle_roots=[tmp_path / "mine"], controllers=controllers) as running:
        yield running
    assert running.failure is None


@pytest.fixture
def client(server: OscServer) -> Iterator[Client]:
    opened = Client(server.port)
    yield opened
    opened.socket.close()
