"""A labelled note taken apart into partials and noise."""

from __future__ import annotations

import numpy as np
import scipy.signal

from export.alive import noise_bands
from export.alive.lines import Lines, lobe
from export.alive.parts import HOP_SAMPLES, NoteParts, check_note, highest_hz, partial_places, partials_below
from export.alive.pitch import lines_samples, smoothed, track
from export.alive.warp import Warp, frames_at
from rt.arrays import F64, AnyArray
from rt.units import hz_of_note

GATE = 4.0
"""A partial is one where its power is so many times what the noise would show in its place."""
EXCESS = 2.0
TONE_SHARE = 0.05
"""Where partials hold less of the power, the pitch of a hop is not known but held."""
OWN_ROUNDS, OWN_SHARE = 2, 0.2
"""How often lines are moved to where their partials are, and how far at most, as a share of the fundamental."""
GATE_S, DRIFT_S = 0.1, 0.04
"""Over how long that, and a partial's own frequency, are averaged."""
FINE_BINS = 8
"""Frequencies per bin of the noise window at which the loss of noise is reckoned."""


def apart(
    samples: AnyArray, rate_hz: int, note: float, *, hop_samples: int = HOP_SAMPLES, name: str = "the note"
) -> NoteParts:
    """Take a note apart; BridgeError with one line where it is no sound or its label cannot be.

    samples : (n_samples,) one channel; note : MIDI note, within 80 cents of what sounds.
    """
    samples = np.asarray(samples)
    check_note(samples, rate_hz, note, hop_samples, name)
    sound = samples.astype(np.float64)
    fundamental, stretch = track(sound, rate_hz, note, hop_samples)
    warp = Warp(sound, fundamental, hop_samples)
    limit = highest_hz(rate_hz)
    n_partials = max(1, partials_below(limit, warp.reference_hz, stretch))
    lines = _own_lines(warp, partial_places(n_partials, stretch), rate_hz)
    measured = lines.measure(warp.sound, warp.centres)
    rest = lines.rest(warp.sound, warp.centres, measured)

    noise = _noise(rest, warp.sound, warp.centres, lines, limit)
    off_hz, weight = lines.drift_hz(warp.sound, warp.centres)
    n_hops = DRIFT_S * rate_hz / hop_samples
    off_hz = smoothed(off_hz * weight, n_hops) / (smoothed(weight, n_hops) + 1e-30)
    off_hz = np.clip(off_hz, -rate_hz / lines.length, rate_hz / lines.length)
    amplitude = np.abs(measured) / lobe(off_hz * lines.length / rate_hz)
    noise_power = noise_bands.at_frequencies(noise, lines.line_hz, limit) * lines.noise_gain
    amplitude = amplitude * _audible(amplitude**2, noise_power, GATE_S * rate_hz / hop_samples)
    fundamental = _held(fundamental, amplitude, band_power(warp.sound, warp.centres, rate_hz, limit), note, limit)
    speed = fundamental / warp.reference_hz
    return NoteParts(
        rate_hz=rate_hz,
        hop_samples=hop_samples,
        n_samples=len(samples),
        fundamental_hz=fundamental,
        inharmonicity=stretch,
        amplitude=amplitude,
        partial_hz=(lines.line_hz + np.where(amplitude > 0.0, off_hz, 0.0)) * speed[:, None],
        noise=noise,
    )


def _own_lines(warp: Warp, places: F64, rate_hz: int) -> Lines:
    """Lines where the partials are: strings leave the law of their stretch by some Hz, each partial its own way."""
    length = lines_samples(rate_hz, warp.reference_hz)
    law_hz = places * warp.reference_hz
    lines = Lines(law_hz, rate_hz, length)
    for _ in range(OWN_ROUNDS):
        off_hz, weight = lines.drift_hz(warp.sound, warp.centres)
        mean_hz = np.sum(off_hz * weight, axis=0) / (np.sum(weight, axis=0) + 1e-30)
        furthest = OWN_SHARE * warp.reference_hz
        lines = Lines(law_hz + np.clip(lines.line_hz + mean_hz - law_hz, -furthest, furthest), rate_hz, length)
    return lines


def _noise(rest: F64, sound: F64, centres: AnyArray, lines: Lines, limit_hz: float) -> F64:
    """Power per Hz (n_hops, N_BANDS) of what is left, made good for what was taken with the partials.

    Where a partial begins or ends within its window, what is taken exceeds what is there: no band holds more than the
    sound itself, beyond what chance does.
    """
    fine = np.arange(0.0, limit_hz, lines.rate_hz / noise_bands.window_samples(lines.rate_hz) / FINE_BINS)
    passed = np.maximum(noise_bands.averages(lines.passed(fine), fine, limit_hz), 0.05)
    left = band_power(rest, centres, lines.rate_hz, limit_hz) / passed
    there = band_power(sound, centres, lines.rate_hz, limit_hz)
    return np.where(left > EXCESS * there, there, left)


def _held(fundamental: F64, amplitude: F64, power: F64, note: float, limit_hz: float) -> F64:
    """The fundamental, (n_hops,), between the hops with a tone without; the label's if none has one."""
    all_power = np.sum(power * noise_bands.widths_hz(limit_hz), axis=1)
    tonal = np.flatnonzero(0.5 * np.sum(amplitude**2, axis=1) > TONE_SHARE * all_power)
    if not len(tonal):
        return np.full(len(fundamental), hz_of_note(note))
    return np.asarray(np.interp(np.arange(len(fundamental)), tonal, fundamental[tonal]), np.float64)


def band_power(sound: AnyArray, centres: AnyArray, rate_hz: float, limit_hz: float) -> F64:
    """Power per Hz (n_centres, N_BANDS) around the centres, one-sided."""
    length = noise_bands.window_samples(rate_hz)
    window = scipy.signal.get_window("hann", length)
    spectra = np.fft.rfft(frames_at(sound, centres, length) * window)
    power = np.abs(spectra) ** 2 * 2.0 / (rate_hz * np.sum(window**2))
    return noise_bands.averages(power, np.fft.rfftfreq(length, 1.0 / rate_hz), limit_hz)


def _audible(power: F64, noise_power: F64, n_hops: float) -> F64:
    """Factors (n_hops, n_partials) that take the noise's share out of amplitudes; 0 where it hides the partial."""
    tone, hidden = smoothed(power, n_hops), smoothed(noise_power, n_hops)
    share = 1.0 - hidden / np.maximum(tone, 1e-30)
    return np.where(tone > GATE * hidden + 1e-20, np.sqrt(np.maximum(share, 0.0)), 0.0)
