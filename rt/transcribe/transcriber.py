"""Listener and tracker together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rt.arrays import AnyArray
from rt.bundle.manifest import Manifest
from rt.errors import BridgeError
from rt.model import ListenerModel
from rt.transcribe.events import HeardEvent
from rt.transcribe.listener import Hop, Listener
from rt.transcribe.poly import PolyTracker
from rt.transcribe.settings import ListenerSettings, TrackerSettings
from rt.transcribe.tracker import Tracker


class HeardHop(NamedTuple):
    """One hop and the events that it decided."""

    hop: Hop
    events: list[HeardEvent]


def check_polyphonic(manifest: Manifest, tracker: TrackerSettings) -> None:
    """BridgeError when several notes at once are wanted and the bundle hears only one."""
    if tracker.poly > 1 and "listener_notes" not in manifest.graphs:
        raise BridgeError(
            f"bundle {manifest.name!r} hears one note at a time (no listener_notes); leave --poly out or set it to 1"
        )


class Transcriber:
    """Samples in, notes out."""

    def __init__(
        self,
        ears: ListenerModel,
        *,
        sample_rate_hz: float,
        n_channels: int = 1,
        listener: ListenerSettings | None = None,
        tracker: TrackerSettings | None = None,
    ) -> None:
        """Begin at time 0; BridgeError when several notes at once are wanted of ears that cannot tell them."""
        tracker = tracker or TrackerSettings()
        check_polyphonic(ears.manifest, tracker)
        is_polyphonic = tracker.poly > 1
        self._listener = Listener(
            ears, sample_rate_hz=sample_rate_hz, n_channels=n_channels, settings=listener, polyphonic=is_polyphonic
        )
        kind = PolyTracker if is_polyphonic else Tracker
        self._tracker: PolyTracker | Tracker = kind(ears.manifest, hop_s=self._listener.hop_s, settings=tracker)
        self._n_channels = n_channels

    def hear(self, samples: AnyArray) -> list[HeardHop]:
        """The hops that these samples complete, and their events.

        samples : (n,) or (n, n_channels), any n; full scale is 1, and what is not finite counts as silence.
        """
        return [HeardHop(hop, self._tracker.follow(hop)) for hop in self._listener.hear(samples)]

    def stop(self) -> list[HeardEvent]:
        """End what sounds; the next samples start at time 0, after silence."""
        self._listener.start()
        return self._tracker.stop()

    def warm_up(self) -> None:
        """Compile and run everything once, and forget it."""
        n_samples = 4 * self._listener.hop_samples
        noise = np.random.default_rng(0).uniform(-0.5, 0.5, (n_samples, self._n_channels))
        self.hear(noise)
        self.stop()
