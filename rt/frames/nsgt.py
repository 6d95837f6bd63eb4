"""Non-stationary Gabor transform in matrix form: every band has the same number of coefficients.

Band k is the part of the signal's spectrum under a Hann window as wide as its two neighbours are apart; its
coefficients are the inverse transform of that part, shifted to zero frequency. Offline: the whole signal at once.
Equal to the `nsgt` package (`NSGT(..., matrixform=True, reducedform=1)`), which a contract test checks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.fft

from rt.arrays import AnyArray
from rt.bundle.manifest import FrameSpec
from rt.frames.spec import centre_hz

MIN_WIDTH = 4
GROUP_BANDS = 24


class Nsgt:
    """The transform of signals of one length.

    A sine of amplitude 1 at a band's centre has coefficients of magnitude `sine_gain` there.
    """

    def __init__(self, spec: FrameSpec, n_samples: int, *, dtype: type[np.floating[Any]] = np.float32) -> None:
        self.n_samples = n_samples
        self._real = np.dtype(dtype)
        self._complex = np.dtype(np.complex64 if self._real == np.float32 else np.complex128)
        self._n_bands = spec.n_bins
        widths, starts = _windows(spec, n_samples)
        self.n_columns = int(widths[1:-1].max())
        self.columns_per_s = self.n_columns * spec.sample_rate_hz / n_samples
        self.sine_gain = 0.5 * n_samples / self.n_columns
        self._groups: list[tuple[slice, slice, AnyArray, AnyArray]] = []
        self._plan(widths, starts)

    def forward(self, samples: AnyArray) -> AnyArray:
        """Coefficients of a signal.

        samples : (n_samples,) real.
        Returns (n_columns, n_bins) complex; column i stands at i / columns_per_s seconds.
        """
        spectrum = scipy.fft.rfft(np.asarray(samples, self._real))
        bands = np.zeros(self._n_bands * self.n_columns, self._complex)
        bands[self._cells] = spectrum[self._bins] * self._window
        columns: AnyArray = scipy.fft.ifft(bands.reshape(self._n_bands, self.n_columns), axis=1, overwrite_x=True).T
        return columns

    def forward_at(self, samples: AnyArray, columns: AnyArray) -> AnyArray:
        """Some columns of `forward`, for the price of these alone.

        samples : (n_signals, n_samples) real. columns : (n,) indices.
        Returns (n_signals, n, n_bins) complex.
        """
        spectrum = scipy.fft.rfft(np.asarray(samples, self._real), axis=-1)
        n_signals, n_columns = len(spectrum), len(columns)
        found = np.empty((n_signals, n_columns, self._n_bands), self._complex)
        roots = np.exp(2j * np.pi * np.arange(self.n_columns) / self.n_columns).astype(self._complex)
        parts = spectrum[:, self._bins] * self._window
        for bands, cells, place, offsets in self._octaves():
            dense = np.zeros((n_signals, (bands.stop - bands.start) * len(offsets)), self._complex)
            dense[:, place] = parts[:, cells]
            waves = roots[np.outer(offsets, columns) % self.n_columns] / self.n_columns
            product = dense.reshape(-1, len(offsets)) @ waves
            found[:, :, bands] = product.reshape(n_signals, -1, n_columns).swapaxes(1, 2)
        return found

    def _octaves(self) -> list[tuple[slice, slice, AnyArray, AnyArray]]:
        """Groups of bands that are about as wide.

        Per group: its bands, its part of the flat lists, where those lie in a dense matrix, offsets of its columns.
        """
        if not self._groups:
            band, offset = self._cells // self.n_columns, self._cells % self.n_columns
            offset = np.where(offset >= (self.n_columns + 1) // 2, offset - self.n_columns, offset)
            for first in range(0, self._n_bands, GROUP_BANDS):
                bands = slice(first, min(first + GROUP_BANDS, self._n_bands))
                cells = slice(*np.searchsorted(band, (bands.start, bands.stop)))
                offsets = np.arange(offset[cells].min(), offset[cells].max() + 1)
                place = (band[cells] - first) * len(offsets) + offset[cells] - offsets[0]
                self._groups.append((bands, cells, place, offsets))
        return self._groups

    def inverse(self, coefficients: AnyArray) -> AnyArray:
        """The signal that has these coefficients, in the least-squares sense.

        What lies below the first and above the last band is lost.

        coefficients : (n_columns, n_bins) complex.
        Returns (n_samples,) real.
        """
        bands = scipy.fft.fft(np.asarray(coefficients.T, self._complex), axis=1).ravel()
        parts = bands[self._cells] * self._dual
        n_bins = self.n_samples // 2 + 1
        spectrum = np.empty(n_bins, self._complex)
        spectrum.real = np.bincount(self._bins, parts.real, n_bins)
        spectrum.imag = np.bincount(self._bins, parts.imag, n_bins)
        return np.asarray(scipy.fft.irfft(spectrum, self.n_samples))

    def _plan(self, widths: AnyArray, centres: AnyArray) -> None:
        """Flat lists: cell of the (n_bins, n_columns) matrix, bin of the spectrum, window, dual window."""
        diagonal = np.zeros(self.n_samples)
        cells, bins, windows = [], [], []
        for band, (width, centre) in enumerate(zip(widths, centres, strict=True), start=-1):
            offset = np.arange(-(width // 2), width - width // 2)
            window = 0.5 + 0.5 * np.cos(2.0 * np.pi * offset / width)
            place = (centre + offset) % self.n_samples
            diagonal[place] += self.n_columns * window**2
            if 0 <= band < self._n_bands:
                diagonal[-place % self.n_samples] += self.n_columns * window**2
                cells.append(band * self.n_columns + offset % self.n_columns)
                bins.append(place)
                windows.append(window)
        cell, place, window = np.concatenate(cells), np.concatenate(bins), np.concatenate(windows)
        positive = place <= self.n_samples // 2
        self._cells, self._bins = cell[positive], place[positive]
        self._window = window[positive].astype(self._real)
        dual = window[positive] * self.n_columns / diagonal[self._bins]
        self._dual = dual.astype(self._real)


def _windows(spec: FrameSpec, n_samples: int) -> tuple[AnyArray, AnyArray]:
    """Widths and centres in bins of the spectrum, with the bands at 0 Hz and at half the rate around ours."""
    half = spec.sample_rate_hz / 2.0
    place = np.concatenate(([0.0], centre_hz(spec), [half])) * n_samples / spec.sample_rate_hz
    widths = np.empty(len(place), np.int64)
    widths[0] = round(2.0 * place[1])
    widths[1:-1] = np.round(place[2:] - place[:-2])
    widths[-1] = round(n_samples - 2.0 * place[-2])
    centres = place.copy()
    centres[-2] = (place[-3] + place[-1]) / 2.0  # the package centres its last band between its neighbours
    return np.maximum(widths, MIN_WIDTH), np.round(centres).astype(np.int64)
