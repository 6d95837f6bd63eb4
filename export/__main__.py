"""`python -m export prepare|train|bundle|evaluate`: learn a model and write it as a bundle."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rt.errors import BridgeError


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m export", description=__doc__)
    parser.add_argument("--threads", type=int, default=1, help="threads that torch may use (1)")
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="render soundfonts and analyse them into labelled frames")
    prepare.add_argument("--out", type=Path, required=True, help="folder for the frames")
    prepare.add_argument("--soundfonts", type=Path, help="folder of the soundfonts (where the system installs them)")
    prepare.add_argument("--piano", type=Path, help="folder with the recorded piano's npm archives (soundfont piano)")
    prepare.add_argument("--every", type=int, default=1, help="take one note in N, for trials (1)")
    prepare.add_argument("--seed", type=int, default=1)
    train = commands.add_parser("train", help="train the two autoencoders")
    train.add_argument("--data", type=Path, required=True, help="folder that `prepare` wrote")
    train.add_argument("--out", type=Path, required=True, help="checkpoint to write, NAME.pt")
    train.add_argument("--steps", type=int, default=6000)
    train.add_argument("--decoder", choices=("mlp", "conv"), default="mlp")
    train.add_argument("--holdout", type=float, default=0.1, help="share of the notes kept for the scores (0.1)")
    train.add_argument("--seed", type=int, default=1)
    bundle = commands.add_parser("bundle", help="write a bundle from a checkpoint")
    bundle.add_argument("--model", type=Path, required=True, help="checkpoint that `train` wrote")
    bundle.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    bundle.add_argument("--name", default="default")
    bundle.add_argument("--scored", type=Path, help="checkpoint trained with a holdout, whose scores go on the card")
    evaluate = commands.add_parser("evaluate", help="print the scores in a bundle's manifest")
    evaluate.add_argument("--bundle", type=Path, required=True, help="folder of the bundle")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> None:
    """Do what the command line says; heavy imports happen here, so that `--help` is instant."""
    if options.command == "evaluate":
        from rt.bundle import load as load_bundle

        print(json.dumps(load_bundle(options.bundle).manifest.scores, indent=1))
        return
    try:
        import torch
        from tqdm import tqdm
    except ImportError as error:
        raise BridgeError(f"{error.name} is missing; install the [train] extra") from error
    torch.set_num_threads(options.threads)
    with tqdm(desc=options.command, mininterval=1.0) as progress:
        if options.command == "prepare":
            from export.dataset import prepare

            facts = prepare(
                options.out,
                soundfonts=options.soundfonts,
                piano=options.piano,
                every=options.every,
                seed=options.seed,
                progress=progress,
            ).facts
        elif options.command == "train":
            from export import dataset
            from export.train import TrainSettings, save, train

            settings = TrainSettings(
                steps=options.steps, holdout=options.holdout, seed=options.seed, decoder=options.decoder
            )
            model, results = train(dataset.load(options.data), settings, progress)
            save(model, results, options.out)
            facts = results["scores"]
        else:
            from export.bundle import export_bundle
            from export.train import load

            model, results = load(options.model)
            if options.scored:
                _, twin = load(options.scored)
                results["scores"] = {**twin["scores"], "scored_by": twin["training"]["settings"]}
            facts = export_bundle(model, results, options.out, name=options.name, progress=progress).manifest.scores
    print(json.dumps(facts, indent=1))


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 2 and one line when the user can mend what went wrong."""
    try:
        run(parse(arguments))
    except BridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
