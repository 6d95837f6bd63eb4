"""One note through `latent-bridge render`."""

from __future__ import annotations

from pathlib import Path

import mido
import numpy as np
import soundfile

from rt import cli
from rt.arrays import F32


def render_note(bundle: Path, folder: Path, note: int, instrument: str) -> F32:
    """(n_samples,) at 48 kHz of one note of a second and a half; leaves its files in the folder."""
    midi, wav = folder / "one.mid", folder / "one.wav"
    track = mido.MidiTrack(
        [
            mido.Message("note_on", note=note, velocity=90, time=0),
            mido.Message("note_off", note=note, velocity=0, time=1440),
        ]
    )
    mido.MidiFile(tracks=[track], ticks_per_beat=480).save(midi)
    options = ["--bundle", str(bundle), "--instrument", instrument, "--alive", "0", "--mono"]
    assert cli.main(["render", *options, str(midi), str(wav)]) == 0
    sound, rate_hz = soundfile.read(wav, dtype="float32")
    assert rate_hz == 48000
    return np.asarray(sound, np.float32)
