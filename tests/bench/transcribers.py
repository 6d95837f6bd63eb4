"""Ours and other transcribers behind one face; what is not there is named and left out.

The neural peers live in an environment of their own, which `make_peers` builds from the package index: basic-pitch with
onnxruntime instead of TensorFlow, pesto with torch and without torchaudio. aubionotes is Debian's (`aubio-tools`).
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import soundfile

from rt.arrays import F64
from rt.bundle import bundle
from rt.commands.transcribe import TEMPERING
from rt.model import ListenerModel
from rt.transcribe import TrackerSettings, Transcriber
from rt.transcribe.score import write

PEERS = Path(__file__).parents[2] / "build" / "peers"
WORKER = Path(__file__).parent / "peer_worker.py"
PACKAGES = {
    "basic-pitch": (
        ("--no-deps", "basic-pitch==0.4.0"),
        ("onnxruntime", "librosa", "mir_eval", "pretty_midi", "resampy<0.4.3", "scikit-learn", "setuptools<81"),
    ),
    "pesto": (("torch==2.13.0", "soundfile", "numpy", "scipy", "tqdm", "omegaconf"), ("--no-deps", "pesto-pitch")),
}


class TranscribedNote(NamedTuple):
    """One transcribed note."""

    onset_s: float
    end_s: float
    note: int


class Answer(NamedTuple):
    """What a system heard in every file."""

    notes: list[list[TranscribedNote]]
    seconds: float
    """Processor time of all files together."""


Hear = Callable[[Sequence[F64], int], Answer]


def installed(bundle_name: str, *, poly: int = 1) -> dict[str, Hear]:
    """All systems that can run here; those that follow one melody are left out where several notes are wanted."""
    ears = ListenerModel.load(bundle.load(bundle_name))
    found: dict[str, Hear] = {"latent-bridge live": functools.partial(ours, ears, TrackerSettings(poly=poly))}
    if poly == 1:  # several notes are heard alike live and from files
        found["latent-bridge transcribe"] = functools.partial(ours, ears, TrackerSettings(tempering=TEMPERING))
    for name in ("basic-pitch", "pesto") if poly == 1 else ("basic-pitch",):
        if python_of(name).exists():
            found[name] = functools.partial(peer, name)
        else:
            print(f"{name} is not installed and left out; --peers installs it")
    if poly == 1 and shutil.which("aubionotes"):
        found["aubionotes"] = aubionotes
    elif poly == 1:
        print("aubionotes is not installed and left out: apt install aubio-tools")
    return found


def ours(ears: ListenerModel, tracker: TrackerSettings, sounds: Sequence[F64], rate_hz: int) -> Answer:
    """The live path, fed in blocks; onsets as it writes them down."""
    transcriber = Transcriber(ears, sample_rate_hz=rate_hz, tracker=tracker)
    transcriber.warm_up()
    start_s, notes = time.process_time(), []
    for samples in sounds:
        events = [
            e for k in range(0, len(samples), 1024) for h in transcriber.hear(samples[k : k + 1024]) for e in h.events
        ]
        written = write([*events, *transcriber.stop()], monophonic=tracker.poly == 1)
        notes.append([TranscribedNote(n.onset_s, n.end_s, n.note) for n in written])
    return Answer(notes, time.process_time() - start_s)


def python_of(peer_name: str) -> Path:
    """The interpreter of a peer's environment, there or not."""
    return PEERS / peer_name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_peers() -> None:
    """Build the environments that are missing; one that cannot be built is named and taken away."""
    for name, installs in PACKAGES.items():
        folder = PEERS / name
        if (folder / "done").exists():
            continue
        print(f"installing {name} into {folder}", flush=True)
        commands = [[sys.executable, "-m", "venv", "--clear", str(folder)]]
        commands += [[str(python_of(name)), "-m", "pip", "install", "-q", *packages] for packages in installs]
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                print(f"{name} cannot be installed: {last}")
                shutil.rmtree(folder, ignore_errors=True)
                break
        else:
            (folder / "done").touch()


def peer(name: str, sounds: Sequence[F64], rate_hz: int) -> Answer:
    """A neural peer in its own process; one that fails is told as such and hears nothing."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _save_all(Path(folder), sounds, rate_hz)
        command = [str(python_of(name)), str(WORKER), name, *map(str, paths)]
        threads = os.environ | {"OMP_NUM_THREADS": "1"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=threads)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if len(rows) != len(sounds):
        raise RuntimeError(f"{name} answered {len(rows)} of {len(sounds)} files: {done.stderr.strip()[-300:]}")
    notes = [[TranscribedNote(onset_s, end_s, int(note)) for onset_s, end_s, note in row["notes"]] for row in rows]
    return Answer(notes, sum(row["seconds"] for row in rows))


def aubionotes(sounds: Sequence[F64], rate_hz: int) -> Answer:
    """The aubio command line tool with its defaults."""
    notes, start = [], os.times()
    with tempfile.TemporaryDirectory() as folder:
        for path in _save_all(Path(folder), sounds, rate_hz):
            done = subprocess.run(["aubionotes", "-i", str(path)], capture_output=True, text=True, check=True)
            rows = [line.split() for line in done.stdout.splitlines()]
            notes.append([TranscribedNote(float(r[1]), float(r[2]), round(float(r[0]))) for r in rows if len(r) == 3])
    return Answer(notes, os.times().children_user - start.children_user)


def _save_all(folder: Path, sounds: Sequence[F64], rate_hz: int) -> list[Path]:
    paths = [folder / f"{i:03d}.wav" for i in range(len(sounds))]
    for path, samples in zip(paths, sounds, strict=True):
        soundfile.write(path, samples, rate_hz)
    return paths
