"""`latent-bridge send`: a saved path of latents to a bridge that plays, by OSC and in its own time."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rt.bundle import bundle
from rt.config import flags

if TYPE_CHECKING:
    from rt.offline.latent_path import LatentPath
    from rt.osc.sender import Sender

SUMMARY = "send a saved path of latents to a running bridge"
STEP_S = 0.01
HEARD_DB = -60.0
"""Below this level the free voice rests: the level itself is no OSC setting."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the path and where to send it."""
    parser.add_argument("path", type=Path, metavar="PATH.npz", help="what --latents has saved")
    parser.add_argument("--voice", type=int, metavar="N", help="which of its voices, from 0")
    flags.add_config(parser)
    flags.add_flag(parser, "--bundle", "model.bundle", metavar="NAME", help="the model that plays")
    parser.add_argument("--osc-host", default="127.0.0.1", metavar="HOST", help="where the bridge runs (127.0.0.1)")
    flags.add_flag(parser, "--osc-port", "osc.port", metavar="PORT", help="UDP port that it hears")


def run(arguments: argparse.Namespace) -> int:
    """Send; it takes as long as the path is."""
    from rt.offline import latent_path
    from rt.osc.sender import Sender

    settings = flags.read(arguments)
    curve = latent_path.load(arguments.path, bundle.load(settings.model.bundle).manifest, arguments.voice)
    sender = Sender(arguments.osc_host, settings.osc.port)
    try:
        send(curve, sender)
    finally:
        sender.send("/lb/gate", 0)
        sender.close()
    print(f"{arguments.path}: {curve.seconds:.2f} s sent")
    return 0


def send(curve: LatentPath, sender: Sender) -> None:
    """Play a path: jump to its beginning, then go straight from point to point."""
    import numpy as np

    times_s = np.append(np.arange(0.0, curve.seconds, STEP_S), curve.seconds)
    points, heard = curve.points(times_s), curve.levels(times_s) > HEARD_DB
    sender.send("/lb/interp", "none", 0.0)
    start_s, is_on = time.monotonic(), False
    for number, (time_s, point) in enumerate(zip(times_s, points, strict=True)):
        time.sleep(max(0.0, start_s + float(time_s) - time.monotonic()))
        sender.send("/lb/latent", *[float(value) for value in point])
        if number == 0:
            sender.send("/lb/interp", "linear", STEP_S)
        if heard[number] != is_on:
            is_on = bool(heard[number])
            sender.send("/lb/gate", int(is_on))
