"""Stereo: voices at their places with their power kept, one room, and all of it the same in any blocks."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rt import events as ev
from rt.arrays import F32
from rt.engine.note_values import KEYS_WIDTH, SEATS_WIDTH, side_of
from rt.midi.channels import MidiChannels
from rt.model import Model
from rt.parameters import GATE, INSTRUMENT, PAN, ROOM
from tests.conftest import MakeEngine
from tests.stream.test_engine_sound import PHRASE
from tests.support.listening import Timed, play
from tests.support.recording_bridge import RecordingBridge
from tests.support.small_manifest import small_manifest
from tests.support.tiny import HIGH_NOTE, LOW_NOTE

STRING = 1
"""It dies away by itself, as a piano does."""


def notes(*keys: int) -> Timed:
    return [(0, INSTRUMENT.set(STRING)), *((0, ev.NoteOn(0, key, 90)) for key in keys)]


def balance(sound: F32) -> float:
    """Where (n, 2) samples stand: -1 left to 1 right."""
    left, right = np.sum(np.square(sound, dtype=np.float64), axis=0)
    return float((right - left) / (right + left))


def test_the_free_voice_is_in_the_middle_bit_by_bit(make_engine: MakeEngine) -> None:
    expected = play(make_engine(), [(0, GATE.set(True))], 24_000)
    heard = play(make_engine(stereo=True), [(0, GATE.set(True))], 24_000, n_channels=2)
    assert np.abs(expected).max() > 0.01
    np.testing.assert_array_equal(heard, np.stack([expected, expected], axis=1))


@pytest.mark.parametrize("key", [LOW_NOTE, 60, HIGH_NOTE])
def test_a_note_stands_at_its_key_as_loud_as_in_one_channel(make_engine: MakeEngine, key: int) -> None:
    mono = play(make_engine(), notes(key), 24_000)
    heard = play(make_engine(stereo=True), notes(key), 24_000, n_channels=2)
    side = KEYS_WIDTH * (2.0 * (key - LOW_NOTE) / (HIGH_NOTE - LOW_NOTE) - 1.0)
    assert balance(heard) == pytest.approx(side, abs=1e-5)
    power = np.sum(heard.astype(np.float64) ** 2, axis=1)
    np.testing.assert_allclose(power, 2.0 * mono.astype(np.float64) ** 2, atol=1e-6)
    np.testing.assert_array_equal(np.flatnonzero(heard.any(axis=1))[0], np.flatnonzero(mono)[0], "no later")


def test_one_channel_of_a_stereo_sound_is_its_mean(make_engine: MakeEngine) -> None:
    wide = play(make_engine(stereo=True, room=0.4), PHRASE, 24_000, n_channels=2)
    one = play(make_engine(stereo=True, room=0.4), PHRASE, 24_000, n_channels=1)
    np.testing.assert_array_equal(one, wide.mean(axis=1, keepdims=True))
    mono = play(make_engine(), PHRASE, 24_000)
    np.testing.assert_array_equal(play(make_engine(), PHRASE, 24_000, n_channels=2), np.stack([mono, mono], axis=1))


@pytest.mark.parametrize("block_samples", [1, 17, 64, 1000])
def test_block_size_does_not_change_it(make_engine: MakeEngine, block_samples: int) -> None:
    events: Timed = [*PHRASE, (3_000, PAN.on(0, 0.7)), (5_000, ROOM.set(0.9)), (9_000, ROOM.set(0.1))]
    settings = {"alive": 0.5, "stereo": True, "room": 0.4}
    expected = play(make_engine(**settings), events, 24_000, 128, n_channels=2)
    heard = play(make_engine(**settings), events, 24_000, block_samples, n_channels=2)
    assert np.abs(expected[:, 0] - expected[:, 1]).max() > 0.01
    np.testing.assert_array_equal(heard, expected)


def test_pan_moves_a_channel_and_64_leaves_it(make_engine: MakeEngine) -> None:
    channels = MidiChannels(RecordingBridge())
    found = {}
    for value in (0, 32, 64, 127):
        (event,) = channels.hear((0xB0, 10, value))
        found[value] = balance(play(make_engine(stereo=True), [(0, event), *notes(66)], 12_000, n_channels=2))
    assert found[0] == pytest.approx(-1.0) and found[127] == pytest.approx(1.0)
    assert found[64] == pytest.approx(0.0, abs=1e-6) and -0.6 < found[32] < -0.4


def test_pan_glides_without_a_click(make_engine: MakeEngine) -> None:
    still = play(make_engine(stereo=True), notes(66), 24_000, n_channels=2)
    moved = play(make_engine(stereo=True), [*notes(66), (12_000, PAN.on(0, 1.0))], 24_000, n_channels=2)
    assert balance(moved[18_000:]) > 0.99
    assert np.abs(np.diff(moved, axis=0)).max() < 1.5 * np.abs(np.diff(still, axis=0)).max()


@pytest.mark.parametrize("stereo", [True, False])
def test_a_note_ends_in_exact_silence(make_engine: MakeEngine, stereo: bool) -> None:
    engine = make_engine(stereo=stereo, room=0.5)
    out = play(engine, [*notes(60, 72), (12_000, ev.AllNotesOff(0))], 144_000, n_channels=2)
    dry = play(make_engine(stereo=stereo), [*notes(60, 72), (12_000, ev.AllNotesOff(0))], 144_000, n_channels=2)
    last, last_dry = (int(np.flatnonzero(sound.any(axis=1))[-1]) for sound in (out, dry))
    assert last_dry + 12_000 < last < last_dry + 72_000 and engine.n_sounding == 0


def test_all_sound_off_ends_the_room_too_and_it_comes_back(make_engine: MakeEngine) -> None:
    engine = make_engine(stereo=True, room=0.5)
    play(engine, notes(60, 72), 24_000, n_channels=2)
    out = play(engine, [(0, ev.AllSoundOff(0)), (24_000, ev.NoteOn(0, 60, 90))], 48_000, n_channels=2)
    assert out[:240].any() and not out[2_400:24_000].any() and out[24_000:].any()


def test_another_bundle_leaves_the_room_as_it_is(make_engine: MakeEngine, tiny_model: Model) -> None:
    engine = make_engine(stereo=True, room=0.0)
    engine.apply(ROOM.set(0.8))
    play(engine, notes(60), 12_000, n_channels=2)
    engine.use(engine.prepare(tiny_model))
    tail = play(engine, [], 24_000, n_channels=2)
    assert engine.value(ROOM) == (0.8,) and tail[4_800:].any() and engine.n_sounding == 0


def test_instruments_share_the_stage() -> None:
    (piano,) = small_manifest().instruments
    held = dataclasses.replace(piano, decay_db_per_s=(0.0, 0.0))
    stage = (held, piano, held, held)
    assert [side_of(stage, index, 60) for index in (0, 2, 3)] == [-SEATS_WIDTH, 0.0, SEATS_WIDTH]
    assert [side_of(stage, 1, key) for key in (60, 61)] == [-KEYS_WIDTH, KEYS_WIDTH]
    assert side_of((piano, held), 1, 61) == 0.0, "one alone stands in the middle"
