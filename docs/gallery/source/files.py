"""Sounds as OGG and spectrograms as pictures, the same bytes every time."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import numpy as np
import scipy.signal
import soundfile

from rt.arrays import F32
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz
from rt.offline.recording import resampled

RATE_HZ = 24_000
"""Of everything on the page; the model's bands end at 11 kHz."""
QUALITY = 0.72
"""Compression of the OGG files: 0 is none, 1 is most."""
LEVEL_DB, MOST = -21.0, 0.9
"""Every sound is brought to this level, or as near as its peak allows."""
SERIAL = 1
N_COLUMNS, N_COLOURS = 400, 24
RANGE_DB = 60.0
REST_S = 0.3
INK = "#b0b0b0"
TICKS_HZ = (125, 500, 2000, 8000)


def read(path: Path) -> F32:
    """A sound file (n,) at RATE_HZ, its channels averaged."""
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    return resampled(samples.mean(axis=1), rate_hz, RATE_HZ)


def levelled(samples: F32) -> F32:
    """The same at the usual level."""
    loud = samples[np.abs(samples) > 1e-3 * np.abs(samples).max(initial=0.0)]
    rms = math.sqrt(float(np.mean(np.square(loud, dtype=np.float64)))) if len(loud) else 1.0
    gain = min(10.0 ** (LEVEL_DB / 20.0) / rms, MOST / max(float(np.abs(samples).max(initial=0.0)), 1e-9))
    return np.asarray(samples * np.float32(gain), np.float32)


def write_ogg(path: Path, samples: F32) -> None:
    """Write (n,) at RATE_HZ; the stream's serial number, which is drawn by chance, becomes SERIAL."""
    soundfile.write(path, samples, RATE_HZ, format="OGG", subtype="VORBIS", compression_level=QUALITY)
    data, at = bytearray(path.read_bytes()), 0
    while at < len(data):
        n_segments = data[at + 26]
        end = at + 27 + n_segments + sum(data[at + 27 : at + 27 + n_segments])
        data[at + 14 : at + 18] = struct.pack("<I", SERIAL)
        data[at + 22 : at + 26] = bytes(4)
        data[at + 22 : at + 26] = struct.pack("<I", _checksum(bytes(data[at:end])))
        at = end
    path.write_bytes(bytes(data))


def draw(path: Path, samples: F32) -> None:
    """Spectrogram of (n,) at RATE_HZ over the model's bands, as a small PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.2, 1.5), dpi=150, facecolor="black", layout="constrained")
    axes = figure.add_subplot(facecolor="black")
    seconds = len(samples) / RATE_HZ
    axes.imshow(
        _spectrogram(samples).T,
        origin="lower",
        aspect="auto",
        extent=(0.0, seconds, 0, NSGT_410.n_bins),
        vmin=-RANGE_DB,
        vmax=0.0,
        cmap="magma",
        interpolation="nearest",
    )
    axes.set_yticks(np.interp(TICKS_HZ, centre_hz(NSGT_410), np.arange(NSGT_410.n_bins)), ["125", "500", "2k", "8k"])
    axes.tick_params(labelsize=7, length=2, pad=1, colors=INK)
    axes.set_xticks(range(0, math.ceil(seconds)))
    figure.savefig(path)
    shrink(path)


def shrink(path: Path, *, colours: int = N_COLOURS) -> None:
    """Write a PNG anew with few colours."""
    from PIL import Image

    with Image.open(path) as image:
        few = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def distance_db(samples: F32, original: F32) -> float:
    """Mean over the sounding frames of the root mean square difference of two spectra in dB, 60 dB deep."""
    levels = []
    for sound in (samples, original):
        n = min(len(samples), len(original))
        _, _, spectrum = scipy.signal.stft(sound[:n], RATE_HZ, nperseg=1024, noverlap=768)
        levels.append(20.0 * np.log10(np.abs(spectrum) + 1e-9))
    ours, theirs = levels
    top = theirs.max()
    heard = theirs.max(axis=0) > top - 50.0
    difference = np.maximum(ours, top - RANGE_DB) - np.maximum(theirs, top - RANGE_DB)
    audible = np.maximum(ours, theirs) > top - RANGE_DB
    squares = np.where(audible, difference**2, 0.0).sum(axis=0) / np.maximum(audible.sum(axis=0), 1)
    return float(np.sqrt(squares)[heard].mean())


def _spectrogram(samples: F32) -> F32:
    """(N_COLUMNS, n_bins) in dB below the loudest; every column keeps its loudest moment."""
    sound = resampled(samples, RATE_HZ, NSGT_410.sample_rate_hz)
    rest = np.zeros(round(REST_S * NSGT_410.sample_rate_hz), np.float32)  # else the end meets the beginning
    transform = Nsgt(NSGT_410, len(sound) + len(rest))
    n_columns = round(len(sound) / NSGT_410.sample_rate_hz * transform.columns_per_s)
    magnitudes = np.abs(transform.forward(np.concatenate([sound, rest]))[:n_columns])
    edges = np.linspace(0, len(magnitudes), N_COLUMNS + 1).astype(int)
    columns = np.maximum.reduceat(magnitudes, edges[:-1], axis=0)
    return np.asarray(20.0 * np.log10(columns / max(columns.max(), 1e-9) + 1e-6), np.float32)


def _checksum(page: bytes) -> int:
    """Of an OGG page: CRC-32 with the polynomial 04c11db7, most significant bit first."""
    value = 0
    for byte in page:
        value = (value << 8) & 0xFFFFFFFF ^ _TABLE[(value >> 24) ^ byte]
    return value


def _row(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_TABLE = [_row(value) for value in range(256)]
