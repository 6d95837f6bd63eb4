"""Engines and what they play: built before there is sound, and swapped while there is. The loader has a thread."""

from __future__ import annotations

import queue
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from rt.attempt import Attempt
from rt.audio.callback import BlockRenderer, SoundSource
from rt.audio.engine_messages import EngineConfigMessage, LoadMessage
from rt.audio.rings import Shared
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST
from rt.errors import BridgeError, BundleError
from rt.stats import Stats

LIMIT_S = 20.0
"""A load that takes longer is given up."""
LOOK_S = 0.5
"""Between two looks at whether to end."""
SWAP_S = 0.005
"""Between two looks at whether the audio thread has taken what was handed over."""

LoadQueue = queue.SimpleQueue[LoadMessage | None]
"""What the host asks for; None when the loader is about to be stopped."""


class Built(NamedTuple):
    """An engine that is compiled and warm."""

    engine: SoundSource
    provider: str


class Maker(Protocol):
    """Makes engines; tests have a simpler one."""

    def build(self, config_message: EngineConfigMessage, sample_rate_hz: float, stats: Stats) -> Built:
        """A warm engine."""

    def prepare(self, built: Built, opened: Bundle) -> Any:
        """What `engine.use` takes to play a bundle; called on a thread of the loader."""


class EngineMaker:
    """Makes the real engine."""

    def build(self, config_message: EngineConfigMessage, sample_rate_hz: float, stats: Stats) -> Built:
        """A warm engine; BundleError or DeviceError when it cannot be had."""
        from rt.engine import Engine
        from rt.model import Model

        model = Model.load(bundle.load(config_message.bundle, keeps=True), config_message.provider)
        engine = Engine(model, sample_rate_hz=sample_rate_hz, config=config_message.engine, stats=stats)
        engine.warm_up()
        return Built(engine, model.provider)

    def prepare(self, built: Built, opened: Bundle) -> Any:
        """Everything that the engine needs to play the bundle, allocated and warm."""
        from rt.engine import Engine
        from rt.model import Model

        assert isinstance(built.engine, Engine)
        return built.engine.prepare(Model.load(opened, built.provider))


class WarmBundle(NamedTuple):
    """A bundle that is ready to play."""

    manifest: str
    """Its manifest as it was read."""
    voices: Any
    """What `engine.use` takes."""


class Loader:
    """Opens the bundles that the host asks for, one after the other; `step` runs on a `Worker`."""

    def __init__(
        self,
        wanted: LoadQueue,
        prepare: Callable[[Bundle], Any],
        player: BlockRenderer | None,
        shared: Shared,
        say: Callable[..., None],
    ) -> None:
        """Begin with nothing. prepare : what the player takes of a bundle. player : None where nothing is played."""
        self._wanted = wanted
        self._prepare = prepare
        self._player = player
        self._shared = shared
        self._say = say
        self._now: tuple[LoadMessage, Attempt[WarmBundle]] | None = None
        self._ready: tuple[LoadMessage, WarmBundle] | None = None
        self._handed: tuple[LoadMessage, WarmBundle] | None = None
        self._kept: list[Any] = []
        """The last two, so that no model is ever freed on the audio thread."""

    def step(self) -> float:
        """Load what is wanted, hand it over, and tell once it plays."""
        if self._handed is not None:
            return self._tell_once_it_plays(*self._handed)
        if self._ready is not None:
            return self._hand_over(*self._ready)
        if self._now is not None:
            self._look(*self._now)
            return 0.0
        try:
            message = self._wanted.get(timeout=LOOK_S)
        except queue.Empty:
            return 0.0
        if message is None:
            return LOOK_S
        self._now = message, Attempt(lambda: self._load(message.path), LIMIT_S)
        return 0.0

    def _load(self, path: str) -> WarmBundle:
        """The bundle: its files are read and hashed here, once, and nowhere else in the two processes."""
        opened = bundle.load(path, keeps=True)
        return WarmBundle(opened.contents[MANIFEST].decode(), self._prepare(opened))

    def _look(self, message: LoadMessage, attempt: Attempt[WarmBundle]) -> None:
        """Wait a little for a load; take what came of it, or give it up when its time is over."""
        if not attempt.wait(LOOK_S):
            return
        self._now = None
        try:
            self._ready = message, attempt.result()
        except TimeoutError:
            fix = "export a smaller model, or copy it to a faster disk"
            self._fail(message, BundleError(f"{message.path}: not loaded within {LIMIT_S:g} s; {fix}"))
        except Exception as error:  # whatever ails another model, this one plays on
            self._fail(message, error)

    def _hand_over(self, message: LoadMessage, prepared: WarmBundle) -> float:
        """Give it to the audio thread, as soon as that has applied what was sent before the load."""
        if self._player is not None:
            if self._shared.events.n_read < message.n_events:
                return SWAP_S
            self._kept = [*self._kept[-1:], prepared.voices]
            self._player.prepared = prepared.voices
        self._ready, self._handed = None, (message, prepared)
        return 0.0

    def _tell_once_it_plays(self, message: LoadMessage, prepared: WarmBundle) -> float:
        if self._player is None or self._player.prepared is None:
            self._handed = None
            self._say("loaded", number=message.number, path=message.path, manifest=prepared.manifest)
            return 0.0
        return SWAP_S

    def _fail(self, message: LoadMessage, error: Exception) -> None:
        self._shared.stats.add("bundle_failures")
        self._say("load_failed", number=message.number, reason=describe(error), trace=trace(error))


def describe(error: Exception) -> str:
    """What went wrong in one line."""
    return str(error) if isinstance(error, BridgeError) else f"{type(error).__name__}: {error}"


def trace(error: Exception) -> str:
    """Where it went wrong, for --debug."""
    return "".join(traceback.format_exception(error))
