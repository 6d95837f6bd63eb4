"""Peak-locked renderer: a frame of log-spaced magnitudes becomes the spectrum of one analysis window.

Local maxima are read as sines at an interpolated frequency, and the bands around them, their skirts, as a wobble of
that frequency: pairs of weak sines around the strong one, in quadrature to it, so that the skirts are filled and the
level stays steady. All other bands run free at their own centre. Every sine is drawn as the lobe of the Hann window, at
any sample rate, so there is no resampler. Phase propagation locked to peaks goes back to Laroche and Dolson, "Improved
phase vocoder time-scale modification of audio" (1999); the sub-band frequency follows from two Hann bands splitting a
sine w : 1 - w.
"""

from __future__ import annotations

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.dsp.jit import jit
from rt.dsp.windows import N_LOBE_STEPS

PAD = 4
"""Bins below zero that a lobe may light; they are folded back."""
REACH = 2
"""Bands on each side that a peak takes along, as pairs of skirts."""
N_PHASES = 1 + REACH
"""Phases kept per band: the sine's own, and those of its wobbles."""
N_SINES = 3
"""Sines per band that a frame can need at most."""
DEPTH = 0.2
"""Share of the peak that a skirt of the first pair may have: the pitch wobbles by no more than two fifths of a band."""
FAINT = 0.012
"""Share of the loudest band that any skirt may have: next to weak peaks there is noise, which keeps its level."""
SLOW_HZ = 9.0
"""Wobbles slower than this are weaker in proportion: they would be heard, and measured, as a false pitch."""
PROMINENCE = 1.5
"""A peak stands this much above the minima within NEIGHBOURS bands on both sides."""
NEIGHBOURS = 5
QUIET = 1e-4
"""Bands this far below the loudest one are left out."""
TWO_OVER_PI = 2.0 / np.pi


@jit
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


@jit
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


@jit
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
    phase : (N_PHASES, n_bands) cycles 0..1, advanced in place.
    advance_s : hop in seconds. ratio : factor on all frequencies. limit_hz : sines above are dropped.
    scratch : (3, N_SINES * n_bands) receives frequency in Hz, amplitude and phase of each sine.
    mark : (n_bands,) int8, work space.

    Returns the number of sines.
    """
    n = len(frame)
    loudest = np.float32(0.0)
    for k in range(n):
        loudest = max(loudest, frame[k])
        mark[k] = 0
    step = advance_s * ratio
    faint = loudest * np.float32(FAINT)
    quiet = loudest * np.float32(QUIET) if loudest > 1e-7 else np.float32(np.inf)
    count = 0
    for k in range(1, n - 1):
        if frame[k] > quiet and _is_peak(frame, k):
            count = _add_peak(frame, k, frequency_hz, phase, step, ratio, limit_hz, quiet, faint, scratch, mark, count)
    for k in range(n):
        if mark[k] == 0:
            p = phase[0, k] + step * frequency_hz[k]
            p -= np.floor(p)
            phase[0, k] = p
            if frame[k] > quiet and frequency_hz[k] * ratio < limit_hz:
                count = _add_sine(scratch, count, frequency_hz[k] * ratio, frame[k], p)
    return count


@jit
def _add_sine(scratch: F64, count: int, hz: float, amplitude: float, phase: float) -> int:
    """Append a sine to the list; the new count."""
    scratch[0, count] = hz
    scratch[1, count] = amplitude
    scratch[2, count] = phase - np.floor(phase)
    return count + 1


@jit
def _is_peak(frame: F32, k: int) -> bool:
    """Whether band k is a local maximum that stands out on both sides."""
    x = frame[k]
    if x <= frame[k - 1] or x < frame[k + 1]:
        return False
    low_left = x
    for j in range(max(0, k - NEIGHBOURS), k):
        low_left = min(low_left, frame[j])
    low_right = x
    for j in range(k + 1, min(len(frame) - 1, k + NEIGHBOURS) + 1):
        low_right = min(low_right, frame[j])
    return bool(x >= np.float32(PROMINENCE) * max(low_left, low_right))


@jit
def _add_peak(
    frame: F32,
    k: int,
    frequency_hz: F64,
    phase: F64,
    step: float,
    ratio: float,
    limit_hz: float,
    quiet: np.float32,
    faint: np.float32,
    scratch: F64,
    mark: AnyArray,
    count: int,
) -> int:
    """Append the sine of the peak at band k and its skirts; the new count.

    A clean sine lights two bands w : 1 - w, and symmetrical blur adds as much to both sides: the louder neighbour less
    the other one is the sine's. Its amplitude is the one that meets both bands best.
    """
    x = frame[k]
    side = 1 if frame[k + 1] >= frame[k - 1] else -1
    near, far = frame[k + side], frame[k - side]
    share = (near - far) / x
    place = TWO_OVER_PI * np.arctan(np.sqrt(share))  # bands from k towards the louder neighbour, 0..1/2
    f = frequency_hz[k] + place * (frequency_hz[k + side] - frequency_hz[k])
    p = phase[0, k] + step * f
    p -= np.floor(p)
    phase[0, k] = p
    mark[k] = 1
    for towards in (-1, 1):
        j = k + towards
        while 0 <= j < len(frame) and abs(j - k) <= REACH and frame[j] <= frame[j - towards]:
            if mark[j] == 0:
                mark[j] = 2
            phase[0, j] = p
            j += towards
    if not f * ratio < limit_hz:  # nor what is not a number
        return count
    w = 1.0 / (1.0 + share)
    amplitude = (x * w + near * (1.0 - w)) / (w * w + (1.0 - w) * (1.0 - w))
    count = _add_sine(scratch, count, f * ratio, amplitude, p)
    if k < REACH or k + REACH >= len(frame):
        return count
    # A skirt lies whole bands and a bit further away, so that neither side lights bands that have nothing to show.
    further = max(1.3 * place - 0.15, 0.0)
    hit = np.cos(0.5 * np.pi * (place + further)) ** 2
    lower_hit = np.cos(0.5 * np.pi * (place - further)) ** 2
    norm = hit * hit + (1.0 - hit) * (1.0 - hit)
    left_over = np.sqrt(max(near * near - (near - far) * (near - far), np.float32(0.0)))
    spacing = abs(frequency_hz[k + side] - frequency_hz[k])
    for m in range(1, REACH + 1):
        outer = frame[k + (m + 1) * side] if m < REACH and mark[k + (m + 1) * side] == 2 else np.float32(0.0)
        upper = (left_over * hit + outer * (1.0 - hit)) / norm
        left_over = max(outer - upper * (1.0 - hit), 0.0)
        lower = frame[k - m * side] / lower_hit if mark[k - m * side] == 2 else 0.0
        away = (m + further) * spacing
        most = DEPTH * amplitude / m * min(away / SLOW_HZ, 1.0)
        lower = min(lower, max(most, faint))
        upper = min(upper, max(min(most, lower), faint))
        q = phase[m, k] + away * step
        q -= np.floor(q)
        for j in range(k - REACH, k + REACH + 1):
            if mark[j] > 0:
                phase[m, j] = q
        if lower > quiet:
            count = _add_sine(scratch, count, (f - side * away) * ratio, lower, p - side * q + 0.25)
        if upper > quiet and (f + side * away) * ratio < limit_hz:
            count = _add_sine(scratch, count, (f + side * away) * ratio, upper, p + side * q + 0.25)
    return count


@jit
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
