"""One training, fully told: what, from what, to where; and whether a saved state belongs to it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from export.corpus import Corpus
from export.presets import TrainingPlan
from rt.errors import BridgeError
from rt.frames.symbols import symbols_of_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One run of the training; goes to every process."""

    data: Path
    out: Path
    plan: TrainingPlan
    split: str = "group"
    seed: int = 1
    resume: bool = False
    log: Path | None = None
    quiet: bool = False
    threads: int = 1

    @property
    def best(self) -> Path:
        """The checkpoint with the least validation loss."""
        return self.out.with_suffix(".best.pt")

    @property
    def state(self) -> Path:
        """What `--resume` goes on from."""
        return self.out.with_suffix(".state.pt")

    def described(self) -> dict[str, Any]:
        """All that decides the course of the training, as plain values."""
        plan = self.plan
        parts = {name: dataclasses.asdict(getattr(plan, name)) for name in ("model", "weights", "settings")}
        parts["model"] = {k: list(v) if isinstance(v, tuple) else v for k, v in parts["model"].items()}
        return {"preset": plan.preset, "split": self.split, "seed": self.seed, **parts}


@dataclass(frozen=True, slots=True)
class Result:
    """How a training ended."""

    step: int
    finished: bool
    scores: dict[str, float]


def fitted(plan: TrainingPlan, corpus: Corpus) -> TrainingPlan:
    """A plan with the widths that follow from a corpus."""
    n_sources = plan.model.n_sources if corpus.n_sources == 1 else corpus.n_sources
    model = dataclasses.replace(
        plan.model,
        n_bins=corpus.frame.n_bins,
        n_noise=corpus.n_noise if plan.weights.noise else 0,
        n_sources=n_sources,
        notes=plan.model.notes and plan.model.listener and corpus.n_sources == 1,
        symbol_sizes=tuple(len(symbol.classes) for symbol in symbols_of_sources(corpus.symbols, n_sources)),
        max_age_s=corpus.max_age_s,
    )
    return dataclasses.replace(plan, model=model)


def fingerprint(corpus: Corpus) -> list[int | str]:
    """What tells one corpus from another."""
    return [len(corpus.name), len(corpus.frames), len(corpus.live), *corpus.sources]


def check_same(task: Task, corpus: Corpus, stored: dict[str, Any]) -> None:
    """Raise if a state was written by another training."""
    if stored["corpus"] != fingerprint(corpus):
        raise BridgeError(
            f"{task.state}: was trained on another corpus than {task.data}; leave out --resume to start anew"
        )
    was, now = flat(stored["task"]), flat(task.described())
    for name in was.keys() | now.keys():
        if was.get(name) != now.get(name):
            raise BridgeError(
                f"{task.state}: begun with {name}={was.get(name)}, asked for {now.get(name)}; "
                "go on with the same settings, or leave out --resume to start anew"
            )


def flat(described: dict[str, Any]) -> dict[str, Any]:
    """Settings of all parts side by side."""
    parts = [value if isinstance(value, dict) else {key: value} for key, value in described.items()]
    return {key: value for part in parts for key, value in part.items()}
