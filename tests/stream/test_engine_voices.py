"""Pedal, stealing, striking again, swapping bundles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rt import events as ev
from rt.model import Model
from rt.parameters import GATE, SUSTAIN
from rt.stats import Stats
from rt.units import hz_of_note
from tests.conftest import MakeEngine
from tests.support.listening import Timed, biggest_step, cents, frequency_hz, level_db, play
from tests.support.tiny import write_tiny_bundle

ON, OFF = ev.NoteOn(0, 60, 100), ev.NoteOff(0, 60)
DOWN, UP = SUSTAIN.on(0, True), SUSTAIN.on(0, False)


def sounding_after(make_engine: MakeEngine, *events: ev.Event) -> int:
    """Voices left 0.4 s after events that come 50 ms apart."""
    engine = make_engine()
    play(engine, [(2400 * i, event) for i, event in enumerate(events)], 2400 * len(events) + 19_200)
    return engine.n_sounding


@pytest.mark.parametrize(
    ("events", "sounding"),
    [
        ((ON,), 1),
        ((ON, OFF), 0),
        ((DOWN, ON, OFF), 1),
        ((DOWN, ON, OFF, UP), 0),
        ((ON, DOWN, UP), 1),  # the key is still down
        ((DOWN, ON, ev.AllNotesOff(0)), 1),  # the pedal holds it
        ((DOWN, ON, ev.AllNotesOff(0), UP), 0),
        ((DOWN, ON, OFF, ev.ResetControllers(0)), 0),  # drops the pedal
        ((DOWN, ON, ev.AllSoundOff(0)), 0),
        ((DOWN, ON, OFF, ON, UP), 1),  # struck again while the pedal held it: this key is down
        ((DOWN, ON, OFF, ON, OFF, UP), 0),
        ((ON, ev.NoteOff(1, 60)), 1),  # another channel's key
        ((ON, ev.NoteOff(0, 61)), 1),
    ],
)
def test_pedal_rules(make_engine: MakeEngine, events: tuple[ev.Event, ...], sounding: int) -> None:
    assert sounding_after(make_engine, *events) == sounding


def test_the_same_key_twice_is_one_voice(make_engine: MakeEngine) -> None:
    assert sounding_after(make_engine, ON, ON, ON) == 1


def test_a_stolen_voice_fades_and_the_new_note_sounds(make_engine: MakeEngine) -> None:
    stats = Stats()
    engine = make_engine(voices=4, stats=stats)
    events: Timed = [(2400 * i, ev.NoteOn(0, 48 + 3 * i, 90)) for i in range(5)]
    out = play(engine, events, 24_000)
    assert engine.n_sounding == 4 and stats.get("stolen") == 1
    assert abs(cents(frequency_hz(out[14_400:], hz_of_note(60)), hz_of_note(60))) < 5.0
    assert biggest_step(out[9000:10_600]) < 1.5 * biggest_step(out[14_400:])


def test_stealing_is_fair_between_channels(make_engine: MakeEngine) -> None:
    engine = make_engine(voices=4)
    events: Timed = [(0, ev.NoteOn(1, 40, 30))]
    events += [(2400 * (i + 1), ev.NoteOn(0, 60 + i, 120)) for i in range(8)]
    out = play(engine, events, 36_000)
    solo = frequency_hz(out[-9600:], hz_of_note(40))
    assert abs(cents(solo, hz_of_note(40))) < 5.0  # the one soft note of channel 1 is still there


def test_more_notes_at_once_than_voices(make_engine: MakeEngine) -> None:
    engine = make_engine(voices=8)
    out = play(engine, [(0, ev.NoteOn(i % 16, 36 + i, 100)) for i in range(60)], 9600)
    assert engine.n_sounding == 8 and np.isfinite(out).all() and np.abs(out).max() > 0.01


def test_out_of_range_sounds_in_the_nearest_octave(make_engine: MakeEngine) -> None:
    out = play(make_engine(), [(0, ev.NoteOn(0, 24, 100)), (24_000, ev.NoteOff(0, 24))], 48_000)
    assert abs(cents(frequency_hz(out[4800:24_000], hz_of_note(36)), hz_of_note(36))) < 5.0
    assert not out[-4800:].any()


def test_a_swapped_bundle_fades_in_without_a_click(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine()
    other = engine.prepare(Model.load(write_tiny_bundle(tmp_path / "other", "other")))
    before = play(engine, [(0, ev.NoteOn(0, 60, 100)), (0, GATE.set(True))], 24_000)
    engine.use(other)
    after = play(engine, [(4800, ev.NoteOn(0, 67, 100))], 24_000)
    joined = np.concatenate([before[-640:], after[:4800]])
    assert biggest_step(joined) < 1.2 * biggest_step(before[-4800:])
    assert level_db(after[-4800:]) > -40.0
    assert abs(cents(frequency_hz(after[9600:], hz_of_note(67)), hz_of_note(67))) < 5.0
    assert engine.n_sounding == 2  # the free voice goes on, the old note is gone
