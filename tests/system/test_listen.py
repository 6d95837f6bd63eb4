"""Listening, from a microphone port of a real JACK server to MIDI and OSC, with ears that are formulas."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt.arrays import F32
from rt.units import hz_of_note
from tests.listening import cents, frequency_hz
from tests.system.rig import RATE_HZ, Bridge, Jackd, Osc, Rig, descendants, run, until

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


def listening(server: Jackd, bundle: Path, *flags: str) -> Bridge:
    return Bridge(*JACK, "--bundle", str(bundle), *flags, environment=server.environment)


@pytest.fixture
def server() -> Iterator[Jackd]:
    """A server with nobody else on it."""
    with Jackd() as running:
        yield running


@pytest.fixture(scope="module")
def bridge(jackd: Jackd, tiny_bundle_path: Path) -> Iterator[Bridge]:
    with listening(jackd, tiny_bundle_path, "--listen", "--audio", "none") as running:
        running.wait_ready()
        yield running


@pytest.fixture(scope="module")
def wired(jackd: Jackd, bridge: Bridge) -> Iterator[Rig]:
    with Rig(jackd) as client:
        client.connect_microphone()
        client.connect_notes()
        with Osc(bridge.osc_port) as osc:
            until(lambda: osc.ask("/lb/status.reply", "/lb/status")[12] == 1, 10, "it does not listen")
        client.wait_samples(RATE_HZ // 2)
        yield client


@pytest.fixture
def rig(wired: Rig) -> Iterator[Rig]:
    wired.rewind()
    yield wired
    wired.play(rest(0.01))
    wired.wait_samples(RATE_HZ // 2)


def test_notes_arrive_in_order_and_end(rig: Rig, bridge: Bridge) -> None:
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
    assert [(kind, note) for kind, note, _ in came] == [(kind, note) for note in NOTES for kind in (0x90, 0x80)]
    assert all(1 <= velocity <= 127 for kind, _, velocity in came if kind == 0x90)
    ons = [position - rig.played_at for position, data in rig.heard if data[0] == 0x90]
    starts = [i * (len(tone(60)) + len(rest())) for i in range(len(NOTES))]
    late_s = [(on - start) / RATE_HZ for on, start in zip(ons, starts, strict=True)]
    assert min(late_s) > 0.0 and max(late_s) < 0.15, late_s
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


def test_the_switch_ends_notes_at_once_and_begins_again(rig: Rig, bridge: Bridge) -> None:
    with Osc(bridge.osc_port) as osc:
        rig.play(tone(60, 20.0))
        until(lambda: n_sounding(rig) == 1, 5, "the note is not heard")
        assert osc.ask("/lb/done", "/lb/listen", 0) == ["/lb/listen", "off"]
        until(lambda: n_sounding(rig) == 0, 1, "the note does not end")
        assert osc.ask("/lb/status.reply", "/lb/status")[12:] == [0, -120.0, 0]
        n_heard = len(rig.heard)
        rig.wait_samples(RATE_HZ // 2)
        assert len(rig.heard) == n_heard
        assert osc.ask("/lb/done", "/lb/listen", 1) == ["/lb/listen", "on"]
        until(lambda: n_sounding(rig) == 1, 5, "the note is not heard again")
        osc.sync()
        status = osc.ask("/lb/status.reply", "/lb/status")
        assert status[12] == 1
        assert status[13] == pytest.approx(20 * np.log10(0.2), abs=1.0)


def test_faults_of_the_input_are_told(rig: Rig, bridge: Bridge) -> None:
    rig.play(np.concatenate([np.clip(tone(60, 3.0, 3.0), -1.0, 1.0), rest(0.2), np.full(3 * RATE_HZ, 0.3, np.float32)]))
    until(lambda: "clips" in bridge.output, 10, "clipping is not told")
    until(lambda: "constant offset" in bridge.output, 10, "an offset is not told")
    assert bridge.output.count("clips") == 1
    rig.play(rest(0.01))
    until(lambda: "nothing but zeros" in bridge.output, 12, "zeros are not told")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stopping_leaves_no_stuck_note(server: Jackd, tiny_bundle_path: Path, how: int) -> None:
    with listening(server, tiny_bundle_path, "--listen", "--audio", "none") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        rig.connect_microphone()
        rig.connect_notes()
        rig.play(tone(60, 20.0))
        until(lambda: n_sounding(rig) == 1, 10, "the note is not heard")
        assert bridge.stop(how) == 0
        rig.wait_samples(RATE_HZ // 10)
        assert messages(rig)[-1] == (0x80, 60, 0)
        assert n_sounding(rig) == 0


def test_an_engine_that_is_killed_leaves_no_stuck_note_and_comes_back(server: Jackd, tiny_bundle_path: Path) -> None:
    with listening(server, tiny_bundle_path, "--listen") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        assert bridge.process is not None
        rig.connect_microphone()
        rig.connect_notes()
        rig.play(tone(60, 50.0))
        until(lambda: n_sounding(rig) == 1, 10, "the note is not heard")
        for pid in descendants(bridge.process.pid):
            os.kill(pid, signal.SIGTERM)
        until(lambda: n_sounding(rig) == 0, 5, "the note does not end")
        until(lambda: "sound is back" in bridge.output, 30, "the sound does not come back")
        rig.connect_microphone()
        rig.rewind()
        until(lambda: n_sounding(rig) == 1, 10, "nothing is heard any more")


def test_notes_leave_again_after_the_audio_server_was_replaced(tiny_bundle_path: Path) -> None:
    with Jackd(options=("-r",)) as server, listening(server, tiny_bundle_path, "--listen", "--audio", "none") as bridge:
        bridge.wait_ready()
        server.stop()
        until(lambda: "sound lost" in bridge.output, 10, "the loss is not told")
        server.start()
        until(lambda: "sound is back" in bridge.output, 20, "the sound does not come back")
        with Rig(server) as rig:
            rig.connect_microphone()
            rig.connect_notes()
            rig.play(tone(60, 20.0))
            until(lambda: n_sounding(rig) == 1, 10, "the note is not heard")


def test_listening_may_begin_later(server: Jackd, tiny_bundle_path: Path) -> None:
    with listening(server, tiny_bundle_path) as bridge, Rig(server) as rig, Osc(bridge.osc_port) as osc:
        bridge.wait_ready()
        assert rig.ports("PortAudio", is_audio=True, is_input=True) == []
        assert rig.ports("latent-bridge", is_midi=True, is_output=True) == []
        begin_s = time.monotonic()
        assert osc.ask("/lb/done", "/lb/listen", 1, timeout_s=30) == ["/lb/listen", "on"]
        print(f"the microphone was open after {time.monotonic() - begin_s:.1f} s")
        rig.connect_microphone()
        rig.connect_notes()
        rig.play(tone(60, 20.0))
        until(lambda: n_sounding(rig) == 1, 10, "the note is not heard")
        assert "sound lost" not in bridge.output


def test_an_echo_is_in_tune_and_ends(server: Jackd, tiny_bundle_path: Path) -> None:
    with listening(server, tiny_bundle_path, "--echo", "string") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        rig.connect_microphone()
        audio = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 10, "no port of the bridge")
        rig.client.connect(audio[0], "rig:in")
        rig.wait_samples(RATE_HZ // 2)
        for note in (57.0, 64.2, 69.0):
            rig.play(np.concatenate([tone(note, 1.2), rest(0.1)]))
            rig.wait_samples(int(0.5 * RATE_HZ))
            sound = rig.record(0.5)
            assert np.abs(sound).max() > 0.01
            off = cents(frequency_hz(sound, near_hz=hz_of_note(round(note))), hz_of_note(note))
            assert abs(off) < 15.0, f"{off:.1f} cents off"
            rig.settle()


def test_a_transfer_sounds_while_something_is_heard(server: Jackd, tiny_bundle_path: Path) -> None:
    with listening(server, tiny_bundle_path, "--transfer") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        rig.connect_microphone()
        audio = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 10, "no port of the bridge")
        rig.client.connect(audio[0], "rig:in")
        rig.wait_samples(RATE_HZ // 2)
        peaks = []
        for level in (0.2, 0.02):
            rig.play(np.concatenate([tone(64, 1.2, level), rest(0.1)]))
            rig.wait_samples(int(0.5 * RATE_HZ))
            sound = rig.record(0.4)
            peaks.append(float(np.abs(sound).max()))
            assert abs(cents(frequency_hz(sound, near_hz=hz_of_note(64)), hz_of_note(64))) < 25.0
            rig.settle()
        assert peaks[0] / peaks[1] == pytest.approx(10.0, rel=0.3)


def test_memory_stays_flat(rig: Rig, bridge: Bridge) -> None:
    assert bridge.process is not None

    def resident_mb() -> float:
        lines = Path(f"/proc/{bridge.process.pid}/status").read_text().splitlines()  # type: ignore[union-attr]
        return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024

    melody = np.concatenate([piece for note in range(50, 80) for piece in (tone(note, 0.2), rest(0.1))])
    rig.play(melody)
    until(lambda: not rig.is_playing, 40, "the JACK clock stands still")
    before = resident_mb()
    rig.play(melody)
    until(lambda: not rig.is_playing, 40, "the JACK clock stands still")
    assert resident_mb() - before < 1.0


def test_bundles_without_ears_and_absent_microphones_are_told_in_one_line(
    server: Jackd, tiny_bundle_path: Path
) -> None:
    flags = [*JACK, "--bundle", str(tiny_bundle_path), "--osc-port", "0"]
    python = sys.executable
    code, _, errors = run(
        python, "run_server.py", *flags, "--input", "none such", "--listen", environment=server.environment
    )
    assert (code, len(errors.splitlines())) == (2, 1)
    assert "no input device matches 'none such'; there are system" in errors
