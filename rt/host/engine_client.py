"""The engine process as the rest of the host sees it, whichever of its lives it is in.

`begin`, `take_over`, `loaded`, `load_failed`, `take_request` and `end` are the supervisor's, on the main thread; `hear`
and `deafen` are for the thread that listens; everything else may be called from any thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from rt.arrays import F32
from rt.audio.engine_messages import LoadMessage, StreamInfo
from rt.bundle.bundle import Bundle
from rt.bundle.manifest_reader import parse_manifest
from rt.errors import BundleError, DeviceError
from rt.events import Event, ResetControllers, SetParameter
from rt.host.engine_handle import EngineHandle
from rt.parameters import INSTRUMENT, Parameter, ParameterValues, is_streamed
from rt.stats import Snapshot
from rt.units import N_CHANNELS


class MicrophoneBlock(NamedTuple):
    """What `hear` took in."""

    n_samples: int
    engine_handle: int
    """Number of the engine's life: with another one the sound began anew."""
    sample_rate_hz: float
    block_samples: int
    came_s: float
    """`time.monotonic()` when the last of these blocks had come."""


PATIENCE_S = 0.5
"""An engine that takes nothing for so long is stalled; it is started anew, without its notes."""
RETRY_S = 0.001
MAX_WAITING = 16
"""Bundles that wait for the one that is being loaded, at most."""


class EngineClient:
    """What may be told and asked; without an engine, settings are kept for the next one and notes are dropped."""

    def __init__(self, bundle: Bundle, *, plays: bool, settings: Sequence[SetParameter]) -> None:
        """`plays`: whether there is an engine at all, or a microphone alone. `settings`: what an engine begins with."""
        self.bundle = bundle
        """What plays now."""
        self.stream_info: StreamInfo | None = None
        """Of the last life that was ready."""
        self.opening: Future[None] | None = None
        """Who waits for the life that opens a microphone."""
        self._plays = plays
        self._values = ParameterValues(settings)
        self._lock = threading.Lock()
        self._engine_handle: EngineHandle | None = None
        self._is_up = False
        self._base = 0
        """Events sent in earlier lives."""
        self._loads: dict[int, Future[Bundle]] = {}
        """Those that the engine was told of and has not answered for, by number."""
        self._n_loads = 0
        self._request: Future[None] | None = None
        """Who wants a microphone that is not open."""
        self._n_lives = 0

    @property
    def is_up(self) -> bool:
        """Whether an engine plays."""
        return self._is_up

    @property
    def engine_handle(self) -> EngineHandle | None:
        """The engine process of now, ready or not."""
        return self._engine_handle

    def send(self, event: Event) -> None:
        """Hand an event to the engine; settings are also kept for the next one.

        Where too much is going on it waits for room, so that no note-off is lost, but not for what is streamed.
        """
        with self._lock:
            if isinstance(event, SetParameter):
                self._values.set(event)
            elif isinstance(event, ResetControllers):
                self._values.reset(event.channel)
        end_s = time.monotonic() + PATIENCE_S
        while not self._put(event) and not is_streamed(event) and time.monotonic() < end_s:
            time.sleep(RETRY_S)

    def _put(self, event: Event) -> bool:
        """False where an engine plays, but has no room for the event."""
        with self._lock:
            if self._is_up and self._engine_handle is not None and self._plays:
                return self._engine_handle.shared.events.put(event)
        return True

    def load(self, path: Path) -> Future[Bundle]:
        """Have the engine swap in the bundle of a folder; BundleError says why it did not. Loads keep their order.

        The engine process reads and checks the files. The future is done on the main thread, once the bundle plays.
        """
        load: Future[Bundle] = Future()
        load.set_running_or_notify_cancel()  # it cannot be cancelled
        with self._lock:
            reason = self._ask(path, load)
        if reason:
            load.set_exception(BundleError(reason))
        return load

    def _ask(self, path: Path, load: Future[Bundle]) -> str:
        """Why the engine cannot be told of a load, "" when it was."""
        if not self._is_up or self._engine_handle is None:
            return "the engine is not running just now; try again"
        if len(self._loads) > MAX_WAITING:
            return f"{MAX_WAITING} bundles wait to be loaded already; try again"
        self._n_loads += 1
        n_events = self._engine_handle.shared.events.n_written
        message = LoadMessage(number=self._n_loads, path=str(path), n_events=n_events)
        if not self._engine_handle.send(message.to_json().encode()):
            return "too much is going on; try again"
        self._loads[self._n_loads] = load
        return ""

    def mark(self) -> int:
        """A number that stands for every event sent so far."""
        with self._lock:
            return self._base + (0 if self._engine_handle is None else self._engine_handle.shared.events.n_written)

    def is_reached(self, mark: int) -> bool:
        """Whether every event sent before `mark` is done with: taken by the engine, or lost with one."""
        with self._lock:
            return mark <= self._base + (0 if self._engine_handle is None else self._engine_handle.shared.events.n_read)

    def snapshot(self) -> Snapshot:
        """The engine's counters now; zeros without one."""
        with self._lock:
            return Snapshot() if self._engine_handle is None else self._engine_handle.shared.stats.snapshot()

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel plays."""
        with self._lock:
            return self._instrument(channel)

    def value(self, row: Parameter, channel: int) -> tuple[float, ...] | None:
        """What a row is set to on a channel; its default until it is set."""
        with self._lock:
            return self._values.get(row, channel)

    def values(self) -> ParameterValues:
        """A copy of what is set now."""
        with self._lock:
            return ParameterValues(list(self._values.replay(with_held=True)))

    def _instrument(self, channel: int) -> int:
        value = self._values.get(INSTRUMENT, channel)
        assert value is not None  # set from the beginning
        return int(value[0])

    def hear(self, out: F32) -> MicrophoneBlock | None:
        """Take what the microphone has given since the last call, at most out (n,); None where there is none now."""
        with self._lock:
            stream_info = self.stream_info
            if not self._is_up or self._engine_handle is None or stream_info is None or not stream_info.input:
                return None
            ring, stats = self._engine_handle.shared.heard, self._engine_handle.shared.stats
            ring.open(True)
            came_s, block_samples = stats.get("last_input_s"), int(stats.get("block_samples"))
            n_samples = ring.read(out[: ring.n_readable])
            return MicrophoneBlock(n_samples, self._n_lives, stream_info.sample_rate_hz, block_samples, came_s)

    def deafen(self) -> None:
        """Nothing more is wanted from the microphone until the next `hear`."""
        with self._lock:
            if self._engine_handle is not None:
                self._engine_handle.shared.heard.open(False)

    def want_input(self) -> Future[None]:
        """Have the microphone open: done at once where it is, or after a new start of the engine, or a DeviceError."""
        request: Future[None] = Future()
        with self._lock:
            is_there = self.stream_info is not None and bool(self.stream_info.input)
            if not is_there and self._request is None and self.opening is None:
                self._request = request
                return request
        if is_there:
            request.set_result(None)
        else:
            request.set_exception(DeviceError("the microphone is being opened already"))
        return request

    def take_request(self) -> Future[None] | None:
        """Who wants a microphone, told once; the supervisor answers."""
        with self._lock:
            request, self._request = self._request, None
        return request

    def begin(self, engine_handle: EngineHandle) -> None:
        """An engine process has been started."""
        with self._lock:
            self._engine_handle = engine_handle
            self._n_lives += 1

    def take_over(self, stream_info: StreamInfo) -> None:
        """That engine is ready: it is told the settings of the one before."""
        engine_handle = self._engine_handle
        assert engine_handle is not None
        self.stream_info = stream_info
        with self._lock:
            for event in self._values.replay(with_held=False) if self._plays else ():
                engine_handle.shared.events.put(event)
            self._is_up = True
        engine_handle.ready_at_s = time.monotonic()

    def loaded(self, number: int, path: Path, manifest: str) -> list[str]:
        """The engine has swapped in the bundle that the load of that number named; the settings that it dropped."""
        bundle = Bundle(path, parse_manifest(manifest.encode(), path))
        with self._lock:
            load = self._loads.pop(number)
            dropped = self._values.change_bundle(self.bundle.manifest, bundle.manifest)
            self.bundle = bundle
            for channel in range(N_CHANNELS):  # what was sent meanwhile was an index of the bundle before
                if self._engine_handle is not None and self._plays:
                    self._engine_handle.shared.events.put(INSTRUMENT.on(channel, self._instrument(channel)))
        load.set_result(bundle)
        return dropped

    def load_failed(self, number: int, reason: str) -> None:
        """The engine says why it could not."""
        with self._lock:
            load = self._loads.pop(number)
        load.set_exception(BundleError(reason))

    def end(self, patience_s: float, reason: str) -> None:
        """End the engine process, asking it for so long; all who wait for its answers get the reason."""
        with self._lock:
            engine_handle, self._engine_handle = self._engine_handle, None
            self._is_up = False
            loads, self._loads = list(self._loads.values()), {}
            waiting, self.opening = self.opening, None
            if engine_handle is not None:
                self._base += engine_handle.shared.events.n_written
        if engine_handle is not None:
            engine_handle.end(patience_s)
        for load in loads:
            load.set_exception(BundleError(reason))
        if waiting is not None:
            waiting.set_exception(DeviceError(reason))
