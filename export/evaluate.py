"""What a trained model plays, measured on its decoded frames: level, tuning, brightness, decay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from export.corpus import INSTRUMENTS, Instrument
from export.models import BridgeModel, FrameGraph
from export.partials import centroid_hz, loudness_db, partials
from export.train import SYMBOLS
from export.tuning import period_offset_cents, string_offset_cents
from rt.arrays import F32, F64
from rt.frames.scaling import magnitudes_of_values
from rt.frames.spec import NSGT_410
from rt.frames.symbols import DYNAMICS_CLASSES, SymbolLayout
from rt.manifest import FrameSpec

LOUDNESS_AGES_S = (0.0, 0.01, 0.02, 0.04, 0.08, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
TUNING_AGES_S = (0.03, 0.06, 0.12, 0.2, 0.3, 0.45, 0.6, 0.8)
TUNING_BELOW_PEAK_DB = 30.0
"""Frames this far under a note's loudest one do not count in its tuning."""
TUNING_LIMIT_CENTS = 40.0
BASS_BELOW_NOTE = 48
BASS_AGES_S, BASS_DYNAMICS = (0.2, 0.4), 3.0
LEAST_DECAY_DB_PER_S = 3.0
N_DYNAMICS = len(DYNAMICS_CLASSES)


@dataclass(frozen=True, slots=True)
class PlayedInstrument:
    """Figures of one instrument; the first axis runs over its notes."""

    loudness_db: F64
    """(n_notes, n_dynamics) K-weighted level of the loudest frame."""
    offset_cents: F64
    """(n_notes, n_dynamics) median offset from the label."""
    centroid_hz: F64
    """(n_notes, n_dynamics) centre of gravity of the spectrum 0.3 s after the onset."""
    decay_db_per_s: F64
    """(n_notes,) fall over the last second before the longest age."""
    residue_db: F64
    """(n_notes,) power outside the partials, relative to the whole, mf at 0.3 s."""

    @property
    def tuning_cents(self) -> F64:
        """(n_notes,) what the engine must correct."""
        return np.clip(np.median(self.offset_cents, axis=1), -TUNING_LIMIT_CENTS, TUNING_LIMIT_CENTS)


@torch.no_grad()
def played_frames(model: BridgeModel, instrument: int, notes: list[int], dynamics: float, age_s: float) -> F32:
    """Decoded magnitudes, (n_notes, n_bins), of notes at one time since onset; latents at their mean."""
    layout = SymbolLayout(SYMBOLS)
    symbols = torch.from_numpy(np.stack([layout.encode(note, dynamics, instrument) for note in notes]))
    mean, _ = model.symbol_encoder(symbols, torch.full((len(notes), 1), age_s))
    return magnitudes_of_values(NSGT_410, FrameGraph(model.signal_decoder)(mean).numpy())


def measure(model: BridgeModel, index: int) -> PlayedInstrument:
    """Play every note of an instrument at every dynamics and measure the frames."""
    instrument, spec = INSTRUMENTS[index], NSGT_410
    notes = list(range(instrument.low_note, instrument.high_note + 1))
    shape = (len(notes), N_DYNAMICS)
    loudness, offset, centroid = np.full(shape, -200.0), np.zeros(shape), np.zeros(shape)
    for step in range(N_DYNAMICS):
        for age_s in LOUDNESS_AGES_S:
            frames = played_frames(model, index, notes, step, age_s)
            loudness[:, step] = np.maximum(loudness[:, step], [loudness_db(spec, frame) for frame in frames])
        found = np.full((len(TUNING_AGES_S), len(notes)), np.nan)
        for row, age_s in enumerate(TUNING_AGES_S):
            for i, frame in enumerate(played_frames(model, index, notes, step, age_s)):
                if loudness_db(spec, frame) > loudness[i, step] - TUNING_BELOW_PEAK_DB:
                    found[row, i] = frame_offset_cents(spec, frame, notes[i])
        offset[:, step] = np.nanmedian(found, axis=0)
        frames = played_frames(model, index, notes, step, 0.3)
        centroid[:, step] = [centroid_hz(spec, frame) for frame in frames]
    if instrument.decays:
        offset += bass_offset_cents(model, index, notes)[:, None]
    residue = [residue_db(spec, frame) for frame in played_frames(model, index, notes, 2.0, 0.3)]
    return PlayedInstrument(loudness, offset, centroid, late_decay(model, index, instrument), np.array(residue))


def bass_offset_cents(model: BridgeModel, index: int, notes: list[int]) -> F64:
    """(n_notes,) what to add to the period's offset of low notes, whose strings are stiff.

    Their fundamental lies below their period, and ears and estimators differ on which is the pitch: meet halfway.
    """
    low = [note for note in notes if note < BASS_BELOW_NOTE]
    shift = np.zeros(len(notes))
    if low:
        found = []
        for age_s in BASS_AGES_S:
            for frame, note in zip(played_frames(model, index, low, BASS_DYNAMICS, age_s), low, strict=True):
                frequencies, amplitudes = partials(NSGT_410, frame)
                period, _ = period_offset_cents(frequencies, amplitudes**2, note)
                found.append(string_offset_cents(frequencies, amplitudes**2, note) - period)
        shift[: len(low)] = 0.5 * np.clip(np.mean(np.reshape(found, (-1, len(low))), axis=0), -20.0, 20.0)
    return shift


def frame_offset_cents(spec: FrameSpec, magnitudes: F32, note: int) -> float:
    """How sharp one decoded frame sounds."""
    frequencies, amplitudes = partials(spec, magnitudes)
    return period_offset_cents(frequencies, amplitudes**2, note)[0]


def residue_db(spec: FrameSpec, magnitudes: F32) -> float:
    """Power more than 45 dB under the loudest partial, relative to the whole: what is heard as noise."""
    _, amplitudes = partials(spec, magnitudes)
    power = amplitudes**2
    small = power < power.max() * 10.0**-4.5
    return float(10.0 * np.log10(np.sum(power[small]) / np.sum(power) + 1e-12))


def late_decay(model: BridgeModel, index: int, instrument: Instrument) -> F64:
    """(n_notes,) dB per second that a held note loses at the longest trained age; 0 if it sustains."""
    notes = list(range(instrument.low_note, instrument.high_note + 1))
    if not instrument.decays:
        return np.zeros(len(notes))
    end = model.config.max_age_s
    levels = []
    for age_s in (end - 1.0, end):
        frames = played_frames(model, index, notes, 2.0, age_s)
        levels.append([loudness_db(NSGT_410, frame) for frame in frames])
    return np.clip(np.array(levels[0]) - np.array(levels[1]), LEAST_DECAY_DB_PER_S, 60.0)


def summary(played: PlayedInstrument) -> dict[str, float]:
    """The figures of one instrument that the model card shows."""
    left = played.offset_cents - played.tuning_cents[:, None]
    mf = N_DYNAMICS // 2
    softest, loudest = played.centroid_hz[:, 0], played.centroid_hz[:, -1]
    return {
        "cents_median": round(float(np.median(np.abs(played.offset_cents))), 1),
        "cents_95th": round(float(np.percentile(np.abs(played.offset_cents), 95)), 1),
        "corrected_cents_95th": round(float(np.percentile(np.abs(left), 95)), 1),
        "within_10_cents_percent": round(100.0 * float(np.mean(np.abs(left) < 10.0)), 1),
        "neighbour_step_db": round(float(np.abs(np.diff(played.loudness_db[:, mf])).max(initial=0.0)), 1),
        "louder_percent": round(100.0 * float(np.mean(np.diff(played.loudness_db, axis=1) > 0.0)), 1),
        "brighter_percent": round(100.0 * float(np.mean(loudest > softest)), 1),
        "brightness_ratio": round(float(np.median(loudest / softest)), 3),
        "residue_db": round(float(np.median(played.residue_db)), 1),
    }
