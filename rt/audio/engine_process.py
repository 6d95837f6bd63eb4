"""The engine process: the program that the host starts to make sound, `python -m rt.audio.engine_process`.

JSON lines come by standard input, the first an `EngineConfigMessage`, and go by standard output. Its main thread opens
and closes the device, PortAudio's owns the engine, a loader opens other bundles. It ends when it is told to, with its
host (standard input closes), or when its audio server is lost: PortAudio cannot recover within a process, so the host
starts a new one, which warms up first and then waits for the device.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from rt import faults
from rt.audio import leaving
from rt.audio.callback import (
    BlockRenderer,
    DirectCallback,
    DuplexCallback,
    InputCallback,
    LeadCallback,
    Microphone,
    RenderAhead,
)
from rt.audio.device import DEBUG, AudioStream, NativeCallback, Route, StreamCallback, refresh, shut_down
from rt.audio.engine_messages import EngineConfigMessage, LoadMessage, StreamInfo
from rt.audio.host_pipe import Messages, Stop, follow_host, take_over_output
from rt.audio.loader import Built, EngineMaker, Loader, LoadQueue, Maker, describe, trace
from rt.audio.offline import DEFAULT_BLOCK_SAMPLES, DEFAULT_RATE_HZ, FileDriver, WavFile, free_name
from rt.audio.rings import Shared
from rt.audio.route import choose
from rt.bundle.bundle import Bundle
from rt.errors import BridgeError, DeviceError
from rt.model import check_runtime
from rt.signals import ENDING
from rt.worker import Worker

POLL_S = 0.2
"""Between two looks at the device and the engine."""
RETRY_S = 0.25
"""Between two looks for a device that has gone away."""
MICROPHONE_S = 3.0
"""How long a device that is back waits for a microphone that is not."""
FIRST_BLOCK_S = 3.0
"""How long a started device may take to ask for its first block."""


class EngineProcess:
    """One life: build, open, play, close."""

    def __init__(
        self, config_message: EngineConfigMessage, maker: Maker, messages: Messages, stop: Stop, wanted: LoadQueue
    ) -> None:
        """Nothing runs yet. wanted : the bundles that the host asks for."""
        self._config_message = config_message
        self._maker = maker
        self._messages = messages
        self._stop = stop
        self._wanted = wanted
        self._is_fault_told = False
        self._shared = Shared(config_message.shared)
        self._stats = self._shared.stats

    def run(self) -> int:
        """Play until told to stop; the exit code of the process."""
        return self._play_device() if self._config_message.audio.file is None else self._play_file()

    def _build(self, sample_rate_hz: float) -> tuple[Built, BlockRenderer]:
        built = self._maker.build(self._config_message, sample_rate_hz, self._stats)
        self._stats.set("sample_rate_hz", sample_rate_hz)
        gc.collect()
        gc.freeze()
        gc.disable()
        return built, BlockRenderer(built.engine, self._shared.events, self._stats, sample_rate_hz=sample_rate_hz)

    def _play_file(self) -> int:
        audio = self._config_message.audio
        rate_hz = audio.sample_rate_hz or DEFAULT_RATE_HZ
        block = audio.block_samples or DEFAULT_BLOCK_SAMPLES
        assert audio.file is not None
        path = free_name(audio.file) if self._config_message.is_again else audio.file
        n_channels = 2 if self._config_message.engine.stereo else 1
        file = WavFile(path, rate_hz, n_channels=n_channels)
        try:
            built, player = self._build(rate_hz)
            driver = FileDriver(
                player,
                self._stats,
                file,
                n_channels=n_channels,
                sample_rate_hz=rate_hz,
                block_samples=block,
                seconds=0.0 if self._config_message.is_again else self._config_message.seconds,
            )
            with self._loading((built, player)):
                driver.step()
                self._ready(
                    StreamInfo(
                        output=str(path),
                        input="",
                        host_api="",
                        is_jack=False,
                        sample_rate_hz=rate_hz,
                        block_samples=block,
                        n_channels=n_channels,
                        device_latency_s=0.0,
                        provider=built.provider,
                    )
                )
                while not self._stop.is_wanted:
                    self._tell_fault(player)
                    nap_s = driver.step()
                    if nap_s > 0.0:
                        time.sleep(nap_s)
        finally:
            file.close()
        return 0

    def _play_device(self) -> int:
        config_message = self._config_message
        if not config_message.is_again:
            route = choose(config_message.audio, config_message.listen)
            return self._stream(route, self._build_for(route.sample_rate_hz))
        rate_hz = config_message.sample_rate_hz
        made = self._build_for(rate_hz)  # while the device may still be away
        listen, begin_s = config_message.listen, time.monotonic()
        while not self._stop.is_wanted:
            try:
                with leaving.in_time():
                    route = choose(config_message.audio, listen)
                if rate_hz != route.sample_rate_hz:
                    rate_hz = route.sample_rate_hz
                    made = self._build_for(rate_hz)
                return self._stream(route, made)
            except DeviceError:
                self._stop.wait(RETRY_S)
                with leaving.in_time():
                    refresh()
                    is_output_there = config_message.audio.plays and self._is_output_there()
                if not is_output_there:
                    begin_s = time.monotonic()  # both may come back together
                elif time.monotonic() > begin_s + MICROPHONE_S:
                    listen = dataclasses.replace(listen, on=False)  # sound does not wait for ears
        return 0

    def _is_output_there(self) -> bool:
        """Whether sound could play if it did without the microphone."""
        try:
            choose(self._config_message.audio, dataclasses.replace(self._config_message.listen, on=False))
        except DeviceError:
            return False
        return True

    def _build_for(self, sample_rate_hz: float) -> tuple[Built, BlockRenderer] | None:
        """An engine, unless nothing is played."""
        if self._config_message.audio.plays:
            return self._build(sample_rate_hz)
        self._stats.set("sample_rate_hz", sample_rate_hz)
        return None

    def _stream(self, route: Route, made: tuple[Built, BlockRenderer] | None) -> int:
        stats, config_message = self._stats, self._config_message
        device = route.main
        microphone = Microphone(self._shared.heard, stats, channel=config_message.listen.channel)
        with contextlib.ExitStack() as stack:
            ahead: Worker | None = None
            callback: StreamCallback | NativeCallback
            if made is None:
                callback = self._hear_only(microphone, route)
            else:
                player = made[1]
                play: DirectCallback | LeadCallback = DirectCallback(player, stats)
                if config_message.audio.lead_blocks:
                    renderer = RenderAhead(
                        player,
                        stats,
                        lead_blocks=config_message.audio.lead_blocks,
                        n_channels=route.n_outputs,
                        sample_rate_hz=route.sample_rate_hz,
                    )
                    play = LeadCallback(renderer.ring, stats)
                    ahead = stack.enter_context(Worker("render", renderer.step))
                callback = DuplexCallback(microphone, play) if route.input else play
            joining = stack.enter_context(leaving.in_time()) if config_message.is_again else None
            stream = stack.enter_context(AudioStream(route, config_message.audio, callback))
            give_up_s = time.monotonic() + FIRST_BLOCK_S
            while not stats.get("blocks"):
                if time.monotonic() > give_up_s:
                    wanted = "asked for sound" if made else "gave any sound"
                    raise DeviceError(f"{device.name} ({device.host_api}) started but never {wanted}")
                time.sleep(0.002)
            stack.enter_context(self._loading(made))
            stats.set("device_latency_s", stream.latency_s)
            for name in ("xruns", "ring_underruns", "peak_load", "input_overflows"):
                stats.set(name, 0.0)  # the first blocks of a stream are none that anyone plays in
            self._ready(
                StreamInfo(
                    output=route.output.name if route.output else "",
                    input=route.input.name if route.input else "",
                    host_api=device.host_api,
                    is_jack=device.is_jack,
                    sample_rate_hz=route.sample_rate_hz,
                    block_samples=int(stats.get("block_samples")),
                    n_channels=route.n_outputs,
                    device_latency_s=stream.latency_s,
                    provider=made[0].provider if made else "",
                )
            )
            if joining is not None:
                joining.cancel()
            while not self._stop.wait(POLL_S):
                if made is not None:
                    self._tell_fault(made[1])
                if not stream.is_alive or (ahead is not None and ahead.failure is not None):
                    leaving.leave(leaving.EXIT_LOST)  # closing would hang
        return 0

    def _hear_only(self, microphone: Microphone, route: Route) -> StreamCallback | NativeCallback:
        """The callback of a stream that plays nothing."""
        from rt.audio.input_callback import CompiledInput  # brings a compiler, which others do without for now

        if not CompiledInput.is_possible():
            return InputCallback(microphone, self._stats)
        return CompiledInput(self._shared, channel=self._config_message.listen.channel, n_inputs=route.n_inputs)

    @contextlib.contextmanager
    def _loading(self, made: tuple[Built, BlockRenderer] | None) -> Iterator[None]:
        """A loader at work meanwhile; where nothing is played it only checks the bundles, for the host's ears."""

        def prepare(opened: Bundle) -> Any:
            return None if made is None else self._maker.prepare(made[0], opened)

        loader = Loader(self._wanted, prepare, made and made[1], self._shared, self._messages.say)
        with Worker("loader", loader.step):
            try:
                yield
            finally:
                self._wanted.put(None)

    def _tell_fault(self, player: BlockRenderer) -> None:
        if player.fault is not None and not self._is_fault_told:
            self._is_fault_told = True
            self._messages.say("fault", text=describe(player.fault), trace=trace(player.fault))

    def _ready(self, stream_info: StreamInfo) -> None:
        self._messages.say("ready", **dataclasses.asdict(stream_info))


def main(maker: Maker | None = None) -> None:
    """Live one life and leave the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the host decides what Ctrl-C means
    stop = Stop()
    for number in ENDING:
        signal.signal(number, stop.request)
    messages = Messages(take_over_output())
    if not os.environ.get(DEBUG):
        logging.getLogger().addHandler(logging.NullHandler())  # the host tells; nobody else reads our errors
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    sys.setswitchinterval(0.0005)  # while a bundle loads, the audio thread waits at most this long for the interpreter
    line = sys.stdin.buffer.readline()
    if not line:
        leaving.leave(0)
    wanted: LoadQueue = queue.SimpleQueue()
    host = threading.Thread(
        target=follow_host, args=(lambda asked: wanted.put(LoadMessage(**asked)), stop), name="host", daemon=True
    )
    host.start()
    threading.Thread(target=leaving.watch_closing, args=(stop,), name="closing", daemon=True).start()
    code = 1
    try:
        if maker is None:
            check_runtime()
        process = EngineProcess(EngineConfigMessage.from_json(line), maker or EngineMaker(), messages, stop, wanted)
        code = process.run()
    except Exception as error:  # the host shows it
        told = faults.told(error)
        kind = type(error if isinstance(error, BridgeError) else BridgeError()).__name__ if told else ""
        messages.say("error", type=kind, text=told or describe(error), trace=trace(error))
        code = 2
        stop.request()  # limits the time that this may take
        shut_down()
    leaving.leave(code)


if __name__ == "__main__":
    main()
