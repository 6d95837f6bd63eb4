"""The composition root: builds the parts, starts and stops them in order; `rt.host.host` answers the control threads.

Everything here runs on the host's main thread.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import signal
import time
from collections.abc import Callable
from types import FrameType, TracebackType

from rt.audio.device import NoDeviceError, quiet
from rt.audio.engine_messages import StreamInfo
from rt.bundle import bundle
from rt.config.config import AudioConfig, Config
from rt.errors import DeviceError
from rt.host.banner import introduce
from rt.host.demo import DemoPlayer
from rt.host.host import Host
from rt.host.signals import handled
from rt.host.supervisor import Supervisor
from rt.listening.build import make_hearing
from rt.listening.hearing import Hearing
from rt.midi.inputs import MidiInputs
from rt.midi.output import MidiOutput
from rt.model import ListenerModel
from rt.osc.server import OscServer
from rt.oscquery.server import OscQueryServer
from rt.worker import Worker

POLL_S = 0.05
MIDI_POLL_S = 1.0
FALLBACK_FILE = "latent-bridge.wav"
FALLBACK_S = 10.0


class Server:
    """Owns the engine process, OSC and MIDI, the ears and the demo; a context manager."""

    def __init__(self, config: Config, *, show: Callable[[str], None] = lambda line: print(line, flush=True)) -> None:
        """Check the bundle; nothing runs yet. `show` prints a line for the user."""
        if importlib.util.find_spec("onnxruntime") is None:
            raise DeviceError(
                'onnxruntime is missing; in the checkout run pip install -e ".[cpu]", or ".[gpu]" for NVIDIA'
            )
        self._config = config
        self._show = show
        self._stack = contextlib.ExitStack()
        self._midi: MidiInputs | None = None
        self._midi_output: MidiOutput | None = None
        self._demo: Worker | None = None
        self._is_stopping = False
        self.seconds = config.run.seconds
        """How long `run` plays, 0 for ever."""
        self._supervisor = self._make_supervisor(config.audio)
        self._host = Host(self._supervisor.engine_client, show)

    def __enter__(self) -> Server:
        with contextlib.ExitStack() as stack:
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(self) -> int:
        """Play until a signal or the end of the time; the exit code."""
        end_s = time.monotonic() + self.seconds if self.seconds else float("inf")
        next_midi_s = 0.0
        while not self._is_stopping:
            now_s = time.monotonic()
            if now_s >= end_s and self._supervisor.is_file_whole:
                break
            self._supervisor.poll()
            if self._midi is not None and now_s >= next_midi_s:
                next_midi_s = now_s + MIDI_POLL_S
                self._midi.poll()
            for name, part in (
                ("osc", self._host.osc),
                ("oscquery", self._host.query),
                ("listen", self._host.hearing),
                ("demo", self._demo),
            ):
                if part is not None and part.failure is not None:
                    raise RuntimeError(f"the {name} thread ended: {part.failure}") from part.failure
            time.sleep(min(POLL_S, end_s - now_s) if now_s < end_s else POLL_S)
        return 0

    def stop(self, *_: object) -> None:
        """Have `run` return; may be called from a signal handler or any thread."""
        self._is_stopping = True

    def _make_supervisor(self, audio: AudioConfig) -> Supervisor:
        return Supervisor(
            bundle.load(self._config.model.bundle),
            provider=self._config.model.provider,
            audio=audio,
            engine=self._config.engine,
            listen=self._config.listen,
            say=self._show,
            seconds=self.seconds,
        )

    def _start(self, stack: contextlib.ExitStack) -> None:
        config, host = self._config, self._host
        roots = [bundle.DEFAULT.parent, self._supervisor.engine_client.bundle.path.resolve().parent]
        # Bound before the engine starts, so that a port in use is said at once; answers when there is sound.
        osc = host.osc = OscServer(config.osc, host, bundle_roots=roots)
        stack.callback(osc.stop)
        if config.osc.query:
            host.query = OscQueryServer(config, host, osc_host=osc.host, osc_port=osc.port)
            stack.callback(host.query.stop)
        is_demo = config.run.demo
        if config.listen.on:
            ListenerModel.load(self._supervisor.engine_client.bundle, "cpu")  # one without ears is said at once
        try:
            self._supervisor.start()
        except NoDeviceError as error:
            if config.listen.on or config.audio.output != "portaudio" or config.audio.host_api or config.audio.device:
                raise
            is_demo, self.seconds = True, config.run.seconds or FALLBACK_S
            self._show(f"{error}. Playing the demo phrase into {FALLBACK_FILE} for {self.seconds:g} s instead")
            self._supervisor = self._make_supervisor(dataclasses.replace(config.audio, output=f"file:{FALLBACK_FILE}"))
            host.engine_client = self._supervisor.engine_client
            self._supervisor.start()
        stack.callback(self._supervisor.stop)
        stack.enter_context(handled(signal.SIGINT, signal.SIGTERM, by=self.stop))
        stream_info = self._supervisor.engine_client.stream_info
        assert stream_info is not None
        midi = MidiInputs(
            config.midi, host, jack=stream_info.is_jack, bend_range_semitones=config.engine.bend_range_semitones
        )
        with quiet():  # its libraries print about every driver that they lack
            self._midi = stack.enter_context(midi)
        host.hearing = stack.enter_context(self._make_hearing(stack, stream_info))
        if config.listen.on:
            host.hearing.request(True, self._say_why_deaf)
        self._supervisor.back = self._come_back
        osc.start()
        if host.query is not None:
            stack.enter_context(host.query)
        self._introduce(stream_info)
        if is_demo:
            self._demo = Worker("demo", DemoPlayer(host).step)
            stack.enter_context(self._demo)

    def _make_hearing(self, stack: contextlib.ExitStack, stream_info: StreamInfo) -> Hearing:
        config = self._config
        output = MidiOutput(
            config.listen.midi_out,
            api=config.midi.api,
            client_name=config.midi.port_name,
            jack=stream_info.is_jack,
            report=self._host.report,
        )
        self._midi_output = stack.enter_context(output)
        hearing = make_hearing(config, self._host.engine_client, self._host, output=output, notify=self._host.notify)
        if config.listen.on:
            hearing.load_ears()
            with quiet():
                output.start()
        return hearing

    def _say_why_deaf(self, reason: str) -> None:
        if reason:
            self._host.report(f"not listening: {reason}")

    def _come_back(self) -> None:
        if self._midi_output is not None:
            self._midi_output.is_stale = True
        stream_info = self._supervisor.engine_client.stream_info
        if self._midi is not None and stream_info is not None and stream_info.is_jack:
            with quiet():
                self._midi.reopen()  # a JACK MIDI client does not outlive its server

    def _introduce(self, stream_info: StreamInfo) -> None:
        osc, query = self._host.osc, self._host.query
        assert osc is not None and self._midi is not None and self._midi_output is not None
        also = f", OSCQuery on port {query.port}" if query is not None else ""
        for line in introduce(
            self._host.manifest,
            self._config,
            stream_info,
            midi_ports=self._midi.ports,
            notes_port=self._midi_output.port,
            osc=f"{osc.host}:{osc.port}{also}",
        ):
            self._show(line)


def serve(config: Config) -> int:
    """Play until stopped; the exit code."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    with handled(signal.SIGTERM, by=leave), Server(config) as server:  # once it plays, the server has its own
        return server.run()
