"""Models of the toy corpus: some that learnt a little, and any networks untrained. Skips where torch is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from export.store import save
from tests.support.learning import need, toy_corpus

torch, command, checkpoint = need("torch", "export.__main__", "export.checkpoint")
models, model_config = need("export.models", "export.model_config")

SMALL = {"encoder_hidden": 24, "decoder_hidden": 24, "symbol_hidden": 16}
"""The operators are the same at any width."""


class NoProgress:
    """A progress bar that nobody sees."""

    def reset(self, total: int) -> None:
        pass

    def update(self, n: int) -> None:
        pass


def train_toy(folder: Path, n_steps: int, *changes: str, **corpus: bool) -> Path:
    """Write a toy corpus to `data` in a folder, and a model that learnt from it to `model.pt`; the folder.

    changes : settings of the training. corpus : what `toy_corpus` takes.
    """
    save(toy_corpus(**corpus), folder / "data")
    train = ["train", "--data", str(folder / "data"), "--out", str(folder / "model.pt"), "--preset", "tiny", "--quiet"]
    train += ["--steps", str(n_steps), *(word for change in changes for word in ("--set", change))]
    assert command.main(train) == 0
    return folder


def trained(toy: Path, **config: Any) -> Any:
    """The toy's checkpoint with another, untrained network in it."""
    found = checkpoint.load(toy / "model.pt")
    sizes = {"symbol_sizes": found.model.config.symbol_sizes, "max_age_s": found.model.config.max_age_s}
    torch.manual_seed(1)
    model = models.BridgeModel(model_config.ModelConfig(**sizes, **config))
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm1d):  # as after training, so that folding has something to do
            torch.nn.init.normal_(module.running_mean, 0.0, 0.3)
            torch.nn.init.uniform_(module.running_var, 0.5, 2.0)
    fields = ("symbols", "corpus", "training", "scores", "examples")
    return checkpoint.Trained(model=model.eval(), **{name: getattr(found, name) for name in fields})
