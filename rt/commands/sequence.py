"""`latent-bridge sequence`: labels one after the other as notes, or a saved path through the latent space."""

from __future__ import annotations

import argparse
from pathlib import Path

from rt.commands import offline_arguments
from rt.errors import ConfigError, ControlError
from rt.offline.options import MOST_SECONDS, check_range

LONGEST_GLIDE_S = 10.0
"""As `/lb/legato` allows."""
SUMMARY = "play a list of labels, or a saved path of latents, into a WAV file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is played and the common options."""
    parser.add_argument(
        "source",
        metavar="LABELS|PATH.npz",
        help="such as 'Flute:C4:mf@0.5 E4 rest Violin:G4:ff@1', a text file of them, or what --latents saved",
    )
    parser.add_argument("wav", type=Path, metavar="OUT.wav")
    parser.add_argument("--seconds", type=float, default=0.5, metavar="S", help="length of a label without @S (0.5)")
    parser.add_argument("--legato", type=float, metavar="S", help="glide from note to note in so many seconds")
    parser.add_argument("--tail", type=float, default=10.0, metavar="S", help="longest time until silence at the end")
    parser.add_argument("--voice", type=int, metavar="N", help="which voice of a path, from 0")
    offline_arguments.add_arguments(parser, instrument="what labels without an instrument mean")


def run(arguments: argparse.Namespace) -> int:
    """Render; notes are as long as asked and then die away, a path is as long as it is."""
    from rt.offline import labels, latent_path
    from rt.offline.session import RenderSession

    check_range("--seconds", arguments.seconds, 0.01, MOST_SECONDS)
    check_range("--tail", arguments.tail, 0.0, MOST_SECONDS)
    if arguments.legato is not None:
        check_range("--legato", arguments.legato, 0.0, LONGEST_GLIDE_S)
    session = RenderSession.read(offline_arguments.render_options(arguments, read=[Path(arguments.source)]))
    manifest = session.model.manifest
    if arguments.source.lower().endswith(".npz"):
        if arguments.legato is not None:
            raise ConfigError("--legato is for labels; a path of latents glides as it was saved")
        path = Path(arguments.source)
        return session.play_latent_path(latent_path.load(path, manifest, arguments.voice), title=path.name)
    if arguments.voice is not None:
        raise ConfigError("--voice chooses from a path of latents; leave it out for labels")
    found = labels.parse(labels.text_of(arguments.source), manifest, session.settings.engine.instrument)
    if not any(label.note is not None for label in found):
        raise ControlError("no label to play; give some, such as 'Flute:C4:mf E4 G4'")
    labels.check_notes(manifest, found)
    events = labels.events_of(
        manifest, found, seconds=arguments.seconds, rate_hz=session.rate_hz, legato_s=arguments.legato
    )
    return session.play_events(events, tail_s=arguments.tail, title="sequence")
