"""One recording -> the note alone: retuned to its label, with its onset and its end found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.ndimage
import scipy.signal
import soxr

from export.prepare.tuning import tuning_of
from export.sources.source import Take
from rt import sound_file
from rt.arrays import F32, F64
from rt.bundle.manifest import FrameSpec
from rt.units import hz_of_note

FAST_ONSET_DB, SLOW_ONSET_DB = 26.0, 14.0
"""A note begins where its level comes this near to its loudest; bowed and blown ones closer, to speak at once."""
SILENT_PEAK = 6e-5
"""Two steps of 16 bits."""
AUDIBLE_DB = 40.0
"""What lies further under the loudest moment, before the note, is trimmed as silence."""
FADED_DB = 35.0
"""A recorded note lasts until its level has fallen by this."""
RUMBLE_SHARE = 0.6
"""Share of the fundamental below which recordings are not listened to when their ends are looked for."""
LEAST_S, LONGEST_S = 0.05, 8.5
"""Of recordings, as much as any frame can hear, even when moved up by three semitones."""
CANCEL_SHARE = 0.25
"""Sides cancel in mono when less than this share of their power is left."""
LEVEL_S = 0.05
MOST_WIDE_HZ = 48_000
"""Rates above tell nothing that is played."""


class UnusableError(Exception):
    """Why a recording is left out."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A note ready to be analysed."""

    samples: F32
    """(n_samples, n_channels) at the rate of the frames, retuned."""
    onset: int
    """First sample of the note."""
    sounding_s: float
    """From the onset until the level has fallen for good, or the recording ends."""
    is_cut: bool
    """True when the recording ends before the note has faded."""
    cents: float
    """How sharp it was."""
    onset_s: float = 0.0
    """The same moment as `onset`, in seconds."""
    wide: F32 | None = None
    """(n_wide, n_channels) the same at `wide_rate_hz`, with what lies above the frames, where that was asked for."""
    wide_rate_hz: int = 0


def sound_of(
    spec: FrameSpec, take: Take, samples: F32, rate_hz: int, *, decays: bool, recorded: bool, wide: bool = False
) -> Sound:
    """Find the note in a recording and retune it.

    samples : (n_samples, n_channels). decays : whether held notes of the instrument fade. wide : keep it at its own
    rate too. Raises UnusableError.
    """
    samples = _audible(samples, rate_hz, take, recorded)
    part = _steady_part(samples, rate_hz, take, decays, recorded)
    tuning = tuning_of(part, rate_hz, _recorded_note(take), recorded=recorded)
    if tuning.mislabelled:
        raise UnusableError(f"mislabelled: {tuning.mislabelled}")
    speed = 2.0 ** ((take.transpose_cents - tuning.correction_cents) / 1200.0)
    moved = soxr.resample(samples, rate_hz * speed, spec.sample_rate_hz)
    heard = without_rumble(moved, spec.sample_rate_hz, take.note) if recorded else moved
    onset = onset_sample(heard, spec.sample_rate_hz, FAST_ONSET_DB if decays else SLOW_ONSET_DB)
    level = level_of(heard[onset:], spec.sample_rate_hz)
    loud = np.flatnonzero(level > level.max() * 10.0 ** (-FADED_DB / 10.0))
    is_cut = bool(loud[-1] > len(level) - LEVEL_S * spec.sample_rate_hz)
    sounding_s = (len(level) if is_cut else int(loud[-1])) / spec.sample_rate_hz
    if sounding_s < LEAST_S:
        raise UnusableError(
            f"too short: sounds for {1000.0 * sounding_s:.0f} ms, at least {1000.0 * LEAST_S:.0f} needed"
        )
    wide_rate_hz = min(rate_hz, MOST_WIDE_HZ)
    return Sound(
        np.asarray(moved, np.float32),
        onset,
        sounding_s,
        is_cut,
        tuning.correction_cents,
        onset_s=onset / spec.sample_rate_hz,
        wide=np.asarray(soxr.resample(samples, rate_hz * speed, wide_rate_hz), np.float32) if wide else None,
        wide_rate_hz=wide_rate_hz,
    )


def _recorded_note(take: Take) -> int:
    """The note before transposition."""
    return take.note - round(take.transpose_cents / 100.0)


def _audible(samples: F32, rate_hz: int, take: Take, recorded: bool) -> F32:
    """The samples without silence before the note, one channel if all are the same."""
    if len(samples) < LEAST_S * rate_hz:
        raise UnusableError(f"too short: {len(samples)} samples")
    if sound_file.is_damaged(samples):
        raise UnusableError("holds samples that are no numbers or absurdly loud")
    if np.abs(samples).max() < SILENT_PEAK:
        raise UnusableError("silent")
    if samples.shape[1] > 1 and all(np.array_equal(samples[:, 0], other) for other in samples.T[1:]):
        samples = samples[:, :1]
    if recorded:
        power = level_of(without_rumble(samples, rate_hz, _recorded_note(take)), rate_hz, 0.005)
        first = int(np.argmax(power > power.max() * 10.0 ** (-AUDIBLE_DB / 10.0)))
        first = max(first - int(0.1 * rate_hz), 0)
        samples = samples[first : first + int(LONGEST_S * rate_hz)]
    return np.ascontiguousarray(samples, np.float32)


def _steady_part(samples: F32, rate_hz: int, take: Take, decays: bool, recorded: bool) -> F32:
    """The part of a recording that tells its tuning."""
    begin_s, end_s = (0.03, 0.5 if take.note > 84 else 1.5) if decays else (0.3, 2.8)
    start = 0
    if recorded:
        heard = without_rumble(samples, rate_hz, _recorded_note(take))
        start = onset_sample(heard, rate_hz, FAST_ONSET_DB if decays else SLOW_ONSET_DB)
        level = level_of(heard[start:], rate_hz)
        loud = np.flatnonzero(level > level.max() * 10.0 ** (-20.0 / 10.0))
        end_s = min(end_s, max(float(loud[-1]) / rate_hz, LEAST_S))
        begin_s = min(begin_s, 0.25 * end_s)
    part = samples[start + int(begin_s * rate_hz) : start + int(end_s * rate_hz)]
    return part if len(part) > LEAST_S * rate_hz / 2 else samples[start:]


def without_rumble(samples: F32, rate_hz: int, note: int) -> F32:
    """A recording without what lies well below its note: steps and wind can be louder than a soft flute.

    samples : (n_samples, n_channels).
    """
    edge_hz = min(RUMBLE_SHARE * hz_of_note(note), 0.4 * rate_hz)
    sections = scipy.signal.butter(4, edge_hz, "highpass", fs=rate_hz, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, samples, axis=0), np.float32)


def level_of(samples: F32, rate_hz: int, width_s: float = LEVEL_S) -> F64:
    """Mean power of all channels around every sample, (n_samples,)."""
    power = np.mean(np.square(samples, dtype=np.float64), axis=1)
    smooth: F64 = scipy.ndimage.uniform_filter1d(power, max(int(width_s * rate_hz), 1), mode="constant")
    return np.maximum(smooth, 0.0)


def onset_sample(samples: F32, rate_hz: int, below_peak_db: float) -> int:
    """First sample of the note: where the 5 ms level comes within some dB of the loudest of the first second.

    samples : (n_samples, n_channels).
    """
    width = int(0.005 * rate_hz)
    power = scipy.ndimage.uniform_filter1d(np.sum(samples[:rate_hz].astype(np.float64) ** 2, axis=1), width)
    loud = power > power.max() * 10.0 ** (-below_peak_db / 10.0)
    return max(int(np.argmax(loud)) - width // 2, 0)


def mono_of(samples: F32) -> F32:
    """What a microphone hears: the mean of the channels with their power, or the louder one if they cancel.

    samples : (n_samples, n_channels).
    Returns (n_samples,).
    """
    if samples.shape[1] == 1:
        return samples[:, 0]
    powers = np.mean(np.square(samples, dtype=np.float64), axis=0)
    mixed = samples.mean(axis=1)
    left = float(np.mean(np.square(mixed, dtype=np.float64)))
    whole = float(powers.mean())
    if left < CANCEL_SHARE * whole:
        mixed, left = samples[:, int(np.argmax(powers))], float(powers.max())
    return np.asarray(mixed * np.sqrt(whole / max(left, 1e-20)), np.float32)
