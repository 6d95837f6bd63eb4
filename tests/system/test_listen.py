"""Listening, from a microphone port of a real JACK server to MIDI and OSC, with ears that are formulas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt.arrays import F32
from rt.listening.sinks import ALL_NOTES_OFF
from rt.units import hz_of_note
from tests.system.jackd import RATE_HZ, Jackd, urgent
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram
from tests.system.rig import Rig
from tests.system.waiting import until

NOTES = (57, 60, 64, 69, 81)
JACK = ("--host-api", "JACK", "--midi-api", "jack", "--midi-in", "none")


def tone(note: float, seconds: float = 0.5, level: float = 0.2) -> F32:
    """A sine that fades in and out within milliseconds."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    edge = np.minimum(np.minimum(time_s, time_s[::-1]) / 0.005, 1.0)
    return np.asarray(level * edge * np.sin(2 * np.pi * float(hz_of_note(note)) * time_s), np.float32)


def rest(seconds: float = 0.3) -> F32:
    return np.zeros(int(seconds * RATE_HZ), np.float32)


def messages(rig: Rig) -> list[tuple[int, ...]]:
    """Kind, note and velocity of what came by MIDI."""
    return [tuple(data) for _, data in rig.heard]


def n_sounding(rig: Rig) -> int:
    """Notes that were begun and not ended."""
    held: set[int] = set()
    for kind, note, velocity in messages(rig):
        if kind & 0xF0 == 0x90 and velocity:
            held.add(note)
        elif kind & 0xE0 == 0x80:
            held.discard(note)
    return len(held)


def listening(server: Jackd, bundle: Path, *flags: str) -> BridgeProgram:
    return BridgeProgram(*JACK, "--bundle", str(bundle), *flags, environment=server.environment)


@pytest.fixture(scope="module")
def jackd() -> Iterator[Jackd]:
    """A server whose clock a busy machine does not hold up."""
    with Jackd(options=urgent()) as running:
        yield running


@pytest.fixture(scope="module")
def bridge(jackd: Jackd, tiny_bundle_path: Path) -> Iterator[BridgeProgram]:
    with listening(jackd, tiny_bundle_path, "--listen", "--audio", "none") as running:
        running.wait_ready()
        yield running


@pytest.fixture(scope="module")
def wired(jackd: Jackd, bridge: BridgeProgram) -> Iterator[Rig]:
    with Rig(jackd) as client:
        client.connect_microphone()
        client.connect_notes()
        with Osc(bridge.osc_port) as osc:
            until(lambda: osc.ask("/lb/status.reply", "/lb/status")[12] == 1, 30, "it does not listen")
        client.wait_samples(RATE_HZ // 2)
        yield client


@pytest.fixture
def rig(wired: Rig) -> Iterator[Rig]:
    wired.rewind()
    yield wired
    wired.play(rest(0.01))
    wired.wait_samples(RATE_HZ // 2)


def test_notes_arrive_in_order_and_end(rig: Rig, bridge: BridgeProgram) -> None:
    assert rig.ports("PortAudio", is_audio=True, is_output=True) == [], "it only listens"
    with Osc(bridge.osc_port) as osc:
        osc.ask("/lb/done", "/lb/notify", "127.0.0.1", int(osc.socket.getsockname()[1]))
        rig.play(np.concatenate([piece for note in NOTES for piece in (tone(note), rest())]))
        until(lambda: not rig.is_playing, 20, "the JACK clock stands still")
        rig.wait_samples(RATE_HZ // 4)
        heard: list[tuple[str, list[Any]]] = []
        while (message := osc.receive(0.2)) is not None:
            heard.append(message)
        osc.ask("/lb/done", "/lb/notify", "127.0.0.1", int(osc.socket.getsockname()[1]), 0)
    came = messages(rig)
    if came and came[0][:2] == (0xB0, ALL_NOTES_OFF):  # told when the port opens, to who is there already
        came = came[1:]
    assert [(kind, note) for kind, note, _ in came] == [(kind, note) for note in NOTES for kind in (0x90, 0x80)]
    assert all(1 <= velocity <= 127 for kind, _, velocity in came if kind == 0x90)
    ons = [position - rig.played_at for position, data in rig.heard if data[0] == 0x90]
    starts = [i * (len(tone(60)) + len(rest())) for i in range(len(NOTES))]
    late_s = [(on - start) / RATE_HZ for on, start in zip(ons, starts, strict=True)]
    assert min(late_s) > 0.0 and np.median(late_s) < 0.1 and max(late_s) < 0.15, late_s
    notes = [(args[0], args[1] > 0) for address, args in heard if address == "/lb/heard/note"]
    assert notes == [(note, on) for note in NOTES for on in (True, False)]
    labels = [args for address, args in heard if address == "/lb/heard/symbols"]
    assert [[*args[1:3]] for args in labels[:: max(len(labels) // len(NOTES), 1)]][:1] == [[NOTES[0] // 12 - 1, 9]]
    assert {12 * (args[1] + 1) + args[2] for args in labels} == set(NOTES)
    latents = [args for address, args in heard if address == "/lb/heard/latent"]
    assert len(latents) > 50
    assert {len(args) for args in latents} == {4}


def test_nothing_is_heard_in_what_is_no_note(rig: Rig) -> None:
    random = np.random.default_rng(0)
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    rig.play(np.concatenate([
        rest(1.0), np.full(RATE_HZ, 0.5, np.float32), rest(0.2), np.full(RATE_HZ, np.nan, np.float32),
        (1e-3 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32),
        (1e-4 * random.standard_normal(2 * RATE_HZ)).astype(np.float32),
    ]))  # fmt: skip
    until(lambda: not rig.is_playing, 30, "the JACK clock stands still")
    rig.wait_samples(RATE_HZ // 4)
    # The edges of a constant are clicks; what may be taken for a note of theirs has ended.
    assert len(messages(rig)) <= 4
    assert n_sounding(rig) == 0


def test_dropouts_give_no_wrong_note(rig: Rig) -> None:
    sound = tone(60, 3.0)
    for start in range(RATE_HZ // 4, len(sound), RATE_HZ // 4):
        sound[start : start + 256] = 0.0
    rig.play(np.concatenate([rest(), sound, rest()]))
    until(lambda: not rig.is_playing, 30, "the JACK clock stands still")
    rig.wait_samples(RATE_HZ // 4)
    assert {note for _, note, _ in messages(rig)} == {60}
    assert n_sounding(rig) == 0


def test_the_switch_ends_notes_at_once_and_begins_again(rig: Rig, bridge: BridgeProgram) -> None:
    with Osc(bridge.osc_port) as osc:
        rig.play(tone(60, 20.0))
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")
        assert osc.ask("/lb/done", "/lb/listen", 0) == ["/lb/listen", "off"]
        until(lambda: n_sounding(rig) == 0, 1, "the note does not end")
        assert osc.ask("/lb/status.reply", "/lb/status")[12:] == [0, -120.0, 0]
        n_heard = len(rig.heard)
        rig.wait_samples(RATE_HZ // 2)
        assert len(rig.heard) == n_heard
        assert osc.ask("/lb/done", "/lb/listen", 1) == ["/lb/listen", "on"]
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard again")
        osc.sync()
        status = osc.ask("/lb/status.reply", "/lb/status")
        assert status[12] == 1
        assert status[13] == pytest.approx(20 * np.log10(0.2), abs=1.0)


def test_faults_of_the_input_are_told(rig: Rig, bridge: BridgeProgram) -> None:
    rig.play(np.concatenate([np.clip(tone(60, 3.0, 3.0), -1.0, 1.0), rest(0.2), np.full(3 * RATE_HZ, 0.3, np.float32)]))
    until(lambda: "clips" in bridge.output, 30, "clipping is not told")
    until(lambda: "constant offset" in bridge.output, 30, "an offset is not told")
    assert bridge.output.count("clips") == 1
    rig.play(rest(0.01))
    until(lambda: "nothing but zeros" in bridge.output, 30, "zeros are not told")


def test_memory_stays_flat(rig: Rig, bridge: BridgeProgram) -> None:
    assert bridge.process is not None

    def resident_mb() -> float:
        lines = Path(f"/proc/{bridge.process.pid}/status").read_text().splitlines()  # type: ignore[union-attr]
        return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024

    melody = np.concatenate([piece for note in range(50, 80) for piece in (tone(note, 0.2), rest(0.1))])
    rig.play(melody[: 2 * RATE_HZ])
    until(lambda: not rig.is_playing, 40, "the JACK clock stands still")
    before = resident_mb()
    rig.play(melody)
    until(lambda: not rig.is_playing, 40, "the JACK clock stands still")
    assert resident_mb() - before < 1.0
