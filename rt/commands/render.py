"""`latent-bridge render`: a MIDI file into a WAV file, as fast as it goes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import cast

from rt import config
from rt.control.bridge import Bridge
from rt.control.channels import Channels
from rt.errors import ConfigError, ControlError
from rt.events import Event, NoteOn, UseInstrument
from rt.manifest import Manifest
from rt.offline import options

SUMMARY = "render a MIDI file into a WAV file"
MAX_TAIL_S = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the settings that matter without a device."""
    parser.add_argument("midi", type=Path, metavar="IN.mid")
    parser.add_argument("wav", type=Path, metavar="OUT.wav", help="mono, 24 bits")
    parser.add_argument("--dynamics", metavar="CLASS", help="play every note so, as in pp; else by velocity")
    parser.add_argument("--transpose", type=int, default=0, metavar="N", help="semitones up or down")
    parser.add_argument("--voices", type=int, metavar="N", help="notes that sound at once")
    options.add_arguments(parser, instrument="what plays every note, whatever the file's programs; else the first one")
    parser.add_argument(
        "--tail", type=float, default=MAX_TAIL_S, metavar="S", help="longest time after the last event; ends in silence"
    )


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is as long as the last event plus the time until silence."""
    from rt.offline import score, session

    options.check_range("--tail", arguments.tail, 0.0, options.MOST_SECONDS)
    options.check_range("--transpose", arguments.transpose, -60, 60)
    means = session.read(arguments)
    manifest = means.model.manifest
    engine, is_fixed = means.settings.engine, arguments.instrument is not None
    read = read_events(arguments.midi, manifest, engine, means.rate_hz, programs=not is_fixed)
    events = score.changed(read, manifest, dynamics=arguments.dynamics, transpose=arguments.transpose)
    return session.play_events(arguments, means, events, tail_s=arguments.tail, title=arguments.midi.name)


def read_events(
    path: Path, manifest: Manifest, engine: config.EngineConfig, rate_hz: int, *, programs: bool = True
) -> list[tuple[int, Event]]:
    """Read a MIDI file as events at sample times, as the same keys on a keyboard would give them.

    The last one tells where the file ends; what a note cannot reach is printed once. programs : whether its program
    changes count.
    """
    from rt.control import midi_file

    score = Score(manifest, engine.instrument, print)
    channels = Channels(cast(Bridge, score), bend_range_semitones=engine.bend_range_semitones)
    events: list[tuple[int, Event]] = []
    for timed in midi_file.load(path):
        for event in channels.hear(timed.message):
            if isinstance(event, UseInstrument) and not programs:
                continue
            score.follow(event)
            events.append((round(timed.at_s * rate_hz), event))
    if not any(isinstance(event, NoteOn) for _, event in events):
        raise ControlError(f"{path}: holds no note; nothing to render")
    return events


class Score:
    """What MIDI channels ask of the host, for a file: which instrument plays, and a place for remarks."""

    def __init__(self, manifest: Manifest, instrument: str, tell: Callable[[str], None]) -> None:
        self.manifest = manifest
        self._told: set[str] = set()
        self._tell = tell
        first = manifest.instrument_index(instrument) if instrument else 0
        if first is None:
            have = ", ".join(i.name for i in manifest.instruments)
            raise ConfigError(f"no instrument {instrument!r} in bundle {manifest.name!r}; there are {have}")
        self._instruments = [first] * 16

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel plays."""
        return self._instruments[channel]

    def follow(self, event: Event) -> None:
        """Remember a program change."""
        if isinstance(event, UseInstrument):
            self._instruments[event.channel] = event.instrument

    def tell(self, message: str) -> None:
        """Print a remark, once."""
        if message not in self._told:
            self._told.add(message)
            self._tell(message)
