"""What can be set for a training, the three presets, and `--set NAME=VALUE`."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from export.losses import LossWeights
from export.model_config import DECODERS, ENCODERS, ModelConfig
from rt.errors import BridgeError
from rt.parser import MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainSettings:
    """How long, how fast and on what. Batches are of all processes together."""

    steps: int = 8000
    batch: int = 128
    """Full-resolution frames a step."""
    live_batch: int = 96
    """Live frames a step, if the model has a listener encoder."""
    notes_batch: int = 32
    """Mixed live frames a step, if the model hears several notes at once."""
    voice_batch: int = 256
    """Frames a step that symbols should produce."""
    optimiser: str = "adamw"
    """`adamw`, or `adam` as published."""
    learning_rate: float = 2e-3
    schedule: str = "cycle"
    """`cycle`: up to the rate and down to nothing, once; `constant`."""
    weight_decay: float = 1e-4
    clip: float = 200.0
    """Largest norm of the gradient."""
    warm_steps: int = 300
    """Steps in which the divergences reach their weight."""
    test: float = 0.1
    """Share of the groups that the split `group` keeps for the scores."""
    validation: float = 0.05
    """Share of the groups that choose the best checkpoint."""
    validate_every: int = 500
    save_every: int = 1000
    transpose: int = 3
    """Semitones by which half of the frames are moved at most, with their label."""
    clean: float = 0.3
    """Share of the frames that the encoders hear undisturbed; 1 for none of the denoising."""
    gain_db: float = 4.0
    """Disturbed full-resolution frames are up to so much louder or softer."""
    live_gain_db: float = 20.0
    """The same for half of the live frames, 4 dB for the others."""
    silence: float = 0.05
    """Share of the frames that are silence."""
    live_silence: float = 0.12
    between: float = 0.5
    """Share of the voice's frames that lie between two classes of dynamics."""
    calm: float = 0.5
    """Share of the voice's latents that are the mean, as when played."""
    sharpen: bool = True
    """Undo what the transform loses around the onset, for the voice."""
    least_peak_db: float = -65.0
    """The encoders learn from frames whose peak is above; below lies what counts as silence."""
    youngest_s: float = 0.0
    """Full-resolution frames are taken from this time since onset on..."""
    oldest_s: float = 1e9
    """...up to this."""
    mix_db: float = 6.0
    """Mixtures: sources are up to so much louder or softer."""
    mix_silence: float = 0.25
    """Mixtures: chance of each source to be silent."""
    precision: str = "32-true"
    """As Lightning Fabric names it; `bf16-mixed` is for GPUs."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """All settings of a training. The widths that follow from the corpus are filled in when it is there."""

    preset: str
    model: ModelConfig
    weights: LossWeights
    settings: TrainSettings


PUBLISHED = TrainingPlan(
    "paper",
    ModelConfig(
        signal_encoder="residual",
        signal_decoder="residual",
        encoder_hidden=5000,
        decoder_hidden=5000,
        symbol_hidden=800,
        symbol_residual=True,
        hears_age=False,
        listener=False,
    ),
    LossWeights(
        symbols=1.0,
        signal_to_symbols=0.0,
        symbols_to_signal=0.0,
        match_xy=10.0,
        salience=0.0,
        ordinal=0.0,
        faint_bands=1.0,
        cycle=0.0,
        rising=0.0,
        noise=0.0,
    ),
    TrainSettings(
        batch=64,
        voice_batch=0,
        optimiser="adam",
        learning_rate=1e-3,
        schedule="constant",
        weight_decay=0.0,
        clip=1e9,
        warm_steps=1,
        transpose=0,
        clean=1.0,
        youngest_s=0.32,
        oldest_s=0.83,
        sharpen=False,
        mix_db=0.0,
        mix_silence=0.5,
    ),
)
"""Chemla-Romeu-Santos et al., DAFx 2019, and its code: 2x5000 and 2x800 residual MLPs with batch norm, 32 latents,
frames 10-25 at 31 a second, betas 1 and 1, factor 10 on KL(signal || symbols) alone, no warm-up, Adam, batches of 64.
The code's rate of 1e-3 never reached its optimiser, which ran at 1e-5; the classes use log-probabilities here."""

PRESETS: dict[str, TrainingPlan] = {
    "default": TrainingPlan("default", ModelConfig(notes=True), LossWeights(), TrainSettings()),
    "paper": PUBLISHED,
    "tiny": TrainingPlan(
        "tiny",
        ModelConfig(
            n_latents=8,
            encoder_channels=4,
            encoder_hidden=32,
            decoder_hidden=96,
            symbol_hidden=48,
            notes=True,
            notes_channels=8,
        ),
        LossWeights(),
        TrainSettings(
            steps=600,
            batch=32,
            live_batch=24,
            notes_batch=24,
            voice_batch=64,
            warm_steps=50,
            validate_every=200,
            save_every=200,
        ),
    ),
}

FROM_CORPUS = ("n_bins", "n_noise", "symbol_sizes", "max_age_s")
CHOICES = {
    "signal_encoder": ENCODERS,
    "signal_decoder": DECODERS,
    "optimiser": ("adamw", "adam"),
    "schedule": ("cycle", "constant"),
    "match": ("kl", "l2"),
    "precision": ("32-true", "64-true", "16-mixed", "bf16-mixed", "16-true", "bf16-true"),
}
COUNTS = ("steps", "batch", "validate_every", "save_every", "n_latents", "n_sources")
SIZES = ("_channels", "_hidden", "_layers")
"""How the names of sizes end, which are 1 at least, as COUNTS are."""
QUIETEST_DB = -200
SHARES = ("clean", "silence", "live_silence", "between", "calm", "mix_silence")


def plan_of(preset: str, changes: Sequence[str] = ()) -> TrainingPlan:
    """A preset with some settings changed.

    changes : `NAME=VALUE` each, the name of any field of ModelConfig, LossWeights or TrainSettings.
    """
    if preset not in PRESETS:
        raise BridgeError(f"preset {preset!r} is unknown; allowed are {', '.join(PRESETS)}")
    plan = PRESETS[preset]
    for change in changes:
        name, equals, text = change.partition("=")
        name = name.strip()
        if not equals:
            raise BridgeError(f"--set {change}: write NAME=VALUE, for example --set steps=4000")
        part = next((p for p in ("model", "weights", "settings") if name in settable(getattr(plan, p))), None)
        if part is None:
            raise BridgeError(f"--set {change}: {name!r} is no setting{_nearest(name, plan)}")
        old = getattr(plan, part)
        new = dataclasses.replace(old, **{name: _value(change, name, getattr(old, name), text.strip())})
        plan = dataclasses.replace(plan, **{part: new})
    return plan


def settable(part: Any) -> tuple[str, ...]:
    """Names of the fields that a user may set."""
    return tuple(f.name for f in dataclasses.fields(part) if f.name not in FROM_CORPUS)


def _nearest(name: str, plan: TrainingPlan) -> str:
    if name in FROM_CORPUS:
        return ", it follows from the corpus"
    known = [n for part in (plan.model, plan.weights, plan.settings) for n in settable(part)]
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; allowed are {', '.join(sorted(known))}"


def _value(change: str, name: str, old: Any, text: str) -> Any:
    """A text as the type of the setting's present value."""
    if name in CHOICES and text not in CHOICES[name]:
        raise BridgeError(f"--set {change}: allowed are {', '.join(CHOICES[name])}")
    if isinstance(old, bool):
        truth = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if text.lower() not in truth:
            raise BridgeError(f"--set {change}: wanted true or false")
        return truth[text.lower()]
    try:
        value = type(old)(text)
    except ValueError as error:
        raise BridgeError(f"--set {change}: wanted {'a whole number' if type(old) is int else 'a number'}") from error
    if isinstance(value, float | int):
        least = QUIETEST_DB if name == "least_peak_db" else 1 if name in COUNTS or name.endswith(SIZES) else 0
        most = 1 if name in SHARES else MOST
        if not least <= value <= most:
            raise BridgeError(f"--set {change[:60]}: allowed are {least} {'to 1' if most == 1 else 'and more'}")
    return value
