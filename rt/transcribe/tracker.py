"""Hops to notes, one at a time."""

from __future__ import annotations

from rt.manifest import Manifest
from rt.transcribe.events import HeardEvent
from rt.transcribe.listener import Hop
from rt.transcribe.settings import TrackerSettings


class Tracker:
    """Follows one melody."""

    def __init__(self, manifest: Manifest, settings: TrackerSettings | None = None) -> None:
        raise NotImplementedError

    def follow(self, hop: Hop) -> list[HeardEvent]:
        """What this hop decides."""
        raise NotImplementedError

    def stop(self) -> list[HeardEvent]:
        """End what sounds and forget everything."""
        raise NotImplementedError
