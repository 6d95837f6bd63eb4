"""Notes as timed events: from labels, or changed after a MIDI file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rt.bundle.manifest import Manifest
from rt.errors import ConfigError, ControlError
from rt.events import Event, NoteOff, NoteOn
from rt.frames.symbols import DYNAMICS, velocities_of
from rt.offline.labels import NamedLabel, velocity
from rt.parameters import INSTRUMENT, LEGATO

OVERLAP_S = 0.002
"""How long a legato note lasts into the next."""


def events_of_labels(
    manifest: Manifest, labels: Sequence[NamedLabel], *, seconds: float, rate_hz: int, legato_s: float | None = None
) -> list[tuple[int, Event]]:
    """One note after the other on channel 0, as events at sample times; the last tells where the sound ends.

    seconds : of a label without a length. legato_s : time in which notes glide into each other, None strikes them anew.
    """
    events: list[tuple[int, Event]] = []
    if legato_s is not None:
        events.append((0, LEGATO.on(0, True, legato_s)))
    at_s, overlap_s = 0.0, 0.0 if legato_s is None else OVERLAP_S
    for label in labels:
        begin = round(at_s * rate_hz)
        at_s += seconds if label.seconds is None else label.seconds
        if label.note is not None:
            events.append((begin, INSTRUMENT.on(0, label.instrument)))
            events.append((begin, NoteOn(0, label.note, velocity(manifest, label))))
            events.append((round((at_s + overlap_s) * rate_hz), NoteOff(0, label.note)))
    events.sort(key=_sample)
    return events


def changed(
    events: Sequence[tuple[int, Event]], manifest: Manifest, *, dynamics: str | None, transpose: int
) -> list[tuple[int, Event]]:
    """The same notes, all of one class of dynamics where one is named, moved by semitones.

    ConfigError for an unknown class, ControlError for notes that leave the range of MIDI.
    """
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    if dynamics is not None and dynamics not in classes:
        raise ConfigError(f"--dynamics is {dynamics!r}; this bundle has {', '.join(classes)}")
    played = None if dynamics is None else round(velocities_of(classes)[classes.index(dynamics)])
    found = []
    for at, event in events:
        if isinstance(event, NoteOn | NoteOff):
            note = event.note + transpose
            if not 0 <= note <= 127:
                raise ControlError(
                    f"--transpose {transpose} moves MIDI note {event.note} to {note}; allowed are 0 to 127"
                )
            event = dataclasses.replace(event, note=note)
        if isinstance(event, NoteOn) and played is not None:
            event = dataclasses.replace(event, velocity=played)
        found.append((at, event))
    return found


def _sample(event: tuple[int, Event]) -> int:
    return event[0]
