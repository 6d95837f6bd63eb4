"""Peak-locked renderer: a frame of log-spaced magnitudes becomes the spectrum of one analysis window.

Local maxima are read as sines at an interpolated frequency; the bands around them take their phase, and
the others run free at their own centre. Every sine is drawn as the lobe of the Hann window, at any sample
rate, so there is no resampler. Phase propagation locked to peaks goes back to Laroche and Dolson, "Improved phase
vocoder time-scale modification of audio" (1999); the sub-band frequency follows from two Hann bands splitting a
sine w : 1 - w.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.dsp.compiled import compiled
from rt.dsp.windows import N_LOBE_STEPS

PAD = 4
"""Bins below zero that a lobe may light; they are folded back."""
REACH = 3
"""Bands on each side that a peak takes along."""
PROMINENCE = 1.5
"""A peak stands this much above the minima within NEIGHBOURS bands on both sides."""
NEIGHBOURS = 5
QUIET = 1e-4
"""Bands this far below the loudest one are left out."""
TWO_OVER_PI = 2.0 / np.pi


@compiled
def cosine_sine(phase: F64, cosine: F32, sine: F32, n: int) -> None:
    """Cosine and sine of n phases in cycles, 0..1, to 2e-6; a polynomial, so that the loop vectorises."""
    for i in range(n):
        x = np.float32(phase[i] - 0.5)  # -0.5 .. 0.5 of a cycle; the half turn is undone by the signs below
        a = np.float32(0.25) - abs(x)  # sine of a folded into a quarter turn is the cosine of x
        b = (
            x
            if abs(x) <= np.float32(0.25)
            else (np.float32(0.5) - abs(x)) * (np.float32(1.0) if x > 0 else np.float32(-1.0))
        )
        cosine[i] = -_quarter(a)
        sine[i] = -_quarter(b)


@compiled
def _quarter(x: np.float32) -> np.float32:
    """Sine of 2 pi x for |x| <= 1/4."""
    y = x * np.float32(6.283185307)
    z = y * y
    return y * (
        np.float32(1.0)
        + z
        * (
            np.float32(-0.16666667)
            + z * (np.float32(8.3333310e-3) + z * (np.float32(-1.9840874e-4) + z * np.float32(2.7525562e-6)))
        )
    )


@compiled
def find_sines(
    frame: F32,
    frequency_hz: F64,
    phase: F64,
    advance_s: float,
    ratio: float,
    limit_hz: float,
    scratch: F64,
    mark: AnyArray,
) -> int:
    """List the sines of a frame and move every band's phase on by one hop.

    frame : (n_bands,) magnitudes; a sine of amplitude 1 at a band's centre is 1.
    phase : (n_bands,) cycles 0..1, advanced in place.
    advance_s : hop in seconds. ratio : factor on all frequencies. limit_hz : sines above are dropped.
    scratch : (3, n_bands) receives frequency in Hz, amplitude and phase of each sine.
    mark : (n_bands,) int8, work space.

    Returns the number of sines.
    """
    n = len(frame)
    loudest = np.float32(0.0)
    for k in range(n):
        loudest = max(loudest, frame[k])
        mark[k] = 0
    step = advance_s * ratio
    if loudest <= 1e-7:
        for k in range(n):
            p = phase[k] + step * frequency_hz[k]
            phase[k] = p - np.floor(p)
        return 0
    quiet = loudest * np.float32(QUIET)
    count = 0
    for k in range(1, n - 1):
        x = frame[k]
        if x <= quiet or x <= frame[k - 1] or x < frame[k + 1]:
            continue
        low_left = x
        for j in range(max(0, k - NEIGHBOURS), k):
            low_left = min(low_left, frame[j])
        low_right = x
        for j in range(k + 1, min(n - 1, k + NEIGHBOURS) + 1):
            low_right = min(low_right, frame[j])
        if x < np.float32(PROMINENCE) * max(low_left, low_right):
            continue
        above = np.arctan(np.sqrt(frame[k + 1] / x))
        below = np.arctan(np.sqrt(frame[k - 1] / x))
        d = (above - below) * TWO_OVER_PI
        if d >= 0.0:
            f = frequency_hz[k] + d * (frequency_hz[k + 1] - frequency_hz[k])
        else:
            f = frequency_hz[k] + d * (frequency_hz[k] - frequency_hz[k - 1])
        p = phase[k] + step * f
        p -= np.floor(p)
        power = x * x
        mark[k] = 1
        phase[k] = p
        j = k - 1
        while j >= 0 and k - j <= REACH and frame[j] <= frame[j + 1]:
            if mark[j] == 0:
                power += frame[j] * frame[j]
                mark[j] = 2
                phase[j] = p
            j -= 1
        j = k + 1
        while j < n and j - k <= REACH and frame[j] <= frame[j - 1]:
            power += frame[j] * frame[j]
            mark[j] = 2
            phase[j] = p
            j += 1
        if f * ratio < limit_hz:
            w = np.cos(0.5 * np.pi * d) ** 2
            scratch[0, count] = f * ratio
            scratch[1, count] = np.sqrt(power / (w * w + (1.0 - w) * (1.0 - w)))
            scratch[2, count] = p
            count += 1
    for k in range(n):
        if mark[k] == 0:
            p = phase[k] + step * frequency_hz[k]
            p -= np.floor(p)
            phase[k] = p
            if frame[k] > quiet and frequency_hz[k] * ratio < limit_hz:
                scratch[0, count] = frequency_hz[k] * ratio
                scratch[1, count] = frame[k]
                scratch[2, count] = p
                count += 1
    return count


@compiled
def draw_sines(
    scratch: F64,
    count: int,
    bins_per_hz: float,
    lobes: F32,
    real: F32,
    imag: F32,
    cosine: F32,
    sine: F32,
    spectrum: AnyArray,
) -> None:
    """Draw sines as window lobes into a one-sided spectrum, which is overwritten.

    scratch : (3, n) frequency, amplitude and phase at the window's middle, as `find_sines` leaves them.
    real, imag : (PAD + n_bins + PAD,) work space. cosine, sine : (n,) work space.
    spectrum : (n_bins,) complex64, transform of the window counted from its first sample.
    """
    n_bins = len(spectrum)
    for b in range(len(real)):
        real[b] = 0.0
        imag[b] = 0.0
    cosine_sine(scratch[2], cosine, sine, count)
    for i in range(count):
        u = scratch[0, i] * bins_per_hz
        b = int(u)
        a = np.float32(0.5 * scratch[1, i])
        c = a * cosine[i]
        s = a * sine[i]
        x = (u - b) * N_LOBE_STEPS
        t = int(x)
        w = np.float32(x - t)
        first = b + PAD - 3
        for m in range(8):
            v = lobes[t, m] + w * (lobes[t + 1, m] - lobes[t, m])
            real[first + m] += v * c
            imag[first + m] += v * s
    for b in range(1, PAD):  # image of the negative frequencies
        real[PAD + b] += real[PAD - b]
        imag[PAD + b] -= imag[PAD - b]
    real[PAD] *= np.float32(2.0)
    imag[PAD] = 0.0
    sign = np.float32(1.0)  # from the middle of the window to its first sample
    for b in range(n_bins):
        spectrum[b] = complex(sign * real[PAD + b], sign * imag[PAD + b])
        sign = -sign
