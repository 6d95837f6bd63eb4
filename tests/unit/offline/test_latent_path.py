"""Paths through the latent space: how they move, and that they survive a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt.bundle.bundle import Bundle
from rt.engine.free_path import CIRCLE, CUBIC, HELIX, LINE, LINEAR, NONE
from rt.errors import BridgeError
from rt.offline import labels, latent_path
from rt.offline.latent_path import LatentPath

POINTS = np.asarray([[60.0, 0.0, 0.0, 0.0], [67.0, 4.0, 1.0, 0.0], [64.0, 2.0, -1.0, 0.0]])
STEP_S = 0.001


def walked(order: int, hold_s: float) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], LatentPath]:
    curve = latent_path.morph(POINTS, [0.0, -6.0, 0.0], order=order, seconds=3.0, hold_s=hold_s)
    return curve.points(np.arange(0.0, 3.0, STEP_S)), curve


@pytest.mark.parametrize("hold_s", [0.0, 0.25])
@pytest.mark.parametrize("order", [NONE, LINEAR, CUBIC])
def test_a_morph_begins_and_ends_at_its_labels_and_is_as_long_as_asked(order: int, hold_s: float) -> None:
    places, curve = walked(order, hold_s)
    assert curve.seconds == pytest.approx(3.0)
    np.testing.assert_allclose(places[0], POINTS[0])
    np.testing.assert_allclose(curve.at(1.5), POINTS[1], atol=1e-5)
    np.testing.assert_allclose(curve.at(3.0), POINTS[2])
    assert curve.levels(np.asarray([0.0, 1.5])).tolist() == pytest.approx([0.0, -6.0])


@pytest.mark.parametrize("hold_s", [0.0, 0.25])
def test_only_none_jumps_and_only_cubic_has_a_continuous_derivative(hold_s: float) -> None:
    steps, turns = {}, {}
    for order in (NONE, LINEAR, CUBIC):
        places, _ = walked(order, hold_s)
        moves = np.diff(places[::10], axis=0)  # at the track's own step
        steps[order] = float(np.abs(moves).max())
        turns[order] = float(np.abs(np.diff(moves, axis=0)).max())
    assert steps[NONE] == pytest.approx(7.0)
    assert steps[LINEAR] < 0.1 and steps[CUBIC] < 0.15
    assert turns[LINEAR] > 0.04 and turns[CUBIC] < 0.006


def test_a_cubic_morph_never_leaves_the_way_between_its_labels() -> None:
    places, _ = walked(CUBIC, 0.0)
    assert places[:, 0].min() >= 60.0 - 1e-4 and places[:, 0].max() <= 67.0 + 1e-4


@pytest.mark.parametrize(("shape", "n_axes"), [(LINE, 1), (CIRCLE, 2), (HELIX, 3)])
def test_trajectories_stay_within_their_radius(tiny_bundle: Bundle, shape: int, n_axes: int) -> None:
    spec = tiny_bundle.manifest.latent
    curve = latent_path.trajectory(
        spec, np.asarray(spec.mean), shape=shape, seconds=4.0, radius=0.5, turns=8.0, level_db=-3.0
    )
    away = (
        np.abs(curve.latents - np.asarray(spec.mean))
        @ np.abs(np.asarray(spec.axes)).T
        / np.asarray(spec.axis_deviation)
    )
    np.testing.assert_allclose(away.max(axis=0)[:n_axes], 0.5, rtol=0.01)
    assert away.max(axis=0)[n_axes:].max(initial=0.0) < 1e-6 and curve.seconds == pytest.approx(4.0)


def test_a_track_comes_back_from_its_file(tiny_bundle: Bundle, tmp_path: Path) -> None:
    _, curve = walked(CUBIC, 0.1)
    latent_path.save(tmp_path / "a.npz", [curve])
    back = latent_path.load(tmp_path / "a.npz", tiny_bundle.manifest)
    for name in ("times_s", "latents", "level_db"):
        np.testing.assert_array_equal(getattr(back, name), getattr(curve, name))
    latent_path.save(tmp_path / "b.npz", [curve, curve])
    assert len(latent_path.load(tmp_path / "b.npz", tiny_bundle.manifest, 1).times_s) == len(curve.times_s)
    with pytest.raises(BridgeError, match="holds 2 voices; choose one with --voice, 0 to 1"):
        latent_path.load(tmp_path / "b.npz", tiny_bundle.manifest)
    with pytest.raises(BridgeError, match="no voice 2"):
        latent_path.load(tmp_path / "b.npz", tiny_bundle.manifest, 2)


def test_files_that_hold_no_track_are_refused(tiny_bundle: Bundle, tmp_path: Path) -> None:
    good: dict[str, Any] = {"times_s": [0.0, 1.0], "latents": np.zeros((2, 4)), "level_db": [0.0, 0.0], "voice": [0, 0]}
    changes: list[tuple[dict[str, Any], str]] = [
        ({"latents": np.zeros((2, 3))}, "3 latents, bundle 'tiny' has 4"),
        ({"latents": np.zeros((3, 4))}, "do not fit each other"),
        ({"level_db": [0.0, np.nan]}, "not finite"),
        ({"times_s": [1.0, 0.5]}, "do not rise from 0"),
        ({"voice": ["a", "b"]}, "has no numbers 'voice'"),
        ({"latents": np.asarray([None, None])}, "no NPZ file of latents"),
    ]
    for number, (change, reason) in enumerate(changes):
        path = tmp_path / f"{number}.npz"
        np.savez(path, **{**good, **change})
        with pytest.raises(BridgeError, match=reason):
            latent_path.load(path, tiny_bundle.manifest)
    (tmp_path / "text.npz").write_text("no zip")
    for name, reason in (("text.npz", "no NPZ file"), ("none.npz", "No such file")):
        with pytest.raises(BridgeError, match=reason):
            latent_path.load(tmp_path / name, tiny_bundle.manifest)


def test_a_wandering_track_is_the_same_for_the_same_seed() -> None:
    _, curve = walked(LINEAR, 0.1)
    first, second = curve.wandering(0.5, 3), curve.wandering(0.5, 3)
    np.testing.assert_array_equal(first.latents, second.latents)
    assert curve.wandering(0.0, 3) is curve
    assert 0.05 < float(np.abs(first.points(curve.times_s) - curve.latents).mean()) < 1.0


def test_labels_are_read_in_any_order_and_go_on_as_before(tiny_bundle: Bundle) -> None:
    found = labels.parse("Reed:C4:pp  # a remark\n ff:String:Bb3@0.25 rest E4", tiny_bundle.manifest)
    assert [label.note for label in found] == [60, 58, None, 64]
    assert [label.instrument for label in found] == [0, 1, 1, 1]
    assert [label.dynamics for label in found] == [0, 4, 4, 4]
    assert [label.seconds for label in found] == [None, 0.25, None, None]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kazoo:C4", "no instrument 'Kazoo', and neither note nor dynamics; there are Reed, String; pp, p, mf, f, ff"),
        ("Reed:mf", "has no note; give INSTRUMENT:NOTE:DYNAMICS"),
        ("G#9", "is MIDI note 128"),
        ("C4@soon", "'soon' is no length"),
    ],
)
def test_labels_that_cannot_be_read_are_named(tiny_bundle: Bundle, text: str, reason: str) -> None:
    with pytest.raises(BridgeError, match=reason):
        labels.parse(text, tiny_bundle.manifest)
