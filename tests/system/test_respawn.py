"""An engine that is lost comes back with the same settings; an audio server may come and go."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from rt.bundle.bundle import Bundle
from rt.config import config
from rt.errors import DeviceError
from rt.events import NoteOn
from rt.host.supervisor import MAX_QUICK, Supervisor
from rt.parameters import GAIN, INSTRUMENT
from tests.support.small_bundle import make_bundle
from tests.system.jackd import Jackd
from tests.system.pitch import autocorrelation_hz
from tests.system.rig import Rig
from tests.system.stand_in import CRASH_NOTE, HANG_NOTE, supervise
from tests.system.waiting import needs, until

BACK_S = 5.0


@pytest.fixture
def tiny(tmp_path: Path) -> Bundle:
    return make_bundle(tmp_path / "tiny")


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    """An asynchronous server that may be killed; blocks that it loses on a busy machine leave the pitch as it is."""
    needs("jackd")
    with Jackd(options=("-r",)) as jackd:
        jackd.announce(monkeypatch)
        yield jackd


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def playing(tiny: Bundle, tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    settings = config.load(flags={"audio.output": f"file:{tmp_path / 'out.wav'}"})
    with supervise(tiny, settings, said.append) as supervisor:
        yield supervisor


def told(said: list[str]) -> list[str]:
    """What was said, without the word about a slow first start on a busy machine."""
    return [line for line in said if not line.startswith("compiling")]


def tend(supervisor: Supervisor, what: Callable[[], bool], timeout_s: float) -> float:
    """Poll as the server does until something is so; how long that took."""
    start_s = time.monotonic()
    while not what():
        supervisor.poll()
        time.sleep(0.02)
        if time.monotonic() - start_s > timeout_s:
            pytest.fail(f"not within {timeout_s} s")
    return time.monotonic() - start_s


def lose(supervisor: Supervisor, how: Callable[[int], None]) -> float:
    """Lose the engine and wait for the next one; how long that took."""
    pid, n_lost = supervisor.pid, supervisor.n_lost
    assert pid is not None
    how(pid)
    took_s = tend(supervisor, lambda: supervisor.n_lost > n_lost and supervisor.engine_client.is_up, BACK_S)
    assert supervisor.pid != pid
    return took_s


WAYS: dict[str, Callable[[int], None]] = {
    "killed": lambda pid: os.kill(pid, signal.SIGKILL),
    "stopped": lambda pid: os.kill(pid, signal.SIGSTOP),
    "ended": lambda pid: os.kill(pid, signal.SIGTERM),
}


@pytest.mark.parametrize("way", WAYS)
def test_lost_engine_comes_back_with_its_settings(playing: Supervisor, said: list[str], way: str) -> None:
    playing.engine_client.send(INSTRUMENT.on(0, 2))
    playing.engine_client.send(GAIN.set(-12.0))
    playing.engine_client.send(NoteOn(0, 69, 100))
    until(lambda: playing.engine_client.snapshot().voices == 1, 30, "the note is not heard")
    tend(playing, lambda: playing.engine_client.snapshot().blocks > 500, 5)  # past the calm after a start
    lose(playing, WAYS[way])
    mark = playing.engine_client.mark()
    until(lambda: playing.engine_client.is_reached(mark), 30, "the settings are not taken")
    assert playing.engine_client.snapshot().guarded == 2
    assert playing.engine_client.snapshot().voices == 0, "held notes must not come back"
    assert playing.engine_client.instrument(0) == 2
    lost, back = told(said)
    assert lost.startswith("sound lost: ")
    assert back.startswith("sound is back: ")


def test_sound_before_and_after_stays_in_two_files(playing: Supervisor, tmp_path: Path) -> None:
    time.sleep(0.2)
    lose(playing, WAYS["ended"])
    assert playing.engine_client.stream_info is not None
    assert playing.engine_client.stream_info.output == str(tmp_path / "out-2.wav")
    assert (tmp_path / "out.wav").stat().st_size > 1000


def test_events_and_marks_survive_the_loss(playing: Supervisor) -> None:
    before = playing.engine_client.mark()
    assert playing.pid is not None
    os.kill(playing.pid, signal.SIGSTOP)
    time.sleep(0.05)
    for _ in range(10):
        playing.engine_client.send(NoteOn(0, 60, 100))
    mark = playing.engine_client.mark()
    assert mark == before + 10
    assert not playing.engine_client.is_reached(mark)
    os.kill(playing.pid, signal.SIGKILL)
    tend(playing, lambda: playing.n_lost == 1, 2)
    assert playing.engine_client.is_reached(mark), "what a dead engine got is done with"
    playing.engine_client.send(NoteOn(0, 60, 100))
    tend(playing, lambda: playing.engine_client.is_up, BACK_S)
    assert playing.engine_client.mark() > mark
    assert playing.engine_client.snapshot().voices == 0


def test_loading_bundle_is_answered_when_the_engine_is_lost(playing: Supervisor, tmp_path: Path) -> None:
    assert playing.pid is not None
    os.kill(playing.pid, signal.SIGSTOP)
    load = playing.engine_client.load(make_bundle(tmp_path / "other", "other").path)
    os.kill(playing.pid, signal.SIGKILL)
    tend(playing, lambda: playing.n_lost == 1, 2)
    assert "lost" in str(load.exception(0))
    refused = playing.engine_client.load(make_bundle(tmp_path / "third", "third").path)
    assert "not running" in str(refused.exception(0))
    tend(playing, lambda: playing.engine_client.is_up, BACK_S)
    assert playing.engine_client.bundle.manifest.name == "tiny"


def test_engine_that_hangs_in_its_callback_is_replaced(playing: Supervisor) -> None:
    tend(playing, lambda: playing.engine_client.snapshot().blocks > 500, 5)
    took_s = lose(playing, lambda _: playing.engine_client.send(NoteOn(0, HANG_NOTE, 1)))
    assert took_s > 0.5


def test_engine_that_always_fails_is_given_up(playing: Supervisor) -> None:
    for n_lost in range(1, MAX_QUICK + 1):
        playing.engine_client.send(NoteOn(0, CRASH_NOTE, 1))
        tend(playing, lambda: playing.n_lost == n_lost and playing.engine_client.is_up, 10)  # noqa: B023
    playing.engine_client.send(NoteOn(0, CRASH_NOTE, 1))
    with pytest.raises(DeviceError, match=rf"failed {MAX_QUICK + 1} times in a row.*code 9"):
        tend(playing, lambda: playing.n_lost > MAX_QUICK, 10)


def heard_hz(rig: Rig) -> float:
    """The frequency in most pieces of a sound: one that is rendered ahead may have gaps on a busy machine."""
    pieces = np.array_split(rig.record(0.3), 9)
    return float(np.median([autocorrelation_hz(piece, rig.client.samplerate) for piece in pieces]))


def listen(server: Jackd) -> Rig:
    rig = Rig(server)
    ports = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 30, "no port of the engine")
    rig.client.connect(ports[0], rig.client.get_port_by_name("rig:in"))
    return rig


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("lead_blocks", [0, 2])
def test_audio_server_may_come_and_go(
    mortal: Jackd, tiny: Bundle, said: list[str], how: signal.Signals, lead_blocks: int
) -> None:
    settings = config.load(flags={"audio.lead_blocks": lead_blocks})
    with supervise(tiny, settings, said.append) as supervisor:
        stream_info = supervisor.engine_client.stream_info
        assert stream_info is not None
        assert stream_info.is_jack
        assert (stream_info.output, stream_info.sample_rate_hz, stream_info.block_samples, stream_info.n_channels) == (
            "system",
            48_000,
            128,
            2,
        )
        supervisor.engine_client.send(INSTRUMENT.on(-1, 1))
        supervisor.engine_client.send(NoteOn(0, 69, 100))
        with listen(mortal) as rig:
            assert abs(heard_hz(rig) - 440) < 2
        mortal.stop(how)
        lost_s = tend(supervisor, lambda: not supervisor.engine_client.is_up, 2)
        tend(supervisor, lambda: supervisor.pid is not None, 2)
        until_s = time.monotonic() + 1.0
        tend(supervisor, lambda: time.monotonic() > until_s, 2)
        assert not supervisor.engine_client.is_up
        start_s = time.monotonic()
        mortal.start()
        tend(supervisor, lambda: supervisor.engine_client.is_up, BACK_S)
        print(f"lost after {lost_s:.2f} s, back {time.monotonic() - start_s:.2f} s after jackd's start")
        assert supervisor.engine_client.stream_info is not None
        assert supervisor.engine_client.stream_info.is_jack
        supervisor.engine_client.send(NoteOn(0, 81, 100))
        with listen(mortal) as rig:
            assert abs(heard_hz(rig) - 880) < 2
        assert supervisor.engine_client.snapshot().guarded == 1
        assert supervisor.n_lost == 1
    assert [line.split(":")[0] for line in told(said)] == ["sound lost", "sound is back"]


def test_audio_server_may_come_back_at_another_rate(mortal: Jackd, tiny: Bundle) -> None:
    with supervise(tiny, config.load(), print) as supervisor:
        mortal.stop()
        mortal.rate_hz = 44_100
        tend(supervisor, lambda: supervisor.n_lost == 1, 2)
        mortal.start()
        tend(supervisor, lambda: supervisor.engine_client.is_up, BACK_S)
        assert supervisor.engine_client.stream_info is not None
        assert supervisor.engine_client.stream_info.sample_rate_hz == 44_100
        supervisor.engine_client.send(NoteOn(0, 81, 100))
        with listen(mortal) as rig:
            assert abs(heard_hz(rig) - 880) < 2


def longest_pause_s(rig: Rig, n_samples: int) -> float:
    """The longest time without a block while so many samples come."""
    position, end, longest_s, last_s = rig.position, rig.position + n_samples, 0.0, time.monotonic()
    while position < end and longest_s < 10.0:
        time.sleep(0.002)
        now_s, before = time.monotonic(), position
        position = rig.position
        longest_s = max(longest_s, now_s - last_s)
        last_s = now_s if position > before else last_s
    return longest_s


def test_synchronous_server_goes_on_after_the_engine_stops(server: Jackd, tiny: Bundle) -> None:
    """It waits a second for a client that does not answer; a busy machine only slows it."""
    with Rig(server) as rig:
        with supervise(tiny, config.load(), print):
            rig.wait_samples(4800)
        assert longest_pause_s(rig, 48_000) < 0.9, "the graph stalled"
        with supervise(tiny, config.load(), print) as supervisor:
            assert supervisor.pid is not None
            os.kill(supervisor.pid, signal.SIGTERM)
            assert longest_pause_s(rig, 48_000) < 0.9, "the graph stalled"


def test_wrong_names_of_devices_are_refused_with_the_right_ones(server: Jackd, tiny: Bundle) -> None:
    for flags, message in (
        ({"audio.device": "no such"}, "no sound device matches 'no such'; there are .*system"),
        ({"audio.host_api": "no such"}, "no audio host API matches 'no such'; there are .*JACK"),
        ({"audio.sample_rate_hz": 44_100}, "JACK server runs at 48000 Hz"),
    ):
        with pytest.raises(DeviceError, match=message):
            supervise(tiny, config.load(flags=dict(flags)), print).start()


def test_no_port_of_the_engine_stays(server: Jackd, tiny: Bundle) -> None:
    with supervise(tiny, config.load(), print):
        pass
    done = subprocess.run([needs("jack_lsp"), "-s", server.name], capture_output=True, text=True, check=False)
    assert "system:playback_1" in done.stdout
    assert "PortAudio" not in done.stdout
