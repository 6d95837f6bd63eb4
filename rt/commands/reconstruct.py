"""`latent-bridge reconstruct`: a sound file through the latent space and back."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rt.commands import offline_arguments

if TYPE_CHECKING:
    from rt.arrays import F32
    from rt.offline.recording import RecordedSound

SUMMARY = "pass a sound file through the latent space, as it is or to another instrument, into a WAV file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the common options."""
    parser.add_argument("sound", type=Path, metavar="IN.wav", help="WAV, FLAC, OGG, AIFF or MP3 at 8 to 384 kHz")
    parser.add_argument(
        "wav", type=Path, metavar="OUT.wav", help="24 bits; rate, channels, length and level of the input"
    )
    offline_arguments.add_arguments(
        parser, instrument="what it is carried to; itself if left out", rate=False, places=False
    )


def run(arguments: argparse.Namespace) -> int:
    """Reconstruct; the file has the input's rate, channels, length and level."""
    from rt.model import ListenerModel, SignalEncoder
    from rt.offline import labels, recording
    from rt.offline.session import RenderSession

    sound = recording.read(arguments.sound)
    options = offline_arguments.render_options(arguments, read=[arguments.sound], sample_rate_hz=sound.rate_hz)
    options = dataclasses.replace(options, stereo=False, room=0.0)  # the recording has channels and a room of its own
    session = RenderSession.read(options)
    signal_encoder = SignalEncoder.load(session.model.bundle, session.settings.model.provider)
    carry = None
    if arguments.instrument:
        target = labels.instrument_named(arguments.instrument, session.model.manifest)
        ears = ListenerModel.load(session.model.bundle, session.settings.model.provider)
        carry = partial(recording.carried, ears=ears, model=session.model, instrument=target)
    latent_path = recording.latent_path_of(sound, signal_encoder, session.model, carry)
    return session.play_latent_path(
        latent_path,
        title=arguments.sound.name,
        n_samples=len(sound.samples),
        n_channels=sound.samples.shape[1],
        shape=Placing(sound),
    )


class Placing:
    """Places a mono sound between the channels as a recording does, block by block."""

    def __init__(self, sound: RecordedSound) -> None:
        self._sound = sound

    def __call__(self, blocks: Iterator[F32]) -> Iterator[F32]:
        """Blocks (n,) become (n, n_channels)."""
        import numpy as np

        from rt.offline import recording
        from rt.offline.latent_path import STEP_S

        times_s = np.arange(0.0, len(self._sound.samples) / self._sound.rate_hz + STEP_S, STEP_S)
        powers = recording.channel_levels(self._sound, times_s)
        first = 0
        for block in blocks:
            yield recording.spread(block, first, times_s, powers, self._sound.rate_hz)
            first += len(block)
