"""Runs inside the peers' environment: `python peer_worker.py basic-pitch A.wav B.wav` prints one JSON line a file.

Imports nothing of this project. A line is {"seconds": processor time, "notes": [[onset_s, end_s, note], ...]}.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import itertools
import json
import sys
import time
import types
from typing import Any


def basic_pitch() -> Any:
    """Spotify's basic-pitch with its own thresholds, offline."""
    inference = importlib.import_module("basic_pitch.inference")
    model = inference.Model(importlib.import_module("basic_pitch").ICASSP_2022_MODEL_PATH)

    def hear(path: str) -> list[list[float]]:
        _, _, events = inference.predict(path, model)
        return sorted([float(event[0]), float(event[1]), int(event[2])] for event in events)

    return hear


def pesto() -> Any:
    """PESTO's pitch every 10 ms; a note wherever its nearest semitone stays for 50 ms with confidence."""
    sys.modules["torchaudio"] = types.ModuleType("torchaudio")  # only reads its files, for which we have soundfile
    import numpy as np
    import soundfile
    import torch

    package = importlib.import_module("pesto")
    torch.set_num_threads(1)

    def hear(path: str) -> list[list[float]]:
        samples, rate_hz = soundfile.read(path, dtype="float32")
        time_ms, pitch_hz, confidence, _ = package.predict(torch.from_numpy(samples), rate_hz, step_size=10.0)
        nearest = np.round(69 + 12 * np.log2(np.maximum(pitch_hz.numpy(), 1.0) / 440)).astype(int)
        notes = np.where(confidence.numpy() > 0.5, nearest, -1)
        time_s = np.asarray(time_ms) / 1000.0
        edges = [0, *(np.flatnonzero(np.diff(notes)) + 1), len(notes)]
        spans = [(a, b) for a, b in itertools.pairwise(edges) if notes[a] >= 0 and b - a >= 5]
        return [[float(time_s[a]), float(time_s[min(b, len(notes) - 1)]), int(notes[a])] for a, b in spans]

    return hear


def main() -> None:
    """Answer for every file, after one that is not counted."""
    hear = {"basic-pitch": basic_pitch, "pesto": pesto}[sys.argv[1]]()
    paths = sys.argv[2:]
    with contextlib.redirect_stdout(io.StringIO()):
        hear(paths[0])
    for path in paths:
        start_s = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            notes = hear(path)
        print(json.dumps({"seconds": time.process_time() - start_s, "notes": notes}), flush=True)


if __name__ == "__main__":
    main()
