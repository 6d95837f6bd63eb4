"""What a trained model plays, measured on its decoded frames: level, tuning, brightness, decay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from export.corpus import CorpusInstrument
from export.evaluate.graphs import Graphs
from export.prepare.partials import centroid_hz, loudness_db, partials
from export.prepare.tuning import period_offset_cents, string_offset_cents
from rt.arrays import F32, F64
from rt.bundle.manifest import FrameSpec
from rt.frames.scaling import magnitudes_of_values
from rt.frames.symbols import DYNAMICS, SymbolLayout

LOUDNESS_AGES_S = (0.0, 0.01, 0.02, 0.04, 0.08, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
TUNING_AGES_S = (0.03, 0.06, 0.12, 0.2, 0.3, 0.45, 0.6, 0.8)
TUNING_BELOW_PEAK_DB = 30.0
"""Frames this far under a note's loudest one do not count in its tuning."""
TUNING_LIMIT_CENTS = 40.0
BASS_BELOW_NOTE = 48
BASS_AGES_S = (0.2, 0.4)
BASS_DYNAMICS = 0.75
"""Place on the scale of dynamics, 0 the softest class, 1 the loudest."""
LEAST_DECAY_DB_PER_S = 3.0
STEADY_AGE_S = 0.3
NOTE_AGES_S = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0)


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
    """(n_notes,) power outside the partials, relative to the whole, middle dynamics at 0.3 s."""

    @property
    def tuning_cents(self) -> F64:
        """(n_notes,) what the engine must correct."""
        return np.clip(np.median(self.offset_cents, axis=1), -TUNING_LIMIT_CENTS, TUNING_LIMIT_CENTS)


def training_notes(graphs: Graphs) -> tuple[F32, F32]:
    """One-hot groups (n, n_symbols) and ages (n,): every note of every instrument at every dynamics and age."""
    layout = SymbolLayout(graphs.symbols)
    rows = np.stack(
        [
            layout.encode(note, step, index)
            for index, instrument in enumerate(graphs.instruments)
            for note in range(instrument.low_note, instrument.high_note + 1)
            for step in range(layout.sizes[DYNAMICS] - 1)
        ]
    )
    ages = np.array([age for age in NOTE_AGES_S if age <= graphs.max_age_s], np.float32)
    return np.tile(rows, (len(ages), 1)), np.repeat(ages, len(rows))


class FramePlayer:
    """Notes of one instrument, decoded; latents at their mean. Further sources of a mixture model are silent."""

    def __init__(self, graphs: Graphs, instrument: CorpusInstrument, index: int) -> None:
        self.graphs, self.instrument, self.index = graphs, instrument, index
        self.layout = SymbolLayout(graphs.symbols)
        self.notes = list(range(instrument.low_note, instrument.high_note + 1))
        self.n_dynamics = self.layout.sizes[DYNAMICS] - 1

    def play(self, dynamics: float, age_s: float, notes: list[int] | None = None) -> F32:
        """Magnitudes (n_notes, n_bins) of notes, all by default, at one time since onset."""
        notes = self.notes if notes is None else notes
        symbols = np.stack([self.layout.encode(note, dynamics, self.index) for note in notes])
        mean, _ = self.graphs.encode_symbols(symbols, np.full(len(notes), age_s, np.float32))
        return magnitudes_of_values(self.graphs.frame, self.graphs.decode_signal(mean))

    def loudness_db(self, frames: F32) -> list[float]:
        """K-weighted level of each frame."""
        return [loudness_db(self.graphs.frame, frame) for frame in frames]


def measure(graphs: Graphs, instrument: CorpusInstrument, index: int) -> PlayedInstrument:
    """Play every note of an instrument at every dynamics and measure the frames."""
    player, spec = FramePlayer(graphs, instrument, index), graphs.frame
    notes, shape = player.notes, (len(player.notes), player.n_dynamics)
    loudness, offset, centroid = np.full(shape, -200.0), np.zeros(shape), np.zeros(shape)
    for step in range(player.n_dynamics):
        for age_s in LOUDNESS_AGES_S:
            loudness[:, step] = np.maximum(loudness[:, step], player.loudness_db(player.play(step, age_s)))
        found = np.full((len(TUNING_AGES_S), len(notes)), np.nan)
        for row, age_s in enumerate(TUNING_AGES_S):
            for i, frame in enumerate(player.play(step, age_s)):
                if loudness_db(spec, frame) > loudness[i, step] - TUNING_BELOW_PEAK_DB:
                    found[row, i] = frame_offset_cents(spec, frame, notes[i])
        heard = ~np.all(np.isnan(found), axis=0)  # what never sounds is left as it is
        offset[heard, step] = np.nanmedian(found[:, heard], axis=0)
        centroid[:, step] = [centroid_hz(spec, frame) for frame in player.play(step, STEADY_AGE_S)]
    if instrument.decays:
        offset += bass_offset_cents(player)[:, None]
    residue = [residue_db(spec, frame) for frame in player.play((player.n_dynamics - 1) / 2, STEADY_AGE_S)]
    return PlayedInstrument(loudness, offset, centroid, late_decay(player), np.array(residue))


def bass_offset_cents(player: FramePlayer) -> F64:
    """(n_notes,) what to add to the period's offset of low notes, whose strings are stiff.

    Their fundamental lies below their period, and ears and estimators differ on which is the pitch: meet halfway.
    """
    low = [note for note in player.notes if note < BASS_BELOW_NOTE]
    shift = np.zeros(len(player.notes))
    if low:
        found = []
        for age_s in BASS_AGES_S:
            frames = player.play(BASS_DYNAMICS * (player.n_dynamics - 1), age_s, low)
            for frame, note in zip(frames, low, strict=True):
                frequencies, amplitudes = partials(player.graphs.frame, frame)
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
    small = power < power.max(initial=0.0) * 10.0**-4.5
    return float(10.0 * np.log10(np.sum(power[small]) / (np.sum(power) + 1e-30) + 1e-12))


def late_decay(player: FramePlayer) -> F64:
    """(n_notes,) dB per second that a held note loses at the longest trained age; 0 if it sustains."""
    if not player.instrument.decays:
        return np.zeros(len(player.notes))
    end = player.graphs.max_age_s
    span_s = min(1.0, 0.5 * end)
    dynamics = (player.n_dynamics - 1) / 2
    earlier, later = (player.loudness_db(player.play(dynamics, age_s)) for age_s in (end - span_s, end))
    return np.asarray(np.clip((np.array(earlier) - np.array(later)) / span_s, LEAST_DECAY_DB_PER_S, 60.0))


def summary(played: PlayedInstrument) -> dict[str, Any]:
    """The figures of one instrument that the model card shows; None where there is but one class of dynamics."""
    left = played.offset_cents - played.tuning_cents[:, None]
    middle = played.loudness_db.shape[1] // 2
    softest, loudest = played.centroid_hz[:, 0], np.maximum(played.centroid_hz[:, -1], 1e-9)
    has_dynamics = played.loudness_db.shape[1] > 1
    louder = np.diff(played.loudness_db, axis=1) > 0.0
    return {
        "cents_median": round(float(np.median(np.abs(played.offset_cents))), 1),
        "cents_95th": round(float(np.percentile(np.abs(played.offset_cents), 95)), 1),
        "corrected_cents_95th": round(float(np.percentile(np.abs(left), 95)), 1),
        "within_10_cents_percent": round(100.0 * float(np.mean(np.abs(left) < 10.0)), 1),
        "neighbour_step_db": round(float(np.abs(np.diff(played.loudness_db[:, middle])).max(initial=0.0)), 1),
        "louder_percent": round(100.0 * float(np.mean(louder)), 1) if has_dynamics else None,
        "brighter_percent": round(100.0 * float(np.mean(loudest > softest)), 1) if has_dynamics else None,
        "brightness_ratio": round(float(np.median(loudest / np.maximum(softest, 1e-9))), 3) if has_dynamics else None,
        "residue_db": round(float(np.median(played.residue_db)), 1),
    }
