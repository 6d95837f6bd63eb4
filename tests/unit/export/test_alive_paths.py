"""The parts of notes as paths: their life is what they do beyond their line and beyond what noise does by itself."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import scipy.signal

from export.alive import noise_bands
from export.alive.apart import apart
from export.alive.contour import ContourPlayer
from export.alive.held import held
from export.alive.life import LifePlayer, coarser, deviations
from export.alive.parts import NoteParts
from export.alive.paths import (
    N_PARTIALS,
    STEP_HOPS,
    at_hops,
    chance_db,
    contour_of,
    deviations_of,
    life_of,
    moved,
    path_of,
)
from export.alive.together import together
from rt.arrays import F64
from rt.errors import BridgeError
from tests.support.played import RATE_HZ, play

N_VALUES = N_PARTIALS + noise_bands.N_BANDS
LEVELS_DB = np.concatenate([np.linspace(1.0, 3.0, N_PARTIALS), np.full(noise_bands.N_BANDS, 2.0)])


def steady(note: float, seed: int = 0, seconds: float = 2.5) -> NoteParts:
    return apart(play(note, noise_db=-40.0, seconds=seconds, seed=seed).sound, RATE_HZ, round(note))


def swaying(n_hops: int, seed: int) -> F64:
    """Slow deviations (n_hops, N_VALUES) of LEVELS_DB."""
    rng = np.random.default_rng(seed)
    n_steps = n_hops // STEP_HOPS + 2
    draws = scipy.signal.lfilter(
        [np.sqrt(1 - 0.9**2)], [1.0, -0.9], rng.standard_normal((n_steps + 100, N_VALUES)), axis=0
    )
    return at_hops(draws[100:] * LEVELS_DB, n_hops)


@pytest.fixture(scope="module")
def lively() -> list[NoteParts]:
    made = []
    for k, note in enumerate((55, 59, 62, 66, 69, 73) * 2):
        still = steady(note, k)
        made.append(moved(still, swaying(len(still.amplitude), k), np.zeros(len(still.amplitude))))
    return made


def test_a_path_holds_levels_and_says_what_is_not_there() -> None:
    parts = steady(60)
    path = path_of(parts)
    inside = held(parts)
    assert path.shape == (len(parts.amplitude), N_VALUES) and inside is not None
    np.testing.assert_allclose(path[inside, 0], 20 * np.log10(0.3), atol=0.5)
    assert not np.isnan(path[inside, :10]).any() and np.isnan(path[inside, 20:N_PARTIALS]).all()
    assert not np.isnan(path[:, N_PARTIALS:]).any()


def test_steady_notes_have_no_life() -> None:
    found = life_of([steady(note, note) for note in (57, 62, 66, 69)])
    assert found.std.shape == (N_VALUES,)
    assert found.std[:10].max() < 0.5 and np.mean(found.std[N_PARTIALS:]) < 0.7


def test_the_life_of_notes_is_as_large_as_it_was(lively: list[NoteParts]) -> None:
    found = life_of(lively)
    swayed = [coarser(swaying(len(p.amplitude), k)[held(p)], STEP_HOPS) for k, p in enumerate(lively)]
    true = np.concatenate(deviations(swayed)).std(axis=0)
    played = np.concatenate([LifePlayer(found, seed=k).next(400) for k in range(10)]).std(axis=0)
    for values in (slice(0, 8), slice(N_PARTIALS, None)):
        assert np.mean(played[values]) == pytest.approx(np.mean(true[values]), rel=0.15)
        np.testing.assert_allclose(played[values], found.std[values], rtol=0.15)


def test_the_life_survives_being_played(lively: list[NoteParts]) -> None:
    again = [apart(together(parts, seed=k), RATE_HZ, parts_note(parts)) for k, parts in enumerate(lively[:6])]
    heard, true = life_of(again).std, life_of(lively[:6]).std
    assert np.mean(heard[:8]) == pytest.approx(np.mean(true[:8]), rel=0.15)
    assert np.mean(heard[N_PARTIALS:]) == pytest.approx(np.mean(true[N_PARTIALS:]), rel=0.3)


def parts_note(parts: NoteParts) -> int:
    return round(69 + 12 * float(np.log2(np.median(parts.fundamental_hz) / 440.0)))


def test_deviations_leave_out_what_is_no_life(lively: list[NoteParts]) -> None:
    louder = [dataclasses.replace(p, amplitude=3.0 * p.amplitude, noise=9.0 * p.noise) for p in lively]
    for plain, loud in zip(deviations_of(lively), deviations_of(louder), strict=True):
        np.testing.assert_allclose(loud, plain, atol=1e-6)


def test_chance_is_larger_in_narrow_bands() -> None:
    chance = chance_db(RATE_HZ, 256)
    assert chance.shape == (noise_bands.N_BANDS,) and 2.0 < chance[0] < 5.0 and chance[-1] < 1.0


def test_moved_moves() -> None:
    parts = steady(64, seconds=1.0)
    n = len(parts.amplitude)
    same = moved(parts, np.zeros((n, N_VALUES)), np.zeros(n))
    np.testing.assert_array_equal(same.amplitude, parts.amplitude)
    np.testing.assert_array_equal(same.partial_hz, parts.partial_hz)
    higher = moved(parts, np.full((n, N_VALUES), 20.0), np.full(n, 1200.0))
    np.testing.assert_allclose(higher.amplitude, 10.0 * parts.amplitude)
    np.testing.assert_allclose(higher.noise, 100.0 * parts.noise)
    np.testing.assert_allclose(higher.partial_hz, 2.0 * parts.partial_hz)


def test_a_played_contour_is_found_in_the_sound() -> None:
    source = [apart(play(note, vibrato_cents=25.0, seconds=2.5).sound, RATE_HZ, note) for note in (60, 65, 71)]
    contour = contour_of(source)
    assert contour.vibrato_share == 1.0 and contour.rate_hz == pytest.approx(5.5, rel=0.02)
    assert contour.depth_cents == pytest.approx(25.0, rel=0.05) and contour.jitter.std[0] < 2.0
    n = len(source[0].amplitude)
    still = steady(60)
    drawn = together(moved(still, np.zeros((n, N_VALUES)), ContourPlayer(contour, seed=1).next(n)))
    assert contour_of([apart(drawn, RATE_HZ, 60)]).depth_cents == pytest.approx(25.0, rel=0.15)


def test_what_cannot_have_a_life_is_said() -> None:
    with pytest.raises(BridgeError, match="longer notes"):
        life_of([steady(60, seconds=0.2)])
    other = dataclasses.replace(steady(60), hop_samples=128)
    with pytest.raises(BridgeError, match="analyse all alike"):
        life_of([steady(60), other])
    with pytest.raises(BridgeError, match="none of the notes"):
        life_of([apart(np.zeros(RATE_HZ), RATE_HZ, 60)])
    with pytest.raises(BridgeError, match="none of the notes"):
        life_of([])
