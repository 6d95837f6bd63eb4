"""What `tests.bench.sound` listens to: single notes of recordings, and frames of a bundle's decoder."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import librosa
import numpy as np
import soundfile

from rt.arrays import F32
from rt.frames.symbols import SymbolLayout
from rt.model import Model
from rt.units import hz_of_note, note_of_name
from tests.bench.sound_measures import RATE_HZ, band_magnitudes, periodicity

Item = TypeVar("Item")
LONGEST_S = 2.0
FADE_S = 0.05
PAD_S = 0.6
"""Silence around a recording while it is analysed: the transform takes its end for its beginning's past."""
HELD_S = 0.15
LEAST_HNR_DB = 6.0
"""A recording less periodic than this at its label is mislabelled or no single note."""


@dataclass(frozen=True, slots=True)
class RecordedNote:
    """Frames to be made to sound, and where they come from."""

    name: str
    pitch_hz: float
    """Of the recording itself, or of the label where there is no recording."""
    held: F32
    """(n_bands,) one frame to be held."""
    sound: F32
    """(n,) the recording at RATE_HZ, empty where there is none."""
    frames: F32
    """(n_columns, n_bands) of the recording and the silence around it."""
    columns_per_s: float
    pad_samples: int = 0
    """Silence before and after the recording in `frames`."""

    @property
    def digest(self) -> str:
        """Name of all that is in it."""
        found = hashlib.sha256(repr((self.name, self.pitch_hz, self.columns_per_s)).encode())
        for part in (self.held, self.sound, self.frames):
            found.update(np.ascontiguousarray(part).tobytes())
        return found.hexdigest()[:16]


def philharmonia(folder: Path, n_notes: int) -> Iterator[RecordedNote]:
    """Notes of the Philharmonia Orchestra's recordings, spread evenly over the files of a second or longer."""
    files = sorted(f for f in folder.rglob("*_normal.mp3") if re.search(r"_(1|15)_[a-z-]*(piano|forte)", f.name))
    for file in _spread(files, n_notes):
        named = re.search(r"_([A-G]s?\d)_", file.name)
        note = note_of_name(named[1]) if named else None
        assert note is not None
        yield from _recorded(file.stem, note, *soundfile.read(file, dtype="float32", always_2d=True))


def piano(folder: Path, n_notes: int) -> Iterator[RecordedNote]:
    """Keys of the Salamander piano, spread evenly over those of all its archives (@audio-samples/piano-velocityN)."""
    found = []
    for archive in sorted(folder.glob("*piano-velocity*.tgz")):
        with tarfile.open(archive) as opened:
            found += [(archive, name) for name in opened.getnames() if name.endswith(".ogg")]
    found.sort(key=lambda item: (re.sub(r"(.*/)([A-G]#?)(\d)(v.*)", r"\3\2\4", item[1]), item[0]))
    for archive, name in _spread(found, n_notes):
        named = re.search(r"/([A-G]#?\d)v", name)
        note = note_of_name(named[1]) if named else None
        with tarfile.open(archive) as opened:
            stream = opened.extractfile(name)
            assert note is not None and stream
            samples, rate_hz = soundfile.read(io.BytesIO(stream.read()), dtype="float32", always_2d=True)
        yield from _recorded(Path(name).stem, note, samples, rate_hz)


def decoded(model: Model, n_notes: int, age_s: float = 0.5) -> Iterator[RecordedNote]:
    """Frames of a bundle: all instruments, spread over ranges and dynamics, half a second after the onset."""
    manifest = model.manifest
    layout = SymbolLayout(manifest.symbols)
    n_each = -(-n_notes // len(manifest.instruments))
    n_dynamics = len(manifest.symbol("dynamics").classes) - 1
    for index, spec in enumerate(manifest.instruments):
        for i, place in enumerate(np.linspace(0.05, 0.85, n_each)):
            note = round(spec.low_note + place * (spec.high_note - spec.low_note))
            dynamics = float((2 * i + 1) % n_dynamics)
            latent, _ = model.encode(layout.encode(note, dynamics, index)[None], np.asarray([age_s], np.float32))
            pitch_hz = hz_of_note(note) * 2 ** (spec.tuning_cents[note - spec.low_note] / 1200.0)
            nothing = np.zeros(0, np.float32)
            frame = model.decode(latent)[0]
            yield RecordedNote(
                f"{spec.name} {note}", pitch_hz, frame, nothing, np.zeros((0, len(frame)), np.float32), 1.0
            )


def _spread(items: list[Item], n: int) -> list[Item]:
    """So many of the items, evenly spread."""
    return [items[i] for i in np.linspace(0, len(items) - 1, min(n, len(items))).round().astype(int).tolist()]


def _recorded(name: str, note: int, samples: F32, rate_hz: int) -> Iterator[RecordedNote]:
    """One recording, mono, its peak at 0.5, cut at the onset and after LONGEST_S; nothing when it is not that note."""
    sound = librosa.resample(samples.mean(axis=1), orig_sr=rate_hz, target_sr=RATE_HZ)
    sound = sound / (np.abs(sound).max() + 1e-9) * 0.5
    loud = np.sqrt(np.convolve(sound**2, np.ones(441) / 441, "same"))
    heard = np.nonzero(loud > 0.02 * loud.max())[0]
    sound = sound[max(0, heard[0] - 200) : heard[-1]][: int(LONGEST_S * RATE_HZ)].astype(np.float32)
    fade = int(FADE_S * RATE_HZ)
    sound[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    pad = int(PAD_S * RATE_HZ)
    frames, columns_per_s = band_magnitudes(np.pad(sound, pad))
    first, last = (int((pad + place) / RATE_HZ * columns_per_s) for place in (0, len(sound)))
    inside = frames[first:last]
    n = int(HELD_S * columns_per_s)
    power = np.convolve(np.sum(inside**2, axis=1), np.ones(n), "valid")
    start = int(np.argmax(power))
    hnr_db, pitch_hz = periodicity(sound, hz_of_note(note))
    if hnr_db > LEAST_HNR_DB:
        held = inside[start : start + n].mean(axis=0).astype(np.float32)
        yield RecordedNote(name, pitch_hz, held, sound, frames.astype(np.float32), columns_per_s, pad)
