from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pythonosc.osc_message import OscMessage

import rt
from rt.config import OscConfig
from rt.control import commands
from rt.control.message import Value
from rt.control.osc import OscServer, build
from rt.errors import ConfigError
from rt.events import (
    Alive,
    AllSoundOff,
    Bend,
    Event,
    FreeSymbol,
    Gain,
    Gate,
    Interp,
    Latent,
    LatentOffset,
    LatentXY,
    Legato,
    NoteOff,
    NoteOn,
    Trajectory,
    UseInstrument,
)
from rt.manifest import FORMAT, MANIFEST
from tests.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.test_osc_packet import IN_A_YEAR
from tests.unit.test_osc_packet import bundle as pack_bundle

CONFIG = OscConfig(host="127.0.0.1", port=0, reply_port=9131, query=False, query_port=0)
NOBODY = ("127.0.0.1", 9)


class Client:
    """A UDP socket that speaks OSC."""

    def __init__(self, port: int) -> None:
        self.to = ("127.0.0.1", port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def send(self, address: str, *args: Value) -> None:
        self.socket.sendto(build(address, args), self.to)

    def receive(self, limit_s: float = 5.0) -> list[Any]:
        """Address and arguments of the next message."""
        self.socket.settimeout(limit_s)
        message = OscMessage(self.socket.recv(65536))
        return [message.address, *message.params]

    def ask(self, address: str, *args: Value) -> list[Any]:
        self.send(address, *args)
        return self.receive()

    def is_silent(self) -> bool:
        """Whether the answer to a ping is the next message."""
        return bool(self.ask("/lb/ping") == ["/lb/pong"])


@pytest.fixture
def host() -> RecordingBridge:
    return RecordingBridge()


@pytest.fixture
def server(host: RecordingBridge, tmp_path: Path) -> Iterator[OscServer]:
    with OscServer(CONFIG, host, bundle_roots=[tmp_path / "mine"]) as running:
        yield running
    assert running.failure is None


@pytest.fixture
def client(server: OscServer) -> Iterator[Client]:
    opened = Client(server.port)
    yield opened
    opened.socket.close()


FLAT = (0.5,) * N_LATENTS
GOOD: list[tuple[str, tuple[Value, ...], list[Event]]] = [
    ("/lb/note", (60, 100), [NoteOn(0, 60, 100)]),
    ("/lb/note", (60.0, 100.0, 16.0), [NoteOn(15, 60, 100)]),
    ("/lb/note", (60, 0, 2), [NoteOff(1, 60)]),
    ("/lb/panic", (), [AllSoundOff(-1)]),
    ("/lb/instrument", ("alto sax",), [UseInstrument(-1, 0)]),
    ("/lb/instrument", ("FLUTE", 3), [UseInstrument(2, 1)]),
    ("/lb/instrument", ("trumpet", 0), [UseInstrument(-1, 3)]),
    ("/lb/gain", (-20,), [Gain(0.1)]),
    ("/lb/bend", (-1.5,), [Bend(-1, -1.5)]),
    ("/lb/legato", (1,), [Legato(-1, True, 0.1)]),
    ("/lb/legato", (0, 0.5, 3), [Legato(2, False, 0.5)]),
    ("/lb/alive", (1,), [Alive(1.0)]),
    ("/lb/latent", FLAT, [Latent(FLAT)]),
    ("/lb/latent", (1,) * N_LATENTS, [Latent((1.0,) * N_LATENTS)]),
    ("/lb/latent/offset", FLAT, [LatentOffset(FLAT)]),
    ("/lb/latent/xy", (-1, 0.25), [LatentXY(-1.0, 0.25)]),
    ("/lb/symbol", ("Piano", 4, 9, 2), [FreeSymbol(2, 69, 2)]),
    ("/lb/symbol", ("Piano", 4, 9, 2, 1), [FreeSymbol(2, 69, 2), Gate(True)]),
    ("/lb/symbol", ("Flute", 1, 2, 0, 0), [FreeSymbol(1, 62, 0), Gate(False)]),
    ("/lb/gate", (1,), [Gate(True)]),
    ("/lb/interp", ("cubic", 2), [Interp(2, 2.0)]),
    ("/lb/trajectory", ("helix", 0.5, 2), [Trajectory(3, 0.5, 2.0)]),
    ("/lb/trajectory", ("off",), [Trajectory(0, 0.2, 1.0)]),
]


@pytest.mark.parametrize(("address", "args", "events"), GOOD)
def test_settings_become_events(
    host: RecordingBridge, client: Client, address: str, args: tuple[Value, ...], events: list[Event]
) -> None:
    client.send(address, *args)
    assert client.is_silent()
    assert host.events == events


BAD: list[tuple[str, tuple[Value, ...], str]] = [
    ("/lb/note", (), "takes 2 to 3 arguments"),
    ("/lb/note", (60.5, 100), "whole number"),
    ("/lb/note", (128, 100), "note must be 0 to 127, got 128"),
    ("/lb/note", (60, 100, 0), "channel must be 1 to 16"),
    ("/lb/note", ("c4", 100), "note must be a number"),
    ("/lb/instrument", ("kazoo",), "there are Alto-Sax, Flute, Piano, Trumpet-C, Violin"),
    ("/lb/instrument", ("",), "no instrument"),
    ("/lb/gain", (float("nan"),), "finite"),
    ("/lb/gain", (99.0,), "-60 to 12 dB"),
    ("/lb/latent", (0.0,) * (N_LATENTS - 1), f"takes {N_LATENTS} arguments"),
    ("/lb/latent", (float("inf"),) * N_LATENTS, "finite"),
    ("/lb/latent/xy", (0.0, 1.5), "y must be -1 to 1"),
    ("/lb/symbol", ("Flute", 9, 0, 0), "octave must be 0 to 8"),
    ("/lb/symbol", ("Flute", 4, 0, 5), "dynamics must be 0 to 4"),
    ("/lb/symbol", ("Flute", 4, 12, 0), "pitch_class"),
    ("/lb/interp", ("quartic", 1.0), "none, linear, cubic"),
    ("/lb/trajectory", ("spiral", 1.0, 1.0), "off, line, circle, helix"),
    ("/lb/listen", (2,), "on must be 0 to 1"),
    ("/lb/nonsense", (1,), "unknown address"),
    ("/other", (), "unknown address"),
    ("/lb/notify", ("nowhere.example", 9000), "IPv4 address or localhost"),
    ("/lb/notify", ("0.0.0.0", 9000), "one machine"),
    ("/lb/notify", ("255.255.255.255", 9000), "one machine"),
    ("/lb/notify", ("239.1.2.3", 9000), "one machine"),
    ("/lb/notify", ("127.0.0.1", 0), "port must be 1 to 65535"),
    ("/lb/notify", ("127.0.0.1", 70000), "port must be 1 to 65535"),
    ("/lb/notify", ("127.0.0.1", 7, 0), "is no client"),
]


@pytest.mark.parametrize(("address", "args", "reason"), BAD)
def test_bad_messages_are_answered_and_change_nothing(
    host: RecordingBridge, client: Client, address: str, args: tuple[Value, ...], reason: str
) -> None:
    answer = client.ask(address, *args)
    assert answer[:2] == ["/lb/fail", address]
    assert reason in answer[2]
    assert host.events == []


def test_requests_are_answered(host: RecordingBridge, client: Client) -> None:
    assert client.ask("/lb/ping") == ["/lb/pong"]
    assert client.ask("/lb/version") == ["/lb/version.reply", "latent-bridge", rt.__version__, "memory", FORMAT]
    client.send("/lb/instrument", "violin", 1)
    status = client.ask("/lb/status")
    assert status == ["/lb/status.reply", 3, 0.25, 0.0, 2, 0, 0, 48000, 0, 5.0, 0, "Violin", "memory", 1, -18.0, 0]


def test_counters_beyond_31_bits_stay_at_the_end(host: RecordingBridge, client: Client) -> None:
    host.counters.blocks = 1e12
    assert client.ask("/lb/status")[6] == 2**31 - 1


def test_a_burst_of_latents_ends_with_the_last_in_few_events(host: RecordingBridge, client: Client) -> None:
    n_sent = 10_000
    for i in range(n_sent):
        client.send("/lb/latent", *((i + 1) / n_sent,) * N_LATENTS)
    last = Latent((1.0,) * N_LATENTS)
    assert host.wait_for(lambda: bool(host.events) and host.events[-1] == last)
    assert len(host.events) < n_sent / 4


def test_latents_keep_their_place_before_other_messages(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(
        pack_bundle(
            build("/lb/latent", (0.0,) * N_LATENTS),
            build("/lb/latent", FLAT),
            build("/lb/gate", (1,)),
            pack_bundle(build("/lb/latent/offset", FLAT), build("/lb/note", (60, 9)), time_tag=IN_A_YEAR),
            build("/lb/latent", (1,) * N_LATENTS),
        ),
        client.to,
    )
    assert client.is_silent()
    assert host.events == [
        Latent(FLAT),
        Gate(True),
        LatentOffset(FLAT),
        NoteOn(0, 60, 9),
        Latent((1.0,) * N_LATENTS),
    ]


def test_latents_follow_a_bundle_of_another_size(host: RecordingBridge, client: Client) -> None:
    host.manifest = RecordingBridge(3).manifest
    client.send("/lb/latent", 0.0, 0.5, 1.0)
    assert client.is_silent()
    assert host.events == [Latent((0.0, 0.5, 1.0))]


def test_a_time_tag_far_ahead_does_not_delay(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(pack_bundle(build("/lb/ping", ()), time_tag=IN_A_YEAR), client.to)
    assert client.receive(1.0) == ["/lb/pong"]


def test_types_beyond_i_f_and_s(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(b"/lb/gate\0\0\0\0,T\0\0", client.to)
    client.socket.sendto(b"/lb/alive\0\0\0,d\0\0" + struct.pack(">d", 0.5), client.to)
    assert client.is_silent()
    assert host.events == [Gate(True), Alive(0.5)]
    client.socket.sendto(b"/lb/gate\0\0\0\0,N\0\0", client.to)
    assert "types i, f and s" in client.receive()[2]


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


def test_sync_waits_for_the_engine(host: RecordingBridge, client: Client) -> None:
    host.is_stuck = True
    client.send("/lb/sync", 7)
    assert client.is_silent()
    host.is_stuck = False
    assert client.receive() == ["/lb/synced", 7]


def test_sync_gives_up(host: RecordingBridge, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "SYNC_S", 0.05)
    host.is_stuck = True
    assert client.ask("/lb/sync", 7)[:2] == ["/lb/fail", "/lb/sync"]
    for i in range(commands.MAX_SYNCS + 40):
        client.send("/lb/sync", i)
    assert "wait already" in " ".join(str(client.receive()[2]) for _ in range(commands.MAX_SYNCS + 40))


def test_sync_comes_after_the_latents_before_it(host: RecordingBridge, client: Client) -> None:
    client.send("/lb/latent", *FLAT)
    assert client.ask("/lb/sync", 1) == ["/lb/synced", 1]
    assert host.events == [Latent(FLAT)]


def make_bundle(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}")
    return folder


def test_load_is_confirmed_when_it_plays_and_sync_waits_for_it(
    host: RecordingBridge, client: Client, tmp_path: Path
) -> None:
    folder = make_bundle(tmp_path / "mine" / "one")
    client.send("/lb/load", "one")
    client.send("/lb/sync", 3)
    assert client.is_silent()
    path, done = host.loads[0]
    assert Path(path) == folder.resolve()
    threading.Thread(target=done, args=("",)).start()
    assert [client.receive(), client.receive()] == [["/lb/done", "/lb/load", "one"], ["/lb/synced", 3]]


def test_load_tells_why_not(host: RecordingBridge, client: Client, tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine" / "one")
    client.send("/lb/load", str(folder / MANIFEST))
    assert client.is_silent()
    host.loads[0][1]("no room")
    assert client.receive() == ["/lb/fail", "/lb/load", "no room"]
    host.load_error = "damaged"
    assert client.ask("/lb/load", "one") == ["/lb/fail", "/lb/load", "damaged"]
    assert client.ask("/lb/sync", 1) == ["/lb/synced", 1]


def test_listening_is_confirmed_and_sync_waits_for_it(host: RecordingBridge, client: Client) -> None:
    client.send("/lb/listen", 1)
    client.send("/lb/sync", 4)
    assert client.ask("/lb/ping") == ["/lb/pong"], "the sync waits"
    on, done = host.wishes[0]
    assert on
    done("")
    assert [client.receive(), client.receive()] == [["/lb/done", "/lb/listen", "on"], ["/lb/synced", 4]]
    client.send("/lb/listen", 0)
    assert client.ask("/lb/ping") == ["/lb/pong"]
    assert not host.wishes[1][0]
    host.wishes[1][1]("no ears")
    assert client.receive() == ["/lb/fail", "/lb/listen", "no ears"]


def test_load_stays_inside_the_bundle_folders(host: RecordingBridge, client: Client, tmp_path: Path) -> None:
    make_bundle(tmp_path / "mine" / "one")
    outside = make_bundle(tmp_path / "outside")
    (tmp_path / "mine" / "link").symlink_to(outside)
    (tmp_path / "mine" / "loop").symlink_to(tmp_path / "mine" / "loop")
    for name in (str(outside), "../outside", "one/../../outside", "link", "loop", "~", "", "x" * 5000, "/", "none"):
        answer = client.ask("/lb/load", name)
        assert answer[:2] == ["/lb/fail", "/lb/load"], name
        assert "there are one" in answer[2]
        assert "link" not in answer[2].split("there are")[1]
    assert host.loads == []


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
