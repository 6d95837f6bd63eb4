"""Legato: overlapping notes are one voice that glides."""

from __future__ import annotations

import numpy as np
import pytest

from rt import events as ev
from rt.parameters import LEGATO
from rt.units import hz_of_note
from tests.conftest import MakeEngine
from tests.support.listening import Timed, biggest_step, cents, frequency_hz, level_db, play

GLIDE: Timed = [
    (0, LEGATO.on(0, True, 0.1)),
    (0, ev.NoteOn(0, 60, 100)),
    (14_400, ev.NoteOn(0, 67, 60)),
    (15_000, ev.NoteOff(0, 60)),
    (33_600, ev.NoteOff(0, 67)),
]


def test_a_legato_note_is_reached_without_a_new_voice(make_engine: MakeEngine) -> None:
    engine = make_engine()
    out = play(engine, GLIDE[:4], 33_600)
    assert engine.n_sounding == 1
    for part, note in ((out[4_800:14_000], 60), (out[21_000:], 67)):
        assert abs(cents(frequency_hz(part, hz_of_note(note)), hz_of_note(note))) < 5.0
    out = play(engine, [(0, ev.NoteOff(0, 67))], 24_000)
    assert engine.n_sounding == 0 and not out[-4_800:].any()


def test_the_glide_passes_through_what_lies_between(make_engine: MakeEngine) -> None:
    engine = make_engine()
    play(engine, [*GLIDE[:2], (4_800, ev.NoteOn(0, 67, 100))], 4_900)
    seen = []
    for _ in range(80):
        play(engine, [], 128)
        seen.append(engine.snapshot()[0].latent[0])
    assert seen[0] < 64.0 and seen[-1] == pytest.approx(67.0, abs=1e-3)
    assert (np.diff(seen) >= -1e-4).all() and np.abs(np.diff(seen)).max() < 4.0
    assert sum(61.0 < place < 66.0 for place in seen) > 8  # looks, of which several show one frame


def test_the_level_glides_and_nothing_clicks(make_engine: MakeEngine) -> None:
    out = play(make_engine(), GLIDE, 43_200)
    assert level_db(out[24_000:33_000]) < level_db(out[4_800:14_000]) - 4.0
    assert biggest_step(out[13_000:24_000]) <= 1.5 * biggest_step(out[4_800:13_000])


def test_a_key_still_down_is_gone_back_to(make_engine: MakeEngine) -> None:
    engine = make_engine()
    events: Timed = [*GLIDE[:3], (24_000, ev.NoteOff(0, 67))]
    out = play(engine, events, 48_000)
    assert engine.n_sounding == 1
    assert abs(cents(frequency_hz(out[33_600:], hz_of_note(60)), hz_of_note(60))) < 5.0
    play(engine, [(0, ev.AllNotesOff(0))], 24_000)
    assert engine.n_sounding == 0


def test_notes_apart_other_channels_and_the_switch_off_strike_anew(make_engine: MakeEngine) -> None:
    engine = make_engine()
    play(engine, [*GLIDE[:2], (4_800, ev.NoteOn(1, 64, 90))], 9_600)
    assert engine.n_sounding == 2
    play(engine, [(0, LEGATO.on(0, False, 0.1)), (0, ev.NoteOn(0, 72, 90))], 4_800)
    assert engine.n_sounding == 3
    apart = make_engine()
    play(apart, [*GLIDE[:2], (4_800, ev.NoteOff(0, 60)), (4_864, ev.NoteOn(0, 67, 90))], 4_992)
    assert apart.n_sounding == 2


@pytest.mark.parametrize("block_samples", [1, 17, 1000])
def test_block_size_does_not_change_a_glide(make_engine: MakeEngine, block_samples: int) -> None:
    shorter: Timed = [(at // 3, event) for at, event in GLIDE]
    expected = play(make_engine(alive=0.5), shorter, 14_000, 128)
    heard = play(make_engine(alive=0.5), shorter, 14_000, block_samples)
    assert heard.shape == expected.shape and np.abs(expected).max() > 0.01
    np.testing.assert_array_equal(heard, expected)
