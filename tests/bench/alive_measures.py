"""What `tests.bench.alive` measures of one note that was taken apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from export.alive import noise_bands
from export.alive.held import held, levels_db, noise_power
from export.alive.life import coarser
from export.alive.parts import NoteParts, highest_hz
from export.alive.paths import STEP_HOPS
from rt.arrays import F64, AnyArray

OCTAVES_HZ = (62.5, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0)
"""Centres; the edges lie half an octave away."""
AUDIBLE_DB = -40.0
"""Partials further below the strongest one are left out of the deviations."""
PRESENT = 0.95
DECAYS_DB_S = 4.0
"""Slower ones are held notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFigures:
    """Figures of one note; NaN where it has none."""

    noise_db: F64
    """(9,) noise to partials per octave."""
    noise_all_db: float
    pitch_cents: float
    """Standard deviation."""
    partials_db: float
    """Standard deviation of the audible partials' levels, quadratic mean over them."""
    bands_db: float
    """The same of the noise bands, in steps of 4 hops, in which their measurement itself deviates by 3 dB or less."""
    decay_s: float
    """Time to fall by 60 dB, from the slope of the first two seconds; NaN for a held note."""


def figures(parts: NoteParts) -> NoteFigures | None:
    """All figures of a note; None where too little of it is held."""
    inside = held(parts)
    if inside is None:
        return None
    tone = np.mean(0.5 * parts.amplitude[inside] ** 2, axis=0)
    line_hz = np.mean(parts.partial_hz[inside], axis=0)
    return NoteFigures(
        noise_db=np.array([_noise_to_partials(parts, inside, tone, line_hz, octave) for octave in OCTAVES_HZ]),
        noise_all_db=float(10 * np.log10(np.mean(noise_power(parts)[inside]) / max(tone.sum(), 1e-20))),
        pitch_cents=float(deviation(1200.0 * np.log2(parts.fundamental_hz[inside, None]))[0]),
        partials_db=_partials_db(parts.amplitude[inside], tone),
        bands_db=float(np.sqrt(np.mean(deviation(_band_levels(parts, inside)) ** 2))),
        decay_s=_decay_s(levels_db(parts)[inside], parts.hop_s),
    )


def deviation(path: AnyArray) -> F64:
    """Standard deviation of columns (n_hops, n) around their straight lines."""
    t = np.arange(len(path))
    line = np.polynomial.polynomial.polyval(t, np.polynomial.polynomial.polyfit(t, path, 1)).T
    return np.asarray(np.std(path - line, axis=0), np.float64)


def _noise_to_partials(parts: NoteParts, inside: slice, tone: F64, line_hz: F64, octave_hz: float) -> float:
    low, high = octave_hz / np.sqrt(2.0), min(octave_hz * np.sqrt(2.0), highest_hz(parts.rate_hz))
    here = tone[(line_hz >= low) & (line_hz < high)].sum()
    if here < 1e-6 * tone.sum():
        return float("nan")
    hz = np.arange(low, high, 5.0)
    density = noise_bands.at_frequencies(np.mean(parts.noise[inside], axis=0), hz, highest_hz(parts.rate_hz))
    return float(10.0 * np.log10((density.sum() * 5.0 + 1e-20) / here))


def _partials_db(amplitude: F64, tone: F64) -> float:
    heard = (tone > tone.max() * 10 ** (AUDIBLE_DB / 10)) & (np.mean(amplitude > 0.0, axis=0) >= PRESENT)
    if not heard.any():
        return float("nan")
    level = 20.0 * np.log10(np.maximum(amplitude[:, heard], 1e-3 * amplitude[:, heard].max(axis=0)))
    return float(np.sqrt(np.mean(deviation(level) ** 2)))


def _band_levels(parts: NoteParts, inside: slice) -> F64:
    return np.asarray(10.0 * np.log10(coarser(parts.noise[inside], STEP_HOPS) + 1e-20), np.float64)


def _decay_s(level_db: F64, hop_s: float) -> float:
    early = level_db[: round(2.0 / hop_s)]
    slope = np.polyfit(np.arange(len(early)) * hop_s, early, 1)[0]
    return float(-60.0 / slope) if slope < -DECAYS_DB_S else float("nan")
