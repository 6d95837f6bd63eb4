"""Puts the ears together as the settings say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from rt.config import Config
from rt.control.bridge import Bridge
from rt.control.message import Value
from rt.listening.hearing import Hearing, Source
from rt.listening.outlets import MidiNotes, OscMessages, Outlet
from rt.listening.through import Echo, Transfer, check_echo
from rt.midi.link import MidiLink
from rt.transcribe import check_several


def make_hearing(
    config: Config,
    source: Source,
    bridge: Bridge,
    *,
    output: MidiLink,
    notify: Callable[[str, Sequence[Value]], None],
) -> Hearing:
    """The ears of a server, deaf as yet; BridgeError where the bundle cannot echo or hear as is wanted.

    notify : sends OSC to all clients.
    """
    listen, tracker = config.listen, config.tracker
    if listen.on:
        check_several(bridge.manifest, tracker)
    outlets: list[Outlet] = [
        MidiNotes(output, channel=listen.midi_channel - 1, bends=tracker.bend, tell=bridge.tell),
        OscMessages(notify),
    ]
    if listen.echo:
        check_echo(bridge.manifest, listen.echo)
        is_melody = tracker.poly == 1
        outlets.append(Echo(bridge, listen.echo, channel=listen.echo_channel - 1, follows=is_melody))
        tracker = dataclasses.replace(tracker, bend=is_melody)  # an echo is in tune with its source
    if listen.transfer:
        outlets.append(Transfer(bridge.send, reference_db=config.listener.reference_db))
    return Hearing(
        source,
        outlets,
        listener=config.listener,
        tracker=tracker,
        tell=bridge.tell,
        is_patient=not (tracker.bend or listen.transfer),
    )
