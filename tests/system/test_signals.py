"""The program ends when it is told to, with 0, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.system.jackd import Jackd
from tests.system.osc_client import Osc, encode
from tests.system.program import ROOT, BridgeProgram, descendants, latent_bridge, run
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


def test_it_ends_while_the_ears_are_compiled(jackd: Jackd, tmp_path: Path) -> None:
    environment = jackd.environment | {"NUMBA_CACHE_DIR": str(tmp_path / "compiled")}
    with BridgeProgram("--host-api", "JACK", environment=environment) as bridge:
        bridge.wait_ready()  # what the engine needs is compiled now, what the ears need is not
        assert bridge.stop() == 0, bridge.output
    for delay_s in (0.25, 0.5, 0.75, 1.0):
        with BridgeProgram("--host-api", "JACK", "--listen", "--voices", "16", environment=environment) as bridge:
            bridge.wait_ready()
            with flood(bridge.osc_port):
                time.sleep(delay_s)
                assert bridge.stop(timeout_s=3.0) == 0, bridge.output
            assert "Traceback" not in bridge.output


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
    assert sound.shape == (8 * rate_hz, 2)
    assert np.abs(sound[:, 0] - sound[:, 1]).max() > 0.01, "the same on both sides"
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


@contextlib.contextmanager
def flood(port: int) -> Iterator[None]:
    """Notes on all channels meanwhile, thousands a second."""
    is_over = threading.Event()
    packets = [encode("/lb/note", 40 + n, 100, 1 + n % 16) for n in range(48)]
    packets += [encode("/lb/note", 40 + n, 0, 1 + n % 16) for n in range(0, 48, 3)]

    def pour() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            while not is_over.wait(0.005):
                for packet in packets:
                    with contextlib.suppress(OSError):
                        sender.sendto(packet, ("127.0.0.1", port))

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


ENDINGS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("how", ENDINGS)
def test_signals_end_it_while_it_listens_under_a_flood(jackd: Jackd, how: signal.Signals) -> None:
    before = shared_memory()
    with BridgeProgram("--host-api", "JACK", "--listen", "--voices", "16", environment=jackd.environment) as bridge:
        bridge.wait_ready()
        assert bridge.process is not None
        children = descendants(bridge.process.pid)
        with flood(bridge.osc_port):
            time.sleep(1.0)
            assert bridge.stop(how, timeout_s=3.0) == 0, bridge.output
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 3, "a process is left")
        assert "Traceback" not in bridge.output
    assert shared_memory() <= before


@pytest.mark.parametrize("how", ENDINGS)
def test_signals_end_the_notes_first(tmp_path: Path, how: signal.Signals) -> None:
    path = tmp_path / "out.wav"
    with BridgeProgram("--audio", f"file:{path}", "--midi-in", "none", "--voices", "16") as bridge:
        bridge.wait_ready()
        with flood(bridge.osc_port):
            time.sleep(1.0)
            assert bridge.stop(how, timeout_s=3.0) == 0, bridge.output
    sound, rate_hz = soundfile.read(path, dtype="float32")
    assert np.abs(sound[-rate_hz:]).max() > 0.05
    assert np.abs(sound[-rate_hz // 200 :]).max() < 0.005, "cut off while it sounds"


def has_entered(pid: int) -> bool:
    """Whether a process of ours handles SIGTERM by now: before that only the interpreter has begun."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("command", ["run", "render", "transcribe", "doctor"])
def test_ctrl_c_at_any_moment_of_a_start_shows_no_trace(tmp_path: Path, command: str) -> None:
    soundfile.write(tmp_path / "in.wav", 0.1 * np.sin(np.arange(480_000) * 0.06), 48_000)
    if command == "render":
        code, _, errors = latent_bridge("transcribe", str(tmp_path / "in.wav"), str(tmp_path / "in.mid"))
        assert code == 0, errors
    arguments = {
        "run": ("--midi-in", "none", "--osc-port", "0", "--audio", "file:out.wav"),
        "render": ("in.mid", "out.wav", "--phase", "nsgt"),
        "transcribe": ("in.wav", "out.mid"),
        "doctor": ("--osc-port", "0"),
    }[command]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for delay_s in (0.0, 0.05, 0.15, 0.4, 0.9, 1.8):
        with subprocess.Popen(
            [sys.executable, "-m", "rt.cli", command, *arguments], cwd=tmp_path, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            end_s = time.monotonic() + 20.0
            while not has_entered(process.pid) and time.monotonic() < end_s:
                time.sleep(0.001)
            time.sleep(delay_s)
            process.send_signal(signal.SIGINT)
            said, errors = process.communicate(timeout=15)
        finished = (0, 1) if command == "doctor" else (0,)  # before the signal came
        assert process.returncode in (130, *finished), (delay_s, said, errors)
        assert errors == "", (delay_s, errors)
        assert not list(tmp_path.glob("*.part"))
