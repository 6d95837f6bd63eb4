"""Ours and other transcribers behind one face; what is not installed is named and left out."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soundfile

from rt import bundle
from rt.arrays import F64
from rt.commands.transcribe import TRUST
from rt.model import Ears
from rt.transcribe import TrackerSettings, Transcriber
from rt.transcribe.score import write


class Note(NamedTuple):
    """One transcribed note."""

    onset_s: float
    end_s: float
    note: int


Hear = Callable[[F64, int], list[Note]]


def installed(bundle_name: str) -> dict[str, Hear]:
    """All systems that can run here."""
    ears = Ears.load(bundle.load(bundle_name))
    found: dict[str, Hear] = {
        "latent-bridge": functools.partial(ours, ears, TrackerSettings(trust=TRUST)),
        "latent-bridge live": functools.partial(ours, ears, TrackerSettings()),
    }
    for name, module, hear in (("basic-pitch", "basic_pitch", basic_pitch), ("pesto", "pesto", pesto)):
        if importlib.util.find_spec(module):
            found[name] = hear
        else:
            print(f"{name} is not installed and left out")
    if shutil.which("aubionotes"):
        found["aubionotes"] = aubionotes
    else:
        print("aubionotes is not installed and left out")
    return found


def ours(ears: Ears, tracker: TrackerSettings, samples: F64, rate_hz: int) -> list[Note]:
    """The live path, fed in blocks; onsets as it writes them down."""
    transcriber = Transcriber(ears, sample_rate_hz=rate_hz, tracker=tracker)
    events = [
        e for k in range(0, len(samples), 1024) for h in transcriber.hear(samples[k : k + 1024]) for e in h.events
    ]
    return [Note(n.onset_s, n.end_s, n.note) for n in write([*events, *transcriber.stop()])]


def basic_pitch(samples: F64, rate_hz: int) -> list[Note]:
    """Spotify's basic-pitch, offline, with its own thresholds."""
    model = importlib.import_module("basic_pitch").ICASSP_2022_MODEL_PATH
    predict = importlib.import_module("basic_pitch.inference").predict
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phrase.wav"
        soundfile.write(path, samples, rate_hz)
        _, _, events = predict(path, model)
    return [Note(float(event[0]), float(event[1]), int(event[2])) for event in sorted(events)]


def pesto(samples: F64, rate_hz: int) -> list[Note]:
    """PESTO's pitch every 10 ms; a note wherever its nearest semitone stays for 50 ms with confidence."""
    package, torch = importlib.import_module("pesto"), importlib.import_module("torch")
    torch.set_num_threads(1)
    audio = torch.from_numpy(samples.astype(np.float32))
    time_ms, pitch_hz, confidence, _ = package.predict(audio, rate_hz, step_size=10.0)
    nearest = np.round(69 + 12 * np.log2(np.maximum(pitch_hz.numpy(), 1.0) / 440)).astype(int)
    return _runs(np.asarray(time_ms) / 1000, np.where(confidence.numpy() > 0.5, nearest, -1), least=5)


def _runs(time_s: Any, notes: Any, *, least: int) -> list[Note]:
    """Notes of frames (n,) that stay the same for at least so many; -1 is silence."""
    edges = np.flatnonzero(np.diff(notes)) + 1
    found = []
    for a, b in zip([0, *edges], [*edges, len(notes)], strict=True):
        if notes[a] >= 0 and b - a >= least:
            found.append(Note(float(time_s[a]), float(time_s[min(b, len(notes) - 1)]), int(notes[a])))
    return found


def aubionotes(samples: F64, rate_hz: int) -> list[Note]:
    """The aubio command line tool with its defaults."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phrase.wav"
        soundfile.write(path, samples, rate_hz)
        done = subprocess.run(["aubionotes", "-i", str(path)], capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    return [Note(float(r[1]), float(r[2]), round(float(r[0]))) for r in rows if len(r) == 3]
