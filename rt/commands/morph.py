"""`latent-bridge morph`: one sound that goes from label to label through the latent space."""

from __future__ import annotations

import argparse
from pathlib import Path

from rt.errors import ControlError
from rt.offline import options
from rt.parameters import INTERPOLATIONS

SUMMARY = "go from sound to sound through the latent space, into a WAV file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the labels, the way between them and the common options."""
    parser.add_argument("labels", metavar="LABELS", help="such as 'Flute:C4:mf Violin:G4:ff'; or a file of them")
    parser.add_argument("wav", type=Path, metavar="OUT.wav")
    parser.add_argument("--interp", choices=INTERPOLATIONS, default="cubic", help="none jumps half-way (cubic)")
    parser.add_argument("--seconds", type=float, default=4.0, metavar="S", help="length of everything (4)")
    parser.add_argument("--hold", type=float, metavar="S", help="how long each label is held; a quarter of the time")
    options.add_arguments(parser, instrument="what labels without an instrument mean")


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is exactly as long as asked."""
    from rt.offline import label_points, labels, path_shapes, session

    options.check_range("--seconds", arguments.seconds, 0.1, options.MOST_SECONDS)
    render_session = session.read(arguments)
    manifest = render_session.model.manifest
    found = labels.parse(labels.text_of(arguments.labels), manifest, render_session.settings.engine.instrument)
    if len(found) < 2 or any(label.note is None or label.seconds for label in found):
        raise ControlError(
            f"a morph goes between two labels or more, without rests and lengths; got {arguments.labels[:60]!r}"
        )
    hold_s = path_shapes.HOLD_SHARE * arguments.seconds / len(found) if arguments.hold is None else arguments.hold
    options.check_range("--hold", hold_s, 0.0, arguments.seconds / len(found))
    latent_path = path_shapes.morph(
        label_points.points(render_session.model, found),
        label_points.levels_db(render_session.model, found),
        order=INTERPOLATIONS.index(arguments.interp),
        seconds=arguments.seconds,
        hold_s=hold_s,
    )
    marks = label_points.marks(render_session.model, found)
    return session.play_latent_path(
        arguments, render_session, latent_path, title=f"morph, {arguments.interp}", marks=marks
    )
