"""Keeps an engine process alive: starts it, watches its blocks, and starts another when it is lost.

The host's main thread owns the supervisor; other threads talk to the engine through its `engine_client`.
"""

from __future__ import annotations

import dataclasses
import logging
import queue
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rt import code_cache
from rt.audio.device import NoDeviceError
from rt.audio.engine_messages import EngineConfigMessage, StreamInfo
from rt.audio.leaving import EXIT_LOST
from rt.audio.offline import RecordingError
from rt.audio.rings import Shared
from rt.bundle.bundle import Bundle
from rt.child import STOP_S, ending
from rt.config.config import AudioConfig, EngineConfig, ListenConfig
from rt.errors import BridgeError, BundleError, ConfigError, DeviceError
from rt.events import AllSoundOff
from rt.faults import of_system
from rt.host.engine_client import EngineClient
from rt.host.engine_handle import COMMAND, EngineHandle
from rt.host.watchdog import Watchdog
from rt.parameters import ALIVE, GAIN, INSTRUMENT, ROOM
from rt.worker import Startable

log = logging.getLogger(__name__)

START_S = 180.0
"""A first start compiles the engine for this machine."""
FADE_S = 0.06
QUICK_S = 2.0
"""A life that ends within so much of its first block failed quickly ..."""
MAX_QUICK = 5
"""... and so many in a row are borne."""
ERRORS: dict[str, type[Exception]] = {
    cls.__name__: cls for cls in (BridgeError, BundleError, ConfigError, DeviceError, NoDeviceError, RecordingError)
}


class Supervisor(Startable):
    """Starts an engine process, and another whenever one is lost; a context manager."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        provider: str,
        audio: AudioConfig,
        engine: EngineConfig,
        listen: ListenConfig,
        say: Callable[[str], None],
        seconds: float = 0.0,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Check the settings that concern the bundle; nothing starts yet.

        say : shows the user a line. seconds : length of a file, 0 for as long as it plays. command : what to run as the
        engine process.
        """
        wanted = engine.instrument
        first = bundle.manifest.find_instrument(wanted, setting="engine.instrument") if wanted else 0
        settings = (
            INSTRUMENT.set(first),
            GAIN.set(engine.gain_db),
            ALIVE.set(engine.alive),
            ROOM.set(engine.room),
        )
        self.engine_client = EngineClient(bundle, plays=audio.plays, settings=settings)
        """What other threads talk to."""
        self.n_lost = 0
        """Engines lost so far."""
        self.back: Callable[[], None] = lambda: None
        """Called on the main thread when a new engine has taken over."""
        self._provider = provider
        self._audio = audio
        self._engine = dataclasses.replace(engine, instrument="")  # the client tells it, in every life
        self._listen = listen
        self._say = say
        self._seconds = seconds
        self._command = command
        self._watchdog = Watchdog()
        self._n_quick = 0
        self._next_start_s = 0.0

    @property
    def pid(self) -> int | None:
        """Process number of the engine, None without one."""
        return None if self.engine_client.engine_handle is None else self.engine_client.engine_handle.pid

    @property
    def is_file_whole(self) -> bool:
        """Whether a file of a given length is written: a busy machine may take longer than that would play."""
        stream_info = self.engine_client.stream_info
        if not self._seconds or self._audio.file is None or self.n_lost or stream_info is None:
            return True
        return self.engine_client.snapshot().blocks * stream_info.block_s >= self._seconds

    def start(self) -> None:
        """Start the engine and wait until it plays; raises the BridgeError that hinders it."""
        code_cache.folder()  # chosen here, so that every engine finds what the one before has compiled
        self._spawn()
        started_s, is_told = time.monotonic(), False
        try:
            while not self.engine_client.is_up:
                waited_s = time.monotonic() - started_s
                if waited_s > START_S:
                    raise DeviceError(f"the engine is not ready after {START_S:g} s; LATENT_BRIDGE_DEBUG=1 shows more")
                if waited_s > 4.0 and not is_told:
                    is_told = True
                    self._say("compiling the engine for this machine; only the first start takes a minute")
                code = (
                    self.engine_client.engine_handle.exit_code if self.engine_client.engine_handle is not None else None
                )
                self._read_messages(is_first=True)
                if not self.engine_client.is_up and code is not None:
                    raise DeviceError(f"the engine process ended before it was ready ({ending(code)})")
                time.sleep(0.01)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fade out and end the engine process; safe to call twice."""
        if self.engine_client.is_up and self.engine_client.engine_handle is not None:
            self.engine_client.send(AllSoundOff(-1))
            time.sleep(
                FADE_S + (2.0 * self.engine_client.stream_info.block_s if self.engine_client.stream_info else 0.0)
            )
        self.engine_client.end(STOP_S, "latent-bridge stops")

    def poll(self) -> None:
        """Look after the engine; call every 50 ms or so. DeviceError when it cannot be kept alive."""
        if self.engine_client.engine_handle is None:
            if time.monotonic() >= self._next_start_s:
                self._spawn()
            return
        self._add_input()
        engine_handle = self.engine_client.engine_handle
        assert engine_handle is not None
        code = engine_handle.exit_code
        self._read_messages(is_first=False)
        if self.engine_client.engine_handle is not engine_handle:  # lost by its own last words
            return
        if code is not None:
            is_server = code == EXIT_LOST or (self._is_on_jack and not self.engine_client.is_up and code < 0)
            self._lose("the audio server is gone" if code == EXIT_LOST else f"the engine {ending(code)}", is_server)
            return
        stream_info = self.engine_client.stream_info
        if (
            self.engine_client.is_up
            and stream_info
            and self._watchdog.is_still(engine_handle.shared.stats.get("blocks"), stream_info.block_s)
        ):
            self._lose("the sound stood still", self._is_on_jack)

    @property
    def _is_on_jack(self) -> bool:
        """Whether the sound hangs on a server, which may come and go: its library crashes or stalls meanwhile."""
        stream_info = self.engine_client.stream_info
        return stream_info is not None and stream_info.is_jack

    def _add_input(self) -> None:
        """Start the engine anew with a microphone, if that is wished."""
        request = self.engine_client.take_request()
        if request is None:
            return
        if self._audio.file is not None:
            request.set_exception(DeviceError("a server that writes a file has no microphone"))
            return
        self.engine_client.send(AllSoundOff(-1))
        time.sleep(FADE_S)
        self.engine_client.end(STOP_S, "the engine starts anew, with a microphone")
        self._listen = dataclasses.replace(self._listen, on=True)
        self.engine_client.opening = request
        self._spawn()

    def _spawn(self) -> None:
        audio, stream_info, listen = self._audio, self.engine_client.stream_info, self._listen
        if stream_info is not None and audio.file is None:  # the same device again, not whatever else there is
            audio = dataclasses.replace(audio, host_api=stream_info.host_api)
            if stream_info.output:
                audio = dataclasses.replace(audio, device=stream_info.output)
            if stream_info.input:
                listen = dataclasses.replace(listen, device=stream_info.input)
        shared = Shared()
        config_message = EngineConfigMessage(
            shared=shared.name,
            bundle=str(self.engine_client.bundle.path.resolve()),
            provider=self._provider,
            audio=audio,
            engine=self._engine,
            listen=listen,
            sample_rate_hz=stream_info.sample_rate_hz if stream_info else 0.0,
            is_again=stream_info is not None and self.engine_client.opening is None,
            seconds=self._seconds,
        )
        try:
            engine_handle = EngineHandle(self._command, config_message, shared)
        except OSError as error:
            shared.close()
            raise DeviceError(f"the engine process cannot be started: {of_system(error)}") from error
        self.engine_client.begin(engine_handle)

    def _read_messages(self, *, is_first: bool) -> None:
        """Act on what the engine process has said."""
        while self.engine_client.engine_handle is not None:
            try:
                message = self.engine_client.engine_handle.messages.get_nowait()
            except queue.Empty:
                return
            kind = message.pop("kind")
            if kind == "ready":
                self._take_over(StreamInfo(**message), is_first=is_first)
            elif kind == "error":
                log.debug("the engine process ended: %s", message["trace"])
                if is_first or message["type"] == RecordingError.__name__:
                    raise ERRORS.get(message["type"], RuntimeError)(message["text"])
                self._lose(message["text"])
            elif kind == "fault":
                log.warning("the engine raised and was silent for a block: %s", message["text"])
                log.debug("%s", message["trace"])
            elif kind == "load_failed":
                log.debug("%s", message["trace"])
                self.engine_client.load_failed(message["number"], message["reason"])
            elif kind == "loaded":
                dropped = self.engine_client.loaded(message["number"], Path(message["path"]), message["manifest"])
                if dropped:
                    self._say(f"the new bundle could not keep: {'; '.join(dropped)}")

    def _take_over(self, stream_info: StreamInfo, *, is_first: bool) -> None:
        self.engine_client.take_over(stream_info)
        self._watchdog.begin()
        opening, self.engine_client.opening = self.engine_client.opening, None
        if opening is not None:
            opening.set_result(None)
        elif not is_first:
            self._say(f"sound is back: {stream_info.where}")
            if self._listen.on and not stream_info.input:
                self._say("the microphone is not; /lb/listen 1 looks for it again")
            self.back()
        self._listen = dataclasses.replace(self._listen, on=bool(stream_info.input))

    def _go_on_without_input(self, reason: str) -> None:
        """The life with a microphone failed; the next one is as before."""
        self._listen = dataclasses.replace(self._listen, on=False)
        self.engine_client.end(0.0, reason)
        self._spawn()

    def _lose(self, reason: str, is_server: bool = False) -> None:
        """The engine is lost; the next `poll` starts another. is_server : it is no failure of ours, and waited for."""
        engine_handle = self.engine_client.engine_handle
        assert engine_handle is not None
        if self.engine_client.opening is not None:
            self._go_on_without_input(reason)
            return
        was_up = self.engine_client.is_up
        is_quick = engine_handle.ready_at_s is None or time.monotonic() - engine_handle.ready_at_s < QUICK_S
        self._n_quick = self._n_quick + 1 if is_quick else 0
        self.n_lost += 1
        self.engine_client.end(0.0, f"the engine was lost ({reason})")
        if is_server:
            self._n_quick = min(self._n_quick, MAX_QUICK)
        if self._n_quick > MAX_QUICK:
            raise DeviceError(
                f"the engine failed {self._n_quick} times in a row, the last time because {reason}; "
                "LATENT_BRIDGE_DEBUG=1 shows more"
            )
        self._next_start_s = time.monotonic() + 0.25 * self._n_quick
        if was_up:
            self._say(f"sound lost: {reason}; starting it again")
