"""`/lb/learn`, `/lb/unlearn` and `/lb/learnt` on the real OSC server."""

from __future__ import annotations

from pathlib import Path

import pytest

from rt.midi.channels import MidiChannels
from rt.osc.server import OscServer
from rt.parameters import ALIVE
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.wire import CONFIG, Client


@pytest.fixture
def keyboard(server: OscServer, host: RecordingBridge) -> MidiChannels:
    return MidiChannels(host, controllers=server.controllers)


def test_a_controller_is_learnt_listed_and_forgotten(client: Client, keyboard: MidiChannels) -> None:
    client.send("/lb/learn", "alive", 0.25, 0.75, "linear", 1)
    assert client.is_silent() and client.ask("/lb/sync", 3) == ["/lb/synced", 3], "nothing waits for a hand"
    assert keyboard.hear((0xB2, 21, 0)) == []
    assert client.receive() == ["/lb/done", "/lb/learn", "alive by CC 21 of channel 3"]
    assert keyboard.hear((0xB2, 21, 127)) == [ALIVE.set(0.75)]
    assert client.ask("/lb/learnt") == ["/lb/learnt.reply", "alive", "cc", 21, 3, 0.25, 0.75, "linear", 1]
    assert client.receive() == ["/lb/done", "/lb/learnt", "1"]
    assert client.ask("/lb/unlearn", "alive") == ["/lb/done", "/lb/unlearn", "alive by CC 21 of channel 3"]
    assert client.ask("/lb/learnt") == ["/lb/done", "/lb/learnt", "0"]
    assert keyboard.hear((0xB2, 21, 127)) == []


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("/lb/learn", "aliv"), "'aliv' is no parameter; did you mean 'alive'?"),
        (("/lb/learn", "gain", -61.0), "low must be -60 to 12 dB, got -61"),
        (("/lb/learn", "gain", 0.0, 99.0), "high must be -60 to 12 dB, got 99"),
        (("/lb/learn", "gain", 0.0, 1.0, "steep"), "curve must be one of linear, exponential, toggle"),
        (("/lb/unlearn", "gain"), "no controller drives gain"),
        (("/lb/unlearn", "all"), "no controller drives all"),
    ],
)
def test_what_cannot_be_is_told(client: Client, args: tuple[str | float, ...], told: str) -> None:
    address, command, reason = client.ask(*args)  # type: ignore[arg-type]
    assert (address, command) == ("/lb/fail", args[0]) and told in reason
    assert client.is_silent()


def test_a_server_without_a_file_says_so(host: RecordingBridge, tmp_path: Path) -> None:
    with OscServer(CONFIG, host) as server:
        client = Client(server.port)
        assert client.ask("/lb/learnt") == ["/lb/fail", "/lb/learnt", "nothing can be learnt here"]
        client.socket.close()
