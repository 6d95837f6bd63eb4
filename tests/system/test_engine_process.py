"""The engine process starts, plays, swaps, writes and ends as it should, into a file."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from rt import child
from rt.audio.device import NoDeviceError
from rt.bundle.bundle import Bundle
from rt.config import config
from rt.errors import ConfigError, DeviceError
from rt.events import NoteOff, NoteOn
from rt.host.supervisor import Supervisor
from rt.parameters import GAIN, INSTRUMENT
from tests.support.small_bundle import make_bundle
from tests.system.stand_in import RAISE_NOTE, SLOW_NOTE, supervise
from tests.system.waiting import until


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return True


def segments(pid: int) -> list[str]:
    folder = Path("/dev/shm")
    return [path.name for path in folder.glob(f"lb-{pid}-*")] if folder.is_dir() else []


def answered(playing: Supervisor, load: Future[Bundle]) -> None:
    """Look after the engine until it has answered."""

    def is_answered() -> bool:
        playing.poll()
        return load.done()

    until(is_answered, 30, "the bundle is not loaded", 0.01)


@pytest.fixture
def tiny(tmp_path: Path) -> Bundle:
    return make_bundle(tmp_path / "tiny")


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    return tmp_path / "out.wav"


@pytest.fixture
def playing(tiny: Bundle, wav: Path) -> Iterator[Supervisor]:
    with supervise(tiny, config.load(flags={"audio.output": f"file:{wav}"}), print) as supervisor:
        yield supervisor


def test_file_has_the_right_length_and_sound(playing: Supervisor, wav: Path) -> None:
    start_s = time.monotonic()
    assert playing.engine_client.stream_info is not None
    assert playing.engine_client.stream_info.sample_rate_hz == 48_000
    block_s = playing.engine_client.stream_info.block_s
    playing.engine_client.send(NoteOn(0, 69, 100))
    mark = playing.engine_client.mark()
    until(lambda: playing.engine_client.snapshot().blocks * block_s >= 0.6, 20, "the file does not grow")
    assert playing.engine_client.is_reached(mark)
    assert playing.engine_client.snapshot().voices == 1
    playing.stop()
    lasted_s = time.monotonic() - start_s
    info = soundfile.info(str(wav))
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 2, "PCM_24")
    assert 0.6 <= info.frames / 48_000 < lasted_s + 0.1  # tests/unit/audio/test_file_driver.py has the exact pace
    sound, _ = soundfile.read(str(wav))
    for side in sound.T:
        assert abs(np.argmax(np.abs(np.fft.rfft(side))) * 48_000 / len(side) - 440) < 3
    assert np.abs(sound[-480:]).max() == 0.0, "the end is not silent"


def test_a_file_of_some_length_is_waited_for_on_a_slow_machine(tiny: Bundle, wav: Path) -> None:
    settings = config.load(flags={"audio.output": f"file:{wav}"})
    with supervise(tiny, settings, print, seconds=0.5) as supervisor:
        supervisor.engine_client.send(NoteOn(0, SLOW_NOTE, 100))
        until(lambda: supervisor.is_file_whole, 30, "the file does not become whole")
    assert soundfile.info(str(wav)).frames == 24_000


def test_stop_leaves_no_process_thread_or_memory(tiny: Bundle, wav: Path) -> None:
    threads = set(threading.enumerate())
    with supervise(tiny, config.load(flags={"audio.output": f"file:{wav}"}), print) as supervisor:
        pid = supervisor.pid
        assert pid is not None
        assert is_running(pid)
        assert segments(os.getpid()) == []
    assert not is_running(pid)
    assert set(threading.enumerate()) == threads
    assert segments(os.getpid()) == []


def test_file_is_readable_after_sigterm(playing: Supervisor, wav: Path) -> None:
    assert playing.pid is not None
    time.sleep(0.3)
    os.kill(playing.pid, signal.SIGTERM)
    until(lambda: not is_running(playing.pid or 0), 2, "SIGTERM does not end the engine process")
    assert soundfile.info(str(wav)).frames > 0.2 * 48_000


def test_interrupt_of_the_terminal_does_not_reach_the_engine(playing: Supervisor) -> None:
    assert playing.pid is not None
    os.kill(playing.pid, signal.SIGINT)
    time.sleep(0.3)
    assert is_running(playing.pid)


def test_event_that_raises_costs_nothing_else(playing: Supervisor) -> None:
    for note in (60, RAISE_NOTE, 64):
        playing.engine_client.send(NoteOn(0, note, 100))
    until(lambda: playing.engine_client.snapshot().voices == 2, 30, "the notes around it are not heard")
    assert playing.engine_client.snapshot().callback_errors == 1


def test_bundle_is_swapped_and_channels_keep_their_instrument_by_name(
    playing: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = make_bundle(tmp_path / "other", "other", ("violin", "trumpet"))
    playing.engine_client.send(INSTRUMENT.on(-1, 2))
    playing.engine_client.send(INSTRUMENT.on(5, 1))
    load = playing.engine_client.load(other.path)
    answered(playing, load)
    mark = playing.engine_client.mark()
    assert load.result() == other
    assert "the new bundle could not keep: instrument piano (not in the bundle)\n" in capsys.readouterr().out
    assert playing.engine_client.bundle.manifest.name == "other"
    assert playing.engine_client.snapshot().bundle_loads == 1
    assert playing.engine_client.instrument(0) == 0
    until(
        lambda: playing.engine_client.snapshot().guarded == 0 and playing.engine_client.is_reached(mark),
        30,
        "the engine is not told",
    )


@pytest.mark.parametrize(("name", "reason"), [("broken", "this one is broken"), ("odd", "RuntimeError: nobody")])
def test_bundle_that_fails_leaves_the_old_one(playing: Supervisor, tmp_path: Path, name: str, reason: str) -> None:
    load = playing.engine_client.load(make_bundle(tmp_path / name, name).path)
    answered(playing, load)
    assert reason in str(load.exception())
    assert playing.engine_client.bundle.manifest.name == "tiny"
    assert playing.engine_client.snapshot().bundle_failures == 1
    assert playing.engine_client.is_up


def slow_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what an engine process says arrive after its end, as it may on a busy machine."""

    def loads(line: bytes) -> Any:
        time.sleep(0.3)
        return json.loads(line)

    monkeypatch.setattr(child, "json", SimpleNamespace(loads=loads))


@pytest.mark.parametrize("is_late", [False, True])
def test_unwritable_file_is_refused(
    tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    if is_late:
        slow_words(monkeypatch)
    supervisor = supervise(tiny, config.load(flags={"audio.output": f"file:{tmp_path}/no/folder.wav"}), print)
    with pytest.raises(DeviceError, match="cannot be written"):
        supervisor.start()
    assert supervisor.pid is None


def test_missing_sound_device_is_told_apart(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "lb-none")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    if Path("/dev/snd").exists() or not sys.platform.startswith("linux"):
        pytest.skip("this machine has a sound device")
    with pytest.raises(NoDeviceError, match="no sound device"):
        supervise(tiny, config.load(), print).start()
    with pytest.raises(DeviceError, match="no sound device"):
        supervise(tiny, config.load(flags={"audio.host_api": "JACK"}), print).start()


def test_unknown_instrument_is_refused_with_the_known_ones(tiny: Bundle) -> None:
    with pytest.raises(ConfigError, match=r"kazoo.*flute, piano, violin"):
        supervise(tiny, config.load(flags={"engine.instrument": "kazoo"}), print)


def test_engine_that_dies_at_the_start_is_reported(tmp_path: Path, wav: Path) -> None:
    opened = make_bundle(tmp_path / "crashes")
    with pytest.raises(DeviceError, match="ended before it was ready"):
        supervise(opened, config.load(flags={"audio.output": f"file:{wav}"}), print).start()


HOST = """
import sys, time
from pathlib import Path
from rt.bundle import bundle
from rt.config import config
from tests.system.stand_in import supervise
settings = config.load(flags={"audio.output": f"file:{sys.argv[2]}"})
with supervise(bundle.load(sys.argv[1]), settings, print) as supervisor:
    print(supervisor.pid, flush=True)
    time.sleep(60)
"""


def test_engine_ends_when_its_host_is_killed(tiny: Bundle, wav: Path) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", HOST, str(tiny.path), str(wav)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as host:
        assert host.stdout is not None
        assert host.stderr is not None
        pid = int(host.stdout.readline())
        assert is_running(pid)
        assert segments(host.pid) == []
        time.sleep(0.3)
        host.kill()
        until(lambda: not is_running(pid), 2, "the engine process outlives its host")
        assert host.stderr.read() == ""
    assert segments(host.pid) == []
    assert soundfile.info(str(wav)).frames > 0.1 * 48_000


def test_settings_sent_before_the_start_arrive(tiny: Bundle, wav: Path) -> None:
    supervisor = supervise(
        tiny, config.load(flags={"audio.output": f"file:{wav}", "engine.instrument": "piano"}), print
    )
    supervisor.engine_client.send(GAIN.set(-6.0))
    supervisor.engine_client.send(NoteOn(0, 60, 100))
    supervisor.engine_client.send(NoteOff(0, 60))
    with supervisor:
        until(
            lambda: supervisor.engine_client.snapshot().guarded == 1, 30, "the instrument of the settings is not played"
        )
        assert supervisor.engine_client.snapshot().voices == 0
