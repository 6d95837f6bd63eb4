"""Listener and tracker together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rt.arrays import AnyArray
from rt.model import Ears
from rt.transcribe.events import HeardEvent
from rt.transcribe.listener import Hop, Listener
from rt.transcribe.settings import ListenerSettings, TrackerSettings
from rt.transcribe.tracker import Tracker


class Heard(NamedTuple):
    """One hop and the events that it decided."""

    hop: Hop
    events: list[HeardEvent]


class Transcriber:
    """Samples in, notes out."""

    def __init__(
        self,
        ears: Ears,
        *,
        sample_rate_hz: float,
        listener: ListenerSettings | None = None,
        tracker: TrackerSettings | None = None,
    ) -> None:
        self._listener = Listener(ears, sample_rate_hz=sample_rate_hz, settings=listener)
        self._tracker = Tracker(ears.manifest, tracker)

    def hear(self, samples: AnyArray) -> Iterator[Heard]:
        """The hops that these samples complete, and their events.

        samples : (n,) or (n, n_channels), any n; what is not finite counts as silence.
        """
        for hop in self._listener.hear(samples):
            yield Heard(hop, self._tracker.follow(hop))

    def stop(self) -> list[HeardEvent]:
        """End what sounds; the next samples start at time 0."""
        raise NotImplementedError

    def warm_up(self) -> None:
        """Compile and run everything once."""
        raise NotImplementedError
