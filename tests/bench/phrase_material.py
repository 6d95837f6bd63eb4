"""Phrases made of real notes, with their truth.

Every recording is retuned to its name. Its onset is told by its level without rumble: in the quietest recordings the
steps of the player and the wind are as loud as the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.ndimage
import scipy.signal
import soundfile
import soxr

from export.prepare.sound import level_of, without_rumble
from rt.arrays import F64
from rt.units import hz_of_note

RATE_HZ = 44_100
NAME = re.compile(r"(?P<instrument>[a-z-]+)_(?P<step>[A-G]s?)(?P<octave>\d)_[0-9]+_[a-z-]+_normal\.mp3$")
STEPS = {"C": 0, "Cs": 1, "D": 2, "Ds": 3, "E": 4, "F": 5, "Fs": 6, "G": 7, "Gs": 8, "A": 9, "As": 10, "B": 11}
ONSET_DB = 14.0
"""A note begins where its 5 ms level comes this near to its loudest; what lies well below its pitch does not count."""
SEARCH_CENTS = 120.0
LEAST_PERIODICITY = 0.9
LEAP = 7
"""Largest step between neighbouring notes, in semitones."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One real note, retuned."""

    instrument: str
    note: int
    samples: F64
    """(n_samples,) mono, from the beginning of the file."""
    onset: int
    """Sample where the note begins."""
    end: int
    """Sample where it has fallen by 25 dB for good."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A melody with its truth."""

    name: str
    samples: F64
    """(n_samples,) mono at RATE_HZ."""
    intervals_s: F64
    """(n_notes, 2) onset and end."""
    notes: list[int]


def load(folder: Path) -> list[Recording]:
    """The notes of a folder that can be read, are as long as a note must be, and have the pitch of their name."""
    found = []
    for path in sorted(folder.rglob("*.mp3")):
        named = NAME.match(path.name)
        if named is None:
            continue
        try:
            samples, rate_hz = soundfile.read(path, dtype="float64")
        except (OSError, RuntimeError):
            continue  # some files of the collection are empty
        mono = samples if samples.ndim == 1 else samples.mean(axis=1)
        note = 12 * (int(named["octave"]) + 1) + STEPS[named["step"]]
        recording = prepare(named["instrument"], note, mono, rate_hz)
        if recording is not None:
            found.append(recording)
    return found


def prepare(instrument: str, note: int, mono: F64, rate_hz: int) -> Recording | None:
    """A recording moved to the pitch of its name; None where that is not what it sounds like."""
    level = _level(mono, rate_hz, note)
    if not level.max() > 1e-8:
        return None
    loud = np.flatnonzero(level > level.max() * 10 ** (-ONSET_DB / 10))
    steady = mono[loud[0] + int(0.06 * rate_hz) : loud[-1]]
    if len(steady) < 0.1 * rate_hz:
        return None
    cents, periodicity = offset_cents(steady[: rate_hz // 2], rate_hz, note)
    if periodicity < LEAST_PERIODICITY:
        return None
    tuned = np.asarray(soxr.resample(mono, rate_hz, RATE_HZ * 2 ** (cents / 1200)), np.float64)
    level = _level(tuned, RATE_HZ, note)
    onset = int(np.argmax(level > level.max() * 10 ** (-ONSET_DB / 10)))
    end = int(np.flatnonzero(level > level.max() * 10 ** (-25 / 10))[-1])
    return Recording(instrument, note, tuned / np.sqrt(level.max()), onset, end)


def _level(samples: F64, rate_hz: int, note: int) -> F64:
    """5 ms power of a mono recording (n_samples,) without what lies well below its note."""
    return level_of(without_rumble(samples[:, None].astype(np.float32), rate_hz, note), rate_hz, 0.005)


def offset_cents(samples: F64, rate_hz: int, note: int) -> tuple[float, float]:
    """How sharp a steady tone is by its autocorrelation near the period of a note, and the correlation there."""
    n = len(samples)
    spectrum = np.abs(np.fft.rfft(samples, 4 * n)) ** 2
    correlation = np.fft.irfft(spectrum)[:n] / np.linspace(1.0, 0.0, n, endpoint=False)
    grid = np.arange(-SEARCH_CENTS, SEARCH_CENTS + 1, 1.0)
    periods = min(max(int(0.01 * hz_of_note(note)), 1), 4)  # a later period shows smaller differences, but not whose
    lags = periods * rate_hz / hz_of_note(note) * 2 ** (-grid / 1200)
    heights = scipy.ndimage.map_coordinates(correlation / correlation[0], [lags], order=3)
    best = int(np.argmax(heights))
    return float(grid[best]), float(heights[best]) if 0 < best < len(grid) - 1 else 0.0


def make_phrase(rng: np.random.Generator, notes: list[Recording], *, legato: bool, reverb: bool) -> Phrase:
    """8 to 16 notes of one instrument in a walk over its range."""
    instrument = str(rng.choice(sorted({r.instrument for r in notes})))
    by_note: dict[int, list[Recording]] = {}
    for r in notes:
        if r.instrument == instrument:
            by_note.setdefault(r.note, []).append(r)
    pitch = int(rng.choice(sorted(by_note)))
    out = np.zeros(20 * RATE_HZ)
    at, intervals, melody = int(0.4 * RATE_HZ), [], []
    for _ in range(int(rng.integers(8, 17))):
        r = by_note[pitch][int(rng.integers(len(by_note[pitch])))]
        wanted = int(rng.uniform(0.15, 0.6) * RATE_HZ)
        length = min(wanted, r.end - r.onset)
        before = min(r.onset, int(0.03 * RATE_HZ))
        fade = int((0.03 if legato else 0.06) * RATE_HZ)
        part = r.samples[r.onset - before : r.onset + length + fade].copy()
        ramp = np.linspace(1.0, 0.0, fade)
        part[-fade:] *= ramp[-len(part[-fade:]) :]
        part[:before] *= np.linspace(0.0, 1.0, before)
        gain = 0.2 * 10 ** (rng.uniform(-6, 0) / 20)
        out[at - before : at - before + len(part)] += gain * part
        intervals.append((at / RATE_HZ, (at + length) / RATE_HZ))
        melody.append(pitch)
        at += length + (0 if legato else int(rng.uniform(0.06, 0.2) * RATE_HZ))
        near = [p for p in by_note if 0 < abs(p - pitch) <= LEAP or (p == pitch and not legato)]
        pitch = int(rng.choice(near))
    out = out[: at + RATE_HZ]
    if reverb:
        out = out + room(rng, out)
    out += 10 ** (-70 / 20) * rng.standard_normal(len(out))
    name = f"{instrument} {'legato' if legato else 'detached'}{' reverb' if reverb else ''}"
    return Phrase(name, out, np.asarray(intervals), melody)


def room(rng: np.random.Generator, dry: F64) -> F64:
    """Late reverberation of a room, 0.5-1.2 s, 8-14 dB under the direct sound."""
    decay_s = rng.uniform(0.5, 1.2)
    time_s = np.arange(int(decay_s * RATE_HZ)) / RATE_HZ
    tail = rng.standard_normal(len(time_s)) * 10 ** (-3 * time_s / decay_s) * (time_s > 0.008)
    tail *= 10 ** (-rng.uniform(8, 14) / 20) / np.sqrt(np.sum(tail**2))
    wet: F64 = np.asarray(scipy.signal.fftconvolve(dry, tail)[: len(dry)])
    return wet
