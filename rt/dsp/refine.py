"""Griffin-Lim in the domain of the frames themselves: offline, the whole sound at once.

From random phases this is what the published demonstrations do. From the phases of the locked renderer's sound it keeps
steady partials and fills in what the renderer cannot draw.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rt.arrays import F32, AnyArray


class Transform(Protocol):
    """An analysis and its inverse in the least-squares sense."""

    def forward(self, samples: AnyArray) -> AnyArray:
        """Coefficients (n_columns, n_bands) of samples (n_samples,)."""

    def inverse(self, coefficients: AnyArray) -> AnyArray:
        """Samples of coefficients."""


def refine(start: AnyArray, magnitudes: AnyArray, transform: Transform, *, n_iterations: int) -> F32:
    """The sound whose magnitudes come nearer to the wanted ones with every iteration.

    start : (n_columns, n_bands) complex; its phases are where the search begins. magnitudes : of the same shape, in the
    transform's own scale. Returns (n_samples,).
    """
    coefficients = start
    for iteration in range(n_iterations + 1):
        if iteration:
            coefficients = transform.forward(transform.inverse(coefficients))
        coefficients = coefficients * (magnitudes / np.maximum(np.abs(coefficients), 1e-12))
    return np.asarray(transform.inverse(coefficients), np.float32)
