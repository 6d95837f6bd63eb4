"""The first 100 ms of generated notes: `python -m tests.bench.attacks [--soundfont FILE] [--notes 4]`.

Each note of the bundle is compared with a soundfont's note of the same name and velocity, both of one level from 100 to
300 ms. Per 10 ms: the log-spectral distance, which is the rms difference in dB of the levels per quarter octave within
45 dB of the reference's loudest; and in brackets how much louder the generated note is. What is there at 200 ms is the
difference of the timbres; what is more before is the attack's.
"""

from __future__ import annotations

import argparse

import numpy as np
import scipy.signal

from rt import bundle, config
from rt.arrays import F32, F64
from rt.engine import Engine
from rt.events import NoteOn, UseInstrument
from rt.model import Model
from rt.stats import Stats
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


def reference(synth: object, program: int, note: int) -> F32:
    """A note of the soundfont, mono, from its onset."""
    synth.system_reset()  # type: ignore[attr-defined]
    synth.get_samples(RATE_HZ // 2)  # type: ignore[attr-defined]
    synth.program_change(0, program)  # type: ignore[attr-defined]
    synth.noteon(0, note, VELOCITY)  # type: ignore[attr-defined]
    stereo = synth.get_samples(RATE_HZ).reshape(-1, 2).astype(np.float64)  # type: ignore[attr-defined]
    sound = stereo.mean(axis=1) / 32768
    width = RATE_HZ // 200
    level = np.sqrt(np.convolve(sound**2, np.ones(width) / width, "same"))
    start = max(int(np.argmax(level > level.max() * 10 ** (ONSET_DB / 20))) - width // 2, 0)
    return np.asarray(sound[start : start + int(LENGTH_S * RATE_HZ)], np.float32)


def generated(model: Model, instrument: int, note: int) -> F32:
    """The same note by the engine."""
    engine = Engine(model, sample_rate_hz=RATE_HZ, config=config.load().engine, stats=Stats())
    engine.apply(UseInstrument(0, instrument))
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


def compare(wanted: F32, found: F32) -> tuple[F64, F64]:
    """Distance and difference of the whole level, both in dB, (30,) steps of 10 ms."""
    a, b = levels(wanted)[:30], levels(found)[:30]
    b *= a[10:].sum() / b[10:].sum()
    top = a.max()
    heard = a > top * 10 ** (FLOOR_DB / 10)
    least = top * 10 ** ((FLOOR_DB - 10.0) / 10)
    difference = 10 * np.log10(np.maximum(b, least) / np.maximum(a, least))
    counted = np.maximum(heard.sum(axis=1), 1)
    distance = np.sqrt(np.sum(difference**2 * heard, axis=1) / counted)
    louder = 10 * np.log10((b.sum(axis=1) + least) / (a.sum(axis=1) + least))
    return distance, louder


def main() -> None:
    """Print and keep the table."""
    import fluidsynth  # of the extra [train]

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soundfont", default="/usr/share/sounds/sf2/FluidR3_GM.sf2")
    parser.add_argument("--notes", type=int, default=4, help="per instrument")
    parser.add_argument("--bundle", default="default")
    arguments = parser.parse_args()
    model = Model.load(bundle.load(arguments.bundle), "cpu")
    synth = fluidsynth.Synth(gain=1.0, samplerate=float(RATE_HZ))
    synth.setting("synth.reverb.active", 0)
    synth.setting("synth.chorus.active", 0)
    synth.sfload(arguments.soundfont)
    synth.sfont_select(0, 1)
    shown = (*range(10), 20)
    print("| instrument | " + " | ".join(f"{10 * i} ms" for i in shown) + " |\n| --- |" + " --- |" * len(shown))
    for index, spec in enumerate(model.manifest.instruments):
        places = np.linspace(0.2, 0.8, arguments.notes)
        notes = (spec.low_note + places * (spec.high_note - spec.low_note)).round().astype(int).tolist()
        found = [compare(reference(synth, spec.program, n), generated(model, index, n)) for n in notes]
        distance, louder = np.mean(found, axis=0)
        cells = [f"{distance[i]:.1f} ({louder[i]:+.1f})" for i in shown]
        print(f"| {spec.name} | {' | '.join(cells)} |", flush=True)
        save("attacks", instrument=spec.name, distance_db=distance.tolist(), louder_db=louder.tolist())
    synth.delete()


if __name__ == "__main__":
    main()
