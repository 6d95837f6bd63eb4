"""The training loop, top to bottom: prepared corpus in, checkpoints and scores out.

`export.launch` starts it: in one process, in several on one machine, or under `torchrun` on several machines.
"""

from __future__ import annotations

import math
import time
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import nn
from tqdm import tqdm

from export import checkpoint
from export.checkpoint import Trained, corpus_facts
from export.corpus import Corpus
from export.draw import BatchSampler
from export.interruption import Interruption
from export.models import BridgeModel
from export.objective import Objective
from export.split import Split, split
from export.task import Result, Task, check_same, fingerprint
from export.validate import Validation
from rt.errors import BridgeError
from rt.frames.symbols import DYNAMICS, symbols_of_sources

LOG_EVERY = 25
RISE = 0.15
"""Share of the steps in which the rate of the cycle rises."""
FIRST_RATE, LAST_RATE = 1.0 / 25.0, 1.0 / 25.0e4
"""Relative to the highest."""
MOMENTUM = (0.95, 0.85)
"""First decay of the optimiser at the lowest and the highest rate of the cycle."""
VALIDATION_SEED = 1 << 32
"""Added to the seed for the draws of the validation batches."""
N_EXAMPLES = 64


class Training:
    """One process's part of a training."""

    def __init__(self, fabric: Fabric, task: Task, corpus: Corpus) -> None:
        plan, settings = task.plan, task.plan.settings
        self.fabric, self.task, self.corpus, self.settings = fabric, task, corpus, settings
        self.parts: Split = split(corpus, task.split, task.seed, settings.test, validation=settings.validation)
        self.sampler = self._sampler(self.parts.train, task.seed, settings)
        self.validation: Validation | None = None
        if fabric.is_global_zero and len(self.parts.validation):
            sampler = self._sampler(self.parts.validation, task.seed + VALIDATION_SEED, settings, alone=True)
            self.validation = Validation(corpus, self.parts.validation, sampler, fabric.device)
        torch.manual_seed(task.seed)
        n_symbols = len(corpus.symbols)
        ordered = [i for i in range(plan.model.n_sources * n_symbols) if corpus.symbols[i % n_symbols].name == DYNAMICS]
        self.objective = Objective(BridgeModel(plan.model), plan.weights, ordered)
        kind: Any = {"adamw": torch.optim.AdamW, "adam": torch.optim.Adam}[settings.optimiser]
        self.optimizer = kind(
            self.objective.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay, fused=True
        )
        self.wrapped, self.optimizer = fabric.setup(self.objective, self.optimizer)
        self.step, self.least_loss, self.cpu_s, self.wall_s = 0, math.inf, 0.0, 0.0
        self.scores: dict[str, float] = {}
        if task.resume and task.state.exists():
            self._restore(checkpoint.read(task.state, checkpoint.STATE_KIND))

    def _sampler(self, takes: Any, seed: int, settings: Any, *, alone: bool = False) -> BatchSampler:
        fabric, model = self.fabric, self.task.plan.model
        rank, n = (0, 1) if alone else (fabric.global_rank, fabric.world_size)
        return BatchSampler(
            self.corpus, takes, model, settings, seed=seed, device=fabric.device, rank=rank, n_processes=n
        )

    def run(self, interruption: Interruption) -> Result:
        """Learn until the last step or Ctrl-C."""
        settings, main = self.settings, self.fabric.is_global_zero
        writer = self._writer() if main and self.task.log else None
        began_cpu, began_wall = time.process_time() - self.cpu_s, time.monotonic() - self.wall_s
        with tqdm(
            total=settings.steps,
            initial=self.step,
            desc="train",
            unit="step",
            disable=self.task.quiet or not main,
            mininterval=1.0,
        ) as progress:
            while self.step < settings.steps and not self._stops(interruption):
                terms = self._learn()
                progress.update(1)
                last = self.step == settings.steps
                if self.step % LOG_EVERY == 0 or last:
                    values = {name: value.item() for name, value in terms.items()}
                    if not math.isfinite(values["loss"]):
                        raise BridgeError(f"the loss is {values['loss']} at step {self.step}; lower learning_rate")
                    progress.set_postfix({"loss": f"{values['loss']:.1f}", **self._shown()}, refresh=False)
                    self._log(writer, "train", {**values, "rate": self.optimizer.param_groups[0]["lr"]})
                self.cpu_s, self.wall_s = time.process_time() - began_cpu, time.monotonic() - began_wall
                if self.step % settings.validate_every == 0 or last:
                    self._validate(writer)
                if self.step % settings.save_every == 0 and not last:
                    self._save_state()
        if writer:
            writer.close()
        self._save_state()
        finished = self.step >= settings.steps
        if main and finished:
            checkpoint.save(self._trained(), self.task.out)
        self.fabric.barrier()
        return Result(self.step, finished, self.scores)

    def _learn(self) -> dict[str, torch.Tensor]:
        """One step."""
        settings = self.settings
        rate, momentum = rate_at(self.step, settings.steps) if settings.schedule == "cycle" else (1.0, 0.9)
        for group in self.optimizer.param_groups:
            group["lr"], group["betas"] = settings.learning_rate * rate, (momentum, group["betas"][1])
        warm = min(1.0, (self.step + 1) / max(settings.warm_steps, 1))
        loss, terms = self.wrapped(self.sampler.batch(self.step), warm)
        self.optimizer.zero_grad()
        self.fabric.backward(loss)
        nn.utils.clip_grad_norm_(self.objective.parameters(), settings.clip)
        self.optimizer.step()
        self.step += 1
        return {"loss": loss.detach(), **terms}

    def _stops(self, interruption: Interruption) -> bool:
        """True once Ctrl-C came, in all processes at the same step."""
        if self.fabric.world_size == 1:
            return interruption.came
        if self.step % LOG_EVERY:
            return False
        came = torch.tensor(float(interruption.came), device=self.fabric.device)
        total: Any = self.fabric.all_reduce(came, reduce_op="sum")
        return bool(total > 0.0)

    def _validate(self, writer: Any) -> None:
        """Score the model in the main process, and keep it if it is the best so far."""
        if self.validation is None:
            return
        self.scores = self.validation(self.objective)
        self._log(writer, "validation", self.scores)
        if self.scores["loss"] < self.least_loss:
            self.least_loss = self.scores["loss"]
            checkpoint.save(self._trained(), self.task.best)

    def _shown(self) -> dict[str, str]:
        """The scores for the progress bar."""
        short = {"note_percent": "note", "live_note_percent": "live", "transfer_lsd_db": "transfer"}
        return {short[name]: f"{value:.1f}" for name, value in self.scores.items() if name in short}

    def _trained(self) -> Trained:
        model = BridgeModel(self.task.plan.model)
        model.load_state_dict({k: v.cpu() for k, v in self.objective.model.state_dict().items()})
        training = {
            **self.task.described(),
            "step": self.step,
            "n_processes": self.fabric.world_size,
            "device": self.fabric.device.type,
            "cpu_s": round(self.cpu_s, 1),
            "wall_s": round(self.wall_s, 1),
            "torch": str(torch.__version__),
            "n_takes": {name: len(getattr(self.parts, name)) for name in ("train", "validation", "test")},
        }
        examples = {}
        if self.validation is not None:
            examples = {"frame": self.validation.frame[:N_EXAMPLES], "live": self.validation.live[:N_EXAMPLES]}
        return Trained(
            model=model.eval(),
            symbols=symbols_of_sources(self.corpus.symbols, self.task.plan.model.n_sources),
            corpus=corpus_facts(self.corpus),
            training=training,
            scores={"validation": dict(self.scores)} if self.scores else {},
            examples={name: value.cpu().clone() for name, value in examples.items()},
        )

    def _save_state(self) -> None:
        """Write what `--resume` needs."""
        if self.fabric.is_global_zero:
            checkpoint.write(
                {
                    "kind": checkpoint.STATE_KIND,
                    "format": checkpoint.CHECKPOINT_FORMAT,
                    "task": self.task.described(),
                    "corpus": fingerprint(self.corpus),
                    "objective": self.objective.state_dict(),
                    "optimizer": self.optimizer.state_dict(),
                    "step": self.step,
                    "least_loss": self.least_loss,
                    "scores": self.scores,
                    "cpu_s": self.cpu_s,
                    "wall_s": self.wall_s,
                },
                self.task.state,
            )

    def _restore(self, stored: dict[str, Any]) -> None:
        """Go on where a state was written."""
        check_same(self.task, self.corpus, stored)
        self.objective.load_state_dict(stored["objective"])
        self.optimizer.load_state_dict(stored["optimizer"])
        self.step, self.least_loss, self.scores = stored["step"], stored["least_loss"], stored["scores"]
        self.cpu_s, self.wall_s = stored["cpu_s"], stored["wall_s"]

    def _writer(self) -> Any:
        from torch.utils.tensorboard import SummaryWriter

        return SummaryWriter(str(self.task.log), purge_step=self.step or None)

    def _log(self, writer: Any, group: str, values: dict[str, float]) -> None:
        if writer:
            for name, value in values.items():
                writer.add_scalar(f"{group}/{name}", value, self.step)


def rate_at(step: int, steps: int) -> tuple[float, float]:
    """Rate relative to the highest, and momentum, of one cycle (Smith 2018): up, then down, along cosines."""
    top = RISE * steps - 1.0
    end = steps - 1.0
    if step <= top:
        share, rates, momenta = step / max(top, 1.0), (FIRST_RATE, 1.0), MOMENTUM
    else:
        share, rates, momenta = (step - top) / max(end - top, 1.0), (1.0, LAST_RATE), MOMENTUM[::-1]
    way = 0.5 - 0.5 * math.cos(math.pi * min(share, 1.0))
    return rates[0] + way * (rates[1] - rates[0]), momenta[0] + way * (momenta[1] - momenta[0])
