"""The room: the direct sound first, a tail that ends, the same at all rates and in any pieces."""

from __future__ import annotations

import numpy as np
import pytest

from rt.arrays import F32, F64
from rt.dsp.room import DECAY_S, GLIDE_S, TAPS_MS, Room
from rt.dsp.voice_table import NOWHERE, QUANTUM

RATES_HZ = (8_000, 22_050, 44_100, 48_000, 192_000)
FIRST_S = np.min(TAPS_MS) / 1e3


def rooms_share(amount: float, rate_hz: int, sides: tuple[float, float] = (1.0, 1.0), seconds: float = 2.0) -> F64:
    """(2, n) what the room adds to one sample at the beginning, as loud on the sides as told."""
    n = int(seconds * rate_hz) // QUANTUM * QUANTUM
    sound = np.zeros((2, n), np.float32)
    sound[:, 0] = sides
    Room(amount, rate_hz).apply(*sound)
    heard = sound.astype(np.float64)
    heard[:, 0] -= sides
    return heard


def in_band(response: F64, rate_hz: int) -> F64:
    """Mean gain of responses (n_channels, n) from 200 to 3500 Hz."""
    hz = np.fft.rfftfreq(response.shape[1], 1.0 / rate_hz)
    power = np.abs(np.fft.rfft(response)) ** 2
    return np.asarray(np.sqrt(np.mean(power[:, (hz > 200.0) & (hz < 3500.0)], axis=1)))


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_the_direct_sound_is_first_and_the_room_as_loud_and_long_at_every_rate(rate_hz: int) -> None:
    response = rooms_share(1.0, rate_hz)
    assert not response[:, : round(FIRST_S * rate_hz) - 1].any() and response.any()
    assert np.abs(20 * np.log10(in_band(response, rate_hz))).max() < 1.0
    for side in response:
        left_db = 10 * np.log10(np.cumsum(side[::-1] ** 2)[::-1] / np.sum(side**2) + 1e-30)
        falls_s = (np.argmax(left_db < -35.0) - np.argmax(left_db < -5.0)) / rate_hz
        assert 0.8 * DECAY_S < 2.0 * falls_s < 1.1 * DECAY_S
        assert not side[round(1.5 * rate_hz) :].any(), "it ends in silence"
    left, right = response
    assert abs(left @ right) < 0.1 * np.linalg.norm(left) * np.linalg.norm(right), "it comes from all around"


def test_amount_is_level_and_one_channel_hears_as_much() -> None:
    whole, some = rooms_share(1.0, 48_000), rooms_share(0.25, 48_000)
    np.testing.assert_allclose(some[:, :40_000], 0.25 * whole[:, :40_000], atol=1e-7)
    mono = np.zeros(96_000, np.float32)
    mono[0] = 1.0
    Room(1.0, 48_000).apply(mono)
    mono[0] = 0.0
    assert abs(20 * np.log10(in_band(mono[None].astype(np.float64), 48_000)[0])) < 1.0


def test_a_side_is_heard_from_its_side_first() -> None:
    response = rooms_share(1.0, 48_000, (1.0, 0.0))
    begin = [int(np.flatnonzero(side)[0]) for side in response]
    assert begin[0] < begin[1]


@pytest.mark.parametrize("is_stereo", [True, False])
def test_pieces_change_nothing(is_stereo: bool) -> None:
    rng, n = np.random.default_rng(1), 400 * QUANTUM
    sound = rng.normal(0.0, 0.1, (2, n)).astype(np.float32)
    sound[:, 100 * QUANTUM :] = 0.0

    def played(quanta: tuple[int, ...]) -> F32:
        heard, room, start = sound.copy(), Room(0.0, 48_000), 0
        while start < n:
            room.set_amount(0.5 if start < 40 * QUANTUM else 0.0 if start < 50 * QUANTUM else 0.3)
            if start == 120 * QUANTUM:
                room.silence()
            stop = min(start + quanta[start % len(quanta)] * QUANTUM, n)
            stop = next((at * QUANTUM for at in (40, 50, 120) if start < at * QUANTUM < stop), stop)
            room.apply(heard[0, start:stop], heard[1, start:stop] if is_stereo else NOWHERE)
            start = stop
        return heard

    expected = played((1,))
    assert np.abs(expected - sound)[0].max() > 0.01
    for quanta in ((2,), (400,), (3, 1, 7)):
        np.testing.assert_array_equal(played(quanta), expected)


def test_without_room_nothing_changes_and_it_comes_and_goes_without_a_click() -> None:
    rng = np.random.default_rng(2)
    sound = rng.normal(0.0, 0.1, (2, 48_000 // QUANTUM * QUANTUM)).astype(np.float32)
    heard, room = sound.copy(), Room(0.0, 48_000)
    room.apply(*heard)
    np.testing.assert_array_equal(heard, sound)
    steady, room = np.full((2, 96_000), 0.5, np.float32), Room(0.0, 48_000)
    room.apply(*steady[:, :9_600])
    room.set_amount(1.0)
    room.apply(*steady[:, 9_600:48_000])
    room.set_amount(0.0)
    room.apply(*steady[:, 48_000:])
    np.testing.assert_array_equal(steady[:, 48_000 + round(2 * GLIDE_S * 48_000) :], 0.5)
    assert np.abs(np.diff(steady)).max() < 0.02


def test_it_ends_within_a_moment_when_all_shall_be_silent_and_sounds_again() -> None:
    room, sound = Room(1.0, 48_000), np.zeros((2, 96_000), np.float32)
    sound[:, :4_800] = np.random.default_rng(3).normal(0.0, 0.1, (2, 4_800))
    room.apply(*sound[:, :4_800])
    room.silence()
    room.apply(*sound[:, 4_800:9_600])
    assert sound[:, 4_800:5_000].any() and not sound[:, 4_800 + round(2 * GLIDE_S * 48_000) : 9_600].any()
    sound[:, 9_600] = 1.0
    room.apply(*sound[:, 9_600:])
    np.testing.assert_allclose(sound[:, 9_600:][:, 1:48_000], rooms_share(1.0, 48_000)[:, 1:48_000], atol=1e-7)


@pytest.mark.parametrize("damage", [np.nan, np.inf, -np.inf, 1e30])
def test_what_is_no_sound_does_not_stay_in_the_room(damage: float) -> None:
    room, sound = Room(1.0, 48_000), np.zeros((2, 9_600), np.float32)
    sound[:, 10] = damage
    room.apply(*sound)
    sound[:, 10] = 0.0
    assert not sound.any()


@pytest.mark.parametrize("rate_hz", [8_000, 192_000])
def test_no_number_in_it_is_so_small_that_it_takes_long(rate_hz: int) -> None:
    room = Room(1.0, rate_hz)
    sound = np.zeros((2, rate_hz // QUANTUM * QUANTUM), np.float32)
    sound[:, 0], sound[:, 500:1000] = 1.0, 1e-30
    for start in range(0, sound.shape[1], QUANTUM):
        room.apply(*sound[:, start : start + QUANTUM])
        for kept in room._arrays[:2]:
            found = np.abs(kept[kept != 0.0])
            assert found.min(initial=1.0) > 1e-25
