"""`latent-bridge render`: a MIDI file into a WAV file, as fast as it goes."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from rt.bridge import Bridge
from rt.bundle.manifest import Manifest
from rt.commands import offline_arguments
from rt.config import config
from rt.config.config import MOST_VOICES
from rt.errors import ConfigError, ControlError
from rt.events import AllNotesOff, AllSoundOff, Event, NoteOff, NoteOn, ResetControllers
from rt.frames.symbols import DYNAMICS, velocities_of, velocity_of_dynamics
from rt.midi.channels import MidiChannels
from rt.midi.messages import PROGRAM
from rt.offline.options import MOST_SECONDS, check_range
from rt.parameters import INSTRUMENT, SUSTAIN, ParameterValues

SUMMARY = "render a MIDI file into a WAV file"
MAX_TAIL_S = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the settings that matter without a device."""
    parser.add_argument("midi", type=Path, metavar="IN.mid")
    parser.add_argument("wav", type=Path, metavar="OUT.wav", help="stereo, 24 bits")
    parser.add_argument("--dynamics", metavar="CLASS", help="play every note so, as in pp; else by velocity")
    parser.add_argument("--transpose", type=int, default=0, metavar="N", help="semitones up or down")
    parser.add_argument("--voices", type=int, metavar="N", help=f"notes that sound at once; default {MOST_VOICES}")
    offline_arguments.add_arguments(
        parser, instrument="what plays every note; else what the file's tracks and programs name, or the first one"
    )
    parser.add_argument(
        "--tail", type=float, default=MAX_TAIL_S, metavar="S", help="longest time after the last event; ends in silence"
    )


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is as long as the last event plus the time until silence."""
    from rt.offline.session import RenderSession

    check_range("--tail", arguments.tail, 0.0, MOST_SECONDS)
    check_range("--transpose", arguments.transpose, -60, 60)
    options = offline_arguments.render_options(arguments, read=[arguments.midi], voices=arguments.voices)
    session = RenderSession.read(options, preferred={"engine.voices": MOST_VOICES})  # a file can wait
    manifest = session.model.manifest
    engine, is_fixed = session.settings.engine, arguments.instrument is not None
    read = read_events(arguments.midi, manifest, engine, session.rate_hz, chooses=not is_fixed)
    events = changed(read, manifest, dynamics=arguments.dynamics, transpose=arguments.transpose)
    return session.play_events(events, tail_s=arguments.tail, title=arguments.midi.name)


def read_events(
    path: Path, manifest: Manifest, engine: config.EngineConfig, rate_hz: int, *, chooses: bool = True
) -> list[tuple[int, Event]]:
    """Read a MIDI file as events at sample times, as the same keys on a keyboard would give them.

    The last one tells where the file ends; what a note cannot reach is printed once. chooses : whether its programs
    and the names of its tracks choose instruments.
    """
    from rt.midi import midi_file, midi_parts

    score = Score(manifest, engine.instrument, print)
    channels = MidiChannels(
        cast(Bridge, score), bend_range_semitones=engine.bend_range_semitones, general_midi_first=True
    )
    tracks, named = midi_parts.arrange(
        midi_file.load(path, score.report), manifest.instruments if chooses else (), score.report
    )
    events: list[tuple[int, Event]] = []

    def play(at_s: float, event: Event) -> None:
        score.follow(event)
        events.append((round(at_s * rate_hz), event))

    for channel, index in named.items():
        play(0.0, INSTRUMENT.on(channel, index))
    for at_s, message in midi_file.merged(tracks):
        if message[0] & 0xF0 == PROGRAM and (not chooses or message[0] & 0x0F in named):
            continue
        for event in channels.hear(message):
            play(at_s, event)
    if not any(isinstance(event, NoteOn) for _, event in events):
        raise ControlError(f"{path}: holds no note; nothing to render")
    for event in channels.release():
        if isinstance(event, AllNotesOff):  # a note does not outlast its file; what a pedal holds rings out
            play(max(track.end_s for track in tracks), event)
    return _heard(events, round(MAX_TAIL_S * rate_hz))


def changed(
    events: Sequence[tuple[int, Event]], manifest: Manifest, *, dynamics: str | None, transpose: int
) -> list[tuple[int, Event]]:
    """The same notes, all of one class of dynamics where one is named, moved by semitones.

    ConfigError for an unknown class, ControlError for notes that leave the range of MIDI.
    """
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    if dynamics is not None and dynamics not in classes:
        raise ConfigError(f"--dynamics is {dynamics!r}; this bundle has {', '.join(classes)}")
    played = None if dynamics is None else velocity_of_dynamics(classes.index(dynamics), velocities_of(classes))
    found = []
    for at, event in events:
        if isinstance(event, NoteOn | NoteOff):
            note = event.note + transpose
            if not 0 <= note <= 127:
                raise ControlError(
                    f"--transpose {transpose} moves MIDI note {event.note} to {note}; allowed are 0 to 127"
                )
            event = dataclasses.replace(event, note=note)
        if isinstance(event, NoteOn) and played is not None:
            event = dataclasses.replace(event, velocity=played)
        found.append((at, event))
    return found


def _heard(events: list[tuple[int, Event]], tail: int) -> list[tuple[int, Event]]:
    """The events until a tail, in samples, after the last that begins or ends a note; later ones move nothing."""
    ends = (NoteOn, NoteOff, AllNotesOff, AllSoundOff, ResetControllers)
    last = max(at for at, event in events if isinstance(event, ends) or SUSTAIN.is_set_by(event))
    return [(at, event) for at, event in events if at <= last + tail]


class Score:
    """What MIDI channels ask of the host, for a file: which instrument plays, and a place for remarks."""

    def __init__(self, manifest: Manifest, instrument: str, report: Callable[[str], None]) -> None:
        self.manifest = manifest
        self._told: set[str] = set()
        self._report = report
        first = manifest.find_instrument(instrument) if instrument else 0
        self._values = ParameterValues([INSTRUMENT.set(first)])

    def instrument(self, channel: int) -> int:
        """Index of the instrument that a channel plays."""
        value = self._values.get(INSTRUMENT, channel)
        assert value is not None  # set from the beginning
        return int(value[0])

    def follow(self, event: Event) -> None:
        """Remember a program change."""
        if INSTRUMENT.is_set_by(event):
            self._values.set(event)

    def report(self, message: str) -> None:
        """Print a remark, once."""
        if message not in self._told:
            self._told.add(message)
            self._report(message)
