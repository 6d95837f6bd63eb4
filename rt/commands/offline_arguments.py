"""The options that the offline commands have in common, on the command line and as `RenderOptions`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from rt.config import config, flags
from rt.offline.options import PHASES, RenderOptions


def add_arguments(
    parser: argparse.ArgumentParser, *, instrument: str = "", rate: bool = True, places: bool = True
) -> None:
    """Add the common options; instrument : what that option means here, none without a meaning.

    rate, places : whether the sound has a rate and channels of its own, and a room.
    """
    flags.add_config(parser)
    parser.add_argument("--bundle", metavar="NAME", help=_help("model.bundle"))
    parser.add_argument("--provider", choices=config.PROVIDERS, help=_help("model.provider"))
    if instrument:
        parser.add_argument("--instrument", metavar="NAME", help=instrument)
    if rate:
        parser.add_argument("--sample-rate", type=int, metavar="HZ", help="default 48000")
    parser.add_argument("--gain", type=float, metavar="DB", help=_help("engine.gain_db"))
    parser.add_argument(
        "--phase",
        choices=PHASES,
        help="how phases are found: as live (locked, classic), on whole voices by the published method (nsgt), or "
        "the same from our own phases (refined), which comes nearest to the frames",
    )
    parser.add_argument(
        "--iterations",
        type=int,
        metavar="N",
        help="of Griffin-Lim: 0-4 per hop (1); on whole voices 1-1000 (nsgt 30, refined 20)",
    )
    parser.add_argument("--alive", type=float, metavar="X", help=_help("engine.alive"))
    parser.add_argument("--seed", type=int, metavar="N", help=_help("engine.seed"))
    if places:
        flags.add_stereo(parser)
    parser.add_argument("--latents", type=Path, metavar="OUT.npz", help="save the way through the latent space")
    parser.add_argument("--plot", type=Path, metavar="OUT.png", help="draw frames and latents")


def render_options(
    arguments: argparse.Namespace,
    *,
    read: Iterable[Path | None] = (),
    sample_rate_hz: int | None = None,
    voices: int | None = None,
) -> RenderOptions:
    """The common options as they were given.

    read : files that the command reads, None for one that was not named. sample_rate_hz : of the output, where the
    command has no option for it. voices : notes that sound at once, where the command has that option.
    """
    given = flags.given(arguments)
    return RenderOptions(
        wav=arguments.wav,
        latents=arguments.latents,
        plot=arguments.plot,
        read=tuple(path for path in read if path is not None),
        config=arguments.config,
        bundle=arguments.bundle,
        provider=arguments.provider,
        sample_rate_hz=arguments.sample_rate if sample_rate_hz is None else sample_rate_hz,
        instrument=arguments.instrument,
        voices=voices,
        gain_db=arguments.gain,
        phase=arguments.phase,
        iterations=arguments.iterations,
        alive=arguments.alive,
        seed=arguments.seed,
        stereo=given.get("engine.stereo"),
        room=given.get("engine.room"),
    )


def _help(setting: str) -> str:
    said = config.find(setting)[1]
    return said.text if said.choices else said.help
