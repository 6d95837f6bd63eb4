"""`latent-bridge trajectory`: one sound that moves along a curve in the latent space."""

from __future__ import annotations

import argparse
from pathlib import Path

from rt.commands import offline_arguments
from rt.errors import ConfigError, ControlError
from rt.offline.options import MOST_SECONDS, check_range
from rt.parameters import TRAJECTORIES

SUMMARY = "move along a line, circle or helix in the latent space, into a WAV file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the curve and the common options."""
    parser.add_argument("wav", type=Path, metavar="OUT.wav")
    parser.add_argument("--kind", choices=TRAJECTORIES[1:], default="circle", help="on 1, 2 or 3 axes (circle)")
    parser.add_argument("--seconds", type=float, default=8.0, metavar="S", help="length (8)")
    parser.add_argument("--radius", type=float, default=1.0, metavar="X", help="in deviations of each axis (1)")
    parser.add_argument("--turns", type=float, default=2.0, metavar="N", help="times around within that length (2)")
    parser.add_argument("--around", metavar="LABEL", help="such as Flute:A4:mf; the middle of the space if left out")
    parser.add_argument(
        "--from", dest="path", type=Path, metavar="PATH.npz", help="a path that --latents saved instead"
    )
    parser.add_argument("--voice", type=int, metavar="N", help="which of its voices, from 0")
    offline_arguments.add_arguments(parser, instrument="what --around means without one")


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is exactly as long as asked, or as the path."""
    from rt.offline import labels, latent_path
    from rt.offline.session import RenderSession

    check_range("--seconds", arguments.seconds, 0.1, MOST_SECONDS)
    check_range("--radius", arguments.radius, 0.0, 10.0)
    check_range("--turns", arguments.turns, 0.0, 50.0 * arguments.seconds)
    if arguments.path is None and arguments.voice is not None:
        raise ConfigError("--voice chooses from a path; name one with --from")
    if arguments.path is not None and arguments.around is not None:
        raise ConfigError("--from and --around exclude each other; give one of them")
    session = RenderSession.read(offline_arguments.render_options(arguments, read=[arguments.path]))
    manifest = session.model.manifest
    if arguments.path is not None:
        curve = latent_path.load(arguments.path, manifest, arguments.voice)
        return session.play_latent_path(curve, title=arguments.path.name)
    centre, level_db, marks = labels.centre(manifest), 0.0, []
    if arguments.around is not None:
        found = labels.parse(arguments.around, manifest, session.settings.engine.instrument)
        if len(found) != 1 or found[0].note is None or found[0].seconds is not None:
            raise ControlError(f"--around is {arguments.around!r}; give one label, such as Flute:A4:mf")
        centre = labels.points(session.model, found)[0]
        (level_db,), marks = (
            labels.levels_db(session.model, found),
            labels.marks(session.model, found),
        )
    curve = latent_path.trajectory(
        manifest.latent,
        centre,
        shape=TRAJECTORIES.index(arguments.kind),
        seconds=arguments.seconds,
        radius=arguments.radius,
        turns=arguments.turns,
        level_db=level_db,
    )
    return session.play_latent_path(curve, title=arguments.kind, marks=marks)
