"""What OSC and MIDI may ask of the host: one protocol, implemented by `rt.host.host`."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple, Protocol

from rt.bundle.bundle import Bundle
from rt.bundle.manifest import Manifest
from rt.events import Event
from rt.stats import Snapshot


class Listening(NamedTuple):
    """What the ears do now."""

    is_on: bool
    level_db: float
    """Peak of the input within the last second, 0 dB is full scale; -120 for silence and when they are off."""


class Bridge(Protocol):
    """The host as its control threads see it; every method may be called from any thread."""

    @property
    def manifest(self) -> Manifest:
        """The manifest of the bundle that plays now."""

    def send(self, event: Event) -> None:
        """Hand an event to the engine and remember it if it is a setting; never blocks for long, never raises."""

    def snapshot(self) -> Snapshot:
        """The engine's counters now."""

    def mark(self) -> int:
        """A number that stands for every event sent so far."""

    def is_reached(self, mark: int) -> bool:
        """Whether the engine has applied every event sent before `mark`."""

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel (0-15) plays."""

    def load_bundle(self, path: Path) -> Future[Bundle]:
        """Have the engine check the bundle of a folder and swap it in; BundleError when it cannot.

        Returns at once; the future is done when the bundle plays, on some other thread.
        """

    def listen(self, on: bool) -> Future[None]:
        """Hear the microphone or no longer; BridgeError when it cannot be. As quick as `load_bundle`."""

    def listening(self) -> Listening:
        """Whether the microphone is heard, and how loud it is."""

    def preset(self, action: str, name: str) -> Future[str]:
        """Save, load or delete a preset, or load the next or previous one; what was done, or ControlError.

        name : of the preset; to load, `#3` is the third. As quick as `load_bundle`.
        """

    def presets(self) -> Future[list[str]]:
        """Names of the presets, in their order. As quick as `load_bundle`."""

    def report(self, message: str) -> None:
        """Show the user one line, once for each different line."""
