"""One engine, played from beginning to end: timed events and a path in, sound, pictures and latents out.

The one way from the commands to samples; the engine is that of the live program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rt.arrays import F32
from rt.audio.offline import render_events
from rt.config.config import EngineConfig
from rt.dsp.limiter import Limiter
from rt.dsp.room import Room
from rt.dsp.voice_table import QUANTUM
from rt.engine import Engine, note_values
from rt.events import Event
from rt.model import Model
from rt.offline import griffin_lim
from rt.offline.griffin_lim import Whole
from rt.offline.latent_path import LatentPath
from rt.offline.log import Log
from rt.offline.progress import with_bar
from rt.parameters import ALIVE, GATE
from rt.stats import Stats
from rt.units import gain_of_db

BLOCK_SAMPLES = 512
QUIET_S = 0.25
"""Silence that ends a tail."""
QUIET = 1e-5


class OfflineRenderer:
    """Plays one performance; `blocks` or `path_blocks` once."""

    def __init__(
        self, model: Model, config: EngineConfig, rate_hz: int, *, whole: Whole | None = None, keeps_log: bool = False
    ) -> None:
        """Prepare it; whole : finds the phases of whole voices, instead of the engine."""
        self.model = model
        self.rate_hz = rate_hz
        self.n_channels = 2 if config.stereo else 1
        self._config = config
        self._whole = whole
        self._engine = Engine(model, sample_rate_hz=rate_hz, config=config, stats=Stats())
        self._engine.warm_up()
        self.log = Log(self._engine) if keeps_log or whole else None

    def blocks(
        self,
        events: Sequence[tuple[int, Event]],
        n_samples: int,
        *,
        tail_samples: int = 0,
        block_samples: int = BLOCK_SAMPLES,
    ) -> Iterator[F32]:
        """Sound of events at sample times in blocks: n_samples, then at most the tail, which ends in silence.

        They are (n,) of one channel, (n, n_channels) of several.
        """
        if self.log is not None:
            block_samples = self._engine.tick_samples
        rendered = render_events(
            self._engine, events, n_samples + tail_samples, block_samples=block_samples, n_channels=self.n_channels
        )
        played = with_bar(_until_quiet(self._looked_at(rendered), n_samples, int(QUIET_S * self.rate_hz)), n_samples)
        return played if self._whole is None else self._on_whole(played, self._whole)

    def path_blocks(
        self, latent_path: LatentPath, n_samples: int, *, block_samples: int = BLOCK_SAMPLES
    ) -> Iterator[F32]:
        """Sound of the free voice along a path, which brings its own wandering."""
        self._engine.follow(latent_path)
        events: list[tuple[int, Event]] = [*latent_path.events(self.rate_hz), (0, ALIVE.set(0.0)), (0, GATE.set(True))]
        events.sort(key=_sample)
        return self.blocks(events, n_samples, block_samples=block_samples)

    def latent_paths(self) -> list[LatentPath]:
        """The paths that were taken, one per voice, in the order of their beginnings."""
        assert self.log is not None
        usual = note_values.free_gain(self.model.manifest)
        return [voice.latent_path(self.rate_hz, usual) for voice in self.log.voices]

    def _looked_at(self, blocks: Iterator[F32]) -> Iterator[F32]:
        for block in blocks:
            if self.log is not None:
                self.log.snapshot(len(block))
            yield block

    def _on_whole(self, blocks: Iterator[F32], whole: Whole) -> Iterator[F32]:
        """The same levels, places and frames, but phases of whole voices."""
        assert self.log is not None
        n_samples, config, n_channels = sum(len(block) for block in blocks), self._config, self.n_channels
        out = np.zeros((n_channels, -(-n_samples // QUANTUM) * QUANTUM), np.float32)
        voices = griffin_lim.sound(
            self.model.manifest.frame, self.log, self.rate_hz, whole=whole, seed=config.seed, n_channels=n_channels
        )
        for begin, heard in with_bar(voices, len(self.log.voices), unit="voice"):
            out[:, begin : begin + heard.shape[1]] += heard
        Room(config.room, self.rate_hz).apply(*out)
        out *= np.float32(gain_of_db(config.gain_db))
        Limiter(gain_of_db(config.limiter_ceiling_db), self.rate_hz).apply(*out)
        yield out[0, :n_samples] if n_channels == 1 else out[:, :n_samples].T


def _sample(event: tuple[int, Event]) -> int:
    return event[0]


def _until_quiet(blocks: Iterator[F32], n_least: int, n_quiet: int) -> Iterator[F32]:
    """Pass blocks on until `n_quiet` samples in a row are silent after the first `n_least`."""
    n_samples, quiet = 0, 0
    for block in blocks:
        yield block
        n_samples += len(block)
        quiet = quiet + len(block) if np.abs(block).max(initial=0.0) < QUIET else 0
        if n_samples >= n_least and quiet >= n_quiet:
            return
