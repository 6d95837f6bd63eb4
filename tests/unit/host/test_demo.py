"""The demo phrase is playable: in range, in order, and every note that begins ends."""

from __future__ import annotations

from rt.bundle import bundle
from rt.events import NoteOff, NoteOn, SetParameter
from rt.host import demo
from rt.parameters import CHANNEL_GAIN, INSTRUMENT, SUSTAIN


def test_every_note_ends_before_it_is_struck_again() -> None:
    sounding: set[tuple[int, int]] = set()
    channels: set[int] = set()
    manifest = bundle.load("default").manifest
    played: dict[int, int] = {}
    last_s = 0.0
    for at_s, event in demo.phrase(manifest):
        assert last_s <= at_s <= demo.LENGTH_S
        last_s = at_s
        match event:
            case SetParameter(id=INSTRUMENT.id, channel=channel, values=(instrument,)):
                played[channel] = int(instrument)
            case NoteOn(channel=channel, note=note, velocity=velocity):
                spec = manifest.instruments[played[channel]]
                assert spec.low_note <= note <= spec.high_note
                assert 1 <= velocity <= 127
                assert (channel, note) not in sounding
                sounding.add((channel, note))
                channels.add(channel)
            case NoteOff(channel=channel, note=note):
                sounding.remove((channel, note))
            case _:
                assert CHANNEL_GAIN.is_set_by(event) or SUSTAIN.is_set_by(event)
    assert sounding == set()
    assert sorted(played.values()) == list(range(len(manifest.instruments))), "every instrument plays"
    assert len(channels) == 5
