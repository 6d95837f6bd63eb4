"""The composition root: builds the parts, starts and stops them in order; `rt.host.host` answers the control threads.

Everything here runs on the host's main thread.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import FrameType, TracebackType

from rt.audio.device import NoDeviceError
from rt.audio.engine_messages import StreamInfo
from rt.bundle import bundle
from rt.config.config import AudioConfig, Config
from rt.config.user_folder import user_folder
from rt.events import AllSoundOff
from rt.host.banner import introduce
from rt.host.demo import DemoPlayer
from rt.host.host import Host
from rt.host.supervisor import Supervisor
from rt.host.thread_watch import ThreadWatch
from rt.listening.build import make_hearing
from rt.listening.hearing import Hearing
from rt.midi.controllers import LEARNT_FILE, Controllers
from rt.midi.link import MidiLink
from rt.model import ListenerModel, check_runtime
from rt.osc.server import OscServer
from rt.presets.library import FOLDER, PresetLibrary
from rt.presets.presets import Presets
from rt.signals import ENDING, handled
from rt.worker import Worker

POLL_S = 0.05
N_DESCRIPTORS = 24
"""Open files that a server needs at least, for its processes, ports and clients."""
FALLBACK_FILE = "latent-bridge.wav"
FALLBACK_S = 10.0


def show_line(line: str) -> None:
    """Print a line; playing does not end where nobody can read it: a terminal that closed, a full disk."""
    with contextlib.suppress(OSError, ValueError):
        print(line, flush=True)


def check_descriptors() -> None:
    """OSError where too few files may be opened: libraries that run out of them in threads of theirs print traces."""
    with contextlib.ExitStack() as stack:
        for _ in range(N_DESCRIPTORS):
            stack.callback(os.close, os.open(os.devnull, os.O_RDONLY))


class Server:
    """Owns the engine process, OSC and MIDI, the ears and the demo; a context manager."""

    def __init__(self, config: Config, *, show: Callable[[str], None] = show_line) -> None:
        """Check the bundle; nothing runs yet. `show` prints a line for the user."""
        check_runtime()
        check_descriptors()
        self._config = config
        self._show = show
        self._stack = contextlib.ExitStack()
        self._midi: MidiLink | None = None
        self._demo: Worker | None = None
        self._is_stopping = False
        self.seconds = config.run.seconds
        """How long `run` plays, 0 for ever."""
        opened = bundle.load(config.model.bundle, keeps=config.listen.on)  # hashed here once, and once where it plays
        self._ears = ListenerModel.load(opened, "cpu") if config.listen.on else None  # one without ears is said at once
        self._bundle = opened if self._ears is None else self._ears.bundle
        self._supervisor = self._make_supervisor(config.audio)
        self._host = Host(self._supervisor.engine_client, show)
        self._watch = ThreadWatch(show, self._give_up)

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
        while not self._is_stopping:
            now_s = time.monotonic()
            if now_s >= end_s and self._supervisor.is_file_whole:
                break
            self._supervisor.poll()
            if self._midi is not None:
                self._midi.poll()
            self._watch.look("OSC", self._host.osc)
            self._watch.look("OSCQuery", self._host.query)
            self._watch.look("listening", self._host.hearing, is_vital=not self._config.audio.plays)
            self._watch.look("the demo", self._demo, is_vital=True)
            time.sleep(min(POLL_S, end_s - now_s) if now_s < end_s else POLL_S)
        return 0

    def stop(self, *_: object) -> None:
        """Have `run` return; may be called from a signal handler or any thread."""
        self._is_stopping = True

    def _make_supervisor(self, audio: AudioConfig) -> Supervisor:
        return Supervisor(
            self._bundle,
            provider=self._config.model.provider,
            audio=audio,
            engine=self._config.engine,
            listen=self._config.listen,
            say=self._show,
            seconds=self.seconds,
        )

    def _start(self, stack: contextlib.ExitStack) -> None:
        config, host = self._config, self._host
        roots = [bundle.DEFAULT.parent, self._bundle.path.resolve().parent]
        # Bound before the engine starts, so that a port in use is said at once; answers when there is sound.
        controllers = Controllers(
            host, lambda row, channel: host.engine_client.value(row, channel), user_folder() / LEARNT_FILE
        )
        osc = host.osc = OscServer(config.osc, host, bundle_roots=roots, controllers=controllers)
        stack.callback(osc.stop)
        if config.osc.query:
            from rt.oscquery.server import OscQueryServer  # with zeroconf, which a start without it need not load

            host.query = OscQueryServer(config, host, osc_host=osc.host, osc_port=osc.port)
            stack.callback(host.query.stop)
        is_demo = config.run.demo
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
        host.preset_keeper = Presets(host, PresetLibrary(user_folder() / FOLDER), host.engine_client.values)
        stack.callback(self._supervisor.stop)
        stack.enter_context(host.preset_keeper)
        stack.callback(osc.stop)  # ends before the engine, or a flood of notes would follow the last note-off
        stack.enter_context(handled(signal.SIGINT, *ENDING, by=self.stop))
        stream_info = self._supervisor.engine_client.stream_info
        assert stream_info is not None
        midi = MidiLink(
            config.midi,
            host,
            jack=stream_info.is_jack,
            bend_range_semitones=config.engine.bend_range_semitones,
            output=config.listen.midi_out,
            controllers=controllers,
        )
        self._midi = stack.enter_context(midi)
        host.hearing = stack.enter_context(self._make_hearing(midi))
        if config.listen.on:
            host.hearing.request(True).add_done_callback(self._say_why_deaf)
        self._supervisor.back = self._come_back
        osc.start()
        if host.query is not None:
            stack.enter_context(host.query)
        self._introduce(stream_info)
        if is_demo:
            self._demo = Worker("demo", DemoPlayer(host).step)
            stack.enter_context(self._demo)

    def _make_hearing(self, midi: MidiLink) -> Hearing:
        config = self._config
        hearing = make_hearing(config, self._host.engine_client, self._host, output=midi, notify=self._host.notify)
        if config.listen.on:
            hearing.load_ears(self._ears)
            midi.open_output()
        return hearing

    def _give_up(self, name: str) -> None:
        if name == "OSC":  # whose notes nobody could end
            self._host.send(AllSoundOff(-1))

    def _say_why_deaf(self, asked: Future[None]) -> None:
        error = asked.exception()
        if error is not None:
            self._host.report(f"not listening: {error}")

    def _come_back(self) -> None:
        if self._midi is not None:
            self._midi.renew()

    def _introduce(self, stream_info: StreamInfo) -> None:
        osc, query = self._host.osc, self._host.query
        assert osc is not None and self._midi is not None
        also = f", OSCQuery on port {query.port}" if query is not None else ""
        for line in introduce(
            self._host.manifest,
            self._config,
            stream_info,
            midi_ports=self._midi.ports,
            notes_port=self._midi.output,
            osc=f"{osc.host}:{osc.port}{also}",
        ):
            self._show(line)


def serve(config: Config) -> int:
    """Play until stopped; the exit code."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    with handled(*ENDING, by=leave), Server(config) as server:  # once it plays, the server has its own
        return server.run()
