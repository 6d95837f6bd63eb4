"""Keeps an engine process alive: starts it, watches its blocks, and starts another when it is lost.

The host's main thread owns the supervisor. `send`, `mark`, `is_reached`, `snapshot`, `instrument` and `want_input` may
be called from any thread, `hear` and `deafen` from the one that listens.
"""

from __future__ import annotations

import dataclasses
import errno
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import NamedTuple

from rt.arrays import F32
from rt.audio.device import NoDeviceError
from rt.audio.engine_process import EXIT_LOST
from rt.audio.job import Facts, Job
from rt.audio.life import COMMAND, STOP_S, Life, ending
from rt.audio.loads import Load, Loads
from rt.audio.rings import Shared
from rt.audio.settings import SettingsBook
from rt.audio.watch import Watch
from rt.bundle import Bundle
from rt.config import AudioConfig, EngineConfig, ListenConfig
from rt.errors import BridgeError, BundleError, ConfigError, DeviceError
from rt.events import AllSoundOff, Event, UseBundle
from rt.stats import Snapshot

log = logging.getLogger(__name__)

START_S = 180.0
"""A first start compiles the engine for this machine."""
FADE_S = 0.06
QUICK_S = 2.0
"""A life that ends within so much of its first block failed quickly ..."""
MAX_QUICK = 5
"""... and so many in a row are borne."""
ERRORS: dict[str, type[Exception]] = {
    cls.__name__: cls for cls in (BridgeError, BundleError, ConfigError, DeviceError, NoDeviceError)
}


class Heard(NamedTuple):
    """What `hear` took in."""

    n_samples: int
    life: int
    """Number of the engine's life: with another one the sound began anew."""
    sample_rate_hz: float
    block_samples: int
    came_s: float
    """`time.monotonic()` when the last of these blocks had come."""


class Supervisor:
    """The engine process as the host sees it; a context manager."""

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
        first = 0
        if engine.instrument:
            index = bundle.manifest.instrument_index(engine.instrument)
            if index is None:
                have = ", ".join(spec.name for spec in bundle.manifest.instruments)
                raise ConfigError(
                    f"engine.instrument is {engine.instrument!r}; bundle {bundle.manifest.name!r} has {have}"
                )
            first = index
        self.bundle = bundle
        """What plays now."""
        self.facts: Facts | None = None
        """Of the last life that was ready."""
        self.n_lost = 0
        """Engines lost so far."""
        self.n_dropped = 0
        """Events that found the ring full."""
        self.back: Callable[[], None] = lambda: None
        """Called on the main thread when a new engine has taken over."""
        self._provider = provider
        self._audio = audio
        self._engine = dataclasses.replace(engine, instrument="")  # the book says it, in every life
        self._listen = listen
        self._say = say
        self._seconds = seconds
        self._command = command
        self._book = SettingsBook(first)
        self._lock = threading.Lock()
        self._life: Life | None = None
        self._is_up = False
        self._base = 0
        """Events sent in earlier lives."""
        self._loads = Loads()
        self._watch = Watch()
        self._input_wish: Callable[[str], None] | None = None
        """Who wants a microphone that is not open ..."""
        self._input_done: Callable[[str], None] | None = None
        """... and who waits for the life that opens it."""
        self._n_lives = 0
        self._n_quick = 0
        self._next_start_s = 0.0

    def __enter__(self) -> Supervisor:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def is_up(self) -> bool:
        """Whether an engine plays."""
        return self._is_up

    @property
    def pid(self) -> int | None:
        """Process number of the engine, None without one."""
        return None if self._life is None else self._life.pid

    def start(self) -> None:
        """Start the engine and wait until it plays; raises the BridgeError that hinders it."""
        self._spawn()
        started_s, is_told = time.monotonic(), False
        try:
            while not self._is_up:
                waited_s = time.monotonic() - started_s
                if waited_s > START_S:
                    raise DeviceError(f"the engine is not ready after {START_S:g} s; LATENT_BRIDGE_DEBUG=1 shows more")
                if waited_s > 4.0 and not is_told:
                    is_told = True
                    self._say("compiling the engine for this machine; only the first start takes a minute")
                self._hear(is_first=True)
                life = self._life
                if not self._is_up and life is not None and life.exit_code is not None:
                    self._hear(is_first=True)
                    raise DeviceError(f"the engine process ended before it was ready ({ending(life.exit_code)})")
                time.sleep(0.01)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fade out and end the engine process; safe to call twice."""
        if self._is_up and self._life is not None:
            self.send(AllSoundOff(-1))
            time.sleep(FADE_S + 2.0 * (self.facts.block_samples / self.facts.sample_rate_hz if self.facts else 0.0))
        self._end_life(STOP_S, "latent-bridge stops")

    def poll(self) -> None:
        """Look after the engine; call every 50 ms or so. DeviceError when it cannot be kept alive."""
        if self._life is None:
            if time.monotonic() >= self._next_start_s:
                self._spawn()
            return
        self._add_input()
        self._hear(is_first=False)
        life = self._life
        if life is None:
            return
        code = life.exit_code
        if code is not None:
            self._lose("the audio server is gone" if code == EXIT_LOST else f"the engine {ending(code)}", code)
        elif self._is_up and self.facts is not None:
            block_s = self.facts.block_samples / self.facts.sample_rate_hz
            if self._watch.is_still(life.shared.stats.get("blocks"), block_s):
                self._lose("the sound stood still", None)

    def send(self, event: Event) -> None:
        """Hand an event to the engine; settings are also kept for the next one."""
        with self._lock:
            self._book.remember(event)
            if self._is_up and self._life is not None and self._audio.plays:
                self.n_dropped += not self._life.shared.events.put(event)

    def load(self, bundle: Bundle, done: Callable[[str], None]) -> None:
        """Have the engine swap a checked bundle in; `done` gets "" or a reason, on the main thread."""
        event = UseBundle(str(bundle.path.resolve()))
        if not self._audio.plays:
            self.bundle = bundle
            done("")
            return
        with self._lock:
            reason = "the engine is not running just now; try again"
            if self._is_up and self._life is not None:
                mark = self._base + self._life.shared.events.n_written + 1
                reason = "" if self._life.shared.events.put(event) else "too much is going on; try again"
                if not reason:
                    self._loads.add(Load(bundle, mark, done))
        if reason:
            done(reason)

    def mark(self) -> int:
        """A number that stands for everything sent so far."""
        with self._lock:
            return self._base + (0 if self._life is None else self._life.shared.events.n_written)

    def is_reached(self, mark: int) -> bool:
        """Whether everything sent before `mark` is done: taken by the engine, loaded, or lost with an engine."""
        with self._lock:
            if self._loads.is_waiting(mark):
                return False
            return mark <= self._base + (0 if self._life is None else self._life.shared.events.n_read)

    def snapshot(self) -> Snapshot:
        """The engine's counters now; zeros without one."""
        with self._lock:
            return Snapshot() if self._life is None else self._life.shared.stats.snapshot()

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel plays."""
        with self._lock:
            return self._book.instrument(channel)

    def hear(self, out: F32) -> Heard | None:
        """Take what the microphone has given since the last call, at most out (n,); None where there is none now."""
        with self._lock:
            facts = self.facts
            if not self._is_up or self._life is None or facts is None or not facts.input:
                return None
            ring, stats = self._life.shared.heard, self._life.shared.stats
            ring.open(True)
            came_s, block_samples = stats.get("last_input_s"), int(stats.get("block_samples"))
            n_samples = ring.read(out[: ring.n_readable])
            return Heard(n_samples, self._n_lives, facts.sample_rate_hz, block_samples, came_s)

    def deafen(self) -> None:
        """Nothing more is wanted from the microphone until the next `hear`."""
        with self._lock:
            if self._life is not None:
                self._life.shared.heard.open(False)

    def want_input(self, done: Callable[[str], None]) -> None:
        """Have the microphone open: `done` gets "" at once, or "" or a reason after a new start of the engine."""
        with self._lock:
            is_there = self.facts is not None and bool(self.facts.input)
            if not is_there and self._input_wish is None and self._input_done is None:
                self._input_wish = done
                return
        done("" if is_there else "the microphone is being opened already")

    def _add_input(self) -> None:
        """Start the engine anew with a microphone, if that is wished."""
        with self._lock:
            wish, self._input_wish = self._input_wish, None
        if wish is None:
            return
        if self._audio.file is not None:
            wish("a server that writes a file has no microphone")
            return
        self.send(AllSoundOff(-1))
        time.sleep(FADE_S)
        self._end_life(STOP_S, "the engine starts anew, with a microphone")
        self._listen = dataclasses.replace(self._listen, on=True)
        self._input_done = wish
        self._spawn()

    def _spawn(self) -> None:
        audio, facts, listen = self._audio, self.facts, self._listen
        if facts is not None and audio.file is None:  # the same device again, not whatever else there is
            audio = dataclasses.replace(audio, host_api=facts.host_api)
            if facts.output:
                audio = dataclasses.replace(audio, device=facts.output)
            if facts.input:
                listen = dataclasses.replace(listen, device=facts.input)
        shared = Shared()
        job = Job(
            shared=shared.name,
            bundle=str(self.bundle.path.resolve()),
            provider=self._provider,
            audio=audio,
            engine=self._engine,
            listen=listen,
            sample_rate_hz=facts.sample_rate_hz if facts else 0.0,
            is_again=facts is not None and self._input_done is None,
            seconds=self._seconds,
        )
        try:
            life = Life(self._command, job, shared)
        except OSError as error:
            shared.close()
            raise DeviceError(f"the engine process cannot be started: {error.strerror or errno.errorcode}") from error
        with self._lock:
            self._life = life
            self._n_lives += 1

    def _hear(self, *, is_first: bool) -> None:
        """Act on what the engine process has said."""
        while self._life is not None:
            try:
                message = self._life.messages.get_nowait()
            except queue.Empty:
                return
            kind = message.pop("kind")
            if kind == "ready":
                self._take_over(Facts(**message), is_first=is_first)
            elif kind == "error":
                log.debug("the engine process ended: %s", message["trace"])
                if is_first:
                    raise ERRORS.get(message["type"], RuntimeError)(message["text"])
                self._lose(message["text"], None)
            elif kind == "fault":
                log.warning("the engine raised and was silent for a block: %s", message["text"])
                log.debug("%s", message["trace"])
            else:
                self._loaded(message["path"], message.get("reason", ""))

    def _take_over(self, facts: Facts, *, is_first: bool) -> None:
        life = self._life
        assert life is not None
        self.facts = facts
        with self._lock:
            for event in self._book.replay() if self._audio.plays else ():
                life.shared.events.put(event)
            self._is_up = True
        life.ready_at_s = time.monotonic()
        self._watch.begin()
        done, self._input_done = self._input_done, None
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
        self._end_life(0.0, reason)
        self._spawn()

    def _loaded(self, path: str, reason: str) -> None:
        with self._lock:
            load = self._loads.take(path)
            if load is None:
                return
            events: list[Event] = []
            if not reason:
                events = self._book.change_bundle(self.bundle.manifest, load.bundle.manifest)
                self.bundle = load.bundle
            for event in events:
                if self._life is not None:
                    self._life.shared.events.put(event)
        load.done(reason)

    def _lose(self, reason: str, code: int | None) -> None:
        """The engine is lost; the next `poll` starts another."""
        life = self._life
        assert life is not None
        if self._input_done is not None:
            self._go_on_without_input(reason)
            return
        was_up = self._is_up
        is_quick = life.ready_at_s is None or time.monotonic() - life.ready_at_s < QUICK_S
        self._n_quick = self._n_quick + 1 if is_quick else 0
        self.n_lost += 1
        self._end_life(0.0, f"the engine was lost ({reason})")
        if self._n_quick > MAX_QUICK:
            raise DeviceError(
                f"the engine failed {self._n_quick} times in a row, the last time because {reason}; "
                "LATENT_BRIDGE_DEBUG=1 shows more"
            )
        self._next_start_s = time.monotonic() + 0.25 * self._n_quick
        if was_up:
            self._say(f"sound lost: {reason}; starting it again")

    def _end_life(self, patience_s: float, reason: str) -> None:
        with self._lock:
            life, self._life = self._life, None
            self._is_up = False
            loads = self._loads.give_up()
            waiting, self._input_done = self._input_done, None
            if life is not None:
                self._base += life.shared.events.n_written
        if life is not None:
            life.end(patience_s)
        for done in [load.done for load in loads] + ([waiting] if waiting else []):
            done(reason)
