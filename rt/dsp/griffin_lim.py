"""One projection of streaming Griffin-Lim, for several voices at once.

Zhu, Beauregard, Wyse, "Real-time signal estimation from modified short-time Fourier transform magnitude
spectra" (2007), without look-ahead; the estimate is divided by the windows that are present, without which it
stalls (least squares over the truncated overlap-add).
"""

from __future__ import annotations

import numpy as np
import scipy.fft

from rt.arrays import C64, F32, I64
from rt.dsp.jit import jit


@jit
def impose(spectra: C64, magnitudes: F32) -> None:
    """Give spectra the wanted magnitudes and keep their phases, in place; both (n_voices, n_bins)."""
    n_voices, n_bins = spectra.shape
    for v in range(n_voices):
        for b in range(n_bins):
            z = spectra[v, b]
            power = z.real * z.real + z.imag * z.imag
            scale = magnitudes[v, b] / np.sqrt(power + np.float32(1e-20))
            spectra[v, b] = complex(z.real * scale, z.imag * scale)


@jit
def project(pieces: F32, tails: F32, slots: I64, estimate: F32, synthesis: F32, magnitudes: F32) -> F32:
    """One iteration: the overlap-add with the new pieces, its phases, the wanted magnitudes, the new pieces.

    pieces : (n, window) windowed pieces of this hop. tails : (n_slots, window) running overlap-adds; `slots` (n,) says
    which belongs to which. magnitudes : (n, n_bins). Returns the new pieces (n, window).
    """
    n, window = pieces.shape
    for v in range(n):
        tail = tails[slots[v]]
        for i in range(window):
            pieces[v, i] = (pieces[v, i] + tail[i]) * estimate[i]
    spectra = scipy.fft.rfft(pieces)
    impose(spectra, magnitudes)
    result: F32 = scipy.fft.irfft(spectra)
    for v in range(n):
        for i in range(window):
            result[v, i] *= synthesis[i]
    return result
