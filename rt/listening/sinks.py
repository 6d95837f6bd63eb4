"""Where what is heard goes as messages: MIDI and OSC. Everything runs on the thread that listens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from rt.arrays import F32
from rt.bundle.manifest import Manifest
from rt.errors import DeviceError
from rt.midi.link import MidiLink
from rt.midi.messages import CONTROL, NOTE_OFF, NOTE_ON, bend_message, range_messages
from rt.osc.message import Value
from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted, PitchMoved

BEND_RANGE_SEMITONES = 2
ALL_NOTES_OFF = 123
LATENT_S = 0.02
"""Between two messages of latents."""
LABELS_S = 0.05
"""Between two messages of labels while a note sounds."""


class Sink(Protocol):
    """Takes what is heard, in order and at once."""

    def begin(self, manifest: Manifest) -> None:
        """The bundle's ears hear from now on."""

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        """A note starts, moves or ends; there is no hop when it ends because nothing is heard any more."""

    def follow(self, hop: Hop) -> None:
        """A moment has passed, its events are taken."""

    def rest(self) -> None:
        """Nothing is heard for now; every note has ended."""


class MidiNotes:
    """Notes, and bends where they are wanted, to a MIDI port."""

    def __init__(self, output: MidiLink, *, channel: int, bends: bool, report: Callable[[str], None]) -> None:
        """Begin with channel : 0-15. bends : whether the pitch between the semitones is sent. report : to the user."""
        self._output = output
        self._report = report
        self._channel = channel
        self._bends = bends
        self._is_bent = False

    def begin(self, manifest: Manifest) -> None:
        """Open the port if it is not open, end what a killed bridge left there, and tell the range of the bends."""
        try:
            self._output.open_output()
        except DeviceError as error:  # it may still come
            self._report(str(error))
        self._output.send(CONTROL | self._channel, ALL_NOTES_OFF, 0)
        if self._bends:
            for message in range_messages(self._channel, BEND_RANGE_SEMITONES):
                self._output.send(*message)

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        """Send it."""
        if isinstance(event, NoteStarted):
            self._bend(0.0)
            self._output.send(NOTE_ON | self._channel, event.note, event.velocity)
        elif isinstance(event, NoteEnded):
            self._output.send(NOTE_OFF | self._channel, event.note, 0)
        else:
            self._bend(event.cents)

    def follow(self, hop: Hop) -> None:
        """Nothing is sent between events."""

    def rest(self) -> None:
        """End what may sound, and straighten the pitch."""
        self._output.release()
        self._bend(0.0)

    def _bend(self, cents: float) -> None:
        if self._bends and (cents or self._is_bent):
            self._output.send(*bend_message(self._channel, cents / 100.0, BEND_RANGE_SEMITONES))
            self._is_bent = bool(cents)


class OscMessages:
    """Notes, labels and latents to the clients of `/lb/notify`."""

    def __init__(self, notify: Callable[[str, Sequence[Value]], None]) -> None:
        self._notify = notify
        self._names: tuple[str, ...] = ()
        self._note: int | None = None
        self._labels: tuple[str, int, int, int] | None = None
        self._labels_s = self._latent_s = 0.0

    def begin(self, manifest: Manifest) -> None:
        """Take the names of the bundle's instruments."""
        self._names = tuple(spec.name for spec in manifest.instruments)
        self.rest()

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        """Send a note and its labels; bends are in the latents."""
        if isinstance(event, PitchMoved):
            return
        velocity = event.velocity if isinstance(event, NoteStarted) else 0
        self._notify("/lb/heard/note", (event.note, velocity))
        if velocity:
            self._note, self._labels = event.note, None
        elif event.note == self._note:  # an older one may end under it
            self._note, self._labels = None, None
        if hop is not None:
            self._send_labels(hop)

    def follow(self, hop: Hop) -> None:
        """Send latents, and labels that have changed, not too often."""
        if hop.latent is not None and hop.at_s >= self._latent_s + LATENT_S:
            self._latent_s = hop.at_s
            self._notify("/lb/heard/latent", hop.latent.tolist())
        if hop.at_s >= self._labels_s + LABELS_S:
            self._send_labels(hop)

    def rest(self) -> None:
        """Begin anew; times too."""
        self._note, self._labels = None, None
        self._labels_s = self._latent_s = -1.0

    def _send_labels(self, hop: Hop) -> None:
        if self._note is None or hop.symbols is None or self._note < 12:
            return
        instrument, dynamics = (_likeliest(hop.symbols[name]) for name in ("instrument", "dynamics"))
        labels = (self._names[instrument], self._note // 12 - 1, self._note % 12, dynamics)
        if labels != self._labels:
            self._labels, self._labels_s = labels, hop.at_s
            self._notify("/lb/heard/symbols", labels)


def _likeliest(probabilities: F32) -> int:
    """Class of the greatest probability, silence (the last one) aside."""
    return int(np.argmax(probabilities[:-1]))
