"""The SuperCollider and the Python example play the real bridge, with messages that are right to the type."""

from __future__ import annotations

import contextlib
import os
import runpy
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pythonosc.osc_message import OscMessage
from pythonosc.udp_client import SimpleUDPClient

from rt.bundle import bundle
from rt.osc.server import build
from rt.osc.table import INCOMING
from tests.system.jackd import RATE_HZ
from tests.system.osc_client import Osc
from tests.system.pitch import has_partials, level_db
from tests.system.program import ROOT
from tests.system.rig import Rig
from tests.system.waiting import needs, until

EXAMPLES = ROOT / "docs" / "examples"


class Tap:
    """A UDP port that hands everything on to the bridge and keeps it."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.messages: list[tuple[str, str, list[object]]] = []
        """Address, type tags, arguments."""
        self._target = target
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Tap:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def _run(self) -> None:
        while data := self._socket.recv(65536):
            message = OscMessage(data)
            tags = data[data.index(b",") + 1 :].split(b"\0")[0].decode()
            self.messages.append((message.address, tags, list(message.params)))
            self._socket.sendto(data, self._target)

    def check(self) -> None:
        """All of them are in the table, with the right types."""
        n_latents = bundle.load("default").manifest.latent.size
        for address, tags, _ in self.messages:
            assert address in INCOMING, address
            args = [arg for arg in INCOMING[address].args for _ in range(n_latents if arg.per_latent else 1)]
            n_needed = sum(not arg.optional for arg in args)
            assert n_needed <= len(tags) <= len(args), address
            assert tags == "".join(arg.type for arg in args[: len(tags)]), address


@contextlib.contextmanager
def running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program with a home of its own, ended afterwards."""
    environment = os.environ | {
        "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }  # fmt: skip
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def chord_is_heard(rig: Rig, notes: tuple[int, ...]) -> bool:
    sound = rig.record(0.12)
    return level_db(sound) > -60 and all(has_partials(sound, RATE_HZ, note) for note in notes)


@pytest.fixture
def rested(rig: Rig, osc: Osc) -> Iterator[None]:
    """The free voice rests afterwards."""
    yield
    osc.send("/lb/panic")
    osc.send("/lb/gate", 0)
    osc.send("/lb/interp", "none", 0.0)
    osc.sync()


TWICE = """fork {{ "{path}".load; 0.6.wait; CmdPeriod.run; "{path}".load }};
"""
"""Begins the piece, stops it as Ctrl-. does, and begins again."""


@pytest.mark.usefixtures("rested")
def test_a_supercollider_pattern_plays_and_stops_without_a_stuck_note(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    tool = needs("sclang")
    script = tmp_path / "twice.scd"
    script.write_text(TWICE.format(path=EXAMPLES / "supercollider" / "pattern.scd"))
    with Tap(osc.target) as tap:
        command = [tool, "-u", "0", str(script), "127.0.0.1", str(tap.port), "2"]
        with running(command, tmp_path) as process:
            until(lambda: tap.messages, 60, "sclang sends nothing")
            # C5 of the melody or E5 after it, over the C4 of the bass
            until(
                lambda: chord_is_heard(rig, (60, 72)) or chord_is_heard(rig, (60, 76)), 20, "the pattern is not heard"
            )
            assert process.wait(30) == 0
        tap.check()
        stopped = [address for address, _, _ in tap.messages].index("/lb/panic")
        first, notes = (
            [(params[2], params[0], bool(params[1])) for address, _, params in part if address == "/lb/note"]
            for part in (tap.messages[:stopped], tap.messages[stopped:])
        )
        assert sum(on for _, _, on in first) > sum(not on for _, _, on in first), "it was stopped between two notes"
    melody = [note for channel, note, on in notes if channel == 1 and on]
    assert melody == [60 + step for step in (0, 4, 7, 12, 11, 7, 4, 2)] * 2
    assert [note for channel, note, on in notes if channel == 2 and on] == [48, 55] * 2
    assert sum(on for _, _, on in notes) == sum(not on for _, _, on in notes)
    assert sum(address == "/lb/latent/xy" for address, _, _ in tap.messages) > 40
    rig.settle()


@pytest.mark.usefixtures("rested")
def test_the_python_example_plays(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    with Tap(osc.target) as tap:
        command = [sys.executable, str(EXAMPLES / "python" / "play.py"), "--port", str(tap.port)]
        with running(command, tmp_path) as process:
            until(lambda: chord_is_heard(rig, (69,)), 30, "the scale is not heard")
            assert process.wait(30) == 0
        tap.check()
    played = [params[0] for address, _, params in tap.messages if address == "/lb/note" and params[1]]
    assert played == [60, 62, 64, 65, 67, 69, 71, 72]
    assert tap.messages[-1][0] == "/lb/panic"
    rig.settle()


def test_the_python_example_listens_from_when_the_bridge_does(capsys: pytest.CaptureFixture[str]) -> None:
    play = runpy.run_path(str(EXAMPLES / "python" / "play.py"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bridge:
        bridge.bind(("127.0.0.1", 0))

        def asked(timeout_s: float) -> list[object]:
            bridge.settimeout(timeout_s)
            message = OscMessage(bridge.recv(1024))
            return [message.address, *message.params]

        client = SimpleUDPClient(*bridge.getsockname())
        thread = threading.Thread(target=play["listen"], args=(client, play["address_towards"]("127.0.0.1"), 0, 0.1))
        thread.start()
        _, host, port, _ = notify = asked(10)
        assert notify == ["/lb/notify", "127.0.0.1", port, 1]
        assert asked(10) == ["/lb/listen", 1]
        with pytest.raises(TimeoutError):
            asked(0.2)
        for address, args in (("/lb/done", ("/lb/listen", "on")), ("/lb/heard/note", (60, 90))):
            bridge.sendto(build(address, args), (str(host), int(str(port))))
        assert asked(10) == ["/lb/listen", 0]
        assert asked(10) == ["/lb/notify", host, port, 0]
        thread.join(5)
        client._sock.close()  # python-osc leaves it to the garbage collector
    assert capsys.readouterr().out == "/lb/done /lb/listen on\n/lb/heard/note 60 90\n"
