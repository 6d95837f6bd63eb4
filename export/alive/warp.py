"""Time measured in cycles: a sound stretched so that its fundamental stands still.

Along that time all partials of a vibrato are steady lines, and one constant matrix measures them in every hop.
"""

from __future__ import annotations

import numpy as np
import scipy.fft
import scipy.interpolate
import scipy.ndimage

from rt.arrays import F64, AnyArray

_PAD = 64


class Warp:
    """A sound along the cycles of a fundamental of (n_hops,) Hz, hops centred on multiples of hop_samples."""

    def __init__(self, sound: AnyArray, fundamental_hz: AnyArray, hop_samples: int) -> None:
        self.reference_hz = float(np.median(fundamental_hz))
        n_samples, n_hops = len(sound), len(fundamental_hz)
        hops = np.arange(n_hops) * hop_samples
        self.speed = np.asarray(fundamental_hz, np.float64) / self.reference_hz
        """(n_hops,) samples of the warped sound per sample of the sound."""
        if np.ptp(fundamental_hz) == 0.0:
            self.sound, self.centres = np.asarray(sound, np.float64), hops
            return
        pace = scipy.interpolate.CubicSpline(hops, self.speed)(np.arange(n_samples))
        places = np.concatenate([[0.0], np.cumsum(0.5 * (pace[1:] + pace[:-1]))])
        self.centres = np.rint(np.interp(hops, np.arange(n_samples), places)).astype(np.int64)
        at = np.interp(np.arange(int(places[-1]) + 1), places, np.arange(n_samples))
        self.sound = at_places(sound, at)


def at_places(sound: AnyArray, places: AnyArray) -> F64:
    """A sound at fractional places; exact to -60 dB up to nine tenths of the band."""
    padded = np.zeros(scipy.fft.next_fast_len(len(sound) + 2 * _PAD, real=True))
    padded[_PAD : _PAD + len(sound)] = sound
    spectrum = scipy.fft.rfft(padded)
    fine = 2.0 * scipy.fft.irfft(spectrum, 2 * len(padded))
    return np.asarray(scipy.ndimage.map_coordinates(fine, [2.0 * (places + _PAD)], order=5), np.float64)


def frames_at(sound: AnyArray, centres: AnyArray, length: int) -> AnyArray:
    """Frames (n, length) around the centres, a view per frame; zeros outside of the sound."""
    padded = np.pad(sound, length)
    starts = np.clip(np.asarray(centres) + length - length // 2, 0, len(padded) - length)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length)[starts])
