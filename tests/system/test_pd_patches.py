"""The Pure Data patches, run without a window, play the real bridge."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pythonosc.osc_message import OscMessage

from rt.bundle import bundle
from rt.frames.symbols import SymbolLayout
from rt.model import Model
from rt.osc.message import Value
from rt.osc.server import build
from rt.osc.table import INCOMING
from rt.units import hz_of_note
from tests.system.jackd import RATE_HZ, Jackd
from tests.system.osc_client import Osc
from tests.system.pitch import autocorrelation_hz, cents_off, level_db
from tests.system.program import BridgeProgram
from tests.system.pure_data import running
from tests.system.rig import Rig
from tests.system.waiting import until


@pytest.fixture
def rested(rig: Rig, osc: Osc) -> Iterator[None]:
    """The free voice and all settings are at rest afterwards."""
    yield
    n = bundle.load("default").manifest.latent.size
    messages: list[tuple[str, *tuple[str | float, ...]]] = [
        ("/lb/panic",), ("/lb/bend", 0.0), ("/lb/gain", 0.0), ("/lb/gate", 0), ("/lb/trajectory", "off"),
        ("/lb/interp", "none", 0.0), ("/lb/latent/offset", *[0.0] * n),
    ]  # fmt: skip
    for message in messages:
        osc.send(*message)
    osc.sync()


def spectrum_db(sound: np.ndarray) -> np.ndarray:
    """Level in bands of a third of an octave below the strongest."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    edges = (300 * 2 ** (np.arange(17) / 3) * len(sound) / RATE_HZ).astype(int)
    bands = np.add.reduceat(power, edges)[:-1]
    return np.asarray(np.maximum(10 * np.log10(bands / bands.max() + 1e-12), -25))


def steady_spectrum(rig: Rig) -> np.ndarray:
    """Of what sounds once it has settled."""
    until(lambda: level_db(rig.record(0.1)) > -60, 20, "nothing is heard")
    rig.record(0.4)
    return spectrum_db(rig.record(0.4))


@pytest.mark.usefixtures("rested")
def test_keys_play_a_note_of_the_chosen_instrument(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    with running("keys.pd", osc.target[1], tmp_path) as pd:
        pd.move("lb.keys.instrument", 3)
        pd.move("lb.keys.note", 69, 100)
        until(lambda: level_db(rig.record(0.1)) > -60, 20, "nothing is heard")
        rig.record(0.5)
        found_hz = autocorrelation_hz(rig.record(0.5), RATE_HZ)
        assert abs(cents_off(found_hz, 69)) < 15, found_hz
        assert osc.ask("/lb/status.reply", "/lb/status")[10] == "Trumpet"
        loud_db = level_db(rig.record(0.3))
        pd.move("lb.keys.gain", -20)
        until(lambda: level_db(rig.record(0.2)) < loud_db - 15, 10, "the gain did not change")
        pd.move("lb.keys.note", 69, 0)
        rig.settle()
        pd.move("lb.keys.key", 4)  # E5, which ends by itself
        until(lambda: level_db(rig.record(0.1)) > -80, 20, "the key on the screen is not heard")
        rig.settle()


@pytest.mark.usefixtures("rested")
def test_xy_moves_the_free_voice(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    with running("xy.pd", osc.target[1], tmp_path) as pd:
        pd.move("lb.xy.x", -0.8)
        pd.move("lb.xy.y", 0.6)
        pd.move("lb.xy.sound", 1)
        first = steady_spectrum(rig)
        pd.move("lb.xy.x", -0.4)
        pd.move("lb.xy.y", -0.6)
        rig.record(0.5)
        second = steady_spectrum(rig)
        osc.send("/lb/latent/xy", -0.4, -0.6)
        osc.sync()
        expected = steady_spectrum(rig)
        assert np.abs(second - first).max() > 6
        assert np.abs(second - expected).max() < 3
        pd.move("lb.xy.sound", 0)
        rig.settle()


@pytest.mark.usefixtures("rested")
def test_panic_in_one_patch_turns_the_switches_of_the_others_off(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    with running("xy.pd", osc.target[1], tmp_path, "keys.pd", "latents.pd") as pd:
        pd.move("lb.latents.send", 0)
        pd.move("lb.xy.x", -0.8)
        pd.move("lb.xy.sound", 1)
        until(lambda: level_db(rig.record(0.1)) > -60, 20, "the free voice is not heard")
        pd.move("lb.keys.panic", 1)
        rig.settle()
        for name in ("lb.latents.sound", "lb.xy.sound"):  # a bang turns a switch over: on, and off by the other one
            pd.move(name)
            if name == "lb.latents.sound":
                until(lambda: level_db(rig.record(0.1)) > -60, 20, "the switch was still on")
        rig.settle()


@pytest.mark.usefixtures("rested")
def test_drawn_latents_are_what_sounds(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    model = Model.load(bundle.load("default"), "cpu")
    z, layout = model.manifest.latent, SymbolLayout(model.manifest.symbols)
    notes = np.stack([layout.encode(note, 3.0, instrument) for note, instrument in ((64, 0), (79, 4))])
    latents, _ = model.encode(notes, np.full(2, 0.5, np.float32))
    first, point = np.clip(latents, z.low, z.high).tolist()
    osc.send("/lb/interp", "none", 0.0)
    osc.send("/lb/gate", 1)
    osc.send("/lb/latent", *point)
    osc.sync()
    expected = steady_spectrum(rig)
    osc.send("/lb/latent", *first)
    osc.sync()
    other = steady_spectrum(rig)
    assert np.abs(expected - other).max() > 6, "the two points sound alike"
    with running("latents.pd", osc.target[1], tmp_path) as pd:
        pd.move("lb.latents", *point)
        rig.record(0.5)
        assert np.abs(steady_spectrum(rig) - expected).max() < 3
        pd.move("lb.latents.sound", 0)
        rig.settle()


def test_what_the_bridge_hears_arrives(jackd: Jackd, rig: Rig, tiny_bundle_path: Path, tmp_path: Path) -> None:
    flags = ("--host-api", "JACK", "--midi-api", "jack", "--midi-in", "none", "--listen", "--audio", "none")
    with BridgeProgram(*flags, "--bundle", str(tiny_bundle_path), environment=jackd.environment) as bridge:
        bridge.wait_ready()
        rig.connect_microphone()
        with Osc(bridge.osc_port) as osc, running("heard.pd", bridge.osc_port, tmp_path) as pd:

            def listens() -> int:
                return int(osc.ask("/lb/status.reply", "/lb/status")[12])

            until(listens, 30, "it does not listen")
            pd.move("lb.heard.listen", 0)
            until(lambda: not listens(), 30, "the switch does not turn it off")
            pd.move("lb.heard.listen", 1)
            until(listens, 30, "the switch does not turn it on")
            rig.wait_samples(RATE_HZ // 2)
            for note in (60, 64):
                rig.play(np.concatenate([tone(note), np.zeros(RATE_HZ // 4, np.float32)]))
                pitch, velocity = pd.heard(20)
                assert (pitch, velocity > 0) == (note, True)
                assert pd.heard(20) == [note, 0]


class FakeBridge:
    """Hears what patches send, and answers them."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened
        self.port = int(opened.getsockname()[1])

    def next(self, address: str) -> list[Any]:
        """The arguments of the next message there."""
        while (message := OscMessage(self._socket.recv(1024))).address != address:
            pass
        return list(message.params)

    def report(self, to: tuple[str, int], address: str, *args: Value) -> None:
        """Send a message to a patch."""
        self._socket.sendto(build(address, args), to)


@pytest.fixture
def fake() -> Iterator[FakeBridge]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("127.0.0.1", 0))
        opened.settimeout(30)
        yield FakeBridge(opened)


def test_notes_that_overlap_arrive_each_with_its_end_and_the_switch_follows(fake: FakeBridge, tmp_path: Path) -> None:
    told = [(60, 90), (64, 80), (67, 70), (60, 0), (67, 0), (64, 0)]
    with running("heard.pd", fake.port, tmp_path) as pd:
        host, port = fake.next("/lb/notify")[:2]
        for note in told:
            fake.report((host, port), "/lb/heard/note", *note)
        assert [tuple(pd.heard()) for _ in told] == told
        pd.move("lb.heard.listen", 1)
        assert fake.next("/lb/listen") == [1]
        for address, detail in (("/lb/fail", "no such device"), ("/lb/done", "off")):
            fake.report((host, port), address, "/lb/listen", detail)
            fake.report((host, port), "/lb/heard/note", 60, 0)
            assert pd.heard() == [60, 0]
            pd.move("lb.heard.listen")  # a bang turns a switch over: it was off
            assert fake.next("/lb/listen") == [1]
        pd.move("lb.reply", port, "192.0.2.7")
        assert fake.next("/lb/notify")[:2] == ["192.0.2.7", port]


def test_what_controls_show_is_what_they_send(fake: FakeBridge, tmp_path: Path) -> None:
    with running("xy.pd", fake.port, tmp_path) as pd:
        pd.move("lb.xy.x")  # a bang sends what is shown
        assert fake.next("/lb/latent/xy") == [0, 0]
        for name, address, word in (("shape", "/lb/trajectory", "line"), ("order", "/lb/interp", "linear")):
            _, *numbers = INCOMING[address].args
            pd.move(f"lb.xy.{name}", 1)
            assert fake.next(address) == pytest.approx([word, *[arg.default for arg in numbers]])
            pd.move(f"lb.xy.{name}.{numbers[0].name}")
            assert fake.next(address) == pytest.approx([word, *[arg.default for arg in numbers]])
            pd.move(f"lb.xy.{name}.{numbers[0].name}", 3)
            assert fake.next(address) == pytest.approx([word, 3, *[arg.default for arg in numbers[1:]]])


def tone(note: int) -> np.ndarray:
    """Half a second of a sine that fades in and out within milliseconds."""
    time_s = np.arange(RATE_HZ // 2) / RATE_HZ
    edge = np.minimum(np.minimum(time_s, time_s[::-1]) / 0.005, 1.0)
    return np.asarray(0.2 * edge * np.sin(2 * np.pi * float(hz_of_note(note)) * time_s), np.float32)
