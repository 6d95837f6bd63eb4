"""The training loop, top to bottom: prepared frames in, checkpoint and scores out."""

from __future__ import annotations

import pickle
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from export.augment import disturb, silence, transpose
from export.corpus import INSTRUMENTS
from export.dataset import MAX_AGE_S, NoteFrames, onset_gain_db
from export.losses import Batch, LossWeights, objective, one_hot
from export.models import BridgeModel, ModelConfig
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410
from rt.frames.symbols import standard_symbols

SYMBOLS = standard_symbols([instrument.name for instrument in INSTRUMENTS])
SIZES = tuple(len(symbol.classes) for symbol in SYMBOLS)
SILENT_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainSettings:
    """How long and on what."""

    steps: int = 3000
    batch: int = 128
    voice_batch: int = 256
    learning_rate: float = 2e-3
    warm_steps: int = 300
    holdout: float = 0.1
    """Share of (instrument, note, dynamics) groups kept from training, for the scores."""
    seed: int = 1
    decoder: str = "mlp"


class Frames:
    """Flat view of prepared frames as tensors; one row per frame."""

    def __init__(self, data: NoteFrames, files: np.ndarray, *, sharpen: bool = False) -> None:
        n_ages = data.frames.shape[1]
        column = lambda values: torch.from_numpy(np.repeat(values[files], n_ages).astype(np.int64))  # noqa: E731
        self.frame = torch.from_numpy(data.frames[files].reshape(-1, data.frames.shape[2]).astype(np.float32))
        self.age_s = torch.from_numpy(data.age_s[files].reshape(-1, 1).astype(np.float32))
        if sharpen:
            gain = torch.from_numpy(onset_gain_db(NSGT_410, self.age_s[:, 0].numpy()) / NSGT_410.step_db)
            self.frame = torch.where(self.frame > 0.0, self.frame + gain, 0.0)
        self.note, self.dynamics, self.instrument = column(data.note), column(data.dynamics), column(data.instrument)
        self.low = torch.tensor([i.low_note for i in INSTRUMENTS])[self.instrument]
        self.high = torch.tensor([i.high_note for i in INSTRUMENTS])[self.instrument]

        self.louder = self._rows_one_step_louder(data, files, n_ages)

    def _rows_one_step_louder(self, data: NoteFrames, files: np.ndarray, n_ages: int) -> Tensor:
        """(n_rows,) the row of the same note and age range at the next class of dynamics, itself if there is none."""
        keys = [
            tuple(row) for row in np.stack([data.instrument, data.note, data.voice, data.dynamics], 1)[files].tolist()
        ]
        place = {key: i for i, key in enumerate(keys)}
        step = np.array([place.get((*key[:3], key[3] + 1), i) for i, key in enumerate(keys)])
        return torch.from_numpy((step[:, None] * n_ages + np.arange(n_ages)).reshape(-1))

    def labels(self, rows: Tensor, note: Tensor | None = None, silent: Tensor | None = None) -> tuple[Tensor, ...]:
        """Class index per symbol of some rows, with other notes or silence in their place if given."""
        played = self.note[rows] if note is None else note
        classes = [(played // 12 - 1).clamp(0, 8), played % 12, self.dynamics[rows], self.instrument[rows]]
        if silent is not None:
            classes = [torch.where(silent, size - 1, y) for y, size in zip(classes, SIZES, strict=True)]
        return tuple(classes)


def split(data: NoteFrames, holdout: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Files to train on and files to score on: whole (instrument, note, dynamics) groups, over all soundfonts."""
    key = (data.instrument * 128 + data.note) * 8 + data.dynamics
    groups = np.unique(key)
    kept = np.random.default_rng(seed).permutation(groups)[: round(holdout * len(groups))]
    held = np.isin(key, kept)
    return np.flatnonzero(~held), np.flatnonzero(held)


def draw(frames: Frames, voice: Frames, settings: TrainSettings) -> Batch:
    """A random batch."""
    rows = torch.randint(0, len(frames.frame), (settings.batch,))
    clean, note = transpose(frames.frame[rows], frames.note[rows], frames.low[rows], frames.high[rows], 3)
    heard, silent = disturb(clean), torch.rand(settings.batch) < SILENT_SHARE
    n_silent = int(silent.sum())
    heard[silent] = silence(n_silent, clean.shape[1])
    clean = torch.where(silent[:, None], 0.0, clean)
    voice_frame, voice_symbols, voice_age_s = draw_voice(voice, settings.voice_batch)
    return Batch(
        heard=heard,
        frame=clean,
        note=note,
        labels=frames.labels(rows, note, silent),
        age_s=frames.age_s[rows],
        silent=silent,
        voice_frame=voice_frame,
        voice_symbols=voice_symbols,
        voice_age_s=voice_age_s,
    )


def draw_voice(voice: Frames, n: int) -> tuple[Tensor, Tensor, Tensor]:
    """Frames to produce from symbols: half of them between two classes of dynamics, a few silent.

    Returns frames (n, n_bins), soft one-hot groups (n, n_symbols), times since onset (n, 1).
    """
    rows = torch.randint(0, len(voice.frame), (n,))
    louder = voice.louder[rows]
    share = torch.rand(n, 1) * (torch.rand(n, 1) < 0.5)
    hush = torch.rand(n) < SILENT_SHARE / 2
    symbols = [one_hot(voice.labels(r, silent=hush), SIZES) for r in (rows, louder)]
    frame = torch.lerp(voice.frame[rows], voice.frame[louder], share)
    age_s = torch.lerp(voice.age_s[rows], voice.age_s[louder], share)
    return torch.where(hush[:, None], 0.0, frame), torch.lerp(*symbols, share), age_s


def train(data: NoteFrames, settings: TrainSettings, progress: Any) -> tuple[BridgeModel, dict[str, Any]]:
    """Learn a model; returns it in evaluation mode with its scores."""
    torch.manual_seed(settings.seed)
    torch.set_flush_denormal(True)
    taught, held = split(data, settings.holdout, settings.seed)
    frames, voice = Frames(data, taught), Frames(data, taught[data.voice[taught]], sharpen=True)
    config = ModelConfig(n_bins=data.frames.shape[2], symbol_sizes=SIZES, max_age_s=MAX_AGE_S, decoder=settings.decoder)
    model = BridgeModel(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.learning_rate, total_steps=settings.steps, pct_start=0.15
    )
    started = time.process_time()
    progress.reset(total=settings.steps)
    model.train()
    for step in range(settings.steps):
        warm = min(1.0, (step + 1) / settings.warm_steps)
        loss = objective(model, draw(frames, voice, settings), LossWeights(), warm)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 200.0)
        optimizer.step()
        schedule.step()
        progress.update(1)
        if step % 50 == 0:
            progress.set_postfix(loss=f"{loss.item():.1f}")
    model.eval()
    facts = {
        "settings": asdict(settings),
        "cpu_s": round(time.process_time() - started, 1),
        "torch": str(torch.__version__),
        "prepare": data.facts,
    }
    scores = score(model, data, held if len(held) else taught[::10])
    return model, {"training": facts, "scores": {**scores, "scored_on": "held-out" if len(held) else "training"}}


@torch.no_grad()
def score(model: BridgeModel, data: NoteFrames, files: np.ndarray) -> dict[str, Any]:
    """Figures on files, best on held-out ones: shares in percent, distances in dB."""
    frames = Frames(data, files)
    rows = torch.arange(len(frames.frame))
    labels = frames.labels(rows)
    mean_x, _ = model.signal_encoder(frames.frame)
    guesses = [logits.argmax(1) for logits in model.symbol_decoder(mean_x)]
    right = [guess == y for guess, y in zip(guesses, labels, strict=True)]
    voice = Frames(data, files[data.voice[files]], sharpen=True)
    played = one_hot(voice.labels(torch.arange(len(voice.frame))), SIZES)
    mean_y, _ = model.symbol_encoder(played, voice.age_s)
    loud = frames.frame.amax(1) > 0.75  # above -65 dB: not yet lost in the noise that counts as silence
    percent = lambda hits: round(100.0 * hits.float().mean().item(), 1)  # noqa: E731
    distance = lambda a, b: round(((a - b).pow(2).mean(1).sqrt().mean() * 20.0).item(), 2)  # noqa: E731
    crossed, copied = model.signal_decoder(mean_y).clamp(min=0.0), model.signal_decoder(mean_x).clamp(min=0.0)
    return {
        "note_percent": percent((right[0] & right[1])[loud]),
        "dynamics_within_one_percent": percent(((guesses[2] - labels[2]).abs() <= 1)[loud]),
        "instrument_percent": percent(right[3][loud]),
        "transfer_lsd_db": distance(voice.frame, crossed),
        "reconstruction_lsd_db": distance(frames.frame, copied),
        "n_frames": len(rows),
    }


def save(model: BridgeModel, facts: dict[str, Any], path: Path) -> None:
    """Write a checkpoint: sizes, weights, facts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"config": asdict(model.config), "state": model.state_dict(), "facts": facts}, path)


def load(path: Path) -> tuple[BridgeModel, dict[str, Any]]:
    """Read a checkpoint; nothing in it is executed."""
    try:
        stored = torch.load(path, weights_only=True)
        model = BridgeModel(ModelConfig(**stored["config"]))
        model.load_state_dict(stored["state"])
    except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        reason = str(error).splitlines()[0]
        raise BridgeError(f"{path}: no usable checkpoint ({reason}); run `python -m export train` again") from error
    return model.eval(), stored["facts"]
