"""What is heard sounds again: by symbols on another instrument, or by its latents. On the thread that listens."""

from __future__ import annotations

from collections.abc import Callable

from rt.bridge import Bridge
from rt.bundle.manifest import Manifest
from rt.events import Event, NoteOff, NoteOn
from rt.midi.note_range import NoteRange
from rt.parameters import BEND, CHANNEL_GAIN, FREE_GAIN, GATE, INSTRUMENT, INTERPOLATION, LATENT
from rt.transcribe import HeardEvent, Hop, NoteEnded, NoteStarted
from rt.units import gain_of_db

STEP_S = 0.01
"""Between two events of level or latents."""
GLIDE_S = 0.02
"""In which the free voice goes from one heard latent to the next."""
MIN_RISE_DB, MAX_RISE_DB = -30.0, 12.0
"""How far an echo follows the level from where its note began."""
MIN_LEVEL_DB, MAX_LEVEL_DB = -50.0, 6.0
"""How far the free voice's level goes below and above its usual one."""
QUIET_S = 0.05
"""After so long below the gate the free voice rests."""
LINEAR = 1


def check_echo(manifest: Manifest, name: str) -> int:
    """Index of the instrument that shall echo; ConfigError lists the ones there are."""
    return manifest.find_instrument(name, setting="listen.echo")


class Echo:
    """Plays the notes on an instrument, in tune with the source and as loud."""

    def __init__(self, bridge: Bridge, instrument: str, *, channel: int, follows: bool = True) -> None:
        """Begin with channel : 0-15. follows : level and pitch of the one note that sounds; several keep their own."""
        self._bridge = bridge
        self._note_range = NoteRange(bridge)
        self._name = instrument
        self._channel = channel
        self._instrument = 0
        self._follows = follows
        self._note: int | None = None
        self._begin_db = 0.0
        self._next_s = 0.0

    def begin(self, manifest: Manifest) -> None:
        """Choose the instrument; another bundle's first one where it is not there."""
        self._instrument = manifest.instrument_index(self._name) or 0
        self._bridge.send(INSTRUMENT.on(self._channel, self._instrument))
        self.rest()

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        """Play it."""
        if isinstance(event, NoteStarted):
            self._note_range.check(self._instrument, event.note)
            self._note = event.note
            self._begin_db = hop.level_db if hop is not None else 0.0
            self._next_s = event.at_s + STEP_S
            if self._follows:
                self._bridge.send(CHANNEL_GAIN.on(self._channel, 1.0))
                self._bridge.send(BEND.on(self._channel, 0.0))
            self._bridge.send(NoteOn(self._channel, event.note, event.velocity))
        elif isinstance(event, NoteEnded):
            self._bridge.send(NoteOff(self._channel, event.note))
            self._note = None
        else:
            self._bridge.send(BEND.on(self._channel, event.cents / 100.0))

    def follow(self, hop: Hop) -> None:
        """Follow the level of a note from its start."""
        if self._follows and self._note is not None and hop.at_s >= self._next_s:
            self._next_s = hop.at_s + STEP_S
            rise_db = min(max(hop.level_db - self._begin_db, MIN_RISE_DB), MAX_RISE_DB)
            self._bridge.send(CHANNEL_GAIN.on(self._channel, gain_of_db(rise_db)))

    def rest(self) -> None:
        """Leave the channel as other players expect it."""
        self._note = None
        self._bridge.send(BEND.on(self._channel, 0.0))
        self._bridge.send(CHANNEL_GAIN.on(self._channel, 1.0))


class Transfer:
    """The free voice goes where the sound lies, as loud as that."""

    def __init__(self, send: Callable[[Event], None], *, reference_db: float) -> None:
        """Begin with reference_db : level of an input that comes out at the free voice's usual level."""
        self._send = send
        self._reference_db = reference_db
        self._is_on = False
        self._next_s = self._heard_s = 0.0

    def begin(self, manifest: Manifest) -> None:
        """Have the free voice glide."""
        self.rest()
        self._send(INTERPOLATION.set(LINEAR, GLIDE_S))

    def take(self, event: HeardEvent, hop: Hop | None) -> None:
        """Notes are none of its business."""

    def follow(self, hop: Hop) -> None:
        """Send level and latents, not too often; begin and end with the sound."""
        if hop.latent is None:
            if self._is_on and hop.at_s > self._heard_s + QUIET_S:
                self._send(GATE.set(False))
                self._is_on = False
            return
        self._heard_s = hop.at_s
        if self._is_on and hop.at_s < self._next_s:
            return
        self._next_s = hop.at_s + STEP_S
        level_db = min(max(hop.level_db - self._reference_db, MIN_LEVEL_DB), MAX_LEVEL_DB)
        self._send(FREE_GAIN.set(gain_of_db(level_db)))
        self._send(LATENT.set(*tuple(hop.latent.tolist())))
        if not self._is_on:
            self._send(GATE.set(True))
            self._is_on = True

    def rest(self) -> None:
        """The free voice falls silent, and is again as others expect it; times begin anew."""
        if self._is_on:
            self._send(GATE.set(False))
        self._send(FREE_GAIN.set(1.0))
        self._is_on = False
        self._next_s = self._heard_s = -1.0
