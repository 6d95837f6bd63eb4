"""Classifiers that go from frames to symbols directly, without a latent: what the detour costs or gains.

They learn from the frames of the same takes as the model, undisturbed, and are scored on the same ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export.evaluate.examples import Examples, Frames
from export.evaluate.hearing import groups_of, hear
from export.evaluate.scores import label_scores
from rt.arrays import F32

STEPS, BATCH, HIDDEN, LEARNING_RATE = 1500, 128, 256, 2e-3
MOST_FRAMES = 60_000
"""Frames to learn from; of larger corpora a random part is taken."""
KINDS = ("mlp", "logistic_regression")


def baselines(taught: Examples, tested: Examples, *, seed: int, live: bool) -> dict[str, Any]:
    """Scores of both classifiers, by kind of frames.

    taught, tested : takes to learn from and to score on. live : also on live frames.
    """
    out: dict[str, Any] = {"steps": STEPS}
    for kind in KINDS:
        out[kind] = {}
        for frames_of in ("nsgt", "live") if live else ("nsgt",):
            classifier = learn(taught, getattr(taught, frames_of), hidden=kind == "mlp", seed=seed)
            by_frame, by_file = hear(classifier, tested, getattr(tested, frames_of))
            scores = {"frame": label_scores(by_frame, tested), "file": label_scores(by_file, tested)}
            for one in scores.values():  # the model has them; here they would double the report
                del one["confusion"], one["by_note"]
            out[kind][frames_of] = scores
    return out


class Classifier:
    """A trained network, from frame values to log-probabilities."""

    def __init__(self, network: nn.Module, groups: list[slice]) -> None:
        self._network, self._groups = network.eval(), groups

    @torch.no_grad()
    def __call__(self, values: F32) -> F32:
        """(n, n_bins) -> (n, n_sources * n_classes)."""
        logits = self._network(torch.from_numpy(values))
        return torch.cat([torch.log_softmax(logits[:, group], 1) for group in self._groups], 1).numpy()


def learn(examples: Examples, frames: Frames, *, hidden: bool, seed: int) -> Classifier:
    """Train an MLP of two hidden layers, or multinomial logistic regression, on the frames of some takes."""
    known = np.all(examples.labels >= 0, axis=(1, 2))
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(known[frames.take])
    rows = np.sort(rng.permutation(rows)[:MOST_FRAMES])
    chosen = frames.only(rows)
    values = torch.from_numpy(np.concatenate([part for _, part in chosen.parts()]))
    labels = torch.from_numpy(examples.labels[chosen.take].reshape(len(rows), -1))
    groups = groups_of(examples.symbols * examples.n_sources)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = _network(values.shape[1], groups[-1].stop, hidden)
        optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=STEPS)
        network.train()
        for _ in range(STEPS):
            batch = torch.from_numpy(rng.integers(0, len(rows), BATCH))
            loss = _loss(network(values[batch]), labels[batch], groups)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
            schedule.step()
    return Classifier(network, groups)


def _network(n_bins: int, n_classes: int, hidden: bool) -> nn.Module:
    """Logistic regression, or an MLP, on standardised frames."""
    first: list[nn.Module] = [nn.BatchNorm1d(n_bins, affine=False)]
    if not hidden:
        return nn.Sequential(*first, nn.Linear(n_bins, n_classes))
    middle = [nn.Linear(n_bins, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU()]
    middle += [nn.Linear(HIDDEN, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU()]
    return nn.Sequential(*first, *middle, nn.Linear(HIDDEN, n_classes))


def _loss(logits: Tensor, labels: Tensor, groups: list[slice]) -> Tensor:
    """Cross entropy summed over the symbols."""
    losses = [F.cross_entropy(logits[:, group], labels[:, i]) for i, group in enumerate(groups)]
    return torch.stack(losses).sum()
