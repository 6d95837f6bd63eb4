"""Batches straight from a prepared corpus.

Each is a function of seed, step and process alone, so a resumed training goes on exactly where it stopped. Nothing but
the rows of the batch is read from disk.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from export.augment import bent, chance, mix, over_the_last, semitones, transpose, uniform
from export.chords import N_MOST, Chords
from export.corpus import Corpus
from export.labels import LAST, Labels
from export.losses import one_hot
from export.model_config import ModelConfig
from export.noises import Noises
from export.objective import Batch
from export.onset import Sharpener
from export.presets import TrainSettings
from export.rows import Rows, louder_rows, moment_rows, peaks_of
from export.tones import ToneFrames
from rt.arrays import AnyArray
from rt.errors import BridgeError

N_LIVE_BUCKETS = 24
UNKNOWN = -1.0
"""Noise that is not known."""
VOICE_SILENCE = 0.5
"""Silent frames of the voice, relative to those of the encoders."""


class BatchSampler:
    """Draws the batches of one process."""

    def __init__(
        self,
        corpus: Corpus,
        takes: AnyArray,
        config: ModelConfig,
        settings: TrainSettings,
        *,
        seed: int,
        device: torch.device,
        rank: int = 0,
        n_processes: int = 1,
    ) -> None:
        self._corpus, self._config, self._settings, self._device = corpus, config, settings, device
        self._key, self._n_processes = (seed, rank), n_processes
        self._mixes = config.n_sources if corpus.n_sources == 1 else 1
        self._labels = Labels(corpus.symbols, device)
        self._classes, self._note = corpus.classes, corpus.note
        low = np.array([*(i.low_note for i in corpus.instruments), -LAST])
        high = np.array([*(i.high_note for i in corpus.instruments), LAST])
        played_by = corpus.classes[:, :, self._labels.instrument]
        self._low, self._high = low[played_by], high[played_by]
        taught = np.zeros(len(corpus.name), bool)
        taught[takes] = True
        least = np.float16((settings.least_peak_db - corpus.frame.floor_db) / corpus.frame.step_db)
        of_age = (corpus.frame_age_s >= settings.youngest_s) & (corpus.frame_age_s <= settings.oldest_s)
        usable = taught[corpus.frame_take] & of_age
        self._full = self._rows(np.flatnonzero(usable & (peaks_of(corpus.frames) >= least)), corpus.frame_slot, "full")
        spoken = np.flatnonzero(usable & corpus.voice[corpus.frame_take])
        self._n_voice = settings.voice_batch // n_processes if len(spoken) else 0
        self._voice = Rows.of(spoken, corpus.frame_slot[spoken])
        self._louder = louder_rows(corpus, spoken, self._labels.dynamics)
        self._n_live = settings.live_batch // n_processes if config.listener else 0
        if self._n_live:
            audible = np.flatnonzero(taught[corpus.live_take] & (peaks_of(corpus.live) >= least))
            edges = np.quantile([0.0, *corpus.live_age_s], np.linspace(0.0, 1.0, N_LIVE_BUCKETS + 1)[1:-1])
            self._live = self._rows(audible, np.digitize(corpus.live_age_s, edges), "live")
            self._moment = moment_rows(corpus)
        self._noises = Noises(corpus.frame, None, device)
        self._live_noises = Noises(corpus.frame, corpus.listener, device) if self._n_live else None
        self._n_mixed = settings.notes_batch // n_processes if config.notes and self._live_noises is not None else 0
        if self._n_mixed and self._live_noises is not None:
            self._chords = Chords(corpus, audible, self._live_noises, self._low[:, 0], self._high[:, 0])
        self._tones = ToneFrames(corpus.frame, device) if config.n_noise else None
        self._sharpen = Sharpener(corpus.frame, device) if settings.sharpen else None

    def _rows(self, rows: AnyArray, bucket: AnyArray, kind: str) -> Rows:
        if not len(rows):
            least, way_out = f"above {self._settings.least_peak_db:g} dB", "prepare more sounds"
            if kind == "live":
                way_out += ", or leave the ear out with --set listener=false"
            raise BridgeError(f"no {kind} frame {least} to learn from; {way_out}")
        return Rows.of(rows, bucket[rows])

    def batch(self, step: int) -> Batch:
        """The batch of a step, always the same one."""
        settings, n_latents = self._settings, self._config.n_latents
        seed, rank = self._key
        rng = np.random.default_rng((seed, step, rank))
        g = torch.Generator(self._device)
        g.manual_seed(int(rng.integers(1 << 62)))
        n, n_live, n_voice = settings.batch // self._n_processes, self._n_live, self._n_voice
        rows = self._full.draw(rng, n, self._mixes)
        heard, frame, note, classes, age_s = self._hear(rows, None, self._noises, settings.silence, g)
        frame_noise = self._noise_of(rows, frame)
        frame = self._tones_of(frame, frame_noise)
        live_heard, live_frame, live_note, live_classes, live_age_s = self._nothing()
        if n_live and self._live_noises is not None:
            live_rows = self._live.draw(rng, n_live, self._mixes)
            found = self._hear(self._moment[live_rows], live_rows, self._live_noises, settings.live_silence, g)
            live_heard, live_frame, live_note, live_classes, live_age_s = found
            live_frame = self._tones_of(live_frame, self._noise_of(self._moment[live_rows], live_frame))
        voice_frame, voice_noise, voice_symbols, voice_age_s = self._speak(rng, n_voice, g)
        calm = chance(g, n_voice, settings.calm)
        noise = torch.randn(2 * n + n_voice + n_live, n_latents, generator=g, device=self._device)
        dynamics = self._labels.two_dynamics(n_voice, g)
        mixed_heard, mixed_note, mixed_clear = self._mixed(rng, g)
        return Batch(
            heard=heard,
            frame=frame,
            note=note,
            classes=classes,
            age_s=age_s,
            voice_frame=voice_frame,
            frame_noise=frame_noise,
            voice_noise=voice_noise,
            voice_symbols=voice_symbols,
            voice_age_s=voice_age_s,
            calm=calm,
            dynamics=dynamics,
            live_heard=live_heard,
            live_frame=live_frame,
            live_note=live_note,
            live_classes=live_classes,
            live_age_s=live_age_s,
            mixed_heard=mixed_heard,
            mixed_note=mixed_note,
            mixed_clear=mixed_clear,
            noise=noise,
        )

    def _nothing(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        whole = torch.zeros(0, dtype=torch.long, device=self._device)
        frame = torch.zeros(0, self._config.n_bins, device=self._device)
        n = self._config.n_sources
        return frame, frame, whole.view(0, n), whole.view(0, n * len(self._labels.sizes)), frame[:, :1]

    def _mixed(self, rng: np.random.Generator, g: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Mixed live frames, their notes, and how clearly each of them can be heard."""
        if not self._n_mixed:
            nothing = torch.zeros(0, N_MOST, device=self._device)
            return torch.zeros(0, self._config.n_bins, device=self._device), nothing.long(), nothing
        settings = self._settings
        return self._chords.draw(
            rng,
            self._n_mixed,
            g,
            most=settings.transpose,
            clean=settings.clean,
            live_gain_db=settings.live_gain_db,
        )

    def _values(self, array: AnyArray, rows: AnyArray) -> Tensor:
        return torch.from_numpy(np.asarray(array[rows])).to(self._device).float()

    def _noise_of(self, rows: AnyArray, frame: Tensor) -> Tensor:
        """Noise (n, n_noise) of rows (n, n_mixed), below 0 where it is not known: of mixtures; frame : as drawn."""
        if not self._config.n_noise:
            return frame.new_zeros(len(rows), 0)
        if rows.shape[1] > 1:
            return frame.new_full((len(rows), self._config.n_noise), UNKNOWN)
        return self._values(self._corpus.noise, rows[:, 0]).masked_fill(frame.amax(1, keepdim=True) <= 0.0, 0.0)

    def _tones_of(self, frame: Tensor, noise: Tensor) -> Tensor:
        """What the decoder should tell of frames: all but the noise, which it tells by itself."""
        return frame if self._tones is None else self._tones(frame, noise)

    def _tensor(self, array: AnyArray) -> Tensor:
        return torch.from_numpy(np.asarray(array)).to(self._device)

    def _hear(
        self, rows: AnyArray, live_rows: AnyArray | None, noises: Noises, silence: float, g: torch.Generator
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Disturbed and clean frames, notes, classes and ages of rows (n, n_mixed), some of them silence.

        live_rows : live frames to disturb instead of the full-resolution ones, which remain the clean ones.
        """
        corpus, settings, n = self._corpus, self._settings, len(rows)
        takes = corpus.frame_take[rows]  # (n, mixed); of several sources per take, all stay together
        note, low, high = (self._tensor(a[takes]) for a in (self._note, self._low, self._high))
        by = torch.stack(
            [semitones(note[:, i], low[:, i], high[:, i], settings.transpose, g) for i in range(rows.shape[1])], 1
        )
        note = torch.where(note >= 0, note + by[:, :, None], -1)
        clean = [transpose(self._values(corpus.frames, rows[:, i]), by[:, i]) for i in range(rows.shape[1])]
        heard = clean
        if live_rows is not None:
            heard = [transpose(self._values(corpus.live, live_rows[:, i]), by[:, i]) for i in range(rows.shape[1])]
        ages = corpus.frame_age_s[rows[:, :1]] if live_rows is None else corpus.live_age_s[live_rows[:, :1]]
        note = note.flatten(1)
        classes = self._labels.moved(note, self._tensor(self._classes[takes]).flatten(1, 2))
        gains_db = torch.zeros(n, 1, device=self._device)
        if self._mixes > 1:
            gains_db, silent = self._weights(n, g)
            note, classes = self._labels.silenced(note, classes, silent)
            note, classes = self._labels.ordered(note, classes)
            heard = [mix(heard, gains_db, g)]
            clean = heard if live_rows is None else [mix(clean, gains_db, None)]
        frame = clean[0]
        if live_rows is not None:
            heard = [over_the_last(bent(heard[0], note, self._tensor(ages), g), self._tensor(ages), g)]
        disturbed = noises.disturb(
            heard[0],
            note,
            g,
            clean=settings.clean,
            gain_db=settings.gain_db if live_rows is None else settings.live_gain_db,
        )
        hush = chance(g, n, silence)
        disturbed[hush[:, 0]] = noises.silence(int(hush.sum()), g)
        note, classes = self._labels.silenced(note, classes, hush.expand(n, note.shape[1]))
        return disturbed, frame.masked_fill(hush, 0.0), note, classes.flatten(1), self._tensor(ages).float()

    def _weights(self, n: int, g: torch.Generator) -> tuple[Tensor, Tensor]:
        """Gains in dB and silent sources, (n, n_sources) each; one source always sounds."""
        gains_db, silent = [], []
        for _ in range(self._mixes):
            gains_db.append(uniform(g, n, -self._settings.mix_db, self._settings.mix_db))
            silent.append(chance(g, n, self._settings.mix_silence))
        quiet = torch.cat(silent, 1)
        quiet[:, 0] &= ~quiet.all(1)
        return torch.cat(gains_db, 1).masked_fill(quiet, -torch.inf), quiet

    def _speak(self, rng: np.random.Generator, n: int, g: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Frames that the symbols should produce: half between two classes of dynamics, a few silent.

        Returns frames (n, n_bins), their noise (n, n_noise), soft one-hot groups (n, sum of sizes), times since onset
        (n, 1).
        """
        corpus, settings = self._corpus, self._settings
        if not n:
            frame, _, _, _, age_s = self._nothing()
            return (
                frame,
                frame[:, : self._config.n_noise],
                torch.zeros(0, sum(self._config.symbol_sizes), device=self._device),
                age_s,
            )
        rows = self._voice.draw(rng, n, self._mixes)
        sizes, frames, noises, groups, keys = self._labels.sizes * corpus.n_sources, [], [], [], []
        for one in rows.T:
            two = self._louder[one]
            share = uniform(g, n) * chance(g, n, settings.between)
            age_s = torch.lerp(
                self._values(corpus.frame_age_s, one), self._values(corpus.frame_age_s, two), share[:, 0]
            )
            frame = torch.lerp(self._values(corpus.frames, one), self._values(corpus.frames, two), share)
            soft_noise, loud_noise = (self._noise_of(r[:, None], frame) for r in (one, two))
            between = torch.lerp(soft_noise, loud_noise, share)
            noises.append(between.masked_fill((soft_noise < 0.0) | (loud_noise < 0.0), UNKNOWN))
            frame = self._tones_of(frame, noises[-1])
            frames.append(self._sharpen(frame, age_s) if self._sharpen else frame)
            classes = [self._tensor(self._classes[corpus.frame_take[r]]) for r in (one, two)]
            soft, loud = (one_hot(c.flatten(1), sizes) for c in classes)
            groups.append(torch.lerp(soft, loud, share))
            instrument = classes[0][:, 0, self._labels.instrument]
            keys.append(instrument * 128 + self._tensor(self._note[corpus.frame_take[one], 0]))
        frame, noise, symbols = frames[0], noises[0], groups[0]
        hush = one_hot(self._labels.silent.repeat(corpus.n_sources)[None], sizes)
        if self._mixes > 1:
            noise = torch.full_like(noise, UNKNOWN)
            _, silent = self._weights(n, g)
            frame = mix(frames, torch.zeros_like(silent, dtype=torch.float32).masked_fill(silent, -torch.inf), None)
            order = torch.argsort(torch.stack(keys, 1).masked_fill(silent, LAST), dim=1, stable=True)
            each = torch.where(silent[:, :, None], hush, torch.stack(groups, 1))
            symbols = each.gather(1, order[:, :, None].expand_as(each)).flatten(1)
        quiet = chance(g, n, settings.silence * VOICE_SILENCE)
        hush = hush.repeat(1, self._mixes)
        symbols = torch.where(quiet, hush, symbols)
        return frame.masked_fill(quiet, 0.0), noise.masked_fill(quiet, 0.0), symbols, age_s[:, None]
