"""The free voice on its way through the latent space."""

from __future__ import annotations

import numpy as np
import pytest

from rt.bundle.manifest import LatentSpec
from rt.engine.free_path import CIRCLE, CUBIC, HELIX, LINE, LINEAR, NONE, FreeVoicePath

SPEC = LatentSpec(
    size=3,
    mean=(0.0, 0.0, 0.0),
    low=(-1.0,) * 3,
    high=(1.0,) * 3,
    axes=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    axis_deviation=(2.0, 1.0, 0.5),
)
POINT = np.asarray([1.0, -2.0, 3.0])


def test_none_jumps() -> None:
    path = FreeVoicePath(SPEC)
    path.set_interpolation(NONE, 1.0)
    path.go(POINT, 0.5)
    np.testing.assert_allclose(path.at(0.5), POINT)


def test_linear_goes_straight_and_arrives() -> None:
    path = FreeVoicePath(SPEC)
    path.set_interpolation(LINEAR, 2.0)
    path.go(POINT, 1.0)
    np.testing.assert_allclose(path.at(2.0), POINT / 2)
    np.testing.assert_allclose(path.at(3.5), POINT)


@pytest.mark.parametrize("order", [LINEAR, CUBIC])
def test_the_way_never_jumps(order: int) -> None:
    path = FreeVoicePath(SPEC)
    path.set_interpolation(order, 1.0)
    path.go(POINT, 0.0)
    places = []
    for t in np.arange(0.0, 3.0, 0.01):
        if abs(t - 0.5) < 0.005:
            path.go(-POINT, float(t))
        places.append(path.at(float(t)))
    steps = np.abs(np.diff(places, axis=0)).max(axis=1)
    assert len(steps) > 200 and steps.max() < 0.2
    np.testing.assert_allclose(places[-1], -POINT)


def test_cubic_keeps_its_speed_when_sent_elsewhere() -> None:
    path = FreeVoicePath(SPEC)
    path.set_interpolation(CUBIC, 1.0)
    path.go(POINT, 0.0)
    eps = 1e-5
    before = (path.at(0.5) - path.at(0.5 - eps)) / eps
    path.go(-POINT, 0.5)
    after = (path.at(0.5 + eps) - path.at(0.5)) / eps
    np.testing.assert_allclose(after, before, atol=1e-2)


@pytest.mark.parametrize(("shape", "n_axes"), [(LINE, 1), (CIRCLE, 2), (HELIX, 3)])
def test_trajectories_use_so_many_axes_and_stay_within_their_radius(shape: int, n_axes: int) -> None:
    path = FreeVoicePath(SPEC)
    path.set_trajectory(shape, 1.0, 1.5, 0.0)
    places = np.asarray([path.at(float(t)) for t in np.arange(0.0, 8.0, 0.01)])
    used = np.abs(places).max(axis=0)
    limits = 1.5 * np.asarray(SPEC.axis_deviation)
    np.testing.assert_allclose(used[:n_axes], limits[:n_axes], rtol=0.01)
    assert not used[n_axes:].any()


def test_a_new_speed_does_not_make_the_circle_jump() -> None:
    path = FreeVoicePath(SPEC)
    path.set_trajectory(CIRCLE, 1.0, 1.0, 0.0)
    here = path.at(2.3)
    path.set_trajectory(CIRCLE, 3.0, 1.0, 2.3)
    np.testing.assert_allclose(path.at(2.3), here, atol=1e-9)
