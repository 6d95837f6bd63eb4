"""Mean and axes of a latent space: what sounds counts, every instrument the same, and pitch rises along the axes."""

from __future__ import annotations

import numpy as np
import pytest

from export.latent_space import N_AXES, SOUNDING_DB, is_sounding, principal_axes
from rt.arrays import F64


def cloud(*, n: int = 400, size: int = 12, seed: int = 0) -> F64:
    """Points (n, size) that spread less and less along turned axes."""
    rng = np.random.default_rng(seed)
    turned, _ = np.linalg.qr(rng.standard_normal((size, size)))
    return np.asarray(rng.standard_normal((n, size)) * np.linspace(4.0, 0.5, size) @ turned + 3.0)


def test_frames_sound_that_are_as_loud_as_their_note_can_be() -> None:
    levels = np.array([-20.0, -20.0 - SOUNDING_DB - 0.1, -20.0 - SOUNDING_DB + 0.1, -60.0, -90.0])
    note_of = np.array([3, 3, 3, 7, 7])  # a soft note sounds in its own measure
    np.testing.assert_array_equal(is_sounding(levels, note_of), [True, False, True, True, False])


def test_axes_are_unit_vectors_widest_first() -> None:
    points = cloud()
    mean, axes, deviation = principal_axes(points, np.ones(len(points)), rising=points[:, 0])
    assert axes.shape == (N_AXES, 12) and deviation.shape == (N_AXES,)
    np.testing.assert_allclose(mean, points.mean(axis=0))
    np.testing.assert_allclose(axes @ axes.T, np.eye(N_AXES), atol=1e-12)
    np.testing.assert_allclose(deviation, ((points - mean) @ axes.T).std(axis=0))
    assert (np.diff(deviation) < 0.0).all()


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_pitch_rises_along_every_axis(sign: float) -> None:
    points = cloud()
    pitch = sign * points @ np.linspace(1.0, 2.0, 12)
    mean, axes, _ = principal_axes(points, np.ones(len(points)), rising=pitch)
    assert ((points - mean) @ axes.T * (pitch - pitch.mean())[:, None]).mean(axis=0).min() > 0.0


def test_a_share_of_two_counts_like_two_points() -> None:
    points = cloud(n=60)
    shares = np.ones(60)
    shares[:20] = 2.0
    doubled = np.concatenate([points, points[:20]])
    found = principal_axes(points, shares, rising=points[:, 1])
    expected = principal_axes(doubled, np.ones(80), rising=doubled[:, 1])
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-10)
