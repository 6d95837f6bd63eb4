"""Engines and what they play: built before there is sound, and swapped while there is. The loader has a thread."""

from __future__ import annotations

import queue
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from rt.audio.callback import BlockRenderer, SoundSource
from rt.audio.engine_messages import EngineConfigMessage
from rt.bundle import bundle
from rt.errors import BridgeError
from rt.stats import Stats

NO_MORE = ""
"""In place of a path: the loader is about to be stopped."""
LOOK_S = 0.5
"""Between two looks at whether to end."""


class Built(NamedTuple):
    """An engine that is compiled and warm."""

    engine: SoundSource
    provider: str


class Maker(Protocol):
    """Makes engines; tests have a simpler one."""

    def build(self, config_message: EngineConfigMessage, sample_rate_hz: float, stats: Stats) -> Built:
        """A warm engine."""

    def prepare(self, engine: Any, path: str, provider: str) -> Any:
        """What `engine.use` takes to play the bundle at `path`; called on the loader's thread."""


class EngineMaker:
    """Makes the real engine."""

    def build(self, config_message: EngineConfigMessage, sample_rate_hz: float, stats: Stats) -> Built:
        """A warm engine; BundleError or DeviceError when it cannot be had."""
        from rt.engine import Engine
        from rt.model import Model

        model = Model.load(bundle.load(config_message.bundle), config_message.provider)
        engine = Engine(model, sample_rate_hz=sample_rate_hz, config=config_message.engine, stats=stats)
        engine.warm_up()
        return Built(engine, model.provider)

    def prepare(self, engine: Any, path: str, provider: str) -> Any:
        """Everything that the engine needs to play the bundle, allocated and warm."""
        from rt.model import Model

        return engine.prepare(Model.load(bundle.load(path), provider))


class Loader:
    """Opens the bundles that the player asks for; `step` runs on a `Worker`."""

    def __init__(
        self, maker: Maker, player: BlockRenderer, built: Built, stats: Stats, say: Callable[..., None]
    ) -> None:
        self._maker = maker
        self._player = player
        self._built = built
        self._stats = stats
        self._say = say
        self._handed: str | None = None
        self._kept: list[Any] = []
        """The last two, so that no model is ever freed on the audio thread."""

    def step(self) -> float:
        """Load what is wanted, hand it over, and tell once it plays."""
        if self._handed is not None:
            if self._player.prepared is None:
                self._say("loaded", path=self._handed)
                self._handed = None
            return 0.005
        try:
            path = self._player.wanted_bundles.get(timeout=LOOK_S)
        except queue.Empty:
            return 0.0
        if path == NO_MORE:
            return LOOK_S
        try:
            prepared = self._maker.prepare(self._built.engine, path, self._built.provider)
        except Exception as error:  # whatever ails another model, this one plays on
            self._stats.add("bundle_failures")
            self._say("load_failed", path=path, reason=describe(error), trace=trace(error))
            return 0.0
        self._kept = [*self._kept[-1:], prepared]
        self._handed = path
        self._player.prepared = prepared
        return 0.0


def describe(error: Exception) -> str:
    """What went wrong in one line."""
    return str(error) if isinstance(error, BridgeError) else f"{type(error).__name__}: {error}"


def trace(error: Exception) -> str:
    """Where it went wrong, for --debug."""
    return "".join(traceback.format_exception(error))
