"""`python -m export evaluate`: scores, figures and a model card, from a checkpoint or a bundle."""

from __future__ import annotations

import argparse
from pathlib import Path

from rt.atomic_write import atomic_write
from rt.errors import BridgeError

SUMMARY = "score a checkpoint or a bundle on prepared corpora; writes report.json, figures and a model card"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to score, on what, and where to."""
    parser.add_argument("model", type=Path, help="checkpoint NAME.pt, or the folder of a bundle")
    add = parser.add_argument
    add("--data", type=Path, nargs="+", action="extend", required=True, help="folders that `prepare` wrote")
    add("--out", type=Path, required=True, help="folder of the report")
    add("--split", choices=("group", "note", "all"), help="takes to score (those kept from training; else all)")
    add("--baseline", action="store_true", help="train and score classifiers without a latent on the same frames")
    add("--no-figures", action="store_true", help="leave out the PNG figures")


def run(options: argparse.Namespace) -> int:
    """Score, print one table, write the report."""
    import torch
    from tqdm import tqdm

    from export.evaluate.card import CARD, model_card, score_table
    from export.evaluate.graphs import open_graphs
    from export.evaluate.report import examples_of, make_report, open_set, write_report
    from export.store import disk_errors

    torch.set_num_threads(1)
    graphs = open_graphs(options.model)
    sets = [open_set(folder, graphs, options.split) for folder in options.data]
    names = [data.name for data in sets]
    if len(set(names)) < len(names):
        raise BridgeError(f"two folders of --data are named {max(names, key=names.count)!r}; rename one")
    chosen = [(data, examples_of(data, graphs)) for data in sets]
    with disk_errors(options.out):
        options.out.mkdir(parents=True, exist_ok=True)
    with tqdm(desc="evaluate", total=len(chosen) + 2, leave=False, disable=None) as progress:
        report = make_report(graphs, chosen, baseline=options.baseline, progress=progress)
        with disk_errors(options.out):
            path = write_report(report, options.out)
            with atomic_write(options.out / CARD) as place:
                place.write_text(model_card(graphs, {}, report=report), encoding="utf-8")
            if not options.no_figures:
                from export.evaluate.figures import draw_all

                draw_all(graphs, chosen, report, options.out)
        progress.update(1)
    print(aligned(score_table(report["sets"])))
    print(f"\n{path}")
    return 0


def aligned(rows: list[list[str]]) -> str:
    """A table of text with columns of one width."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    )
