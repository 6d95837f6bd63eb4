"""Listening begins, ends, is lost and comes back; every test has its own server, since libjack knows one at a time."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rt.units import hz_of_note
from tests.support.listening import cents, frequency_hz
from tests.system.jackd import RATE_HZ, Jackd, urgent
from tests.system.osc_client import Osc
from tests.system.program import descendants, run
from tests.system.rig import Rig
from tests.system.test_listen import JACK, listening, messages, n_sounding, rest, tone
from tests.system.waiting import until


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stopping_leaves_no_stuck_note(server: Jackd, tiny_bundle_path: Path, how: int) -> None:
    with listening(server, tiny_bundle_path, "--listen", "--audio", "none") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        rig.connect_microphone()
        rig.connect_notes()
        rig.play(tone(60, 20.0))
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")
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
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")
        for pid in descendants(bridge.process.pid):
            os.kill(pid, signal.SIGTERM)
        until(lambda: n_sounding(rig) == 0, 5, "the note does not end")
        until(lambda: "sound is back" in bridge.output, 30, "the sound does not come back")
        rig.connect_microphone()
        rig.rewind()
        until(lambda: n_sounding(rig) == 1, 30, "nothing is heard any more")


def test_a_host_that_is_killed_takes_the_sound_with_it(tiny_bundle_path: Path) -> None:
    with (
        Jackd(options=urgent()[:-3]) as server,  # one that waits for nobody, not even for the dead
        listening(server, tiny_bundle_path, "--listen") as bridge,
        Rig(server) as rig,
        Osc(bridge.osc_port) as osc,
    ):
        bridge.wait_ready()
        assert bridge.process is not None
        rig.connect_microphone()
        rig.connect_notes()
        rig.client.connect(rig.ports("PortAudio", is_audio=True, is_output=True)[0], "rig:in")
        rig.play(tone(60, 50.0))
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")
        osc.send("/lb/note", 64, 100)
        until(lambda: np.abs(rig.record(0.1)).max() > 0.01, 10, "the note does not sound")
        engines = descendants(bridge.process.pid)
        os.kill(bridge.process.pid, signal.SIGKILL)
        bridge.process.wait(10)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in engines), 5, "the engine lives on")
        until(lambda: not rig.ports("PortAudio|latent-bridge"), 5, "a port of the bridge stays")
        rig.settle()


def test_notes_leave_again_after_the_audio_server_was_replaced(tiny_bundle_path: Path) -> None:
    with (
        Jackd(options=urgent()) as server,
        listening(server, tiny_bundle_path, "--listen", "--audio", "none") as bridge,
    ):
        bridge.wait_ready()
        server.stop()
        until(lambda: "sound lost" in bridge.output, 30, "the loss is not told")
        server.start()
        until(lambda: "sound is back" in bridge.output, 20, "the sound does not come back")
        with Rig(server) as rig:
            rig.connect_microphone()
            rig.connect_notes()
            rig.play(tone(60, 20.0))
            until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")


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
        until(lambda: n_sounding(rig) == 1, 30, "the note is not heard")
        assert "sound lost" not in bridge.output


def test_an_echo_is_in_tune_and_ends(server: Jackd, tiny_bundle_path: Path) -> None:
    with listening(server, tiny_bundle_path, "--echo", "string") as bridge, Rig(server) as rig:
        bridge.wait_ready()
        rig.connect_microphone()
        audio = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 30, "no port of the bridge")
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
        audio = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 30, "no port of the bridge")
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
