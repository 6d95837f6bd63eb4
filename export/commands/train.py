"""`python -m export train`: learn a model from a prepared corpus."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from rt.errors import BridgeError

SUMMARY = "learn a model from a prepared corpus"
PRESETS = ("default", "paper", "tiny")
SPLITS = ("group", "note", "all")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to learn from, how, and on what."""
    parser.add_argument("--data", type=Path, required=True, help="folder that `prepare` wrote")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint to write, MODEL.pt (and MODEL.best.pt)")
    parser.add_argument("--preset", choices=PRESETS, default="default", help="networks, terms and settings (default)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="change one setting of the preset; repeatable"
    )
    parser.add_argument("--steps", type=int, help="the same as --set steps=N")
    parser.add_argument("--split", choices=SPLITS, default="group", help="what is kept for the scores (group)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on where an interrupted training of MODEL.pt stopped")
    parser.add_argument("--accelerator", choices=("auto", "cpu", "gpu"), default="auto", help="where to compute (auto)")
    parser.add_argument("--devices", type=int, default=1, help="GPUs, or processes on the CPU (1)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of each process (1)")
    parser.add_argument("--log", type=Path, help="folder for TensorBoard")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def check(options: argparse.Namespace) -> None:
    """Raise BridgeError unless numbers are within their limits and a GPU that is asked for is there."""
    import torch

    for name, least in (("seed", 0), ("devices", 1), ("threads", 1)):
        if getattr(options, name) < least:
            raise BridgeError(f"--{name} is {getattr(options, name)}; allowed are {least} and more")
    if options.accelerator == "gpu" and not torch.accelerator.is_available():
        raise BridgeError("--accelerator gpu: torch finds no GPU; leave it out, or install torch for your GPU")


def run(options: argparse.Namespace) -> int:
    """Train; 130 when Ctrl-C stopped it, after saving."""
    check(options)
    from export.launch import train
    from export.presets import plan_of
    from export.task import Task

    steps = [] if options.steps is None else [f"steps={options.steps}"]
    task = Task(
        data=options.data,
        out=options.out,
        plan=plan_of(options.preset, [*options.set, *steps]),
        split=options.split,
        seed=options.seed,
        resume=options.resume,
        log=options.log,
        quiet=options.quiet,
        threads=options.threads,
    )
    result = train(task, devices=options.devices, accelerator=options.accelerator)
    if int(os.environ.get("RANK", "0")) > 0:
        return 0
    if not result.finished:
        print(f"stopped and saved at step {result.step}; the same command with --resume goes on", file=sys.stderr)
        return 130
    if not result.scores:
        print("nothing was kept from training to score on; `evaluate` scores what was learnt", file=sys.stderr)
    print(json.dumps(result.scores, indent=1))
    return 0
