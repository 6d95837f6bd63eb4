"""Where a training runs: in this process, in several on this machine, or as `torchrun` says."""

from __future__ import annotations

import atexit
import dataclasses
import functools
import logging
import os
import sys
from typing import Any

import torch
from lightning_fabric import Fabric
from torch.multiprocessing.spawn import ProcessRaisedException

from export import store
from export.interruption import Interruption
from export.task import Result, Task, fitted
from export.train import Training
from rt.errors import BridgeError

logging.getLogger("lightning_fabric").setLevel(logging.WARNING)  # in every process: it greets at length


def train(task: Task, *, devices: int = 1, accelerator: str = "auto") -> Result:
    """Run a task on some devices of this machine, or as `torchrun` says."""
    precision: Any = task.plan.settings.precision
    if "TORCHELASTIC_RUN_ID" in os.environ:
        local = int(os.environ["LOCAL_WORLD_SIZE"])
        nodes = int(os.environ["WORLD_SIZE"]) // local
        fabric = Fabric(accelerator=accelerator, devices=local, num_nodes=nodes, strategy="ddp", precision=precision)
        fabric.launch()
        return run(fabric, task)
    if devices == 1:
        return run(Fabric(accelerator=accelerator, devices=1, precision=precision), task)
    check_shares(task, devices)
    fabric = Fabric(accelerator=accelerator, devices=devices, strategy="ddp_spawn", precision=precision)
    with Interruption():  # the processes stop by themselves, at the same step
        try:
            return Result(*fabric.launch(functools.partial(run_apart, task=task)))
        except ProcessRaisedException as error:
            kind, _, text = str(error).strip().splitlines()[-1].partition(": ")
            if kind == f"{BridgeError.__module__}.{BridgeError.__name__}":
                raise BridgeError(text) from error
            raise


def run_apart(fabric: Fabric, *, task: Task) -> tuple[int, bool, dict[str, float]]:
    """`run` in a process of its own; the launcher takes no frozen dataclasses apart."""
    result = run(fabric, task)
    atexit.register(leave)
    return result.step, result.finished, result.scores


def leave() -> None:
    """End a process that has done its work at once: threads of torch's process group may abort a usual end."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def run(fabric: Fabric, task: Task) -> Result:
    """Train in this process."""
    torch.set_num_threads(task.threads)
    corpus = store.load(task.data, check=fabric.is_global_zero)
    check_shares(task, fabric.world_size)
    task = dataclasses.replace(task, plan=fitted(task.plan, corpus))
    torch.set_flush_denormal(True)
    try:
        with Interruption() as interruption:
            return Training(fabric, task, corpus).run(interruption)
    finally:
        torch.set_flush_denormal(False)  # it holds for all that this thread computes, a synthesizer for instance


def check_shares(task: Task, n_processes: int) -> None:
    """Raise BridgeError unless every process can have the same share of a batch."""
    for name in ("batch", "live_batch", "notes_batch", "voice_batch"):
        wanted = getattr(task.plan.settings, name)
        if wanted % n_processes or 0 < wanted < 2 * n_processes:
            wants = f"a multiple of the {n_processes} processes, at least two for each"
            raise BridgeError(f"{name} is {wanted}, it must be {wants}; change it with --set {name}=N")
