"""Keeps an engine process alive: starts it, watches its blocks, and starts another when it is lost.

The host's main thread owns the supervisor; other threads talk to the engine through its `link`.
"""

from __future__ import annotations

import dataclasses
import logging
import queue
import time
from collections.abc import Callable, Sequence

from rt import code_cache
from rt.audio.device import NoDeviceError
from rt.audio.engine_process import EXIT_LOST
from rt.audio.job import Facts, Job
from rt.audio.life import COMMAND, Life
from rt.audio.link import Link
from rt.audio.offline import RecordingError
from rt.audio.rings import Shared
from rt.audio.watch import Watch
from rt.bundle import Bundle
from rt.child import STOP_S, ending
from rt.config import AudioConfig, EngineConfig, ListenConfig
from rt.errors import BridgeError, BundleError, ConfigError, DeviceError
from rt.events import AllSoundOff
from rt.faults import of_system
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
        self.link = Link(bundle, plays=audio.plays, instrument=first)
        """What other threads talk to."""
        self.n_lost = 0
        """Engines lost so far."""
        self.back: Callable[[], None] = lambda: None
        """Called on the main thread when a new engine has taken over."""
        self._provider = provider
        self._audio = audio
        self._engine = dataclasses.replace(engine, instrument="")  # the book says it, in every life
        self._listen = listen
        self._say = say
        self._seconds = seconds
        self._command = command
        self._watch = Watch()
        self._n_quick = 0
        self._next_start_s = 0.0

    @property
    def pid(self) -> int | None:
        """Process number of the engine, None without one."""
        return None if self.link.life is None else self.link.life.pid

    @property
    def is_file_whole(self) -> bool:
        """Whether a file of a given length is written: a busy machine may take longer than that would play."""
        facts = self.link.facts
        if not self._seconds or self._audio.file is None or self.n_lost or facts is None:
            return True
        return self.link.snapshot().blocks * facts.block_s >= self._seconds

    def start(self) -> None:
        """Start the engine and wait until it plays; raises the BridgeError that hinders it."""
        code_cache.folder()  # chosen here, so that every engine finds what the one before has compiled
        self._spawn()
        started_s, is_told = time.monotonic(), False
        try:
            while not self.link.is_up:
                waited_s = time.monotonic() - started_s
                if waited_s > START_S:
                    raise DeviceError(f"the engine is not ready after {START_S:g} s; LATENT_BRIDGE_DEBUG=1 shows more")
                if waited_s > 4.0 and not is_told:
                    is_told = True
                    self._say("compiling the engine for this machine; only the first start takes a minute")
                code = self.link.life.exit_code if self.link.life is not None else None
                self._read_messages(is_first=True)
                if not self.link.is_up and code is not None:
                    raise DeviceError(f"the engine process ended before it was ready ({ending(code)})")
                time.sleep(0.01)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fade out and end the engine process; safe to call twice."""
        if self.link.is_up and self.link.life is not None:
            self.link.send(AllSoundOff(-1))
            time.sleep(FADE_S + (2.0 * self.link.facts.block_s if self.link.facts else 0.0))
        self.link.end(STOP_S, "latent-bridge stops")

    def poll(self) -> None:
        """Look after the engine; call every 50 ms or so. DeviceError when it cannot be kept alive."""
        if self.link.life is None:
            if time.monotonic() >= self._next_start_s:
                self._spawn()
            return
        self._add_input()
        life = self.link.life
        assert life is not None
        code = life.exit_code
        self._read_messages(is_first=False)
        if self.link.life is not life:  # lost by its own last words
            return
        if code is not None:
            is_server = code == EXIT_LOST or (self._is_on_jack and not self.link.is_up and code < 0)
            self._lose("the audio server is gone" if code == EXIT_LOST else f"the engine {ending(code)}", is_server)
            return
        facts = self.link.facts
        if self.link.is_up and facts and self._watch.is_still(life.shared.stats.get("blocks"), facts.block_s):
            self._lose("the sound stood still", self._is_on_jack)

    @property
    def _is_on_jack(self) -> bool:
        """Whether the sound hangs on a server, which may come and go: its library crashes or stalls meanwhile."""
        facts = self.link.facts
        return facts is not None and facts.is_jack

    def _add_input(self) -> None:
        """Start the engine anew with a microphone, if that is wished."""
        wish = self.link.take_wish()
        if wish is None:
            return
        if self._audio.file is not None:
            wish("a server that writes a file has no microphone")
            return
        self.link.send(AllSoundOff(-1))
        time.sleep(FADE_S)
        self.link.end(STOP_S, "the engine starts anew, with a microphone")
        self._listen = dataclasses.replace(self._listen, on=True)
        self.link.opening = wish
        self._spawn()

    def _spawn(self) -> None:
        audio, facts, listen = self._audio, self.link.facts, self._listen
        if facts is not None and audio.file is None:  # the same device again, not whatever else there is
            audio = dataclasses.replace(audio, host_api=facts.host_api)
            if facts.output:
                audio = dataclasses.replace(audio, device=facts.output)
            if facts.input:
                listen = dataclasses.replace(listen, device=facts.input)
        shared = Shared()
        job = Job(
            shared=shared.name,
            bundle=str(self.link.bundle.path.resolve()),
            provider=self._provider,
            audio=audio,
            engine=self._engine,
            listen=listen,
            sample_rate_hz=facts.sample_rate_hz if facts else 0.0,
            is_again=facts is not None and self.link.opening is None,
            seconds=self._seconds,
        )
        try:
            life = Life(self._command, job, shared)
        except OSError as error:
            shared.close()
            raise DeviceError(f"the engine process cannot be started: {of_system(error)}") from error
        self.link.begin(life)

    def _read_messages(self, *, is_first: bool) -> None:
        """Act on what the engine process has said."""
        while self.link.life is not None:
            try:
                message = self.link.life.messages.get_nowait()
            except queue.Empty:
                return
            kind = message.pop("kind")
            if kind == "ready":
                self._take_over(Facts(**message), is_first=is_first)
            elif kind == "error":
                log.debug("the engine process ended: %s", message["trace"])
                if is_first or message["type"] == RecordingError.__name__:
                    raise ERRORS.get(message["type"], RuntimeError)(message["text"])
                self._lose(message["text"])
            elif kind == "fault":
                log.warning("the engine raised and was silent for a block: %s", message["text"])
                log.debug("%s", message["trace"])
            else:
                self.link.loaded(message["path"], message.get("reason", ""))

    def _take_over(self, facts: Facts, *, is_first: bool) -> None:
        self.link.take_over(facts)
        self._watch.begin()
        done, self.link.opening = self.link.opening, None
        if done is not None:
            done("")
        elif not is_first:
            self._say(f"sound is back: {facts.where}")
            if self._listen.on and not facts.input:
                self._say("the microphone is not; /lb/listen 1 looks for it again")
            self.back()
        self._listen = dataclasses.replace(self._listen, on=bool(facts.input))

    def _go_on_without_input(self, reason: str) -> None:
        """The life with a microphone failed; the next one is as before."""
        self._listen = dataclasses.replace(self._listen, on=False)
        self.link.end(0.0, reason)
        self._spawn()

    def _lose(self, reason: str, is_server: bool = False) -> None:
        """The engine is lost; the next `poll` starts another. is_server : it is no failure of ours, and waited for."""
        life = self.link.life
        assert life is not None
        if self.link.opening is not None:
            self._go_on_without_input(reason)
            return
        was_up = self.link.is_up
        is_quick = life.ready_at_s is None or time.monotonic() - life.ready_at_s < QUICK_S
        self._n_quick = self._n_quick + 1 if is_quick else 0
        self.n_lost += 1
        self.link.end(0.0, f"the engine was lost ({reason})")
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
