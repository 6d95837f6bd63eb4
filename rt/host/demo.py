"""The demo phrase: eight seconds for piano, flute, violin, alto sax and trumpet that can be played in a loop."""

from __future__ import annotations

import time
from typing import NamedTuple

from rt.bridge import Bridge
from rt.bundle.manifest import Manifest
from rt.events import Event, NoteOff, NoteOn, SetParameter
from rt.parameters import CHANNEL_GAIN, INSTRUMENT, SUSTAIN

BEAT_S = 0.5
N_BEATS = 16
LENGTH_S = N_BEATS * BEAT_S
FIRST_CHANNEL = 11
"""The parts take the last channels, so that a keyboard on the first ones plays along undisturbed."""


class Tone(NamedTuple):
    """One note of a part."""

    beat: float
    length: float
    """In beats."""
    note: int
    velocity: int


PIANO = (
    # F major 9
    Tone(0.0, 1.0, 41, 78), Tone(0.5, 1.0, 48, 58), Tone(1.0, 1.0, 57, 62), Tone(1.5, 1.0, 64, 66),
    Tone(2.0, 1.0, 67, 70), Tone(2.5, 1.0, 64, 58), Tone(3.0, 0.9, 57, 56), Tone(3.5, 0.4, 60, 54),
    # D minor 9
    Tone(4.0, 1.0, 38, 76), Tone(4.5, 1.0, 45, 56), Tone(5.0, 1.0, 53, 60), Tone(5.5, 1.0, 60, 64),
    Tone(6.0, 1.0, 64, 68), Tone(6.5, 1.0, 60, 58), Tone(7.0, 0.9, 57, 56), Tone(7.5, 0.4, 53, 54),
    # B flat major 9
    Tone(8.0, 1.0, 34, 80), Tone(8.5, 1.0, 46, 60), Tone(9.0, 1.0, 53, 64), Tone(9.5, 1.0, 62, 68),
    Tone(10.0, 1.0, 69, 74), Tone(10.5, 1.0, 62, 64), Tone(11.0, 0.9, 60, 62), Tone(11.5, 0.4, 57, 60),
    # C 13, suspended, then resolved
    Tone(12.0, 3.8, 36, 86), Tone(12.0, 1.9, 58, 74), Tone(12.0, 1.9, 62, 74), Tone(12.0, 1.9, 65, 78),
    Tone(14.0, 1.8, 58, 64), Tone(14.0, 1.8, 62, 64), Tone(14.0, 1.8, 64, 70),
)  # fmt: skip
FLUTE = (
    Tone(0.0, 1.4, 84, 84), Tone(1.5, 0.5, 81, 72), Tone(2.0, 0.9, 79, 78), Tone(3.0, 0.9, 76, 70),
    Tone(4.0, 1.4, 77, 82), Tone(5.5, 0.5, 76, 70), Tone(6.0, 1.8, 72, 64),
    Tone(12.0, 1.9, 86, 92), Tone(14.0, 1.6, 84, 70),
)  # fmt: skip
VIOLIN = (
    Tone(4.0, 1.9, 69, 56), Tone(6.0, 1.9, 72, 66), Tone(8.0, 2.9, 74, 78), Tone(11.0, 0.9, 77, 86),
    Tone(12.0, 1.9, 79, 92), Tone(14.0, 1.7, 76, 66),
)  # fmt: skip
ALTO_SAX = (
    Tone(7.5, 0.5, 65, 72), Tone(8.0, 0.5, 69, 84), Tone(8.5, 0.9, 72, 96), Tone(9.5, 0.9, 74, 92),
    Tone(10.5, 0.5, 72, 80), Tone(11.0, 0.9, 69, 72), Tone(12.0, 1.8, 65, 62), Tone(14.0, 1.7, 64, 54),
)  # fmt: skip
TRUMPET = (
    Tone(11.0, 0.45, 67, 70), Tone(11.5, 0.45, 69, 80), Tone(12.0, 0.95, 70, 96), Tone(13.0, 0.9, 74, 104),
    Tone(14.0, 1.6, 72, 82),
)  # fmt: skip
PEDAL = ((0.02, True), (3.95, False), (4.02, True), (7.95, False), (8.02, True), (11.95, False))
"""Beats at which the piano's pedal moves."""
PARTS = (
    ("piano", PIANO, 0.9),
    ("flute", FLUTE, 0.75),
    ("violin", VIOLIN, 0.7),
    ("alto sax", ALTO_SAX, 0.75),
    ("trumpet", TRUMPET, 0.6),
)
"""Instrument, notes and channel gain."""


def phrase(manifest: Manifest) -> list[tuple[float, Event]]:
    """Seconds and events, in order, for the instruments that the bundle has.

    Parts without their instrument are played by another one, an octave away where it does not reach.
    """
    timed: list[tuple[float, Event]] = []
    for i, (name, notes, gain) in enumerate(PARTS):
        channel = FIRST_CHANNEL + i
        index = manifest.instrument_index(name)
        if index is None:
            index = i % len(manifest.instruments)
        spec = manifest.instruments[index]
        timed += [(0.0, INSTRUMENT.on(channel, index)), (0.0, CHANNEL_GAIN.on(channel, gain))]
        for beat, length, note, velocity in notes:
            reached = spec.reachable(note)
            timed.append((beat * BEAT_S, NoteOn(channel, reached, velocity)))
            timed.append(((beat + length) * BEAT_S, NoteOff(channel, reached)))
        if name == "piano":
            timed += [(beat * BEAT_S, SUSTAIN.on(channel, on)) for beat, on in PEDAL]
    return sorted(timed, key=lambda item: (item[0], _order(item[1])))


def _order(event: Event) -> int:
    """Of events at one time: settings, ends, the pedal, beginnings."""
    if isinstance(event, SetParameter):
        return 2 if event.id == SUSTAIN.id else 0
    return 1 if isinstance(event, NoteOff) else 3


class DemoPlayer:
    """Sends the phrase by the clock, again and again; `step` runs on a `Worker`."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._events = phrase(bridge.manifest)
        self._next = 0
        self._start_s = time.monotonic() + 0.1

    def step(self) -> float:
        """Send what is due; return the time until the next event."""
        if self._next == len(self._events):
            self._start_s += LENGTH_S
            self._events = phrase(self._bridge.manifest)
            self._next = 0
        at_s, event = self._events[self._next]
        wait_s = self._start_s + at_s - time.monotonic()
        if wait_s > 0.0:
            return wait_s
        self._bridge.send(event)
        self._next += 1
        return 0.0
