"""Magnitudes become frame values and come back."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rt.frames.scaling import magnitudes_of_values, values_of_magnitudes
from rt.frames.spec import NSGT_410


@pytest.mark.parametrize(("magnitude", "value"), [(1.0, 4.0), (0.1, 3.0), (1e-4, 0.0), (1e-9, 0.0), (0.0, 0.0)])
def test_levels_become_values(magnitude: float, value: float) -> None:
    found = values_of_magnitudes(NSGT_410, np.full((2, 3), magnitude))
    assert found.shape == (2, 3)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, value, atol=1e-6)


def test_values_come_back() -> None:
    values = np.linspace(0.01, 5.0, 500, dtype=np.float32)
    restored = values_of_magnitudes(NSGT_410, magnitudes_of_values(NSGT_410, values))
    assert restored.shape == values.shape
    np.testing.assert_allclose(restored, values, atol=1e-5)


@pytest.mark.parametrize("value", [0.0, -0.5, -100.0])
def test_the_floor_is_silence(value: float) -> None:
    found = magnitudes_of_values(NSGT_410, np.full(410, value))
    assert found.shape == (410,)
    assert not found.any()


def test_floor_and_step_come_from_the_spec() -> None:
    spec = dataclasses.replace(NSGT_410, floor_db=-60.0, step_db=10.0)
    assert values_of_magnitudes(spec, np.array([1.0]))[0] == pytest.approx(6.0)
    assert magnitudes_of_values(spec, np.array([3.0]))[0] == pytest.approx(10.0**-1.5)
