"""A command from its options to its files: settings and model, an engine, sound, latents and picture."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rt.arrays import F32
from rt.atomic_write import atomic_write
from rt.audio.offline import DEFAULT_RATE_HZ, WavFile
from rt.bundle import bundle
from rt.config import config
from rt.events import Event
from rt.model import Model
from rt.offline.griffin_lim import USUAL_ITERATIONS, Whole
from rt.offline.labels import Mark
from rt.offline.latent_path import LatentPath, save
from rt.offline.offline_renderer import OfflineRenderer
from rt.offline.options import MOST_SECONDS, REFINED, WHOLE, RenderOptions, check_range
from rt.offline.pictures import Picture

MOST_ITERATIONS = 1000
END_FADE_S = 0.01
"""A file that ends while it sounds does so with a fade."""


@dataclass(frozen=True, slots=True)
class RenderSession:
    """What the options came to, ready to play."""

    options: RenderOptions
    settings: config.Config
    model: Model
    rate_hz: int
    whole: Whole | None

    @classmethod
    def read(cls, options: RenderOptions, *, preferred: dict[str, Any] | None = None) -> RenderSession:
        """Check the files, read the settings and load the model.

        preferred : settings that this command has instead of the default ones.
        """
        options.check_files()
        on_whole = options.phase in WHOLE
        given = {
            "model.bundle": options.bundle,
            "model.provider": options.provider,
            "audio.sample_rate_hz": options.sample_rate_hz,
            "engine.instrument": options.instrument,
            "engine.voices": options.voices,
            "engine.gain_db": options.gain_db,
            "engine.phase": None if on_whole else options.phase,
            "engine.iterations": None if on_whole else options.iterations,
            "engine.alive": options.alive,
            "engine.seed": options.seed,
            "engine.stereo": options.stereo,
            "engine.room": options.room,
        }
        flags = {name: value for name, value in given.items() if value is not None}
        settings = config.load(options.config, flags, preferred=preferred)
        whole = None
        if options.phase is not None and on_whole:
            usual = USUAL_ITERATIONS[options.phase]
            iterations = usual if options.iterations is None else options.iterations
            check_range(f"--iterations with --phase {options.phase}", iterations, 1, MOST_ITERATIONS)
            whole = Whole(iterations, refines=options.phase == REFINED)
            # only the levels of the engine count
            engine = dataclasses.replace(settings.engine, phase="locked", iterations=0)
            settings = dataclasses.replace(settings, engine=engine)
        model = Model.load(bundle.load(settings.model.bundle, keeps=True), settings.model.provider)
        return cls(options, settings, model, settings.audio.sample_rate_hz or DEFAULT_RATE_HZ, whole)

    def play_latent_path(
        self,
        latent_path: LatentPath,
        *,
        title: str,
        marks: Sequence[Mark] = (),
        n_samples: int | None = None,
        n_channels: int = 0,
        shape: Callable[[Iterator[F32]], Iterator[F32]] = iter,
    ) -> int:
        """Write, save and draw what the free voice sounds like along a path; the exit code.

        n_samples : length where the path does not tell it. shape : makes (n, n_channels) of the blocks of the engine,
        where those are not written as they are.
        """
        check_range("the length in seconds", latent_path.seconds, 0.05, MOST_SECONDS)
        latent_path = latent_path.wandering(self.settings.engine.alive, self.settings.engine.seed)
        n = round(latent_path.seconds * self.rate_hz) if n_samples is None else n_samples
        picture = Picture(self.options.plot) if self.options.plot else None  # fails before the work begins
        renderer = self._renderer(keeps_log=picture is not None)
        blocks = shape(faded(renderer.path_blocks(latent_path, n), n, self.rate_hz))
        self._write(blocks, n_channels=n_channels or renderer.n_channels)
        if self.options.latents:
            save(self.options.latents, [latent_path])
        if picture is not None and renderer.log is not None:
            picture.draw(
                self.model.manifest, renderer.log, [latent_path], rate_hz=self.rate_hz, title=title, marks=marks
            )
        return 0

    def play_events(self, events: list[tuple[int, Event]], *, tail_s: float, title: str) -> int:
        """Write, save and draw what notes sound like; the last event tells where the tail begins. The exit code."""
        picture = Picture(self.options.plot) if self.options.plot else None
        renderer = self._renderer(keeps_log=bool(picture or self.options.latents))
        n, tail = events[-1][0], int(tail_s * self.rate_hz)
        blocks = faded(renderer.blocks(events, n, tail_samples=tail), n + tail, self.rate_hz)
        self._write(blocks, n_channels=renderer.n_channels)
        if renderer.log is not None:
            latent_paths = renderer.latent_paths()
            if self.options.latents:
                save(self.options.latents, latent_paths)
            if picture is not None:
                begins_s = [voice.latent_at[0] / self.rate_hz for voice in renderer.log.voices]
                picture.draw(
                    self.model.manifest,
                    renderer.log,
                    latent_paths,
                    begins_s=begins_s,
                    rate_hz=self.rate_hz,
                    title=title,
                )
        return 0

    def _renderer(self, *, keeps_log: bool) -> OfflineRenderer:
        """An engine to play on."""
        return OfflineRenderer(self.model, self.settings.engine, self.rate_hz, whole=self.whole, keeps_log=keeps_log)

    def _write(self, blocks: Iterator[F32], *, n_channels: int) -> None:
        write(self.options.wav, blocks, self.rate_hz, on=self.model.provider, n_channels=n_channels)


def write(path: Path, blocks: Iterator[F32], rate_hz: int, *, on: str, n_channels: int) -> None:
    """Write blocks (n,) or (n, n_channels) into a WAV file and print how that went; on : what computed it."""
    start_s, peak, n_samples = time.monotonic(), 0.0, 0
    with atomic_write(path) as place, closing(WavFile(place, rate_hz, n_channels=n_channels, called=path)) as wav:
        for block in blocks:
            wav.write(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            n_samples += len(block)
    length_s, took_s = n_samples / rate_hz, time.monotonic() - start_s
    level = f"peak {20 * np.log10(peak):.1f} dB" if peak > 0 else "silent"
    print(
        f"{path}: {length_s:.2f} s at {rate_hz} Hz, {level}, {length_s / max(took_s, 1e-9):.1f} times real time on {on}"
    )


def faded(blocks: Iterator[F32], n_samples: int, rate_hz: int) -> Iterator[F32]:
    """The same blocks (n,) or (n, n_channels), n_samples in all, with a short fade at the end."""
    n_fade, done = max(1, min(round(END_FADE_S * rate_hz), n_samples)), 0
    for block in blocks:
        left = n_samples - 1 - done - np.arange(len(block))
        done += len(block)
        yield np.asarray((block.T * np.clip(left / n_fade, 0.0, 1.0).astype(np.float32)).T)
