"""`latent-bridge morph`: one sound that goes from label to label through the latent space."""

from __future__ import annotations

import argparse
from pathlib import Path

from rt.commands import offline_arguments
from rt.errors import ControlError
from rt.offline.options import MOST_SECONDS, check_range
from rt.parameters import INTERPOLATIONS

SUMMARY = "go from sound to sound through the latent space, into a WAV file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the labels, the way between them and the common options."""
    parser.add_argument("labels", metavar="LABELS", help="such as 'Flute:C4:mf Violin:G4:ff'; or a file of them")
    parser.add_argument("wav", type=Path, metavar="OUT.wav")
    parser.add_argument("--interp", choices=INTERPOLATIONS, default="cubic", help="none jumps half-way (cubic)")
    parser.add_argument("--seconds", type=float, default=4.0, metavar="S", help="length of everything (4)")
    parser.add_argument("--hold", type=float, metavar="S", help="how long each label is held; a quarter of the time")
    offline_arguments.add_arguments(parser, instrument="what labels without an instrument mean")


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is exactly as long as asked."""
    from rt.offline import labels, latent_path
    from rt.offline.session import RenderSession

    check_range("--seconds", arguments.seconds, 0.1, MOST_SECONDS)
    session = RenderSession.read(offline_arguments.render_options(arguments, read=[Path(arguments.labels)]))
    manifest = session.model.manifest
    found = labels.parse(labels.text_of(arguments.labels), manifest, session.settings.engine.instrument)
    if len(found) < 2 or any(label.note is None or label.seconds for label in found):
        raise ControlError(
            f"a morph goes between two labels or more, without rests and lengths; got {arguments.labels[:60]!r}"
        )
    hold_s = latent_path.HOLD_SHARE * arguments.seconds / len(found) if arguments.hold is None else arguments.hold
    check_range("--hold", hold_s, 0.0, arguments.seconds / len(found))
    path = latent_path.morph(
        labels.points(session.model, found),
        labels.levels_db(session.model, found),
        order=INTERPOLATIONS.index(arguments.interp),
        seconds=arguments.seconds,
        hold_s=hold_s,
    )
    marks = labels.marks(session.model, found)
    return session.play_latent_path(path, title=f"morph, {arguments.interp}", marks=marks)
