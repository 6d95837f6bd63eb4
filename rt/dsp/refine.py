"""Griffin-Lim in the domain of the frames themselves: offline, the whole sound at once.

From random phases this is what the published demonstrations do. From the phases of the locked renderer's sound it keeps
steady partials and fills in what the renderer cannot draw. The momentum is that of Perraudin, Balazs and Sondergaard,
"A fast Griffin-Lim algorithm" (2013).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rt.arrays import F32, AnyArray

REFINED_ITERATIONS, REFINED_MOMENTUM = 20, 0.9
"""What serves when the search begins at the locked renderer's sound; more modulates held frames."""
LEAST = 1e-12


class Transform(Protocol):
    """An analysis and its inverse in the least-squares sense."""

    def forward(self, samples: AnyArray) -> AnyArray:
        """Coefficients (n_columns, n_bands) of samples (n_samples,)."""

    def inverse(self, coefficients: AnyArray) -> AnyArray:
        """Samples of coefficients."""


def refine(
    start: AnyArray,
    magnitudes: AnyArray,
    transform: Transform,
    *,
    n_iterations: int,
    momentum: float = 0.0,
    support: AnyArray | None = None,
) -> F32:
    """The sound whose magnitudes come nearer to the wanted ones with every iteration.

    start : (n_columns, n_bands) complex; its phases are where the search begins. magnitudes : of the same shape, in the
    transform's own scale. momentum : share of the last step that is taken once more; 0 is the published method.
    support : (n_samples,) 1 where there is sound and 0 where there can be none, before an onset that is known.
    Returns (n_samples,).
    """
    coefficients, before = start, None
    for iteration in range(n_iterations + 1):
        if iteration:
            heard = transform.forward(_within(transform.inverse(coefficients), support))
            coefficients = heard if before is None else heard + momentum * (heard - before)
            before = heard
        coefficients = coefficients * (magnitudes / np.maximum(np.abs(coefficients), LEAST))
    return np.asarray(_within(transform.inverse(coefficients), support), np.float32)


def _within(samples: AnyArray, support: AnyArray | None) -> AnyArray:
    """Samples (n,) where there may be any."""
    return samples if support is None else samples * support
