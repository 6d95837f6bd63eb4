"""A recording as a path through the latent space: its frames encoded, its level kept.

Carried to another instrument it keeps its notes and dynamics, and what no label tells stays as it was.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.ndimage
import scipy.signal

from rt import sound_file
from rt.arrays import F32, F64, AnyArray
from rt.audio.offline import SoundReader
from rt.bundle.manifest import FrameSpec, Manifest
from rt.engine import note_values
from rt.engine.latents import FREE_AGE_S
from rt.errors import ControlError
from rt.frames.nsgt import Nsgt
from rt.frames.scaling import values_of_magnitudes
from rt.frames.symbols import DYNAMICS, INSTRUMENT, OCTAVE, PITCH_CLASS, SymbolLayout, velocities_of
from rt.model import ListenerModel, Model, SignalEncoder
from rt.offline.latent_path import SILENT_DB, STEP_S, LatentPath
from rt.offline.progress import with_bar
from rt.units import MAX_RATE_HZ, MIN_RATE_HZ

CHUNK_S, MARGIN_S = 16.0, 1.5
"""Recordings are analysed in pieces; frames near the ends of a piece are left to its neighbours."""
ENVELOPE_S = 0.04
"""Levels are measured under a Hann window of this length."""
ONSET_DB, MOMENT_S = 6.0, 0.006
"""Where the level rises by so much from one such length to the next, that of a moment tells on which side we are."""
GATE_DB = -75.0
"""Below this, relative to the loudest moment, a recording is silent."""
FAINT_DB = -50.0
"""Frames that the decoder makes fainter than this, relative to its loudest, are not lifted further."""
NO_POWER = 1e-9
"""A model that has learnt too little decodes nothing at all."""
DIP_FRAMES = 3
"""A fall of the decoder for fewer frames, between two notes, is not lifted."""
LOUD_SHARE = 0.95
"""Share of the sounding frames that are softer than those brought to the level of the training notes."""
CALM_S = 0.5
"""Who plays is heard under a Hann window of this length: from frame to frame it is often another one."""
FAINT_SHARE = 0.02
"""An instrument that is hardly heard at all is left out."""
BAND_POWER = 0.75
"""Two bands share a sine as w and 1 - w, so that their powers add up to 1/2 to 1; this is the mean."""
SHORTEST_S, LONGEST_S = 0.05, 600.0


class RecordedSound(NamedTuple):
    """A recording."""

    samples: F32
    """(n_samples, n_channels)."""
    rate_hz: int


def read(path: Path) -> RecordedSound:
    """All of a sound file; ControlError where it is empty, too long or no numbers."""
    signal_encoder = SoundReader(path)
    seconds = signal_encoder.n_samples / signal_encoder.sample_rate_hz
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise ControlError(f"{path}: {seconds:.2f} s long; allowed are {SHORTEST_S:g} to {LONGEST_S:g} seconds")
    if not MIN_RATE_HZ <= signal_encoder.sample_rate_hz <= MAX_RATE_HZ:
        raise ControlError(
            f"{path}: {signal_encoder.sample_rate_hz} Hz, allowed are {MIN_RATE_HZ} to {MAX_RATE_HZ}; resample it"
        )
    samples = np.concatenate(list(signal_encoder.blocks(1 << 16)))
    if sound_file.is_damaged(samples):
        raise ControlError(
            f"{path}: holds samples that are no numbers, or over {sound_file.LOUDEST:g} times full scale; "
            "export it again"
        )
    return RecordedSound(samples, signal_encoder.sample_rate_hz)


def resampled(samples: F32, from_hz: int, to_hz: int) -> F32:
    """(n, ...) at another rate, along the first axis."""
    if from_hz == to_hz:
        return samples
    common = math.gcd(from_hz, to_hz)
    return np.asarray(scipy.signal.resample_poly(samples, to_hz // common, from_hz // common, axis=0), np.float32)


def latent_path_of(
    sound: RecordedSound, signal_encoder: SignalEncoder, model: Model, carry: Callable[[F32], F32] | None = None
) -> LatentPath:
    """The path of a recording; its level is such that the free voice sounds as loud as the recording.

    carry : moves the points (n, size) elsewhere.
    """
    manifest = model.manifest
    times_s = np.arange(0.0, len(sound.samples) / sound.rate_hz + STEP_S, STEP_S)
    magnitudes = frames_at(manifest.frame, sound, times_s)
    power = np.square(magnitudes, dtype=np.float64).sum(axis=1)
    heard = power > power.max(initial=0.0) * 10.0 ** (GATE_DB / 10.0)
    if not heard.any() or power.max() < 1e-14:
        latents = np.tile(np.asarray(manifest.latent.mean, np.float32), (len(times_s), 1))
        return LatentPath(times_s, latents, np.full(len(times_s), 2 * SILENT_DB))
    usual = 10.0 ** (trained_level_db(manifest) / 10.0) / np.quantile(power[heard], LOUD_SHARE)
    values = values_of_magnitudes(manifest.frame, magnitudes * np.sqrt(usual))
    latents, _ = signal_encoder.encode(values)
    latents = latents if carry is None else carry(latents)
    decoded = np.square(model.decode(latents), dtype=np.float64).sum(axis=1)
    decoded = np.maximum(decoded, max(decoded.max() * 10.0 ** (FAINT_DB / 10.0), NO_POWER))
    decoded = scipy.ndimage.grey_closing(decoded, DIP_FRAMES)
    # A sine of amplitude 1 has the mean power 1/2 and bands whose powers add up to BAND_POWER on average.
    wanted = levels(sound, times_s) * 2.0 * BAND_POWER
    gain_db = 10.0 * np.log10(np.maximum(wanted / decoded, 1e-30)) - 20.0 * np.log10(note_values.free_gain(manifest))
    silent = wanted < wanted.max() * 10.0 ** (GATE_DB / 10.0)
    return LatentPath(times_s, latents, np.where(silent, 2 * SILENT_DB, gain_db))


def carried(latents: F32, ears: ListenerModel, model: Model, instrument: int) -> F32:
    """Points (n, size), STEP_S apart, moved by the difference of two labels each: what is heard, and the new one.

    Where it is not clear who plays, the label that is heard lies between those of the instruments. A note that the
    new instrument does not reach sounds in another octave. ControlError for a model of mixtures.
    """
    manifest = model.manifest
    if manifest.n_sources > 1:
        raise ControlError(f"bundle {manifest.name!r} hears mixtures; --instrument needs one that hears one note")
    heard = ears.symbols(latents)
    octaves, pitch_classes = (heard[s][:, :-1].argmax(axis=1) for s in (OCTAVE, PITCH_CLASS))
    first = np.asarray([12 * (int(name) + 1) for name in manifest.symbol(OCTAVE).classes[:-1]])
    notes = first[octaves] + pitch_classes
    loud = heard[DYNAMICS][:, :-1]
    dynamics = loud @ np.arange(loud.shape[1]) / np.maximum(loud.sum(axis=1), 1e-9)
    layout, target = SymbolLayout(manifest.symbols), manifest.instruments[instrument]

    def points(notes: list[int], player: int) -> F32:
        rows = [layout.encode(note, d, player) for note, d in zip(notes, dynamics.tolist(), strict=True)]
        table = np.asarray(rows, np.float32).reshape(-1, layout.n_symbols)
        return model.encode(table, np.full(len(table), FREE_AGE_S, np.float32))[0]

    wanted = points([target.reachable(note) for note in notes.tolist()], instrument)
    shares = shares_of(heard[INSTRUMENT][:, :-1])
    is_heard = shares.max(axis=0, initial=0.0) > FAINT_SHARE
    found = sum(shares[:, [i]] * points(notes.tolist(), int(i)) for i in np.flatnonzero(is_heard))
    return np.asarray(latents + wanted - found, np.float32)


def shares_of(probabilities: F32) -> F64:
    """How much each instrument plays around each moment, (n, n_instruments); the shares of a moment add up to 1."""
    window = np.hanning(round(CALM_S / STEP_S) + 2)[1:-1]
    calm = scipy.ndimage.convolve1d(np.asarray(probabilities, np.float64), window, axis=0, mode="constant")
    calm = np.where(calm > FAINT_SHARE * calm.sum(axis=1, keepdims=True), calm, 0.0)
    return np.asarray(calm / np.maximum(calm.sum(axis=1, keepdims=True), 1e-12))


def frames_at(spec: FrameSpec, sound: RecordedSound, times_s: F64) -> F32:
    """Magnitudes (n, n_bins) of a recording at times (n,), the powers of its channels averaged."""
    samples = resampled(sound.samples, sound.rate_hz, spec.sample_rate_hz)
    chunk, margin = (round(seconds * spec.sample_rate_hz) for seconds in (CHUNK_S, MARGIN_S))
    transform = Nsgt(spec, chunk + 2 * margin)
    found = np.zeros((len(times_s), spec.n_bins), np.float32)
    begins = range(0, len(samples) + 1, chunk)
    for begin in with_bar(begins, len(begins), unit="piece"):
        here = np.flatnonzero(
            (times_s * spec.sample_rate_hz >= begin) & (times_s * spec.sample_rate_hz < begin + chunk)
        )
        if not len(here):
            continue
        padded = np.zeros((samples.shape[1], transform.n_samples), np.float32)
        first, last = max(begin - margin, 0), min(begin + chunk + margin, len(samples))
        padded[:, first - begin + margin : last - begin + margin] = samples[first:last].T
        places = times_s[here] - (begin - margin) / spec.sample_rate_hz
        columns = np.round(places * transform.columns_per_s).astype(int)
        power = np.zeros((len(here), spec.n_bins))
        for channel in padded:
            power += np.abs(transform.forward(channel)[columns]) ** 2 / len(padded)
        found[here] = np.sqrt(power) / transform.sine_gain
    return found


def levels(sound: RecordedSound, times_s: F64) -> F64:
    """Mean power (n,) of all channels around times (n,)."""
    return np.asarray(channel_levels(sound, times_s).mean(axis=1))


def channel_levels(sound: RecordedSound, times_s: F64) -> F64:
    """Mean power (n, n_channels) around times (n,); before an onset what was, after it what comes, never a mixture."""
    wide, now = (max(3, round(seconds * sound.rate_hz)) | 1 for seconds in (ENVELOPE_S, MOMENT_S))
    power = np.square(sound.samples, dtype=np.float64)
    places = np.round(times_s * sound.rate_hz).astype(int)
    level = _mean(power, np.hanning(wide + 2)[1:-1], places)
    before, after = (_mean(power, np.ones(wide), places + side * (wide // 2)) for side in (-1, 1))
    is_onset = after > before * 10.0 ** (ONSET_DB / 10.0)
    has_begun = _mean(power, np.ones(now), places) > np.maximum(np.sqrt(before * after), 1e-3 * after)
    return np.asarray(np.where(is_onset, np.where(has_begun, after, before), level), np.float64)


def _mean(power: F64, window: F64, places: AnyArray) -> F64:
    """Mean of power (n_samples, n_channels) under a window around places (n,)."""
    smooth = scipy.signal.fftconvolve(power, window[:, None] / window.sum(), mode="same", axes=0)
    return np.asarray(np.maximum(smooth[np.clip(places, 0, len(power) - 1)], 0.0))


def spread(block: F32, first: int, times_s: F64, powers: AnyArray, rate_hz: int) -> F32:
    """A block (n,) that begins at a sample, as loud on every channel (n, n_channels) as the recording there."""
    shares = np.sqrt(powers / np.maximum(powers.mean(axis=1, keepdims=True), 1e-20))
    at_s = (first + np.arange(len(block))) / rate_hz
    gains = np.stack([np.interp(at_s, times_s, share) for share in shares.T], axis=1)
    return np.asarray(block[:, None] * gains, np.float32)


def trained_level_db(manifest: Manifest) -> float:
    """Level of a loud note among those that the model was trained on."""
    classes = manifest.symbol(DYNAMICS).classes[:-1]
    loud = int(np.argmin(np.abs(np.asarray(velocities_of(classes)) - note_values.NEUTRAL_VELOCITY)))
    return float(np.median([row[loud] for spec in manifest.instruments for row in spec.loudness_db]))
