"""One note -> its frames: full-resolution ones at known times since onset, and those of the live analyser."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass

import numpy as np
import scipy.fft
import scipy.ndimage

from export.prepare.noise import noise_at
from export.prepare.partials import partials
from export.prepare.sound import Sound, mono_of
from export.prepare.tuning import correction_cents, period_offset_cents
from rt.arrays import F32, F64, I64, AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.nsgt import Nsgt
from rt.frames.spec import step_cents

ANALYSER = 1
"""Raised when the same recording would give other frames, so that unfinished work of an older one is not used."""
AGE_EDGES_S = (0.0, 0.008, 0.016, 0.03, 0.05, 0.08, 0.12, 0.18, 0.28, 0.45, 0.7, 1.05, 1.5, 2.1, 3.0, 4.0, 5.0, 6.2)
"""One frame of every note falls into each of these ranges, and one at time 0: slot 0."""
MAX_AGE_S = AGE_EDGES_S[-1]
STEADY_S = (0.9, 2.1)
"""Where sustaining instruments find the frames that stand for all later ages."""
STEADY_SHARE = (0.4, 0.8)
"""The same for shorter recordings, as a share of their length."""
SHORTEST_STEADY_S = 0.6
PAD_S = 0.3
FADE_S = 0.05
AFTER_S = 0.75
"""How much of a recording after the last frame is analysed with it."""
LENGTHS_S = (0.5, 1.0, 1.5, 2.0, 2.85, 4.0, 5.5, 7.35)
"""A transform is planned for each of these."""
N_EARLY, N_LATE = 10, 10
"""Live frames in the first EARLY_S after the onset, and later."""
EARLY_S = (0.005, 0.1)
QUIET_POWER = 1e-6
"""Partials that much weaker than the strongest have no say in the tuning of a frame."""


@dataclass(frozen=True, slots=True)
class TakeFrames:
    """Frames of one take, as linear magnitudes."""

    frames: F32
    """(n_frames, n_bins)."""
    age_s: F32
    """(n_frames,) time since onset."""
    place_s: F32
    """(n_frames,) where in the recording: earlier than the age where a steady sound stands for later ages."""
    slot: I64
    """(n_frames,) range of ages."""
    live: F32
    """(n_live, n_bins)."""
    live_age_s: F32
    """(n_live,) time from onset to the end of the window."""
    noise: F32
    """(n_frames, n_noise) power per Hz of the frames' noise, below 0 where it is not known; (n_frames, 0) without."""


def take_rng(seed: int, *names: str) -> np.random.Generator:
    """The random numbers of one take, whatever else is prepared with it."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, np.uint32))


def analyse(
    spec: FrameSpec,
    sound: Sound,
    rng: np.random.Generator,
    *,
    decays: bool,
    whole: bool,
    in_tune_with: int | None = None,
    noise_of: int | None = None,
) -> TakeFrames:
    """Frames of one note, or of several that begin together.

    decays : whether held notes fade. whole : frames for all ages, for synthesised notes and the voice; else only for
    those that were recorded. in_tune_with : MIDI note to which full-resolution frames are tuned one by one.
    noise_of : MIDI note whose noise is taken apart, None: none is.
    """
    age_s, place_s, slot = choose_ages(sound, rng, decays=decays, whole=whole)
    live_age_s = choose_live_ages(sound, rng)
    found, moved_s = full_frames(spec, sound, place_s)
    if in_tune_with is not None:
        found = in_tune(spec, found, in_tune_with)
    live, heard_s = live_frames(spec, sound, live_age_s)
    place_s = (place_s + moved_s).astype(np.float32)
    noise = np.zeros((len(found), 0), np.float32) if noise_of is None else noise_at(sound, noise_of, place_s)
    return TakeFrames(found, (age_s + moved_s).astype(np.float32), place_s, slot, live, heard_s, noise)


def choose_ages(sound: Sound, rng: np.random.Generator, *, decays: bool, whole: bool) -> tuple[F32, F32, I64]:
    """Times since onset of the frames to take, the places in the recording to take them from in s, and their slots.

    Age and place differ for sustaining instruments: the steady part of a note stands for any later age.
    """
    low, high = np.array((0.0, *AGE_EDGES_S[:-1])), np.array((0.0, *AGE_EDGES_S[1:]))
    share, late = rng.random(len(low)), rng.random(len(low))
    end_s = sound.sounding_s - (FADE_S / 2 if sound.is_cut else 0.0)
    slot = np.arange(len(low))
    if decays and whole and not sound.is_cut:
        age_s = place_s = low + share * (high - low)
    elif not decays and whole and end_s > SHORTEST_STEADY_S:
        steady = STEADY_S if end_s > STEADY_S[1] else tuple(part * end_s for part in STEADY_SHARE)
        age_s = low + share * (high - low)
        place_s = np.where(age_s > steady[1], steady[0] + late * (steady[1] - steady[0]), age_s)
    else:
        slot = slot[(low < end_s) & (low < MAX_AGE_S)]
        age_s = place_s = (low + share * (np.minimum(high, end_s) - low))[slot]
    return age_s.astype(np.float32), place_s.astype(np.float32), slot


def choose_live_ages(sound: Sound, rng: np.random.Generator) -> F64:
    """Times since onset at which the live analyser listens, (n_live,) rising: half of them just after the onset."""
    end_s = min(sound.sounding_s, MAX_AGE_S)
    first, last = EARLY_S[0], min(EARLY_S[1], end_s)
    early = first + (np.arange(N_EARLY) + rng.random(N_EARLY)) / N_EARLY * (last - first)
    late = last * (end_s / last) ** ((np.arange(N_LATE) + rng.random(N_LATE)) / N_LATE)
    return np.concatenate((early, late)) if end_s > 1.2 * last else early


def full_frames(spec: FrameSpec, sound: Sound, place_s: F32) -> tuple[F32, F64]:
    """Magnitudes at some places of a note.

    Returns (n, n_bins), and by how much each column stands later than asked, (n,) in s.
    """
    body = sound.samples[sound.onset :]
    wanted_s = min(len(body) / spec.sample_rate_hz, float(place_s.max()) + AFTER_S)
    length_s = next((length for length in LENGTHS_S if length >= wanted_s), LENGTHS_S[-1])
    pad = int(PAD_S * spec.sample_rate_hz)
    body = body[: int(length_s * spec.sample_rate_hz)].copy()
    fade = min(int(FADE_S * spec.sample_rate_hz), len(body) // 4)
    body[len(body) - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    transform = _transform(spec, length_s)
    padded = np.zeros((body.shape[1], transform.n_samples), np.float32)
    padded[:, pad : pad + len(body)] = body.T
    columns = np.round((place_s + PAD_S) * transform.columns_per_s).astype(int)
    columns = np.maximum(columns, int(np.ceil(PAD_S * transform.columns_per_s)))
    power = np.mean(np.abs(transform.forward_at(padded, columns)) ** 2, axis=0)  # no cancelling sides
    found = np.asarray(np.sqrt(power) / transform.sine_gain, np.float32)
    return found, columns / transform.columns_per_s - PAD_S - place_s


@functools.cache
def _transform(spec: FrameSpec, length_s: float) -> Nsgt:
    n_samples = int((length_s + 3.0 * PAD_S) * spec.sample_rate_hz)
    return Nsgt(spec, scipy.fft.next_fast_len(n_samples, real=True))


def live_frames(spec: FrameSpec, sound: Sound, age_s: AnyArray) -> tuple[F32, F32]:
    """Magnitudes of the live analyser at times since onset, (n, n_bins), and those times as whole samples, (n,)."""
    analyser = _analyser(spec)
    ends = sound.onset + np.round(age_s * spec.sample_rate_hz).astype(int)
    ends = np.minimum(ends, len(sound.samples))
    first = max(sound.onset - analyser.n_window, 0)
    mono = mono_of(sound.samples[first : ends.max()])
    found = analyser.magnitudes_at(mono, ends - first)
    return found, ((ends - sound.onset) / spec.sample_rate_hz).astype(np.float32)


@functools.cache
def _analyser(spec: FrameSpec) -> LiveAnalyser:
    return LiveAnalyser(spec, LIVE, spec.sample_rate_hz)


def in_tune(spec: FrameSpec, magnitudes: F32, note: int) -> F32:
    """Frames (n_frames, n_bins) moved along the bands so that each is in tune: a vibrato stopped.

    A few frames taken at random from a vibrato would be off by chance, and their mean has two peaks for every partial;
    the engine has a vibrato of its own.
    """
    moved = np.empty_like(magnitudes)
    for frame, out in zip(magnitudes, moved, strict=True):
        frequencies, amplitudes = partials(spec, frame)
        powers = amplitudes**2
        strong = powers > QUIET_POWER * powers.max(initial=0.0)
        offset = correction_cents(*period_offset_cents(frequencies[strong], powers[strong], note))
        level_db = 20.0 * np.log10(np.maximum(frame, 1e-7))
        shifted = scipy.ndimage.shift(level_db, -offset / step_cents(spec), order=3, mode="nearest")
        out[:] = 10.0 ** (np.minimum(shifted, level_db.max() + 1.0) / 20.0)
    return moved
