"""The other side of the wire: a JACK server, a JACK client that plays and records, the bridge itself, an OSC client."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from rt.arrays import F32

ROOT = Path(__file__).parents[2]
RATE_HZ = 48_000


def needs(tool: str) -> str:
    """The path of a tool; without it the test is skipped, and fails on CI."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


def until(what: Callable[[], Any], timeout_s: float, message: str, nap_s: float = 0.02) -> Any:
    """The first true answer; fails with `message` when there is none in time."""
    end = time.monotonic() + timeout_s
    while not (answer := what()):
        if time.monotonic() > end:
            pytest.fail(f"{message} (waited {timeout_s} s)")
        time.sleep(nap_s)
    return answer


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def may_use_fifo() -> bool:
    """Whether this user may have real-time priority."""
    before, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
        os.sched_setscheduler(0, before, parameter)
    except PermissionError:
        return False
    return True


def urgent() -> tuple[str, ...]:
    """Options of a server whose clock neither waits for a busy machine, where that is allowed, nor loses samples."""
    return (*(("-R", "-P", "60") if may_use_fifo() else ("-r",)), "-S", "-t", "1000")


class Jackd:
    """A JACK server with the dummy driver and a name of its own.

    Synchronous by default: a client that is late delays the clock instead of losing samples, so that what is heard is
    exact on a busy machine.
    """

    def __init__(
        self, period: int = 128, *, options: Sequence[str] = ("-r", "-S", "-t", "1000"), n_inputs: int = 2
    ) -> None:
        self.name = f"lb{uuid.uuid4().hex[:10]}"
        self.period = period
        self.n_inputs = n_inputs
        """Of the hardware that it has at its next start."""
        self.environment = {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }
        self._log = Path(tempfile.gettempdir()) / f"{self.name}.log"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._log.unlink(missing_ok=True)

    def start(self) -> None:
        jackd, wait = needs("jackd"), needs("jack_wait")
        command = [jackd, *self._options, "-n", self.name, "-d", "dummy"]
        command += ["-r", str(RATE_HZ), "-p", str(self.period), "-C", str(self.n_inputs)]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                command, env=os.environ | self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        done = subprocess.run([wait, "-s", self.name, "-w", "-t", "10"], capture_output=True, text=True, check=False)
        if done.returncode or self._process.poll() is not None:
            self._process.kill()
            self._process.wait()
            pytest.fail(f"jackd did not start: {self.read_log()[-500:]}")

    def read_log(self) -> str:
        """What the server has printed so far."""
        return self._log.read_text(errors="replace")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it, with force if a client that died holds it up; after SIGKILL start it again."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            self.start()  # only a server of the same name frees the place of a killed one, and there are eight places
            self._process.terminate()
            self._process.wait(5)
        self._process = None


class Rig:
    """A JACK client that sends and records MIDI and audio, and knows the frame of everything."""

    def __init__(self, server: Jackd, *, seconds: float = 60.0, name: str = "rig") -> None:
        import jack

        jack.set_error_function(lambda _: None)
        jack.set_info_function(lambda _: None)
        self.client = jack.Client(name, servername=server.name, no_start_server=True)
        self.sound: F32 = np.zeros(int(seconds * RATE_HZ), np.float32)
        self.position = 0
        """Samples recorded; stops at the end of `sound`."""
        self.sent: list[tuple[int, bytes]] = []
        """Position and bytes of every MIDI message that left."""
        self.heard: list[tuple[int, bytes]] = []
        """Position and bytes of every MIDI message that came."""
        self.played_at = -1
        """Position of the first sample of what `play` was given last."""
        self.n_gaps = 0
        self._playing: F32 = np.zeros(0, np.float32)
        self._n_played = 0
        self._queue: list[tuple[int, bytes]] = []
        self._last_frame = -1
        self._audio = self.client.inports.register("in")
        self._midi = self.client.midi_outports.register("out")
        self._microphone = self.client.outports.register("microphone")
        self._notes = self.client.midi_inports.register("notes")
        self.client.set_process_callback(self._process)
        self.client.activate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.deactivate()
        self.client.close()

    def _process(self, n_samples: int) -> None:
        frame = self.client.last_frame_time
        if self._last_frame >= 0 and (frame - self._last_frame) % (1 << 32) != n_samples:
            self.n_gaps += 1
        self._last_frame = frame
        position = self.position
        end = min(position + n_samples, len(self.sound))
        self.sound[position:end] = self._audio.get_array()[: end - position]
        self._midi.clear_buffer()
        while self._queue:
            offset, message = self._queue.pop(0)
            offset = min(offset, n_samples - 1)
            self._midi.write_midi_event(offset, message)
            self.sent.append((position + offset, message))
        for offset, data in self._notes.incoming_midi_events():
            self.heard.append((position + offset, bytes(data)))
        self._play(position, n_samples)
        self.position = end

    def _play(self, position: int, n_samples: int) -> None:
        out, playing, begin = self._microphone.get_array(), self._playing, self._n_played
        if begin == 0 and len(playing):
            self.played_at = position
        piece = playing[begin : begin + n_samples]
        out[: len(piece)] = piece
        out[len(piece) :] = 0.0
        self._n_played = begin + len(piece)

    def ports(self, pattern: str, **kind: bool) -> list[str]:
        return [port.name for port in self.client.get_ports(pattern, **kind)]

    def connect_bridge(self, midi_pattern: str = "latent-bridge", audio_pattern: str = "PortAudio") -> None:
        """Listen to the bridge's audio and send to its MIDI input."""
        audio = until(
            lambda: self.ports(audio_pattern, is_audio=True, is_output=True), 30, "no audio port of the bridge"
        )
        midi = until(lambda: self.ports(midi_pattern, is_midi=True, is_input=True), 10, "no MIDI port")
        self.client.connect(audio[0], self._audio)
        self.client.connect(self._midi, midi[0])

    def connect_microphone(self, audio_pattern: str = "PortAudio") -> None:
        """Be what the bridge hears."""
        ports = until(lambda: self.ports(audio_pattern, is_audio=True, is_input=True), 30, "no input of the bridge")
        for port in self.client.get_all_connections(ports[0]):
            self.client.disconnect(port, ports[0])
        self.client.connect(self._microphone, ports[0])

    def connect_notes(self, midi_pattern: str = "latent-bridge") -> None:
        """Take what the bridge sends by MIDI."""
        ports = until(lambda: self.ports(midi_pattern, is_midi=True, is_output=True), 30, "no MIDI output")
        self.client.connect(ports[0], self._notes)

    def play(self, sound: F32) -> None:
        """Begin to play (n_samples,) into the microphone, instead of what plays now."""
        self._playing = np.zeros(0, np.float32)
        self.played_at, self._n_played = -1, 0
        self._playing = np.ascontiguousarray(sound, np.float32)

    @property
    def is_playing(self) -> bool:
        """Whether what `play` was given has not ended."""
        return self._n_played < len(self._playing)

    def send(self, *message: int, offset: int = 0) -> None:
        """Queue one MIDI message for the next block."""
        self._queue.append((offset, bytes(message)))

    def rewind(self) -> None:
        """Forget what was recorded and sent."""
        self.sent.clear()
        self.heard.clear()
        self.position = 0

    def wait_samples(self, n_samples: int) -> None:
        """Wait until so many more samples were recorded."""
        target = min(self.position + n_samples, len(self.sound))
        until(lambda: self.position >= target, 20 + 4 * n_samples / RATE_HZ, "the JACK clock stands still", 0.002)

    def record(self, seconds: float) -> F32:
        """The next sound, exactly so long."""
        start = self.position
        n = int(seconds * RATE_HZ)
        if start + n > len(self.sound):
            self.rewind()
            start = 0
        self.wait_samples(n)
        return self.sound[start : start + n].copy()

    def settle(self, seconds: float = 5.0, peak: float = 1e-4) -> None:
        """Wait for silence."""
        end = time.monotonic() + seconds
        while np.abs(self.record(0.1)).max() > peak:
            if time.monotonic() > end:
                pytest.fail(f"not silent after {seconds} s")


class Osc:
    """An OSC client with one UDP socket."""

    def __init__(self, port: int) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.target = ("127.0.0.1", port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, address: str, *arguments: float | str) -> None:
        self.socket.sendto(encode(address, *arguments), self.target)

    def receive(self, timeout_s: float = 2.0) -> tuple[str, list[Any]] | None:
        """The next message, None when none comes in time."""
        self.socket.settimeout(timeout_s)
        try:
            message = OscMessage(self.socket.recv(65536))
        except (TimeoutError, ConnectionRefusedError):
            return None
        return message.address, list(message.params)

    def ask(self, reply: str, address: str, *arguments: float | str, timeout_s: float = 5.0) -> list[Any]:
        """Send, and wait for the reply of that address."""
        self.send(address, *arguments)
        end = time.monotonic() + timeout_s
        while (left := end - time.monotonic()) > 0:
            got = self.receive(left)
            if got is not None and got[0] == reply:
                return got[1]
        pytest.fail(f"{address} was not answered by {reply} within {timeout_s} s")

    def sync(self, number: int = 1, timeout_s: float = 5.0) -> None:
        """Wait until the engine did all that was asked before."""
        assert self.ask("/lb/synced", "/lb/sync", number, timeout_s=timeout_s) == [number]


def encode(address: str, *arguments: float | str) -> bytes:
    """One OSC message; Python's int, float and str become i, f and s."""
    builder = OscMessageBuilder(address)
    for argument in arguments:
        builder.add_arg(argument, {int: "i", float: "f", str: "s"}[type(argument)])
    return bytes(builder.build().dgram)


class Bridge:
    """The real program, started as a user does."""

    def __init__(self, *flags: str, environment: dict[str, str] | None = None, osc: bool = True) -> None:
        self.osc_port = free_udp_port()
        self._flags = [*flags, "--osc-port", str(self.osc_port)] if osc else list(flags)
        self._environment = os.environ | (environment or {})
        self._log = Path(tempfile.gettempdir()) / f"lb{uuid.uuid4().hex[:10]}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            self._log.unlink(missing_ok=True)

    @property
    def output(self) -> str:
        """Everything it printed so far."""
        return self._log.read_text(errors="replace")

    def start(self) -> None:
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "run_server.py"), *self._flags],
                cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait_ready(self, timeout_s: float = 120.0) -> None:
        """Wait until OSC answers; the first start after an installation compiles."""
        assert self.process is not None
        with Osc(self.osc_port) as osc:

            def answers() -> bool:
                assert self.process is not None
                if self.process.poll() is not None:
                    pytest.fail(f"the bridge ended with {self.process.returncode}: {self.output[-2000:]}")
                osc.send("/lb/ping")
                got = osc.receive(0.2)
                return got is not None and got[0] == "/lb/pong"

            until(answers, timeout_s, "the bridge does not answer /lb/ping")

    def stop(self, how: int = signal.SIGTERM, timeout_s: float = 10.0) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail(f"signal {how} did not end the bridge within {timeout_s} s: {self.output[-2000:]}")


def descendants(pid: int) -> list[int]:
    """Process ids of all children, and theirs (Linux only)."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def run(
    *command: str, timeout_s: float = 120.0, environment: dict[str, str] | None = None, folder: Path = ROOT
) -> tuple[int, str, str]:
    """A command's exit code, standard output and standard error."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def latent_bridge(*arguments: str, timeout_s: float = 120.0) -> tuple[int, str, str]:
    """`latent-bridge` with these arguments."""
    return run(sys.executable, "-m", "rt.cli", *arguments, timeout_s=timeout_s)
