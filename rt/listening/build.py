"""Puts the ears together as the settings say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from rt.bridge import Bridge
from rt.config.config import Config
from rt.listening.hearing import Hearing, SampleSource
from rt.listening.resynthesis import Echo, Transfer, check_echo
from rt.listening.sinks import MidiNotes, OscMessages, Sink
from rt.midi.output import MidiOutput
from rt.osc.message import Value
from rt.transcribe import check_polyphonic


def make_hearing(
    config: Config,
    source: SampleSource,
    bridge: Bridge,
    *,
    output: MidiOutput,
    notify: Callable[[str, Sequence[Value]], None],
) -> Hearing:
    """The ears of a server, deaf as yet; BridgeError where the bundle cannot echo or hear as is wanted.

    notify : sends OSC to all clients.
    """
    listen, tracker = config.listen, config.tracker
    if listen.on:
        check_polyphonic(bridge.manifest, tracker)
    sinks: list[Sink] = [
        MidiNotes(output, channel=listen.midi_channel - 1, bends=tracker.bend, report=bridge.report),
        OscMessages(notify),
    ]
    if listen.echo:
        check_echo(bridge.manifest, listen.echo)
        is_monophonic = tracker.poly == 1
        sinks.append(Echo(bridge, listen.echo, channel=listen.echo_channel - 1, follows=is_monophonic))
        tracker = dataclasses.replace(tracker, bend=is_monophonic)  # an echo is in tune with its source
    if listen.transfer:
        sinks.append(Transfer(bridge.send, reference_db=config.listener.reference_db))
    return Hearing(
        source,
        sinks,
        listener=config.listener,
        tracker=tracker,
        report=bridge.report,
        is_patient=not (tracker.bend or listen.transfer),
    )
