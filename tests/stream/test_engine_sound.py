"""The engine as a function of time: what goes in, what comes out, whatever the blocks."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest

from rt import events as ev
from rt.parameters import (
    BEND,
    CHANNEL_GAIN,
    GAIN,
    GATE,
    INSTRUMENT,
    INTERPOLATION,
    LATENT,
    LATENT_OFFSET,
    LATENT_XY,
    MODULATION,
    SUSTAIN,
    SYMBOL,
    TRAJECTORY,
)
from rt.stats import Stats
from rt.units import db_of_gain, hz_of_note
from tests.conftest import MakeEngine
from tests.support.listening import Timed, biggest_step, centroid_hz, cents, frequency_hz, level_db, play

PHRASE: Timed = [
    (0, ev.NoteOn(0, 69, 100)),
    (3200, ev.NoteOn(1, 52, 60)),
    (6400, LATENT_OFFSET.set(0.5, 0.0, 0.0, 0.0)),
    (9600, ev.NoteOff(0, 69)),
    (9600, GATE.set(True)),
    (11200, LATENT_XY.set(0.5, -0.5)),
    (14400, BEND.on(1, 2.0)),
    (16000, ev.NoteOff(1, 52)),
    (19200, GATE.set(False)),
]


@pytest.mark.parametrize("block_samples", [1, 17, 64, 256, 1000])
def test_block_size_does_not_change_the_sound(make_engine: MakeEngine, block_samples: int) -> None:
    expected = play(make_engine(alive=0.5), PHRASE, 24_000, 128)
    heard = play(make_engine(alive=0.5), PHRASE, 24_000, block_samples)
    assert heard.shape == expected.shape and np.abs(expected).max() > 0.01
    np.testing.assert_array_equal(heard, expected)


def test_nothing_in_nothing_out(make_engine: MakeEngine) -> None:
    out = play(make_engine(), [], 9600)
    assert out.shape == (9600,) and not out.any()


@pytest.mark.parametrize("phase", ["locked", "classic"])
@pytest.mark.parametrize("note", [40, 60, 69, 88])
def test_a_note_has_its_pitch(make_engine: MakeEngine, note: int, phase: str) -> None:
    out = play(make_engine(phase=phase), [(0, ev.NoteOn(0, note, 100))], 36_000)
    assert abs(cents(frequency_hz(out[9600:], hz_of_note(note)), hz_of_note(note))) < 5.0


def test_a_note_starts_at_once_and_ends_in_silence(make_engine: MakeEngine) -> None:
    out = play(make_engine(), [(640, ev.NoteOn(0, 69, 127)), (9600, ev.NoteOff(0, 69))], 24_000)
    assert not out[:640].any()
    assert np.nonzero(np.abs(out) > 1e-4)[0][0] < 640 + 64
    early, later = level_db(out[640 + 144 : 640 + 144 + 480]), level_db(out[4800:9600])
    assert early > later - 6.0  # -6 dB within about 3 ms
    assert not out[20_000:].any()


def test_a_note_shorter_than_its_attack_is_heard(make_engine: MakeEngine) -> None:
    engine = make_engine()
    engine.apply(ev.NoteOn(0, 69, 127))
    engine.apply(ev.NoteOff(0, 69))
    out = play(engine, [], 9600)
    assert np.abs(out).max() > 0.01 and not out[-640:].any() and engine.n_sounding == 0


def test_velocity_makes_it_louder_and_brighter(make_engine: MakeEngine) -> None:
    levels, centroids = [], []
    for velocity in (10, 40, 70, 100, 127):
        out = play(make_engine(), [(0, ev.NoteOn(0, 60, velocity))], 16_000)
        levels.append(level_db(out[4800:]))
        centroids.append(centroid_hz(out[4800:]))
    assert all(b > a + 1.0 for a, b in itertools.pairwise(levels))
    assert all(b >= a for a, b in itertools.pairwise(centroids)) and centroids[-1] > centroids[0]


def test_a_string_fades_beyond_its_training_and_a_reed_does_not(make_engine: MakeEngine) -> None:
    for instrument, falls in ((0, False), (1, True)):
        engine = make_engine()
        engine.apply(INSTRUMENT.on(0, instrument))
        out = play(engine, [(0, ev.NoteOn(0, 60, 100))], 4 * 48_000)
        fall = level_db(out[96_000:100_000]) - level_db(out[-4_000:])
        assert (fall > 30.0) == falls


def test_bend_and_vibrato_move_the_pitch(make_engine: MakeEngine) -> None:
    out = play(make_engine(), [(0, ev.NoteOn(3, 69, 100)), (0, BEND.on(3, 1.0))], 24_000)
    assert abs(cents(frequency_hz(out[4800:], hz_of_note(70)), hz_of_note(70))) < 5.0
    steady = play(make_engine(), [(0, ev.NoteOn(0, 69, 100))], 24_000)
    wavy = play(make_engine(), [(0, ev.NoteOn(0, 69, 100)), (0, MODULATION.on(0, 1.0))], 24_000)
    assert np.abs(wavy - steady).max() > 0.1 * np.abs(steady).max()


def test_channel_gain_and_output_gain_scale_without_a_click(make_engine: MakeEngine) -> None:
    plain = play(make_engine(), [(0, ev.NoteOn(0, 69, 100))], 24_000)
    for event in (CHANNEL_GAIN.on(0, 0.25), GAIN.set(db_of_gain(0.25))):
        out = play(make_engine(), [(0, ev.NoteOn(0, 69, 100)), (9600, event)], 24_000)
        assert level_db(out[-4800:]) == pytest.approx(level_db(plain[-4800:]) - 12.04, abs=0.2)
        assert biggest_step(out) <= 1.05 * biggest_step(plain)


@pytest.mark.parametrize("end", [ev.AllSoundOff(-1), ev.AllSoundOff(0)])
def test_panic_is_quick_but_does_not_click(make_engine: MakeEngine, end: ev.Event) -> None:
    engine = make_engine()
    chord: Timed = [(0, ev.NoteOn(0, n, 100)) for n in (48, 55, 60, 64)]
    out = play(engine, [*chord, (0, SUSTAIN.on(0, True)), (9600, end)], 14_400)
    assert not out[9600 + 480 :].any() and engine.n_sounding == 0
    assert biggest_step(out[9400:]) <= 1.05 * biggest_step(out[4800:9600])


def test_latents_move_the_free_voice(make_engine: MakeEngine) -> None:
    events: Timed = [
        (0, GATE.set(True)),
        (0, LATENT.set(57.0, 2.0, 0.3, 0.0)),
        (24_000, LATENT.set(64.0, 2.0, 0.3, 0.0)),
    ]
    out = play(make_engine(), events, 48_000)
    for part, note in ((out[9600:24_000], 57), (out[33_600:], 64)):
        assert abs(cents(frequency_hz(part, hz_of_note(note)), hz_of_note(note))) < 5.0
    assert biggest_step(out[9600:]) < 2.0 * biggest_step(out[9600:24_000])


def test_the_last_of_many_latents_is_in_force_within_50_ms(make_engine: MakeEngine) -> None:
    engine = make_engine()
    play(engine, [(0, GATE.set(True)), (0, INTERPOLATION.set(0, 0.0))], 24_000)
    for i in range(1000):
        engine.apply(LATENT.set(40.0 + i / 50.0, 2.0, 0.3, 0.0))
    engine.apply(LATENT.set(72.0, 2.0, 0.3, 0.0))
    play(engine, [], 2400)
    out = play(engine, [], 9600)
    assert abs(cents(frequency_hz(out, hz_of_note(72)), hz_of_note(72))) < 5.0


def test_labels_move_the_free_voice(make_engine: MakeEngine) -> None:
    out = play(make_engine(), [(0, SYMBOL.set(0, 67, 3)), (0, GATE.set(True))], 36_000)
    assert abs(cents(frequency_hz(out[12_000:], hz_of_note(67)), hz_of_note(67))) < 5.0


def test_a_trajectory_moves_the_sound_for_ever(make_engine: MakeEngine) -> None:
    events: Timed = [(0, GATE.set(True)), (0, TRAJECTORY.set(1, 0.5, 1.0))]
    out = play(make_engine(), events, 96_000)
    lows = [frequency_hz(out[i : i + 4800], hz_of_note(60 + d)) for i, d in ((22_000, 6), (70_000, -6))]
    assert lows[0] > hz_of_note(64) and lows[1] < hz_of_note(56)


def test_alive_is_repeatable_and_different_from_dead(make_engine: MakeEngine) -> None:
    note: Timed = [(0, ev.NoteOn(0, 60, 100))]
    dead, a, b = (play(make_engine(alive=x), note, 48_000) for x in (0.0, 1.0, 1.0))
    np.testing.assert_array_equal(a, b)
    assert np.abs(a - dead).max() > 1e-3


def test_random_playing_ends_with_no_voice_and_flat_memory(make_engine: MakeEngine) -> None:
    random = np.random.default_rng(3)
    stats = Stats()
    engine = make_engine(stats=stats)
    out = np.zeros(128, np.float32)

    def play_randomly(n_events: int) -> None:
        for _ in range(n_events):
            channel, note = int(random.integers(4)), int(random.integers(30, 100))
            kinds = (
                ev.NoteOn(channel, note, int(random.integers(1, 128))),
                ev.NoteOff(channel, note),
                SUSTAIN.on(channel, bool(random.integers(2))),
                LATENT_XY.set(float(random.uniform(-1, 1)), float(random.uniform(-1, 1))),
                GATE.set(bool(random.integers(2))),
                INSTRUMENT.on(channel, int(random.integers(2))),
                BEND.on(channel, float(random.uniform(-2, 2))),
            )
            engine.apply(kinds[int(random.integers(len(kinds)))])
            engine.render(out)
            assert np.isfinite(out).all() and np.abs(out).max() < 1.0

    play_randomly(3000)
    tracemalloc.start()
    play_randomly(500)
    before = tracemalloc.get_traced_memory()[0]
    play_randomly(3000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000
    for channel in range(16):
        engine.apply(SUSTAIN.on(channel, False))
        engine.apply(ev.AllNotesOff(channel))
    engine.apply(GATE.set(False))
    play(engine, [], 48_000)
    assert engine.n_sounding == 0 and stats.get("voices") == 0 and stats.get("guarded") == 0
