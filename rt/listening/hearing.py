"""The thread that listens: takes samples from the engine process, has them transcribed, and hands on what is heard."""

from __future__ import annotations

import math
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Protocol

import numpy as np

from rt.arrays import F32
from rt.bridge import Listening
from rt.bundle.bundle import Bundle
from rt.errors import BridgeError, DeviceError
from rt.host.engine_client import MicrophoneBlock
from rt.listening.meter import FLOOR_DB, Meter
from rt.listening.sinks import Sink
from rt.listening.wakeup_scheduler import WakeupScheduler
from rt.model import ListenerModel
from rt.transcribe import HeardEvent, Hop, ListenerSettings, TrackerSettings, Transcriber, check_polyphonic
from rt.worker import Worker, WorkerOwner, raise_priority

BUFFER_SAMPLES = 8192
"""Taken in at once at most; a host that was late catches up in several steps."""
IDLE_S = 1.0
"""Between two looks at whether to end, while nothing is listened to."""
ABSENT_S = 0.02
"""Between two looks for a microphone that is away."""
MIN_NAP_S, MAX_NAP_S = 0.0005, 0.1
MARGIN_S = 0.0002
"""A block is looked for so much later than it is due: each look costs a wake-up."""
ENDED = "it was told to end before it began"


class SampleSource(Protocol):
    """The engine process as the ears see it."""

    @property
    def bundle(self) -> Bundle:
        """What plays, and is heard with, now."""

    def hear(self, out: F32) -> MicrophoneBlock | None:
        """Take what the microphone has given, at most out (n,); None where there is none now."""

    def deafen(self) -> None:
        """Nothing more is wanted from the microphone until the next `hear`."""

    def want_input(self) -> Future[None]:
        """Have the microphone open; BridgeError says why it is not. Done at once or later, on any thread."""


class Hearing(WorkerOwner):
    """Owns the transcriber and tells the sinks; a context manager.

    `request` and `state` are for any thread; everything else runs on the listening thread, or before it starts.
    """

    def __init__(
        self,
        source: SampleSource,
        sinks: Sequence[Sink],
        *,
        listener: ListenerSettings,
        tracker: TrackerSettings,
        report: Callable[[str], None],
        is_patient: bool = True,
    ) -> None:
        """Begin deaf. report : shows the user a line. is_patient : whether sinks may be told several hops at once."""
        self._source = source
        self._sinks = sinks
        self._listener = listener
        self._tracker = tracker
        self._report = report
        self._tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._is_wanted = False
        self._is_on = False
        self._waiting: list[Future[None]] = []
        """Who wished to listen, while the ears are made ready for the stream."""
        self._ears: ListenerModel | None = None
        self._transcriber: Transcriber | None = None
        self._engine_handle = 0
        self._rate_hz = 0.0
        self._meter = Meter(1.0)
        self._hop_samples = 1
        self._n_samples = 0
        self._is_resting = True
        self._is_warming_up = False
        """Nothing sounds yet, and the thread cannot be told to end: a first start compiles for seconds."""
        self._wakeups = WakeupScheduler(
            is_patient=is_patient, is_monophonic=tracker.poly == 1, min_note_s=tracker.min_note_s
        )
        self._buffer = np.zeros(BUFFER_SAMPLES, np.float32)
        self._worker = Worker("listen", self.step)

    @property
    def state(self) -> Listening:
        """What the ears do now."""
        is_hearing = self._is_on and not self._waiting
        return Listening(is_hearing, self._meter.peak_db if is_hearing else FLOOR_DB)

    def load_ears(self, opened: ListenerModel | None = None) -> None:
        """Open the ears of the present bundle, if they are not open; BridgeError when it has none as are wanted.

        opened : the same, where who starts the program has opened them already.
        """
        bundle = self._source.bundle
        check_polyphonic(bundle.manifest, self._tracker)
        if self._ears is None or self._ears.bundle is not bundle:
            self._ears, self._transcriber = opened or ListenerModel.load(bundle, "cpu"), None
            if "listener_encoder" not in bundle.manifest.graphs:
                name = bundle.manifest.name
                self._report(f"bundle {name!r} has no listener_encoder: it hears live sound later and less surely")

    def start(self) -> None:
        """Begin to obey."""
        self._tasks.put(raise_priority)
        self._worker.start()

    def stop(self) -> None:
        """End the thread, and every note that sounds; safe to call twice."""
        if self._is_warming_up:
            self._worker.abandon()
            return
        self._tasks.put(self._wake)
        self._worker.stop()
        self._rest()

    def request(self, on: bool) -> Future[None]:
        """Listen or no longer; done, on another thread, once the next sample counts, or with why it cannot be."""
        asked: Future[None] = Future()
        self._tasks.put(partial(self._begin if on else self._end, asked))
        return asked

    def step(self) -> float:
        """Hear what has come; return how long to nap."""
        while not self._is_on or not self._tasks.empty():
            try:
                self._tasks.get(timeout=IDLE_S)()
            except queue.Empty:
                return 0.0
            if not self._is_on:
                return 0.0
        heard = self._source.hear(self._buffer)
        if heard is None:
            self._rest()
            return ABSENT_S
        if not self._is_ready(heard):
            return 0.0
        if self._waiting:
            self._answer(None)
        if heard.n_samples:
            self._take(self._buffer[: heard.n_samples])
        if heard.n_samples == BUFFER_SAMPLES:
            return 0.0
        return self._until_next(heard)

    def _until_next(self, heard: MicrophoneBlock) -> float:
        """Time until the block comes that completes the next hops; soon, if it is late."""
        missing = self._wakeups.n_hops * self._hop_samples - self._n_samples % self._hop_samples
        n_blocks = math.ceil(missing / max(heard.block_samples, 1))
        due_s = heard.came_s + n_blocks * heard.block_samples / heard.sample_rate_hz
        return min(max(due_s + MARGIN_S - time.monotonic(), MIN_NAP_S), MAX_NAP_S)

    def _wake(self) -> None:
        """Nothing to do but look again."""

    def _begin(self, asked: Future[None]) -> None:
        self._is_wanted = True
        try:
            self.load_ears()
        except BridgeError as error:
            asked.set_exception(error)
        else:
            opening = self._source.want_input()
            opening.add_done_callback(lambda opened: self._tasks.put(partial(self._opened, asked, opened.exception())))

    def _opened(self, asked: Future[None], error: BaseException | None) -> None:
        was_hearing = self._is_on and not self._waiting
        if not self._is_wanted:
            error = error or DeviceError(ENDED)
        self._is_on = error is None
        self._waiting.append(asked)
        if was_hearing or error is not None:
            self._answer(error)

    def _answer(self, error: BaseException | None) -> None:
        """Tell everybody who waits for the ears."""
        waiting, self._waiting = self._waiting, []
        for asked in waiting:
            if error is None:
                asked.set_result(None)
            else:
                asked.set_exception(error)

    def _end(self, asked: Future[None]) -> None:
        self._go_deaf(DeviceError(ENDED))
        asked.set_result(None)

    def _go_deaf(self, reason: BridgeError) -> None:
        self._is_on = self._is_wanted = False
        self._source.deafen()
        self._rest()
        self._answer(reason)

    def _is_ready(self, heard: MicrophoneBlock) -> bool:
        """Whether the transcriber fits the stream; if not, make it fit and forget what was heard meanwhile."""
        bundle_is_known = self._ears is not None and self._ears.bundle is self._source.bundle
        if bundle_is_known and self._transcriber is not None and heard.engine_handle == self._engine_handle:
            return True
        self._rest()
        self._engine_handle = heard.engine_handle
        if not bundle_is_known or self._transcriber is None or heard.sample_rate_hz != self._rate_hz:
            try:
                self.load_ears()
            except BridgeError as error:
                self._report(f"listening ends: {error}")
                self._go_deaf(error)
                return False
            assert self._ears is not None
            self._rate_hz = heard.sample_rate_hz
            self._transcriber = Transcriber(
                self._ears, sample_rate_hz=self._rate_hz, listener=self._listener, tracker=self._tracker
            )
            self._is_warming_up = True
            try:
                self._transcriber.warm_up()
            finally:
                self._is_warming_up = False
            for sink in self._sinks:
                sink.begin(self._ears.manifest)
        self._meter = Meter(self._rate_hz)
        self._hop_samples = max(round(self._listener.hop_s * self._rate_hz), 1)
        self._n_samples = 0
        self._source.deafen()
        return False

    def _take(self, sound: F32) -> None:
        for advice in self._meter.take(sound):
            self._report(advice)
        self._n_samples += len(sound)
        assert self._transcriber is not None
        self._is_resting = False
        for hop, events in self._transcriber.hear(sound):
            self._hand_on(events, hop)
            self._wakeups.take(hop, events)
            for sink in self._sinks:
                sink.follow(hop)

    def _hand_on(self, events: Sequence[HeardEvent], hop: Hop | None) -> None:
        for event in events:
            for sink in self._sinks:
                sink.take(event, hop)

    def _rest(self) -> None:
        """End everything that sounds; the next samples are a new beginning."""
        if self._is_resting or self._transcriber is None:
            return
        self._is_resting = True
        self._wakeups.begin()
        self._hand_on(self._transcriber.stop(), None)
        for sink in self._sinks:
            sink.rest()
