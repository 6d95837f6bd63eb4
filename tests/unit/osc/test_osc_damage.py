"""Whatever comes by the network, the server answers or ignores it and lives on."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rt.events import AllSoundOff
from rt.osc.server import OscServer, build
from rt.parameters import ALIVE, GATE
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.test_osc_packet import bundle as pack_bundle
from tests.unit.osc.wire import CONFIG, GOOD, NOBODY, Client


def test_types_beyond_i_f_and_s(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(b"/lb/gate\0\0\0\0,T\0\0", client.to)
    client.socket.sendto(b"/lb/alive\0\0\0,d\0\0" + struct.pack(">d", 0.5), client.to)
    assert client.is_silent()
    assert host.events == [GATE.set(True), ALIVE.set(0.5)]
    client.socket.sendto(b"/lb/gate\0\0\0\0,N\0\0", client.to)
    assert "types i, f and s" in client.receive()[2]


@pytest.mark.parametrize(("tag", "n_events"), [(b"N", 1), (b"I", 1), (b"T", 1), (b"F", 0)])
def test_a_message_without_arguments_is_a_button(
    host: RecordingBridge, client: Client, tag: bytes, n_events: int
) -> None:
    client.socket.sendto(b"/lb/panic\0\0\0," + tag + b"\0\0", client.to)
    assert client.is_silent()
    assert host.events == [AllSoundOff(-1)] * n_events


@pytest.mark.parametrize(
    "data",
    [
        build("/lb/trajectory", ("circle", 1.0, 2.0))[:-4],  # python-osc would read 0.0
        build("/lb/note", (60, 100))[:-4],
        build("/lb/instrument", ("Flute",))[:-4],
        b"/lb/note\0\0\0\0ii\0\0",
        b"/lb/instrument\0\0,s\0\0\xff\xfe\0\0",
        b"/lb/note\0\0\0\0,[i\0" + struct.pack(">i", 60),
    ],
)
def test_damaged_messages_are_answered(host: RecordingBridge, client: Client, data: bytes) -> None:
    client.socket.sendto(data, client.to)
    assert client.receive()[0] == "/lb/fail"
    assert host.events == []


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"hello", b"#bundle\0", b"#bundle\0" + b"\xff" * 12, b"/no end", b"\xff" * 99]
)
def test_what_is_no_osc_is_ignored(host: RecordingBridge, client: Client, data: bytes) -> None:
    client.socket.sendto(data, client.to)
    assert client.is_silent()
    assert host.events == []


MESSAGES = [build(address, args) for address, args, _ in GOOD] + [
    build("/lb/notify", ("127.0.0.1", 9)),
    build("/lb/status", ()),
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=120),
        st.binary(max_size=80).map(lambda tail: b"/lb/note\0\0\0\0," + tail),
        st.tuples(st.sampled_from(MESSAGES), st.integers(0, 80)).map(lambda cut: cut[0][: cut[1]]),
        st.tuples(st.sampled_from(MESSAGES), st.integers(0, 200), st.integers(0, 255)).map(
            lambda c: bytes(c[2] if i == c[1] % len(c[0]) else byte for i, byte in enumerate(c[0]))
        ),
        st.lists(st.sampled_from(MESSAGES), max_size=4).map(lambda parts: pack_bundle(*parts)),
    )
)
def test_no_datagram_does_harm(quiet: OscServer, data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    quiet.hear(data, NOBODY)
    quiet.flush()
    assert [record for record in caplog.records if record.levelname in ("ERROR", "WARNING")] == []


@pytest.fixture
def quiet(host: RecordingBridge) -> Iterator[OscServer]:
    opened = OscServer(CONFIG, host)
    yield opened
    opened.stop()


def test_a_defect_is_answered_and_survived(
    host: RecordingBridge, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "snapshot", lambda: 1 // 0)
    assert client.ask("/lb/status")[:2] == ["/lb/fail", "/lb/status"]
    assert client.is_silent()
