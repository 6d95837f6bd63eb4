"""Our transform against the published `nsgt` package, which really runs here."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np
import pytest

from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz
from tests.contract.nsgt_reference import load_nsgt


@pytest.fixture(scope="module")
def package() -> Any:
    """The package; a missing one skips, and fails where CI is true."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_nsgt()
    except ImportError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"nsgt is not installed ({error})")


@pytest.mark.filterwarnings("ignore:Q-factor too high", "ignore:nsgt.fft falling back")
@pytest.mark.parametrize("n_samples", [22050, 44100])
def test_equal_to_the_nsgt_package(package: Any, n_samples: int) -> None:
    samples = np.random.default_rng(n_samples).standard_normal(n_samples)
    scale = package.OctScale(30, 11000, 48)
    theirs = package.NSGT(scale, 22050, n_samples, real=True, matrixform=True, reducedform=1)
    ours = Nsgt(NSGT_410, n_samples, dtype=np.float64)
    np.testing.assert_allclose(centre_hz(NSGT_410), scale()[0], rtol=1e-6)
    expected = np.array(list(theirs.forward(samples))).T
    found = ours.forward(samples)
    assert found.shape == expected.shape == (ours.n_columns, 410)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    restored = theirs.backward(list(expected.T))
    assert ours.inverse(found).shape == restored.shape
    np.testing.assert_allclose(ours.inverse(found), restored, atol=1e-6)
