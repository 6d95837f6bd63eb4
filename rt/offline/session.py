"""A command from its options to its files: settings and model, a stage, sound, latents and picture."""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rt.arrays import F32
from rt.audio.offline import DEFAULT_RATE_HZ, WavFile
from rt.bundle import bundle
from rt.config import config
from rt.errors import ConfigError, DeviceError
from rt.events import Event
from rt.model import Model
from rt.offline import options
from rt.offline.atomic_write import atomic_write
from rt.offline.griffin_lim import USUAL_ITERATIONS, Whole
from rt.offline.label_points import Mark
from rt.offline.latent_path import LatentPath, save
from rt.offline.offline_renderer import OfflineRenderer
from rt.offline.outputs import check_outputs
from rt.offline.pictures import Picture

MOST_ITERATIONS = 1000
WAV_SUFFIXES = (".wav", ".wave", "")
READ = ("sound", "midi", "source", "labels", "path", "config")
"""Options that name a file, or may do so."""
END_FADE_S = 0.01
"""A file that ends while it sounds does so with a fade."""


@dataclass(frozen=True, slots=True)
class RenderSession:
    """What the options came to."""

    settings: config.Config
    model: Model
    rate_hz: int
    whole: Whole | None

    def renderer(self, *, keeps_log: bool) -> OfflineRenderer:
        """An engine to play on."""
        return OfflineRenderer(
            self.model,
            self.settings.engine,
            self.rate_hz,
            whole=self.whole,
            keeps_log=keeps_log,
        )


def read(arguments: argparse.Namespace, *, rate_hz: int = 0, preferred: dict[str, Any] | None = None) -> RenderSession:
    """Settings and model; rate_hz : of the output, where the command knows better than the options.

    preferred : settings that this command has instead of the default ones.
    """
    _check_files(arguments)
    on_whole = arguments.phase in options.WHOLE
    given = {
        "model.bundle": arguments.bundle,
        "model.provider": arguments.provider,
        "audio.sample_rate_hz": rate_hz or getattr(arguments, "sample_rate", None),
        "engine.instrument": getattr(arguments, "instrument", None),
        "engine.voices": getattr(arguments, "voices", None),
        "engine.gain_db": arguments.gain,
        "engine.phase": None if on_whole else arguments.phase,
        "engine.iterations": None if on_whole else arguments.iterations,
        "engine.alive": arguments.alive,
        "engine.seed": arguments.seed,
    }
    flags = {name: value for name, value in given.items() if value is not None}
    settings = config.load(arguments.config, flags, preferred=preferred)
    whole = None
    if on_whole:
        usual = USUAL_ITERATIONS[arguments.phase]
        iterations = usual if arguments.iterations is None else arguments.iterations
        options.check_range(f"--iterations with --phase {arguments.phase}", iterations, 1, MOST_ITERATIONS)
        whole = Whole(iterations, refines=arguments.phase == options.REFINED)
        engine = dataclasses.replace(settings.engine, phase="locked", iterations=0)  # of which only the levels count
        settings = dataclasses.replace(settings, engine=engine)
    model = Model.load(bundle.load(settings.model.bundle), settings.model.provider)
    return RenderSession(settings, model, settings.audio.sample_rate_hz or DEFAULT_RATE_HZ, whole)


def _check_files(arguments: argparse.Namespace) -> None:
    """Raise where a file cannot be written, replaces one that is read, or would be no WAV file by its name."""
    if arguments.wav.suffix.lower() not in WAV_SUFFIXES:
        raise ConfigError(f"{arguments.wav}: what is written is WAV; give a name that ends in .wav")
    if arguments.latents and arguments.latents.suffix.lower() != ".npz":
        raise ConfigError(f"{arguments.latents}: latents are known by their suffix; give a name that ends in .npz")
    named = [getattr(arguments, name, None) for name in READ]
    check_outputs([arguments.wav, arguments.latents, arguments.plot], read=[Path(name) for name in named if name])


def write(path: Path, blocks: Iterator[F32], rate_hz: int, *, on: str, n_channels: int = 1) -> None:
    """Write blocks (n,) or (n, n_channels) into a WAV file and print how that went; on : what computed it."""
    start_s, peak, n_samples = time.monotonic(), 0.0, 0
    with atomic_write(path) as place, closing(WavFile(place, rate_hz, n_channels=n_channels)) as wav:
        for block in blocks:
            try:
                wav.write(block)
            except (RuntimeError, AssertionError, OSError) as error:  # as soundfile tells of a full disk
                raise DeviceError(f"{path} cannot be written to its end; make room on the disk") from error
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            n_samples += len(block)
    length_s, took_s = n_samples / rate_hz, time.monotonic() - start_s
    level = f"peak {20 * np.log10(peak):.1f} dB" if peak > 0 else "silent"
    print(
        f"{path}: {length_s:.2f} s at {rate_hz} Hz, {level}, {length_s / max(took_s, 1e-9):.1f} times real time on {on}"
    )


def faded(blocks: Iterator[F32], n_samples: int, rate_hz: int) -> Iterator[F32]:
    """The same blocks (n,), n_samples in all, with a short fade at the end."""
    n_fade, done = max(1, min(round(END_FADE_S * rate_hz), n_samples)), 0
    for block in blocks:
        left = n_samples - 1 - done - np.arange(len(block))
        done += len(block)
        yield block * np.clip(left / n_fade, 0.0, 1.0).astype(np.float32)


def play_latent_path(
    arguments: argparse.Namespace,
    render_session: RenderSession,
    latent_path: LatentPath,
    *,
    title: str,
    marks: Sequence[Mark] = (),
    n_samples: int | None = None,
    n_channels: int = 1,
    shape: Callable[[Iterator[F32]], Iterator[F32]] = iter,
) -> int:
    """Write, save and draw what the free voice sounds like along a path; the exit code.

    n_samples : length where the path does not tell it. shape : makes (n, n_channels) of the blocks (n,).
    """
    options.check_range("the length in seconds", latent_path.seconds, 0.05, options.MOST_SECONDS)
    latent_path = latent_path.wandering(render_session.settings.engine.alive, render_session.settings.engine.seed)
    n = round(latent_path.seconds * render_session.rate_hz) if n_samples is None else n_samples
    picture = Picture(arguments.plot) if arguments.plot else None  # fails before the work begins
    renderer = render_session.renderer(keeps_log=picture is not None)
    blocks = shape(faded(renderer.path_blocks(latent_path, n), n, render_session.rate_hz))
    write(arguments.wav, blocks, render_session.rate_hz, on=render_session.model.provider, n_channels=n_channels)
    if arguments.latents:
        save(arguments.latents, [latent_path])
    if picture is not None and renderer.log is not None:
        picture.draw(
            render_session.model.manifest,
            renderer.log,
            [latent_path],
            rate_hz=render_session.rate_hz,
            title=title,
            marks=marks,
        )
    return 0


def play_events(
    arguments: argparse.Namespace,
    render_session: RenderSession,
    events: list[tuple[int, Event]],
    *,
    tail_s: float,
    title: str,
) -> int:
    """Write, save and draw what notes sound like; the last event tells where the tail begins. The exit code."""
    picture = Picture(arguments.plot) if arguments.plot else None
    renderer = render_session.renderer(keeps_log=bool(picture or arguments.latents))
    n, tail = events[-1][0], int(tail_s * render_session.rate_hz)
    blocks = renderer.blocks(events, n, tail_samples=tail)
    write(
        arguments.wav,
        faded(blocks, n + tail, render_session.rate_hz),
        render_session.rate_hz,
        on=render_session.model.provider,
    )
    if renderer.log is not None:
        latent_paths = renderer.latent_paths()
        if arguments.latents:
            save(arguments.latents, latent_paths)
        if picture is not None:
            begins_s = [voice.latent_at[0] / render_session.rate_hz for voice in renderer.log.voices]
            picture.draw(
                render_session.model.manifest,
                renderer.log,
                latent_paths,
                begins_s=begins_s,
                rate_hz=render_session.rate_hz,
                title=title,
            )
    return 0
