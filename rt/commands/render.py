"""`latent-bridge render`: a MIDI file into a WAV file, as fast as it goes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import numpy as np
from tqdm import tqdm

from rt import bundle, config
from rt.arrays import F32
from rt.control.bridge import Bridge
from rt.control.channels import Channels
from rt.errors import ConfigError, ControlError
from rt.events import Event, NoteOn, UseInstrument
from rt.manifest import Manifest

SUMMARY = "render a MIDI file into a WAV file"
MAX_TAIL_S = 10.0
QUIET_S = 0.25
"""Silence that ends the tail."""
QUIET = 1e-5
BAR_AFTER_S = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the settings that matter without a device."""
    parser.add_argument("midi", type=Path, metavar="IN.mid")
    parser.add_argument("wav", type=Path, metavar="OUT.wav", help="mono, 24 bits")
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings; flags win over it")
    parser.add_argument("--bundle", metavar="NAME", help="folder of a model, or the name of a shipped one")
    parser.add_argument("--provider", choices=config.PROVIDERS, help="what computes the model")
    parser.add_argument("--instrument", metavar="NAME", help="what channels without a program change play")
    parser.add_argument("--sample-rate", type=int, metavar="HZ", help="default 48000")
    parser.add_argument("--voices", type=int, metavar="N", help="notes that sound at once")
    parser.add_argument("--gain", type=float, metavar="DB", help="output level in dB")
    parser.add_argument("--phase", choices=config.PHASES, help="how phases are found")
    parser.add_argument("--iterations", type=int, metavar="N", help="Griffin-Lim iterations per hop, 0-4")
    parser.add_argument("--alive", type=float, metavar="X", help="how far the sound wanders, 0-1")
    parser.add_argument("--seed", type=int, metavar="N", help="of that wandering")
    parser.add_argument(
        "--tail", type=float, default=MAX_TAIL_S, metavar="S", help="longest time after the last event; ends in silence"
    )


def run(arguments: argparse.Namespace) -> int:
    """Render; the file is as long as the last event plus the time until silence."""
    settings = _read_config(arguments)
    if not 0.0 <= arguments.tail <= 600.0:
        raise ConfigError(f"--tail is {arguments.tail}; allowed are 0 to 600 seconds")
    from rt.audio.offline import DEFAULT_RATE_HZ, WavFile, render_events
    from rt.engine import Engine
    from rt.model import Model
    from rt.stats import Stats

    rate_hz = settings.audio.sample_rate_hz or DEFAULT_RATE_HZ
    model = Model.load(bundle.load(settings.model.bundle), settings.model.provider)
    events = read_events(arguments.midi, model.manifest, settings.engine, rate_hz)
    engine = Engine(model, sample_rate_hz=rate_hz, config=settings.engine, stats=Stats())
    engine.warm_up()
    n_events_samples = events[-1][0]
    blocks = render_events(engine, events, n_events_samples + int(arguments.tail * rate_hz))
    start_s, peak, n_samples = time.monotonic(), 0.0, 0
    wav = WavFile(arguments.wav, rate_hz)
    try:
        for block in _with_bar(_until_quiet(blocks, n_events_samples, int(QUIET_S * rate_hz)), n_events_samples):
            wav.write(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            n_samples += len(block)
    finally:
        wav.close()
    length_s, took_s = n_samples / rate_hz, time.monotonic() - start_s
    level = f"peak {20 * np.log10(peak):.1f} dB" if peak > 0 else "silent"
    speed = f"{length_s / max(took_s, 1e-9):.1f} times real time"
    print(f"{arguments.wav}: {length_s:.2f} s at {rate_hz} Hz, {level}, {speed} on {model.provider}")
    return 0


def read_events(path: Path, manifest: Manifest, engine: config.EngineConfig, rate_hz: int) -> list[tuple[int, Event]]:
    """Read a MIDI file as events at sample times, as the same keys on a keyboard would give them.

    The last one tells where the file ends; what a note cannot reach is printed once.
    """
    from rt.control import midi_file

    score = Score(manifest, engine.instrument, print)
    channels = Channels(cast(Bridge, score), bend_range_semitones=engine.bend_range_semitones)
    events: list[tuple[int, Event]] = []
    for timed in midi_file.load(path):
        for event in channels.hear(timed.message):
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


def _read_config(arguments: argparse.Namespace) -> config.Config:
    flags = {
        "model.bundle": arguments.bundle,
        "model.provider": arguments.provider,
        "audio.sample_rate_hz": arguments.sample_rate,
        "engine.instrument": arguments.instrument,
        "engine.voices": arguments.voices,
        "engine.gain_db": arguments.gain,
        "engine.phase": arguments.phase,
        "engine.iterations": arguments.iterations,
        "engine.alive": arguments.alive,
        "engine.seed": arguments.seed,
    }
    return config.load(arguments.config, {name: value for name, value in flags.items() if value is not None})


def _until_quiet(blocks: Iterator[F32], n_least: int, n_quiet: int) -> Iterator[F32]:
    """Pass blocks on until `n_quiet` samples in a row are silent after the first `n_least`."""
    n_samples, quiet = 0, 0
    for block in blocks:
        yield block
        n_samples += len(block)
        quiet = quiet + len(block) if np.abs(block).max(initial=0.0) < QUIET else 0
        if n_samples >= n_least and quiet >= n_quiet:
            return


def _with_bar(blocks: Iterator[F32], n_samples: int) -> Iterator[F32]:
    """Pass blocks on and show a bar of the notes' part once it takes long."""
    with tqdm(total=n_samples, delay=BAR_AFTER_S, unit="sample", unit_scale=True, leave=False) as bar:
        for block in blocks:
            bar.update(min(len(block), n_samples - bar.n))
            yield block
