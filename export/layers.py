"""What the networks are built of: layers with batch norm, and the last layer of an encoder."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LOG_VARIANCE_RANGE = (-8.0, 4.0)


def shifted(shifts: Sequence[int], size: int) -> Tensor:
    """(n_shifts, size) where to look for each shift in what was padded by -min(shifts) in front and max(shifts) behind.

    One look-up with it is one node of the graph, where slices would be one each.
    """
    return torch.tensor(shifts)[:, None] - min(shifts) + torch.arange(size)


def dense(n_in: int, n_out: int) -> nn.Sequential:
    """Linear layer, batch norm, ReLU."""
    return nn.Sequential(nn.Linear(n_in, n_out), nn.BatchNorm1d(n_out), nn.ReLU())


def convolution(n_in: int, n_out: int, width: int, stride: int = 1) -> nn.Sequential:
    """1-D convolution along the bands, batch norm, ReLU."""
    layer = nn.Conv1d(n_in, n_out, width, stride=stride, padding=width // 2)
    return nn.Sequential(layer, nn.BatchNorm1d(n_out), nn.ReLU())


def layers(n_in: int, hidden: int, n_layers: int) -> nn.Sequential:
    """Some dense layers of one width."""
    return nn.Sequential(*(dense(hidden if i else n_in, hidden) for i in range(n_layers)))


class Residual(nn.Module):
    """A dense layer around which its input passes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layer = nn.Sequential(nn.Linear(width, width), nn.BatchNorm1d(width))

    def forward(self, hidden: Tensor) -> Tensor:
        """(n, width) -> (n, width)."""
        return F.relu(self.layer(hidden) + hidden)


def residual_layers(n_in: int, hidden: int, n_layers: int) -> nn.Sequential:
    """A dense layer, then residual ones of the same width."""
    return nn.Sequential(dense(n_in, hidden), *(Residual(hidden) for _ in range(n_layers - 1)))


class Gaussian(nn.Module):
    """Last layer of an encoder: mean and log-variance of the latents."""

    def __init__(self, n_in: int, n_latents: int) -> None:
        super().__init__()
        self.layer = nn.Linear(n_in, 2 * n_latents)

    def forward(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """(n, n_in) -> mean and log-variance, each (n, n_latents)."""
        mean, log_variance = self.layer(hidden).split(self.layer.out_features // 2, 1)
        return mean, log_variance.clamp(*LOG_VARIANCE_RANGE)
