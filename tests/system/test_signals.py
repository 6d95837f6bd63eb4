"""The program ends when it is told to, with 0, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.system.jackd import Jackd
from tests.system.osc_client import Osc
from tests.system.program import ROOT, BridgeProgram, descendants, run
from tests.system.waiting import until

SHARED_MEMORY = Path("/dev/shm")


def shared_memory() -> set[str]:
    """Shared memory of processes like ours; JACK's own aside."""
    return {p.name for p in SHARED_MEMORY.glob("*") if "jack" not in p.name} if SHARED_MEMORY.is_dir() else set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly(jackd: Jackd, how: signal.Signals) -> None:
    before = shared_memory()
    with BridgeProgram("--host-api", "JACK", environment=jackd.environment) as bridge:
        bridge.wait_ready()
        assert bridge.process is not None
        children = descendants(bridge.process.pid)
        assert children
        assert bridge.stop(how) == 0, bridge.output
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 3, "a process is left")
        assert "Traceback" not in bridge.output
    assert shared_memory() <= before
    until(lambda: not jack_clients(jackd), 3, "a JACK client is left")


def jack_clients(jackd: Jackd) -> list[str]:
    import jack

    client = jack.Client("looker", servername=jackd.name, no_start_server=True)
    try:
        return [p.name for p in client.get_ports() if not p.name.startswith("system:")]
    finally:
        client.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_engine_ends_with_a_killed_host(tmp_path: Path) -> None:
    with BridgeProgram("--audio", f"file:{tmp_path / 'out.wav'}", "--midi-in", "none") as bridge:
        bridge.wait_ready()
        assert bridge.process is not None
        children = descendants(bridge.process.pid)
        os.kill(bridge.process.pid, signal.SIGKILL)
        bridge.process.wait(5)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 5, "the engine lives on")


def test_demo_into_a_file_ends_after_its_seconds(tmp_path: Path) -> None:
    path = tmp_path / "demo.wav"
    with BridgeProgram("--demo", "--seconds", "8", "--audio", f"file:{path}", "--midi-in", "none") as bridge:
        assert bridge.process is not None
        assert bridge.process.wait(180) == 0, bridge.output
    sound, rate_hz = soundfile.read(path, dtype="float32")
    assert rate_hz == 48_000
    assert sound.ndim == 1
    assert len(sound) == 8 * rate_hz
    assert np.isfinite(sound).all()
    assert 0.05 < np.abs(sound).max() < 1.0
    pieces = [float(np.abs(piece).max()) for piece in np.array_split(sound, 16)]
    assert np.mean(np.array(pieces) > 0.01) > 0.6, "mostly silent"


def test_without_a_sound_device_the_demo_goes_into_a_file(tmp_path: Path) -> None:
    environment = {"JACK_DEFAULT_SERVER": "none-of-that-name", "JACK_NO_START_SERVER": "1", "PYTHONPATH": str(ROOT)}
    code, said, _ = run(sys.executable, "-m", "rt.cli", "devices", environment=environment)
    if code or "plug one in or start a JACK server" not in said:
        pytest.skip("this machine has a sound device")
    flags = ("--seconds", "1", "--midi-in", "none", "--osc-port", "0")
    command = (sys.executable, str(ROOT / "run_server.py"), *flags)
    code, said, errors = run(*command, environment=environment, folder=tmp_path)
    assert (code, errors) == (0, "")
    assert "no sound device" in said
    assert soundfile.info(tmp_path / "latent-bridge.wav").frames == 48_000


def test_osc_works_while_a_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    with BridgeProgram("--audio", f"file:{path}", "--midi-in", "none") as bridge:
        bridge.wait_ready()
        with Osc(bridge.osc_port) as osc:
            osc.send("/lb/note", 69, 110)
            osc.sync()
            time.sleep(0.5)
        assert bridge.stop() == 0, bridge.output
    sound, _ = soundfile.read(path, dtype="float32")
    assert np.abs(sound).max() > 0.01
