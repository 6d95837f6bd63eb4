"""Rendered notes -> labelled frames on disk.

Every note is retuned to its label, its frames are taken at known times since onset, and its level is set so that
the soundfonts agree, neighbouring notes are even and the steps between dynamics stay as the instrument has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.ndimage
import soxr

from export.corpus import INSTRUMENTS, SOUNDFONTS, RenderedNote, find_soundfont, n_notes, render_notes
from export.prepare.partials import k_weighting_db, partials
from export.piano import PIANO, recorded_notes
from export.prepare.tuning import correction_cents, note_offset_cents, period_offset_cents
from rt.arrays import F32, AnyArray
from rt.errors import BridgeError
from rt.frames.nsgt import Nsgt
from rt.frames.scaling import magnitudes_of_values, values_of_magnitudes
from rt.frames.spec import NSGT_410, centre_hz, step_cents
from rt.manifest import FrameSpec
from rt.units import hz_of_note

AGE_EDGES_S = (0.0, 0.008, 0.016, 0.03, 0.05, 0.08, 0.12, 0.18, 0.28, 0.45, 0.7, 1.05, 1.5, 2.1, 3.0, 4.0, 5.0, 6.2)
"""One frame of every note falls into each of these ranges, and one at time 0."""
MAX_AGE_S = AGE_EDGES_S[-1]
STEADY_S = (0.9, 2.1)
"""Where sustaining instruments find the frames that stand for all later ages."""
PAD_S = 0.3
FAST_ONSET_DB, SLOW_ONSET_DB = 26.0, 14.0
"""A note begins where its level comes this near to its loudest; bowed and blown ones closer, to speak at once."""
MF_LEVEL_DB = -14.0
TILT_DB_PER_OCTAVE = (-3.0, -1.5, 0.0, 1.5, 3.0)
"""Brightening per class of dynamics above the fundamental: what recorded players do and the soundfonts lack."""
TILT_SHARE = {"Alto Sax": 0.5, "Flute": 1.5, "Piano": 0.5, "Trumpet": 1.0, "Violin": 1.0}
TILT_OCTAVES = 3.0
LEAST_BRIGHTENING = 1.06
"""Least ratio of the spectral centroids of two neighbouring classes of dynamics of the voice."""
MOST_SLOPE_DB = 12.0
"""Largest slope per octave that may be added to reach it."""
BRIGHTNESS_FRAMES = slice(4, 11)
"""The frames that are compared: 30 ms to 0.7 s."""
BELOW_FUNDAMENTAL_DB = -20.0
"""Applied to bands under 0.8 of the fundamental, which hold only noise."""


@dataclass(frozen=True, slots=True)
class NoteFrames:
    """Labelled frames; n_files notes with n_ages frames each."""

    frames: AnyArray
    """(n_files, n_ages, n_bins) frame values, float16."""
    age_s: F32
    """(n_files, n_ages) time since onset."""
    note: AnyArray
    """(n_files,) MIDI note."""
    dynamics: AnyArray
    """(n_files,) class of dynamics."""
    instrument: AnyArray
    """(n_files,) index into INSTRUMENTS."""
    voice: AnyArray
    """(n_files,) True for what symbols -> signal should sound like: one source per instrument."""
    facts: dict[str, Any]


def prepare(
    out: Path, *, soundfonts: Path | None, piano: Path | None, every: int, seed: int, progress: Any
) -> NoteFrames:
    """Render, analyse and level the corpus; writes `frames.npy`, `labels.npz`, `prepare.json` into `out`.

    soundfonts : folder to look in, None for the system's. piano : folder of the recorded piano's archives, if any.
    """
    rng = np.random.default_rng(seed)
    spec = NSGT_410
    chosen = tuple(range(len(INSTRUMENTS)))
    sources = [render_notes(find_soundfont(font, soundfonts), chosen, every=every) for font in SOUNDFONTS]
    total = len(sources) * n_notes(chosen, every=every)
    if piano:
        sources.append(recorded_notes(piano, every=every))
        total += n_notes((PIANO,), every=every)
    magnitudes, ages, labels = [], [], []
    progress.reset(total=total)
    for source, notes in enumerate(sources):
        for rendered in notes:
            found, age_s, offset = note_frames(spec, rendered, rng)
            magnitudes.append(found)
            ages.append(age_s)
            labels.append((rendered.note, rendered.dynamics, rendered.instrument, source, offset))
            progress.update(1)
    note, dynamics, instrument, source_of, offsets = (np.array(column) for column in zip(*labels, strict=True))
    stack = np.stack(magnitudes)
    voice = np.where(instrument == PIANO, source_of == (len(SOUNDFONTS) if piano else 0), source_of == 0)
    for rows in voice_notes(instrument, note, dynamics, voice):
        stack[rows] *= brightening(spec, stack[rows], int(note[rows[0]]))
    gains_db = levelling_gains_db(peak_levels_db(spec, stack), note, dynamics, instrument, source_of)
    stack *= (10.0 ** (gains_db / 20.0)).astype(np.float32)[:, None, None]
    facts = {
        "seed": seed,
        "soundfonts": [font.name for font in SOUNDFONTS],
        "recorded_piano": piano is not None,
        "n_files": len(note),
        "n_frames": int(stack.shape[0] * stack.shape[1]),
        "retuned_cents_deviation": round(float(np.std(offsets)), 2),
        "numpy": np.__version__,
    }
    frames = values_of_magnitudes(spec, stack).astype(np.float16)
    data = NoteFrames(frames, np.stack(ages).astype(np.float32), note, dynamics, instrument, voice, facts)
    save(data, out)
    return data


def note_frames(spec: FrameSpec, rendered: RenderedNote, rng: np.random.Generator) -> tuple[F32, F32, float]:
    """Frames of one rendered note.

    Returns magnitudes (n_ages, n_bins), times since onset (n_ages,) in s, and the cents it was retuned by.
    """
    instrument = INSTRUMENTS[rendered.instrument]
    high = rendered.note > 84
    begin, end = (0.03, 0.5 if high else 1.5) if instrument.decays else (0.3, 2.8)
    part = rendered.samples[int(begin * rendered.rate_hz) : int(end * rendered.rate_hz)]
    recorded_note = rendered.note - round(rendered.transpose_cents / 100.0)
    offset = correction_cents(*note_offset_cents(part, rendered.rate_hz, recorded_note))
    speed = 2.0 ** ((rendered.transpose_cents - offset) / 1200.0)
    samples = soxr.resample(rendered.samples, rendered.rate_hz * speed, spec.sample_rate_hz)
    pad = int(PAD_S * spec.sample_rate_hz)
    fade = int(0.05 * spec.sample_rate_hz)
    length = int((instrument.hold_s - 0.15) * spec.sample_rate_hz)
    start = onset_sample(samples, spec.sample_rate_hz, SLOW_ONSET_DB if not instrument.decays else FAST_ONSET_DB)
    body = samples[start : start + length].copy()
    body[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    padded = np.zeros((length + 3 * pad, 2), np.float32)
    padded[pad : pad + len(body)] = body
    transform = _transform(spec, len(padded))
    power = np.mean([np.abs(transform.forward(channel)) ** 2 for channel in padded.T], axis=0)  # no cancelling sides
    age_s, place_s = sample_ages(instrument.decays, rng)
    columns = np.round((place_s + PAD_S) * transform.columns_per_s).astype(int)
    columns = np.maximum(columns, int(np.ceil(PAD_S * transform.columns_per_s)))
    age_s = age_s + (columns / transform.columns_per_s - PAD_S - place_s)
    shape_db = tilt_db(spec, rendered.note, rendered.dynamics, instrument.name)
    found = np.sqrt(power[columns]) / transform.sine_gain
    if not instrument.decays:
        found = in_tune(spec, found, rendered.note)
    return (found * 10.0 ** (shape_db / 20.0)).astype(np.float32), age_s, offset


def in_tune(spec: FrameSpec, magnitudes: AnyArray, note: int) -> AnyArray:
    """Frames (n_ages, n_bins) moved along the bands so that each is in tune: a vibrato stopped.

    A few frames taken at random from a vibrato would be off by chance, and their mean has two peaks for every partial;
    the engine has a vibrato of its own.
    """
    moved = np.empty_like(magnitudes)
    for frame, out in zip(magnitudes, moved, strict=True):
        frequencies, amplitudes = partials(spec, frame)
        offset = correction_cents(*period_offset_cents(frequencies, amplitudes**2, note))
        level_db = 20.0 * np.log10(np.maximum(frame, 1e-7))
        shifted = scipy.ndimage.shift(level_db, -offset / step_cents(spec), order=3, mode="nearest")
        out[:] = 10.0 ** (np.minimum(shifted, level_db.max() + 1.0) / 20.0)
    return moved


_transforms: dict[int, Nsgt] = {}


def _transform(spec: FrameSpec, n_samples: int) -> Nsgt:
    if n_samples not in _transforms:
        _transforms[n_samples] = Nsgt(spec, n_samples)
    return _transforms[n_samples]


def onset_sample(samples: F32, rate_hz: int, below_peak_db: float) -> int:
    """First sample of the note: where the 5 ms level comes within some dB of the loudest of the first second.

    samples : (n_samples, 2).
    """
    width = int(0.005 * rate_hz)
    power = scipy.ndimage.uniform_filter1d(np.sum(samples[:rate_hz].astype(np.float64) ** 2, axis=1), width)
    loud = power > power.max() * 10.0 ** (-below_peak_db / 10.0)
    return max(int(np.argmax(loud)) - width // 2, 0)


def sample_ages(decays: bool, rng: np.random.Generator) -> tuple[F32, F32]:
    """Times since onset of the frames to take, and the places in the recording to take them from, in s.

    They differ for sustaining instruments beyond STEADY_S, whose steady part stands for any later age.
    """
    low, high = np.array(AGE_EDGES_S[:-1]), np.array(AGE_EDGES_S[1:])
    age = np.concatenate(([0.0], rng.uniform(low, high))).astype(np.float32)
    if decays:
        return age, age
    late = age > STEADY_S[1]
    return age, np.where(late, rng.uniform(*STEADY_S, len(age)), age).astype(np.float32)


def tilt_db(spec: FrameSpec, note: int, dynamics: int, instrument: str) -> AnyArray:
    """Correction of a note's frames, (n_bins,) in dB: brightness by dynamics, less noise below the fundamental."""
    octaves = np.log2(centre_hz(spec) / hz_of_note(note))
    slope = TILT_DB_PER_OCTAVE[dynamics] * TILT_SHARE[instrument]
    return slope * np.clip(octaves, 0.0, TILT_OCTAVES) + BELOW_FUNDAMENTAL_DB * np.clip(-octaves * 6.0 - 1.0, 0.0, 1.0)


def voice_notes(instrument: AnyArray, note: AnyArray, dynamics: AnyArray, voice: AnyArray) -> Iterator[AnyArray]:
    """Files of each note of the voice, softest first."""
    key = instrument * 128 + note
    for one in np.unique(key[voice]):
        rows = np.flatnonzero(voice & (key == one))
        yield rows[np.argsort(dynamics[rows])]


def brightening(spec: FrameSpec, magnitudes: F32, note: int) -> F32:
    """Gains that make each step of a note's dynamics brighter than the last by LEAST_BRIGHTENING, by a steady slope.

    magnitudes : (n_dynamics, n_ages, n_bins). Returns (n_dynamics, 1, n_bins).
    """
    centres = centre_hz(spec)
    octaves = np.clip(np.log2(centres / hz_of_note(note)), 0.0, TILT_OCTAVES)
    slopes = np.linspace(-MOST_SLOPE_DB, MOST_SLOPE_DB, 121)
    power = np.mean(magnitudes[:, BRIGHTNESS_FRAMES].astype(np.float64) ** 2, axis=1)
    tilted = power[:, None] * 10.0 ** (slopes[:, None] * octaves / 10.0)
    centroid = tilted @ centres / (tilted.sum(axis=2) + 1e-30)  # (n_dynamics, n_slopes), rising along the slopes
    middle, flat = len(power) // 2, len(slopes) // 2
    chosen = np.full(len(power), flat)
    for step in range(middle + 1, len(power)):
        wanted = centroid[step - 1, chosen[step - 1]] * LEAST_BRIGHTENING
        chosen[step] = np.clip(np.searchsorted(centroid[step], wanted), flat, len(slopes) - 1)
    for step in range(middle - 1, -1, -1):
        wanted = centroid[step + 1, chosen[step + 1]] / LEAST_BRIGHTENING
        chosen[step] = np.clip(np.searchsorted(centroid[step], wanted) - 1, 0, flat)
    gain = 10.0 ** (slopes[chosen][:, None] * octaves / 20.0)
    return np.asarray(gain[:, None], np.float32)


def onset_gain_db(spec: FrameSpec, age_s: AnyArray) -> F32:
    """What the transform loses around an onset: a band sees a step rise through its long window, from -6 dB at once.

    The voice is trained on frames raised by this, so that it speaks as fast as what was recorded.

    age_s : (n,) time since onset.
    Returns (n, n_bins) dB, 6 at time 0 and 0 once a band's window has passed.
    """
    centres = centre_hz(spec)
    width_hz = np.gradient(centres) * 2.0
    u = np.linspace(0.0, 2.0, 401)
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.where(np.isclose(u, 1.0), 0.5, np.sinc(u) / (1.0 - u**2))
    rise = 0.5 + 0.5 * (np.cumsum(shape) - shape) / np.sum(shape)
    seen = np.interp(np.outer(age_s, width_hz), u, np.minimum(rise, 1.0))
    return np.asarray(-20.0 * np.log10(np.maximum(seen, 0.5)), np.float32)


def peak_levels_db(spec: FrameSpec, magnitudes: F32) -> AnyArray:
    """K-weighted level of each note's loudest frame, (n_files,); magnitudes (n_files, n_ages, n_bins)."""
    weight = (10.0 ** (k_weighting_db(centre_hz(spec)) / 10.0)).astype(np.float32)
    power = np.stack([(note**2) @ weight for note in magnitudes]) / 0.75
    return np.asarray(10.0 * np.log10(power.max(axis=1) + 1e-12))


def levelling_gains_db(
    level_db: AnyArray, note: AnyArray, dynamics: AnyArray, instrument: AnyArray, source: AnyArray
) -> AnyArray:
    """Gain per file, (n_files,): mf is MF_LEVEL_DB everywhere, the other dynamics keep their smoothed distance."""
    wanted = np.full(len(level_db), MF_LEVEL_DB)
    for index in np.unique(instrument):
        of_instrument = instrument == index
        middle = {(n, s): v for n, s, v in _rows(note, source, level_db, of_instrument & (dynamics == 2))}
        for step in np.unique(dynamics):
            chosen = of_instrument & (dynamics == step)
            steps = {(n, s): v - middle[n, s] for n, s, v in _rows(note, source, level_db, chosen)}
            notes = sorted({n for n, _ in steps})
            mean = np.array([np.mean([v for (n, _), v in steps.items() if n == name]) for name in notes])
            smooth = scipy.ndimage.gaussian_filter1d(scipy.ndimage.median_filter(mean, 9, mode="nearest"), 3)
            place = {name: value for name, value in zip(notes, smooth, strict=True)}
            wanted[chosen] += np.array([place[n] for n in note[chosen]])
    return wanted - level_db


def _rows(note: AnyArray, source: AnyArray, value: AnyArray, chosen: AnyArray) -> list[tuple[int, int, float]]:
    return [(int(n), int(s), float(v)) for n, s, v in zip(note[chosen], source[chosen], value[chosen], strict=True)]


def save(data: NoteFrames, out: Path) -> None:
    """Write frames, labels and facts into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "frames.npy", data.frames)
    np.savez(
        out / "labels.npz",
        age_s=data.age_s,
        note=data.note,
        dynamics=data.dynamics,
        instrument=data.instrument,
        voice=data.voice,
    )
    (out / "prepare.json").write_text(json.dumps(data.facts, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> NoteFrames:
    """Read what `prepare` wrote."""
    if not (folder / "prepare.json").exists():
        raise BridgeError(f"{folder}: no prepared frames there; run `python -m export prepare --out {folder}` first")
    with np.load(folder / "labels.npz") as labels:
        parts = [labels[name] for name in ("age_s", "note", "dynamics", "instrument", "voice")]
    facts = json.loads((folder / "prepare.json").read_text(encoding="utf-8"))
    return NoteFrames(np.load(folder / "frames.npy"), *parts, facts)


def magnitudes_of(spec: FrameSpec, data: NoteFrames, index: int) -> F32:
    """Linear magnitudes of one note's frames, (n_ages, n_bins)."""
    return magnitudes_of_values(spec, data.frames[index])
