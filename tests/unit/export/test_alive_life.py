"""Processes and lives: like their source, stable, reproducible, neither drifting nor repeating."""

from __future__ import annotations

import json

import numpy as np
import pytest
import scipy.signal

from export.alive.counter_noise import FURTHEST, normals, uniforms
from export.alive.life import Life, LifePlayer, coarser, deviations, fit
from export.alive.processes import LONGEST_MEMORY_S, MOST_REFLECTION, Processes, ProcessPlayer, fitted
from rt.arrays import F64
from rt.errors import BridgeError

STEP_S = 4 * 256 / 44100
MINUTE = round(60 / STEP_S)


def source(seed: int, n_steps: int = 130) -> F64:
    """A note's deviations: a swaying of all values, another one against each other, and something of each one's own."""
    rng = np.random.default_rng(seed)
    n = n_steps + 400
    sway = scipy.signal.lfilter([1.0], np.poly([0.97]), rng.standard_normal(n))
    ring = scipy.signal.lfilter(
        [1.0], np.poly([0.93 * np.exp(0.8j), 0.93 * np.exp(-0.8j)]).real, rng.standard_normal(n)
    )
    own = scipy.signal.lfilter([1.0], [1.0, -0.6], rng.standard_normal((n, 6)), axis=0)
    values = (
        0.5 * sway[:, None] * np.ones(6) + 0.7 * ring[:, None] * np.linspace(-1, 1, 6) + own * np.linspace(0.2, 1, 6)
    )
    return np.asarray(values[400:], np.float64)


@pytest.fixture(scope="module")
def life() -> Life:
    return fit([source(k) for k in range(40)], STEP_S, n_directions=3)


def test_counter_noise_is_normal_and_independent() -> None:
    x = normals(1, 2, 0, (20_000, 4))
    assert x.shape == (20_000, 4) and np.abs(x).max() <= FURTHEST
    assert np.abs(x.mean(axis=0)).max() < 0.03 and np.abs(x.std(axis=0) - 1).max() < 0.02
    assert np.abs(np.corrcoef(x.T) - np.eye(4)).max() < 0.03
    for lag in (1, 2, 64):
        assert abs(np.mean(x[lag:] * x[:-lag])) < 0.02
    for seed, stream in ((2, 2), (1, 3), (3, 2)):
        assert abs(np.mean(x * normals(seed, stream, 0, (20_000, 4)))) < 0.02
    u = uniforms(9, 0, 5, (5000, 2))
    assert u.min() > 0.0 and u.max() <= 1.0 and abs(np.mean(u) - 0.5) < 0.01


def test_counter_noise_begins_anywhere() -> None:
    np.testing.assert_array_equal(normals(7, 1, 100, (50, 3)), normals(7, 1, 0, (150, 3))[100:])
    assert np.isfinite(normals(-3, 0, 0, (4, 2))).all() and np.isfinite(normals(2**70, 0, 2**64 - 2, (4, 2))).all()


def test_burg_finds_the_process() -> None:
    truth = Processes(np.array([[0.9, -0.6], [0.3, 0.2], [-0.5, 0.0]]), np.array([1.0, 5.0, 0.1]))
    paths = [ProcessPlayer(truth, seed=k, stream=0).next(150) for k in range(60)]
    found = fitted(paths, 2, STEP_S)
    assert found.reflection.shape == (3, 2)
    np.testing.assert_allclose(found.reflection, truth.reflection, atol=0.03)
    np.testing.assert_allclose(found.std, truth.std, rtol=0.04)


def test_a_process_starts_as_it_goes_on() -> None:
    slow = Processes(np.array([[0.99, -0.5, 0.3]]), np.array([2.0]))
    starts = np.stack([ProcessPlayer(slow, seed=k, stream=0).next(40)[:, 0] for k in range(1500)])
    np.testing.assert_allclose(starts.std(axis=0), 2.0, rtol=0.08)
    assert np.corrcoef(starts[:, 0], starts[:, 1])[0, 1] == pytest.approx(0.99, abs=0.01)


@pytest.mark.parametrize("kind", ["walk", "line", "sine", "constant", "growing", "silence", "impulse"])
def test_every_fit_is_stable_and_forgets(kind: str) -> None:
    t = np.arange(200.0)
    paths = {
        "walk": np.cumsum(np.random.default_rng(0).standard_normal(200)),
        "line": t - t.mean(),
        "sine": np.sin(0.3 * t),
        "constant": np.ones(200),
        "growing": 1.05**t,
        "silence": np.zeros(200),
        "impulse": (t == 100).astype(float),
    }
    found = fitted([paths[kind][:, None]], 12, STEP_S)
    assert found.reflection.shape == (1, 12) and np.abs(found.reflection).max() <= MOST_REFLECTION
    poles = np.roots(np.concatenate([[1.0], -found.predictors()[0][-1, 0]]))
    assert np.abs(poles).max() <= np.exp(-STEP_S / LONGEST_MEMORY_S) + 1e-9
    played = ProcessPlayer(found, seed=0, stream=0).next(2 * MINUTE)
    assert np.isfinite(played).all() and np.abs(played).max() <= 6.0 * found.std[0]


def test_a_life_moves_like_its_source(life: Life) -> None:
    true = np.concatenate([source(k, 2000) for k in range(100, 110)])
    played = np.concatenate([LifePlayer(life, seed=k).next(2000) for k in range(10)])
    assert played.shape == true.shape
    np.testing.assert_allclose(played.std(axis=0), true.std(axis=0), rtol=0.15)
    np.testing.assert_allclose(life.std, true.std(axis=0), rtol=0.15)
    np.testing.assert_allclose(np.corrcoef(played.T), np.corrcoef(true.T), atol=0.12)
    for value in range(6):
        hz, expected = scipy.signal.welch(true[:, value], 1 / STEP_S, nperseg=256)
        _, found = scipy.signal.welch(played[:, value], 1 / STEP_S, nperseg=256)
        for low, high in ((0.3, 1), (1, 2), (2, 4), (4, 8), (8, 12), (12, 20)):
            band = (hz >= low) & (hz < high)
            assert abs(10 * np.log10(found[band].sum() / expected[band].sum())) < 3.0, (value, low)


def test_a_minute_neither_drifts_nor_repeats(life: Life) -> None:
    played = LifePlayer(life, seed=3).next(MINUTE)
    parts = np.array_split(played, 6)
    assert np.abs(played).max() < 6.0 * life.std.max()
    assert all(np.abs(part.mean(axis=0) / life.std).max() < 0.7 for part in parts)
    assert all(
        np.min(part.std(axis=0) / life.std) > 0.6 and np.max(part.std(axis=0) / life.std) < 1.5 for part in parts
    )
    for value in played.T:
        z = (value - value.mean()) / value.std()
        alike = scipy.signal.correlate(z, z, method="fft")[MINUTE - 1 :] / np.arange(MINUTE, 0, -1)
        assert np.abs(alike[round(4.0 / STEP_S) : MINUTE // 2]).max() < 0.4


@pytest.mark.parametrize("block", [1, 3, 64, 500])
def test_block_size_does_not_change_a_life(life: Life, block: int) -> None:
    whole, player = LifePlayer(life, seed=11).next(500), LifePlayer(life, seed=11)
    pieces = [player.next(min(block, 500 - at)) for at in range(0, 500, block)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
    assert np.abs(whole - LifePlayer(life, seed=12).next(500)).max() > 0.1


def test_json_keeps_a_life(life: Life) -> None:
    again = Life.from_json(life.to_json())
    assert again.to_json() == life.to_json()
    np.testing.assert_allclose(LifePlayer(again, seed=1).next(200), LifePlayer(life, seed=1).next(200), atol=1e-3)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"step_s": float("nan")}, "step of nan"),
        ({"step_s": "x"}, "no description"),
        ({"together": {}}, "no description"),
        ({"together": 5}, "no description"),
        ({"own": {"reflection": [[1.5]], "std": [1.0]}}, "within"),
        ({"own": {"reflection": [[float("nan")]], "std": [1.0]}}, "within"),
        ({"own": {"reflection": [[0.5]], "std": [-1.0]}}, "not negative"),
        ({"own": {"reflection": [[0.5]], "std": [1.0, 2.0]}}, "differ"),
        ({"directions": [[1.0]]}, "directions of shape"),
    ],
)
def test_a_damaged_life_is_refused_in_one_line(life: Life, change: dict[str, object], what: str) -> None:
    text = json.dumps(json.loads(life.to_json()) | change)
    with pytest.raises(BridgeError, match=what) as refusal:
        Life.from_json(text, name="bundle.json")
    assert "\n" not in str(refusal.value) and str(refusal.value).startswith("bundle.json: ")


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "3"])
def test_what_is_no_life_is_refused(text: str) -> None:
    with pytest.raises(BridgeError, match="no description"):
        Life.from_json(text)


def test_values_that_some_notes_lack() -> None:
    paths = [source(k) for k in range(30)]
    for path in paths[::2]:
        path[:, 4:] = np.nan
    found = fit(paths, STEP_S, n_directions=3)
    true = np.concatenate([source(k, 500) for k in range(100, 120)]).std(axis=0)
    np.testing.assert_allclose(LifePlayer(found, seed=0).next(20_000).std(axis=0), true, rtol=0.15)


@pytest.mark.parametrize("paths", [[], [np.zeros((50, 2)), np.zeros((50, 3))], [np.zeros((50, 0))], [np.zeros((3, 2))]])
def test_too_little_to_fit_is_said(paths: list[F64]) -> None:
    with pytest.raises(BridgeError, match="life: "):
        fit(paths, STEP_S)
    with pytest.raises(BridgeError, match="infinite"):
        fit([np.full((50, 2), np.inf)], STEP_S)


def test_deviations_leave_out_envelope_level_and_slope() -> None:
    t = np.arange(130)[:, None]
    envelope = 5.0 * np.exp(-t / 20.0) * np.ones(6)
    notes = [source(k) + envelope + 3.0 * k + 0.1 * (k % 5) * t for k in range(24)]
    found = np.concatenate(deviations(notes))
    true = np.concatenate([source(k) - source(k).mean(axis=0) for k in range(24)])
    assert found.shape == true.shape and np.abs(found.mean(axis=0)).max() < 0.05
    np.testing.assert_allclose(found.std(axis=0), true.std(axis=0), rtol=0.15)
    assert np.corrcoef(found[:, 5], true[:, 5])[0, 1] > 0.9


def test_coarser_averages_hops() -> None:
    np.testing.assert_allclose(coarser(np.arange(14.0).reshape(7, 2), 3), [[2, 3], [8, 9]])
