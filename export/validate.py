"""Scores on the validation takes while training: enough to watch it and to choose the best; `evaluate` does more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from export.corpus import Corpus
from export.draw import BatchSampler
from export.losses import one_hot
from export.models import BridgeModel
from export.objective import Batch, Objective
from export.onset import Sharpener
from export.rows import peaks_of
from rt.arrays import AnyArray
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS

N_BATCHES = 4
MOST_FRAMES = 2000
LOUD_VALUE = 0.75
"""Peak of frames that are not yet lost in the noise which counts as silence: -65 dB."""


class Validation:
    """Fixed batches for the loss, and clean frames for the scores."""

    def __init__(self, corpus: Corpus, takes: AnyArray, sampler: BatchSampler, device: torch.device) -> None:
        self._batches: list[Batch] = [sampler.batch(step) for step in range(N_BATCHES)]
        self._names = [symbol.name for symbol in corpus.symbols]
        self._sizes = tuple(len(symbol.classes) for symbol in corpus.symbols) * corpus.n_sources
        self._single = corpus.n_sources == 1
        self._step_db, self._device = corpus.frame.step_db, device
        chosen = np.zeros(len(corpus.name), bool)
        chosen[takes] = True
        self.frame, self._classes, _ = self._frames(
            corpus, corpus.frames, corpus.frame_take, corpus.frame_age_s, chosen
        )
        self.live, self._live_classes, _ = self._frames(
            corpus, corpus.live, corpus.live_take, corpus.live_age_s, chosen
        )
        spoken = chosen & corpus.voice
        found = self._frames(corpus, corpus.frames, corpus.frame_take, corpus.frame_age_s, spoken, least=-1.0)
        voice, self._voice_classes, self._voice_age_s = found
        sharpen = Sharpener(corpus.frame, device)
        self._voice = sharpen(voice, self._voice_age_s[:, 0])

    def _frames(
        self,
        corpus: Corpus,
        frames: AnyArray,
        take: AnyArray,
        age_s: AnyArray,
        chosen: AnyArray,
        least: float = LOUD_VALUE,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Some loud frames of the chosen takes, their classes and ages."""
        rows = np.flatnonzero(chosen[take])
        rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_FRAMES)).astype(int)] if len(rows) else rows
        rows = rows[peaks_of(frames[rows]) > least]
        values = torch.from_numpy(np.asarray(frames[rows], np.float32)).to(self._device)
        classes = torch.from_numpy(corpus.classes[take[rows]].reshape(len(rows), -1)).to(self._device)
        return values, classes, torch.from_numpy(np.asarray(age_s[rows, None], np.float32)).to(self._device)

    @torch.no_grad()
    def __call__(self, objective: Objective) -> dict[str, float]:
        """`loss` and scores of a model, shares in percent, distances in dB; it is in training mode afterwards."""
        objective.eval()
        model = objective.model
        losses = [objective(batch, 1.0)[0].item() for batch in self._batches]
        scores = {"loss": round(float(np.mean(losses)), 3)}
        if self._single and model.config.n_sources == 1:
            scores |= self._scores(model)
        objective.train()
        return scores

    def _scores(self, model: BridgeModel) -> dict[str, float]:
        scores: dict[str, float] = {}
        if len(self.frame):
            latent = model.signal_encoder(self.frame)[0]
            scores |= self._told(model.symbol_decoder(latent), self._classes, "")
            scores["reconstruction_lsd_db"] = self._distance(self.frame, model.signal_decoder(latent))
        if len(self.live) and model.listener_encoder is not None:
            latent = model.listener_encoder(self.live)[0]
            scores |= self._told(model.symbol_decoder(latent), self._live_classes, "live_")
        if len(self._voice):
            latent = model.symbol_encoder(one_hot(self._voice_classes, self._sizes), self._voice_age_s)[0]
            scores["transfer_lsd_db"] = self._distance(self._voice, model.signal_decoder(latent))
        return scores

    def _told(self, logits: Sequence[Tensor], classes: Tensor, prefix: str) -> dict[str, float]:
        """Shares of right answers about frames."""
        guess = {name: one.argmax(1) for name, one in zip(self._names, logits, strict=True)}
        truth = {name: classes[:, i] for i, name in enumerate(self._names)}
        note = (guess[OCTAVE] == truth[OCTAVE]) & (guess[PITCH_CLASS] == truth[PITCH_CLASS])
        near = (guess[DYNAMICS] - truth[DYNAMICS]).abs() <= 1
        hits = {"note": note, "instrument": guess[INSTRUMENT] == truth[INSTRUMENT], "dynamics_within_one": near}
        return {f"{prefix}{k}_percent": round(100.0 * hit.float().mean().item(), 2) for k, hit in hits.items()}

    def _distance(self, frame: Tensor, decoded: Tensor) -> float:
        """Log-spectral distance in dB, mean over frames of the rms over bands."""
        rms = (frame.clamp(min=0.0) - decoded.clamp(min=0.0)).pow(2).mean(1).sqrt()
        return round(rms.mean().item() * self._step_db, 3)
