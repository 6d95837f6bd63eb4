"""MIDI messages of one source as events: bytes in, events out, no ports.

Belongs to the thread that reads the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from rt.bridge import Bridge
from rt.events import AllNotesOff, Event, NoteOff, NoteOn
from rt.midi import programs
from rt.midi.actions import ACTIONS, PRESET_BANK, ChannelMemory
from rt.midi.controllers import Controllers
from rt.midi.messages import CONTROL, NOTE_OFF, NOTE_ON, PITCH_BEND, PROGRAM, bend_share
from rt.midi.note_range import NoteRange
from rt.parameters import BEND, INSTRUMENT, SUSTAIN
from rt.units import N_CHANNELS


class MidiChannels:
    """Turns the messages of one port into events."""

    def __init__(
        self,
        bridge: Bridge,
        *,
        bend_range_semitones: float = 2.0,
        general_midi_first: bool = False,
        controllers: Controllers | None = None,
    ) -> None:
        """Begin at rest.

        general_midi_first : programs are those of a file, see `rt.midi.programs`. controllers : what was learnt, which
        comes first.
        """
        self._controllers = controllers
        self._bridge = bridge
        self._general_midi_first = general_midi_first
        self._note_range = NoteRange(bridge)
        self._channels = [ChannelMemory(bend_range_semitones) for _ in range(N_CHANNELS)]

    def hear(self, message: Sequence[int]) -> list[Event]:
        """The events of one whole MIDI message, mostly one or none; system messages and damaged ones are none."""
        if len(message) < 2 or not 0x80 <= message[0] < 0xF0 or any(not 0 <= byte < 128 for byte in message[1:]):
            return []
        learnt = None if self._controllers is None else self._controllers.hear(message)
        if learnt is not None:
            return learnt
        kind, number = message[0] & 0xF0, message[0] & 0x0F
        if kind == PROGRAM:
            return self._program(number, message[1])
        if len(message) != 3:
            return []
        first, second = message[1], message[2]
        if kind == NOTE_ON and second > 0:
            self._channels[number].held.add(first)
            self._note_range.check(self._bridge.instrument(number), first)
            return [NoteOn(number, first, second)]
        if kind in (NOTE_ON, NOTE_OFF):
            self._channels[number].held.discard(first)
            return [NoteOff(number, first)]
        if kind == PITCH_BEND:
            self._channels[number].bend = bend_share(first, second)
            return [BEND.on(number, self._channels[number].bend_semitones)]
        if kind == CONTROL and first in ACTIONS:
            return ACTIONS[first].act(self._channels[number], number, second)
        return []

    def release(self) -> list[Event]:
        """What ends everything that the source holds: its port has gone."""
        events: list[Event] = []
        for number, channel in enumerate(self._channels):
            if channel.is_sustained:
                events.append(SUSTAIN.on(number, False))
            if channel.held:
                events.append(AllNotesOff(number))
            channel.is_sustained = False
            channel.held.clear()
        return events

    def _program(self, number: int, program: int) -> list[Event]:
        bank, part = self._channels[number].bank
        if bank == PRESET_BANK and not self._general_midi_first:
            self._bridge.preset("load", f"#{128 * part + program + 1}").add_done_callback(self._say_why_not)
            return []
        instruments, files = self._bridge.manifest.instruments, self._general_midi_first
        index = programs.of_program(instruments, program, general_midi_first=files)
        if index is not None:
            return [INSTRUMENT.on(number, index)]
        known = [
            f"{spec.program} {spec.name}" if files else f"{i} or {spec.program} {spec.name}"
            for i, spec in enumerate(instruments)
        ]
        self._bridge.report(
            f"MIDI program {program} is no instrument of this bundle; there are {', '.join(known)} (counted from 0)"
        )
        return []

    def _say_why_not(self, preset: Future[str]) -> None:
        if (error := preset.exception()) is not None:
            self._bridge.report(f"MIDI program of bank {PRESET_BANK}: {error}")
