"""Pitch contours: vibrato found where there is one, played again as it was."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from export.alive.contour import Contour, ContourPlayer, fit, vibrato_of
from export.alive.processes import Processes
from rt.arrays import F64
from rt.errors import BridgeError

STEP_S = 256 / 44100
JITTER = Processes(np.array([[0.95, -0.2]]), np.array([1.5]))
VIOLIN = Contour(
    step_s=STEP_S,
    vibrato_share=1.0,
    rate_hz=5.8,
    rate_spread_hz=0.3,
    rate_wander=0.06,
    depth_cents=22.0,
    depth_spread=0.2,
    depth_wander=0.25,
    delay_s=0.5,
    rise_s=0.3,
    jitter=JITTER,
)
STEADY = dataclasses.replace(VIOLIN, vibrato_share=0.0, depth_cents=0.0)


def notes(contour: Contour, n: int, seconds: float = 3.0) -> list[F64]:
    return [ContourPlayer(contour, seed=k).next(round(seconds / STEP_S)) for k in range(n)]


def vibrato(rate_hz: float, cents: float, seconds: float = 2.0, delay_s: float = 0.0) -> F64:
    t = np.arange(round(seconds / STEP_S)) * STEP_S
    return np.asarray(cents * np.sin(2 * np.pi * rate_hz * t) * (t >= delay_s), np.float64)


@pytest.mark.parametrize("rate_hz", [4.2, 5.5, 7.5])
@pytest.mark.parametrize("cents", [6.0, 40.0])
def test_a_regular_vibrato_is_measured(rate_hz: float, cents: float) -> None:
    found = vibrato_of(vibrato(rate_hz, cents) + 7.0, STEP_S)
    assert found is not None
    assert found.rate_hz == pytest.approx(rate_hz, rel=0.02) and found.depth_cents == pytest.approx(cents, rel=0.05)
    assert found.rate_wander < 0.03 and found.depth_wander < 0.08 and found.delay_s == 0.0


def test_a_delay_is_measured() -> None:
    found = vibrato_of(vibrato(5.5, 30.0, seconds=3.0, delay_s=0.8), STEP_S)
    assert found is not None and found.delay_s == pytest.approx(0.8, abs=0.12)


@pytest.mark.parametrize("seed", range(5))
def test_jitter_is_no_vibrato(seed: int) -> None:
    assert vibrato_of(ContourPlayer(STEADY, seed=seed).next(round(3 / STEP_S)), STEP_S) is None
    assert vibrato_of(vibrato(5.5, 2.0), STEP_S) is None
    assert vibrato_of(vibrato(5.5, 30.0, seconds=0.5), STEP_S) is None
    assert vibrato_of(np.zeros(400), STEP_S) is None


def test_what_is_played_is_what_was_fitted() -> None:
    found = fit(notes(VIOLIN, 60), STEP_S)
    assert found.vibrato_share > 0.95
    assert found.rate_hz == pytest.approx(VIOLIN.rate_hz, rel=0.03)
    assert found.depth_cents == pytest.approx(VIOLIN.depth_cents, rel=0.1)
    assert found.rate_spread_hz == pytest.approx(VIOLIN.rate_spread_hz, rel=0.4)
    assert found.depth_spread == pytest.approx(VIOLIN.depth_spread, rel=0.4)
    assert found.rate_wander == pytest.approx(VIOLIN.rate_wander, rel=0.5)
    assert found.depth_wander == pytest.approx(VIOLIN.depth_wander, rel=0.5)
    assert found.delay_s == pytest.approx(VIOLIN.delay_s, abs=0.12)
    assert found.jitter.std[0] == pytest.approx(1.5, rel=0.3)
    late = round(1.0 / STEP_S)
    deep = np.concatenate([track[late:] for track in notes(VIOLIN, 40)]).std()
    assert np.concatenate([track[late:] for track in notes(found, 40)]).std() == pytest.approx(deep, rel=0.15)


def test_notes_without_vibrato_stay_so() -> None:
    found = fit(notes(STEADY, 30), STEP_S)
    assert found.vibrato_share < 0.1
    true = np.concatenate(notes(STEADY, 30)).std()
    assert np.concatenate(notes(dataclasses.replace(found, vibrato_share=0.0), 30)).std() == pytest.approx(
        true, rel=0.15
    )


def test_vibrato_waits_and_the_wheel_does_not() -> None:
    still = dataclasses.replace(VIOLIN, jitter=Processes(np.zeros((1, 1)), np.zeros(1)))
    early = round(0.3 / STEP_S)
    assert not ContourPlayer(still, seed=1).next(early).any()
    assert np.abs(ContourPlayer(still, seed=1).next(early, more_cents=20.0)).max() > 5.0
    steady = dataclasses.replace(still, vibrato_share=0.0)
    assert not ContourPlayer(steady, seed=1).next(500).any()
    assert np.abs(ContourPlayer(steady, seed=1).next(500, more_cents=20.0)).max() > 10.0


@pytest.mark.parametrize("block", [1, 7, 128])
def test_block_size_does_not_change_a_contour(block: int) -> None:
    whole, player = ContourPlayer(VIOLIN, seed=2).next(600), ContourPlayer(VIOLIN, seed=2)
    pieces = [player.next(min(block, 600 - at)) for at in range(0, 600, block)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def test_a_minute_stays_in_tune_and_does_not_repeat() -> None:
    track = ContourPlayer(VIOLIN, seed=4).next(round(60 / STEP_S))
    assert np.abs(track).max() < 100.0
    assert max(abs(part.mean()) for part in np.array_split(track, 60)) < 5.0
    parts = np.split(track[: len(track) // 20 * 20], 20)[1:]  # of three seconds
    shapes = np.stack([part / np.linalg.norm(part) for part in parts])
    assert np.abs(shapes @ shapes.T - np.eye(len(shapes))).max() < 0.9


def test_json_keeps_a_contour() -> None:
    again = Contour.from_json(VIOLIN.to_json())
    np.testing.assert_array_equal(ContourPlayer(again, seed=1).next(300), ContourPlayer(VIOLIN, seed=1).next(300))


@pytest.mark.parametrize("key", [field.name for field in dataclasses.fields(Contour)])
@pytest.mark.parametrize("value", [float("nan"), -1.0, 1e9, "loud", None])
def test_a_damaged_contour_is_refused_in_one_line(key: str, value: object) -> None:
    text = json.dumps(json.loads(VIOLIN.to_json()) | {key: value})
    with pytest.raises(BridgeError, match=r"fit it again$") as refusal:
        Contour.from_json(text, name="violin")
    assert "\n" not in str(refusal.value) and str(refusal.value).startswith("violin: ")


def test_no_notes_are_said() -> None:
    with pytest.raises(BridgeError, match="0 of 1 notes"):
        fit([np.zeros(5)], STEP_S)
    with pytest.raises(BridgeError, match="with a pitch"):
        fit([np.full(500, np.nan)], STEP_S)
