"""`python -m export bundle`: a checkpoint becomes a bundle that plays and listens."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "write a bundle from a checkpoint: ONNX graphs, compared with torch, and what the program must know"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add from what and where to."""
    parser.add_argument("--model", type=Path, required=True, help="checkpoint that `train` wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle; an older bundle is replaced")
    parser.add_argument("--name", help="name that the bundle gives itself (the folder's)")
    parser.add_argument("--int8", action="store_true", help="weights of 8 bits: a quarter of the size")
    parser.add_argument(
        "--keep-untuned", action="store_true", help="write notes that cannot be tuned as they are, instead of refusing"
    )
    parser.add_argument("--report", type=Path, help="report.json of `evaluate`, whose scores go into the bundle")


def run(options: argparse.Namespace) -> int:
    """Export, compare, measure; print what came out."""
    import torch
    from tqdm import tqdm

    from export import checkpoint
    from export.bundle import export_bundle
    from export.evaluate.report import read_report

    torch.set_num_threads(1)
    report = read_report(options.report) if options.report else None
    trained = checkpoint.load(options.model)
    name = options.name or options.out.resolve().name
    with tqdm(desc="bundle", leave=False, disable=None) as progress:  # None: no bar where there is no terminal
        made = export_bundle(
            trained,
            options.out,
            name=name,
            progress=progress,
            int8=options.int8,
            report=report,
            keep_untuned=options.keep_untuned,
        )
    manifest, scores = made.manifest, made.manifest.scores
    worst = ", ".join(f"{value:.0e} on {kind} input" for kind, value in scores["onnx_difference"].items())
    print(f"{made.path}: bundle {name!r}, {sum(file.n_bytes for file in manifest.files.values()) / 1e6:.2f} MB")
    print(f"ONNX differs from torch by {worst}")
    pitch = scores["intonation"]
    print(
        f"{pitch['corrected_notes']} notes corrected: off by at most {pitch['worst_cents']:g} cents"
        f" ({pitch['worst_cents_as_decoded']:g} before) at any velocity"
    )
    if pitch["untuned_notes"]:
        print(f"out of tune: {', '.join(pitch['untuned_notes'])}")
    if "int8" in scores:
        small = scores["int8"]
        print(
            f"8 bits: {small['bytes'] / 1e6:.2f} of {small['bytes_float'] / 1e6:.2f} MB;"
            f" played frames off by {small['symbol_to_signal_db']:g} dB,"
            f" reconstructed ones by {small['signal_to_signal_db']:g} dB (root mean square);"
            f" another class likeliest in {max(small['signal_to_symbol_changed_percent'].values()):g} % of the frames"
        )
    print(f"look at it with `latent-bridge info {made.path}`")
    return 0
