"""`python -m export tune`: a bundle's notes are measured and corrected; its graphs stay as they are."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from rt.errors import BridgeError

SUMMARY = "measure every note of a bundle as it sounds, and correct in its manifest those that are out of tune"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which bundle."""
    parser.add_argument("bundle", type=Path, help="folder of the bundle, whose manifest is written anew")


def run(options: argparse.Namespace) -> int:
    """Measure and correct; a bundle that is in tune is left alone."""
    from tqdm import tqdm

    from export.bundle import staged
    from export.evaluate import intonation
    from rt.bundle import bundle

    opened = bundle.load(options.bundle)
    with tqdm(desc="tune", leave=False, disable=None) as progress:
        tuned = intonation.tune(opened, progress=progress)
    if tuned.faults:
        raise BridgeError(f"{opened.path}: {intonation.refusal(tuned.faults, option='')}; nothing was written")
    if tuned.n_corrected:
        with staged(opened.path) as folder:
            shutil.copytree(opened.path, folder, dirs_exist_ok=True)
            bundle.save(folder, tuned.manifest)
    print(
        f"{opened.path}: {tuned.n_corrected} notes corrected: off by at most {tuned.after_cents:.1f} cents"
        f" ({tuned.before_cents:.1f} before) at any velocity"
    )
    return 0
