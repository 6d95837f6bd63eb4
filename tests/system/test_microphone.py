"""The microphone on a real JACK server: every sample arrives, alone or beside sound, from the start or later."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import numpy as np
import pytest

from rt.arrays import F32
from rt.bundle.bundle import Bundle
from rt.config import config
from rt.errors import DeviceError
from rt.events import NoteOn
from rt.host.supervisor import Supervisor
from rt.parameters import INSTRUMENT
from tests.support.small_bundle import make_bundle
from tests.system.jackd import RATE_HZ, Jackd, urgent
from tests.system.rig import Rig
from tests.system.stand_in import supervise
from tests.system.test_engine_process import slow_words
from tests.system.test_respawn import tend, told
from tests.system.waiting import until

LISTEN: dict[str, object] = {"listen.on": True}
ONLY = LISTEN | {"audio.output": "none"}


@pytest.fixture
def tiny(tmp_path: Path) -> Bundle:
    return make_bundle(tmp_path / "tiny")


def noise(seconds: float = 0.5) -> F32:
    return np.random.default_rng(0).uniform(-0.5, 0.5, int(seconds * RATE_HZ)).astype(np.float32)


def take(supervisor: Supervisor, n_samples: int, timeout_s: float = 10.0) -> F32:
    """So many samples of the microphone."""
    out, n, end_s = np.zeros(n_samples, np.float32), 0, time.monotonic() + timeout_s
    while n < n_samples:
        assert time.monotonic() < end_s, f"only {n} of {n_samples} samples came"
        heard = supervisor.engine_client.hear(out[n:])
        if heard is not None:
            assert heard.sample_rate_hz == RATE_HZ
            n += heard.n_samples
        time.sleep(0.002)
    return out


def hears_every_sample(supervisor: Supervisor, rig: Rig) -> None:
    sound, heard, start = noise(), np.zeros(0, np.float32), 0
    assert supervisor.engine_client.hear(np.zeros(1, np.float32)) is not None
    rig.wait_samples(1000)
    rig.play(sound)
    end_s = time.monotonic() + 30
    while len(heard) < start + len(sound):
        assert time.monotonic() < end_s, "the sound does not arrive"
        heard = np.concatenate([heard, take(supervisor, 4800)])
        start = int(np.argmax(heard != 0.0)) if heard.any() else len(heard)
    assert start > 0
    np.testing.assert_array_equal(heard[start : start + len(sound)], sound)
    assert supervisor.engine_client.snapshot().input_lost == 0


@pytest.mark.parametrize("flags", [LISTEN, ONLY, LISTEN | {"audio.lead_blocks": 2}], ids=["both", "only", "ahead"])
def test_every_sample_arrives(server: Jackd, tiny: Bundle, flags: dict[str, object]) -> None:
    with supervise(tiny, config.load(flags=flags), print) as supervisor, Rig(server) as rig:
        stream_info = supervisor.engine_client.stream_info
        assert stream_info is not None
        plays = flags is not ONLY
        assert (stream_info.input, stream_info.output, stream_info.n_channels) == (
            "system",
            "system" if plays else "",
            2 * plays,
        )
        assert len(rig.ports("PortAudio", is_audio=True, is_output=True)) == 2 * plays
        rig.connect_microphone()
        hears_every_sample(supervisor, rig)
        supervisor.engine_client.send(NoteOn(0, 69, 100))
        assert (supervisor.engine_client.mark() > 0) == plays
        if plays:
            until(lambda: supervisor.engine_client.snapshot().voices == 1, 30, "the note is not heard")


def test_a_bundle_is_loaded_where_nothing_plays(server: Jackd, tiny: Bundle, tmp_path: Path) -> None:
    other, damaged = make_bundle(tmp_path / "other", "other"), make_bundle(tmp_path / "damaged", "damaged")
    (damaged.path / "signal_decoder.onnx").write_bytes(b"some")
    with supervise(tiny, config.load(flags=ONLY), print) as supervisor, Rig(server) as rig:
        for path in (damaged.path, other.path):
            load = supervisor.engine_client.load(path)
            tend(supervisor, load.done, 30)
            if path == damaged.path:
                assert "signal_decoder.onnx: SHA-256" in str(load.exception())
                assert supervisor.engine_client.bundle == tiny
        assert load.result() == supervisor.engine_client.bundle == other
        rig.connect_microphone()
        hears_every_sample(supervisor, rig)


def test_without_listening_there_is_no_input(server: Jackd, tiny: Bundle) -> None:
    with supervise(tiny, config.load(), print) as supervisor, Rig(server) as rig:
        assert supervisor.engine_client.hear(np.zeros(64, np.float32)) is None
        assert rig.ports("PortAudio", is_audio=True, is_input=True) == []
        supervisor.engine_client.send(INSTRUMENT.on(-1, 1))
        pid = supervisor.pid
        opening = supervisor.engine_client.want_input()
        tend(supervisor, opening.done, 30)
        assert opening.exception() is None
        assert supervisor.pid != pid
        assert supervisor.n_lost == 0
        rig.connect_microphone()
        hears_every_sample(supervisor, rig)
        until(lambda: supervisor.engine_client.snapshot().guarded == 1, 30, "the settings are forgotten")
        assert supervisor.engine_client.want_input().exception(0) is None
        supervisor.engine_client.deafen()
        rig.play(noise())
        rig.wait_samples(RATE_HZ)
        assert supervisor.engine_client.snapshot().input_lost == 0


def test_a_microphone_that_cannot_be_had_leaves_the_sound(
    server: Jackd, tiny: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_words(monkeypatch)
    settings = config.load(flags={"listen.device": "no such"})
    with supervise(tiny, settings, print) as supervisor:
        opening = supervisor.engine_client.want_input()
        end_s = time.monotonic() + 30
        while not (opening.done() and supervisor.engine_client.is_up) and time.monotonic() < end_s:
            supervisor.poll()
            time.sleep(0.02)
        assert "no input device matches 'no such'; there are system (JACK" in str(opening.exception(0))
        assert supervisor.engine_client.is_up
        assert supervisor.engine_client.stream_info is not None
        assert supervisor.engine_client.stream_info.input == ""
    with pytest.raises(DeviceError, match="no input device matches 'no such'"):
        supervise(tiny, config.load(flags=LISTEN | {"listen.device": "no such"}), print).start()
    with pytest.raises(DeviceError, match=r"listen\.channel is 9; system \(JACK.*\) has 2 inputs"):
        supervise(tiny, config.load(flags=LISTEN | {"listen.channel": 9}), print).start()


@pytest.mark.parametrize("flags", [LISTEN, ONLY], ids=["both", "only"])
def test_the_microphone_comes_back_with_its_server(server: Jackd, tiny: Bundle, flags: dict[str, object]) -> None:
    said: list[str] = []
    with supervise(tiny, config.load(flags=flags), said.append) as supervisor:
        out = np.zeros(4096, np.float32)
        before = supervisor.engine_client.hear(out)
        assert before is not None
        server.stop(signal.SIGTERM)
        end_s = time.monotonic() + 30
        while supervisor.engine_client.hear(out) is not None:
            supervisor.poll()
            time.sleep(0.02)
            assert time.monotonic() < end_s
        server.start()
        while (after := supervisor.engine_client.hear(out)) is None:
            supervisor.poll()
            time.sleep(0.02)
            assert time.monotonic() < end_s
        assert after.engine_handle > before.engine_handle
        with Rig(server) as rig:
            rig.connect_microphone()
            rig.play(noise(20.0))
            until(lambda: np.abs(take(supervisor, 480)).max() > 0.1, 10, "the microphone is not heard")
    assert [line.split(":")[0] for line in told(said)] == ["sound lost", "sound is back"]


def test_sound_does_not_wait_for_a_microphone_that_stays_away(server: Jackd, tiny: Bundle) -> None:
    said: list[str] = []
    with supervise(tiny, config.load(flags=LISTEN), said.append) as supervisor:
        server.stop(signal.SIGTERM)
        server.n_inputs = 0
        server.start()
        end_s = time.monotonic() + 30
        while supervisor.n_lost == 0 or not supervisor.engine_client.is_up:
            assert time.monotonic() < end_s
            supervisor.poll()
            time.sleep(0.02)
        assert supervisor.engine_client.hear(np.zeros(64, np.float32)) is None
        opening = supervisor.engine_client.want_input()
        while not (opening.done() and supervisor.engine_client.is_up):
            assert time.monotonic() < end_s
            supervisor.poll()
            time.sleep(0.02)
        assert "no input device" in str(opening.exception(0))
    assert told(said)[0].startswith("sound lost")
    assert told(said)[1:3] == [
        "sound is back: system (JACK Audio Connection Kit)", "the microphone is not; /lb/listen 1 looks for it again",
    ]  # fmt: skip


def test_a_machine_without_inputs_says_so(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    with Jackd(options=urgent(), n_inputs=0) as server:
        server.announce(monkeypatch)
        with pytest.raises(DeviceError, match="no input device here to listen to; plug a microphone in"):
            supervise(tiny, config.load(flags=LISTEN), print).start()
