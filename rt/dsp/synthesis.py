"""Hops of sound from frames: first spectra, Griffin-Lim, overlap-add; and the unheard past of a voice that begins."""

from __future__ import annotations

import numpy as np
import scipy.fft

from rt.arrays import C64, F32, F64
from rt.dsp.classic import guess_spectra
from rt.dsp.griffin_lim import project
from rt.dsp.jit import jit
from rt.dsp.noise import add_noise, preroll_noise, take_hop
from rt.dsp.renderer import draw_sines, find_sines
from rt.dsp.voice_table import (
    FRAME_LENGTH,
    FRAME_POSITION,
    LOUDEST,
    MOST_MAGNITUDE,
    MOST_RATIO,
    NON_FINITE,
    POSITION,
    RATIO,
    Tables,
)


@jit
def _mix_frames(row: F64, frame_a: F32, frame_b: F32, out: F32) -> None:
    """The frame at this moment, between A and B; what is no magnitude is silence."""
    share = np.float32(min(max(row[FRAME_POSITION] / max(row[FRAME_LENGTH], 1.0), 0.0), 1.0))
    for k in range(len(out)):
        x = frame_a[k] + share * (frame_b[k] - frame_a[k])
        out[k] = x if np.float32(0.0) <= x <= np.float32(MOST_MAGNITUDE) else np.float32(0.0)


@jit
def _ratio(row: F64) -> float:
    """Factor on all frequencies, held within four octaves; 1 where it is no number."""
    ratio = row[RATIO]
    return float(min(max(ratio, 1.0 / MOST_RATIO), MOST_RATIO)) if ratio == ratio else 1.0


@jit
def _emit(pieces: F32, n: int, t: Tables) -> None:
    """Add finished pieces to the overlap-adds and take one hop out of each."""
    window = t.tails.shape[1]
    hop = t.hops.shape[1]
    for v in range(n):
        s = t.slots[v]
        tail = t.tails[s]
        total = np.float32(0.0)
        for i in range(window):
            tail[i] += pieces[v, i]
        for i in range(hop):
            t.hops[s, i] = tail[i]
            total += abs(tail[i])
        for i in range(window - hop):
            tail[i] = tail[i + hop]
        for i in range(window - hop, window):
            tail[i] = 0.0
        if len(t.noise_low) > 0:
            take_hop(s, t)
            for i in range(hop):
                total += abs(t.hops[s, i])
        t.state[s, POSITION] = 0.0
        if not total < LOUDEST:  # what is no number neither; the next hop begins anew
            tail[:] = 0.0
            if len(t.noise_low) > 0:
                t.noise_tails[s] = 0.0
            t.hops[s, :] = 0.0
            t.state[s, NON_FINITE] = 1.0


@jit
def _spectra(n: int, t: Tables, spectra: C64, magnitudes: F32) -> None:
    """First spectra of the voices in slots[:n], and the magnitudes they should have."""
    window = t.tails.shape[1]
    hop_s = t.hops.shape[1] / t.sample_rate_hz
    for v in range(n):
        s = t.slots[v]
        ratio = _ratio(t.state[s])
        _mix_frames(t.state[s], t.frame_a[s], t.frame_b[s], t.frame)
        if len(t.map_start) > 0:
            guess_spectra(
                t.frame,
                ratio,
                t.bands_per_octave,
                t.tails[s],
                t.analysis,
                t.map_start,
                t.map_weight,
                magnitudes[v],
                spectra[v],
            )
            continue
        count = find_sines(
            t.frame, t.frequency_hz, t.phase[s], hop_s, ratio, 0.49 * t.sample_rate_hz, t.scratch, t.mark
        )
        draw_sines(t.scratch, count, window / t.sample_rate_hz, t.lobes, t.real, t.imag, t.cosine, t.sine, spectra[v])
        for b in range(spectra.shape[1]):
            z = spectra[v, b]
            magnitudes[v, b] = np.sqrt(z.real * z.real + z.imag * z.imag)


@jit
def render_hops(n: int, iterations: int, t: Tables) -> None:
    """One hop of the voices in slots[:n]."""
    window = t.tails.shape[1]
    n_bins = window // 2 + 1
    spectra = np.empty((n, n_bins), np.complex64)
    magnitudes = np.empty((n, n_bins), np.float32)
    _spectra(n, t, spectra, magnitudes)
    pieces = scipy.fft.irfft(spectra)
    for v in range(n):
        for i in range(window):
            pieces[v, i] *= t.synthesis[i]
    for _ in range(iterations):
        pieces = project(pieces, t.tails, t.slots[:n], t.estimate, t.synthesis, magnitudes)
    if len(t.noise_low) > 0:
        add_noise(n, t)
    _emit(pieces, n, t)


@jit
def preroll_classic(slot: int, iterations: int, t: Tables) -> None:
    """Play the frames of the past window of one voice, of which only the last hop will be heard."""
    t.slots[0] = slot
    for _ in range(t.tails.shape[1] // t.hops.shape[1]):
        render_hops(1, iterations, t)


@jit
def preroll_locked(slot: int, iterations: int, t: Tables) -> None:
    """The same for predicted phases: the past is the first frame's sines, their phases turned back."""
    window, hop = t.tails.shape[1], t.hops.shape[1]
    n_past = window // hop - 1
    n_bins = window // 2 + 1
    row, tail = t.state[slot], t.tails[slot]
    hop_s = hop / t.sample_rate_hz
    bins_per_hz = window / t.sample_rate_hz
    _mix_frames(row, t.frame_a[slot], t.frame_b[slot], t.frame)
    count = find_sines(
        t.frame, t.frequency_hz, t.phase[slot], hop_s, _ratio(row), 0.49 * t.sample_rate_hz, t.scratch, t.mark
    )
    spectra = np.empty((n_past + 1, n_bins), np.complex64)
    for past in range(n_past + 1):
        if past > 0:
            for i in range(count):
                phase = t.scratch[2, i] - hop_s * t.scratch[0, i]
                t.scratch[2, i] = phase - np.floor(phase)
        draw_sines(t.scratch, count, bins_per_hz, t.lobes, t.real, t.imag, t.cosine, t.sine, spectra[past])
    pieces = scipy.fft.irfft(spectra)
    for past in range(1, n_past + 1):
        for i in range(past * hop, window):
            tail[i - past * hop] += pieces[past, i] * t.synthesis[i]
    magnitudes = np.empty((1, n_bins), np.float32)
    for b in range(n_bins):
        z = spectra[0, b]
        magnitudes[0, b] = np.sqrt(z.real * z.real + z.imag * z.imag)
    newest = pieces[:1]
    for i in range(window):
        newest[0, i] *= t.synthesis[i]
    t.slots[0] = slot
    for _ in range(iterations):
        newest = project(newest, t.tails, t.slots[:1], t.estimate, t.synthesis, magnitudes)
    if len(t.noise_low) > 0:
        preroll_noise(slot, t)
        add_noise(1, t)
    _emit(newest, 1, t)
