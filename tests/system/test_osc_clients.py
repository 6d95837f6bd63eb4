"""Pure Data, SuperCollider and oscsend play the bridge through OSC, and a flood of messages does not hurt it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from rt.bundle import bundle
from tests.system.jackd import RATE_HZ
from tests.system.osc_client import Osc, encode
from tests.system.pitch import autocorrelation_hz, cents_off, level_db
from tests.system.rig import Rig
from tests.system.waiting import needs, until

Message = tuple[str, *tuple[str | int | float, ...]]
START: list[Message] = [("/lb/instrument", "trumpet"), ("/lb/note", 60, 110), ("/lb/bend", 3)]
"""A C4, three semitones up: only when all three arrive does an E flat sound on the trumpet."""


def through_oscsend(port: int, folder: Path) -> contextlib.AbstractContextManager[None]:
    tool = needs("oscsend")
    for address, *arguments in START:
        types = "".join({str: "s", int: "i", float: "f"}[type(a)] for a in arguments)
        subprocess.run([tool, "127.0.0.1", str(port), address, types, *map(str, arguments)], check=True, timeout=30)
    return contextlib.nullcontext()


def through_pd(port: int, folder: Path) -> contextlib.AbstractContextManager[None]:
    """A patch that connects when it is opened and then sends each message; Pd's numbers are all floats."""
    tool = needs("pd")
    lines = ["#N canvas 0 0 600 400 12;"]

    def add(text: str) -> int:
        lines.append(f"#X {text};")
        return sum(line.startswith(("#X obj", "#X msg")) for line in lines) - 1

    def wire(source: int, target: int) -> None:
        lines.append(f"#X connect {source} 0 {target} 0;")

    bang, connect = add("obj 10 10 loadbang"), add(f"msg 10 40 connect 127.0.0.1 {port}")
    trim, send = add("obj 10 200 list trim"), add("obj 10 230 netsend -u -b")
    wire(bang, connect)
    wire(connect, send)
    wire(trim, send)
    for k, (address, *arguments) in enumerate(START):
        delay = add(f"obj {200 * k + 100} 40 del {300 + 100 * k}")
        message = add(f"msg {200 * k + 100} 70 {' '.join(map(str, arguments))}")
        # A leading symbol would be taken for a message's name.
        as_list = add(f"obj {200 * k + 100} 100 list")
        form = add(f"obj {200 * k + 100} 130 oscformat {address.strip('/').replace('/', ' ')}")
        prepend = add(f"obj {200 * k + 100} 160 list prepend send")
        for source, target in ((bang, delay), (delay, message), (message, as_list), (as_list, form)):
            wire(source, target)
        wire(form, prepend)
        wire(prepend, trim)
    patch = folder / "play.pd"
    patch.write_text("\n".join(lines) + "\n")
    return running([tool, "-nogui", "-noaudio", "-nomidi", str(patch)], folder)


def through_sclang(port: int, folder: Path) -> contextlib.AbstractContextManager[None]:
    tool = needs("sclang")
    sends = "\n".join(
        f"  n.sendMsg({', '.join(chr(34) + a + chr(34) if isinstance(a, str) else str(a) for a in message)});"
        for message in START
    )
    script = folder / "play.scd"
    script.write_text(f'n = NetAddr("127.0.0.1", {port});\nfork {{\n  0.3.wait;\n{sends}\n}};\n')
    return running([tool, "-u", "0", str(script)], folder)


@contextlib.contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """A program with a home of its own, ended afterwards."""
    environment = os.environ | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture
def rested(rig: Rig, osc: Osc) -> Iterator[None]:
    """Bend and gain are at rest again afterwards, and the free voice is silent."""
    yield
    for message in (("/lb/panic",), ("/lb/bend", 0.0), ("/lb/gain", 0.0), ("/lb/gate", 0), ("/lb/interp", "none", 0.0)):
        osc.send(*message)
    osc.sync()


@pytest.mark.usefixtures("rested")
@pytest.mark.parametrize("client", [through_oscsend, through_pd, through_sclang], ids=["oscsend", "pd", "sclang"])
def test_clients_play_through_osc(
    rig: Rig, osc: Osc, tmp_path: Path, client: Callable[[int, Path], contextlib.AbstractContextManager[None]]
) -> None:
    with client(osc.target[1], tmp_path):
        until(lambda: np.abs(rig.record(0.1)).max() > 1e-3, 60, "nothing is heard")
        rig.record(0.7)
        found_hz = autocorrelation_hz(rig.record(0.5), RATE_HZ)
    assert abs(cents_off(found_hz, 63)) < 15, found_hz
    assert osc.ask("/lb/status.reply", "/lb/status")[10] == "Trumpet"


@pytest.mark.usefixtures("rested")
def test_gain_changes_a_sounding_note(rig: Rig, osc: Osc) -> None:
    osc.send("/lb/instrument", "flute")
    osc.send("/lb/note", 72, 100)
    osc.sync()
    rig.record(0.3)
    loud = level_db(rig.record(0.3))
    osc.send("/lb/gain", -20.0)
    osc.sync()
    rig.record(0.1)
    assert level_db(rig.record(0.3)) - loud == pytest.approx(-20, abs=2)


def free_voice(rig: Rig, osc: Osc, latent: list[float]) -> np.ndarray:
    """Partials of the free voice at a point, in dB."""
    osc.send("/lb/latent", *latent)
    osc.sync()
    rig.record(0.1)
    return spectrum_db(rig.record(0.3))


def spectrum_db(sound: np.ndarray) -> np.ndarray:
    """Level in bands of a third of an octave; in lower ones partials of a chance latent beat with each other."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    edges = (300 * 2 ** (np.arange(17) / 3) * len(sound) / RATE_HZ).astype(int)
    bands = np.add.reduceat(power, edges)[:-1]
    return np.asarray(np.maximum(10 * np.log10(bands / bands.max() + 1e-12), -25))


@pytest.mark.usefixtures("rested")
def test_last_of_ten_thousand_latents_is_in_force_within_50_ms(rig: Rig, osc: Osc) -> None:
    z = bundle.load("default").manifest.latent
    random = np.random.default_rng(0)
    points = [[float(v) for v in random.uniform(z.low, z.high)] for _ in range(50)]
    first, last = [[float(v) for v in random.uniform(z.low, z.high)] for _ in range(2)]
    osc.send("/lb/interp", "none", 0.0)
    osc.send("/lb/gate", 1)
    expected = free_voice(rig, osc, last)
    other = free_voice(rig, osc, first)
    assert np.abs(expected - other).max() > 6, "the two points sound alike"

    packets = [encode("/lb/latent", *point) for point in points]
    took_s = []
    for _ in range(3):  # the machine may be busy once
        for k in range(9_999):
            osc.socket.sendto(packets[k % len(packets)], osc.target)
        osc.socket.sendto(encode("/lb/latent", *last), osc.target)
        start_s = time.monotonic()
        osc.sync(2)
        took_s.append(time.monotonic() - start_s)
    assert np.median(took_s) < 0.05, took_s
    rig.record(0.1)
    found = spectrum_db(rig.record(0.3))
    assert np.abs(found - expected).max() < 3
    assert osc.ask("/lb/pong", "/lb/ping") == []


@pytest.mark.usefixtures("rested")
def test_random_notes_end_in_silence(rig: Rig, osc: Osc) -> None:
    random = np.random.default_rng(1)
    for _ in range(400):
        channel, note = int(random.integers(1, 17)), int(random.integers(0, 128))
        osc.send("/lb/note", note, int(random.integers(0, 128)), channel)
    osc.sync()
    assert np.isfinite(rig.record(0.2)).all()
    osc.send("/lb/panic")
    osc.sync()
    rig.record(0.2)
    rig.settle()
    assert osc.ask("/lb/status.reply", "/lb/status")[0] == 0


@pytest.mark.parametrize(
    "message",
    [
        ("/lb/note", 60),
        ("/lb/note", 60.5, 100),
        ("/lb/note", "C4", 100),
        ("/lb/note", 200, 100),
        ("/lb/gain", float("nan")),
        ("/lb/gain", float("inf")),
        ("/lb/latent", 1.0, 2.0),
        ("/lb/instrument", "kazoo"),
        ("/lb/interp", "quintic", 1.0),
        ("/lb/load", "/nonsuch"),
        ("/lb/nonsense",),
        ("/elsewhere", 1),
    ],
    ids=str,
)
def test_wrong_messages_are_answered_and_the_sound_goes_on(rig: Rig, osc: Osc, message: Message) -> None:
    rig.send(0x90, 69, 100)
    rig.record(0.2)
    address, reason = osc.ask("/lb/fail", *message)
    assert address == message[0]
    assert reason
    assert level_db(rig.record(0.2)) > -60
    rig.send(0x80, 69, 0)


def test_garbage_packets_do_no_harm(osc: Osc) -> None:
    random = np.random.default_rng(2)
    for size in (0, 1, 4, 7, 8, 16, 64, 1024, 60_000):
        osc.socket.sendto(random.bytes(size), osc.target)
    osc.socket.sendto(b"/lb/note\0\0\0\0,ii\0\0\0\0\x3c", osc.target)
    osc.socket.sendto(b"#bundle\0" + bytes(8) + b"\xff\xff\xff\xff", osc.target)
    assert osc.ask("/lb/pong", "/lb/ping") == []
