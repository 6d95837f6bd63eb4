"""Sound files: which ones lie in a folder, their samples, and takes from their names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile

from export.sources.source import Problem, Take
from rt import sound_file
from rt.arrays import F32
from rt.errors import BridgeError

SUFFIXES = (".wav", ".flac", ".ogg", ".oga", ".opus", ".aiff", ".aif", ".aifc", ".mp3", ".w64", ".caf", ".au")
MAX_READ_S = 30.0
"""No more is read of a recording; a note's frames lie far before."""
RATES_HZ = (4_000, 384_000)
SILENT_PEAK = 2.0 / 32768.0


def audio_files(folder: Path) -> list[str]:
    """Paths of the sound files below a folder, relative to it with forward slashes, sorted.

    Hidden ones are left out; linked folders are followed, and what is reached twice counts once.
    """
    if not folder.is_dir():
        raise BridgeError(f"{folder}: no such folder; give the folder that holds the recordings")
    found: list[str] = []
    files: set[str] = set()
    seen = {os.path.realpath(folder)}
    for root, folders, names in os.walk(folder, followlinks=True):
        allowed = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        allowed.sort(key=lambda name: os.path.islink(os.path.join(root, name)))  # true folders before links to them
        places = {name: os.path.realpath(os.path.join(root, name)) for name in allowed}
        folders[:] = []
        for name, place in places.items():
            if place not in seen:
                seen.add(place)
                folders.append(name)
        here = Path(root).relative_to(folder)
        sounds = [name for name in names if not name.startswith(".") and name.lower().endswith(SUFFIXES)]
        sounds.sort(key=lambda name: (os.path.islink(os.path.join(root, name)), name))
        for name in sounds:
            place = os.path.realpath(os.path.join(root, name))
            if place not in files:
                files.add(place)
                found.append((here / name).as_posix())
    if not found:
        raise BridgeError(f"{folder}: no sound files in it; allowed are {' '.join(s[1:] for s in SUFFIXES)}")
    return sorted(found)


def read_audio(
    file: Path | bytes, name: str, *, start: int = 0, stop: int | None = None, most_s: float = MAX_READ_S
) -> tuple[F32, int]:
    """Samples (n_samples, n_channels) and rate in Hz of a file, or of its bytes.

    start, stop : the part that is wanted, in samples of the file. most_s : no more is read.

    BridgeError when it cannot be decoded, is empty, silent or holds values that are no numbers.
    """
    try:
        if isinstance(file, Path) and file.stat().st_size == 0:
            raise BridgeError(f"{name}: the file is empty")
        with sound_file.opened(file) as sound:
            rate_hz = int(sound.samplerate)
            if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
                raise BridgeError(f"{name}: {rate_hz} Hz, allowed are {RATES_HZ[0]} to {RATES_HZ[1]}; resample it")
            if sound.channels > sound_file.MOST_CHANNELS:
                raise BridgeError(f"{name}: {sound.channels} channels, allowed are 1 to {sound_file.MOST_CHANNELS}")
            last = start + int(most_s * rate_hz)
            last = last if stop is None else min(last, stop)
            if start:
                sound.seek(min(start, sound.frames))
            samples = sound.read(max(last - start, 0), dtype="float32", always_2d=True)
    except (OSError, RuntimeError, soundfile.SoundFileError) as error:
        raise BridgeError(f"{name}: cannot be read ({_reason(error)})") from error
    if not len(samples):
        raise BridgeError(f"{name}: holds no samples")
    if sound_file.is_damaged(samples):
        raise BridgeError(f"{name}: holds values that are no numbers, or over {sound_file.LOUDEST:g} times full scale")
    if np.abs(samples).max() <= SILENT_PEAK:
        raise BridgeError(f"{name}: holds only silence")
    return np.ascontiguousarray(samples, np.float32), rate_hz


def _reason(error: Exception) -> str:
    """What went wrong, without the path that the message begins with."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(getattr(error, "error_string", error)).strip().rstrip(".")
    return "damaged" if text.startswith("File does not exist") else text  # libsndfile says so of broken headers


def collect(
    names: Iterable[str], label: Callable[[str], Take | None], source: str, problems: list[Problem]
) -> list[Take]:
    """Takes of the names that `label` understands.

    label : gives the take of a name, None to leave it out on purpose, or BridgeError, which becomes a Problem.
    """
    takes = []
    for name in names:
        try:
            if not name.isprintable():
                raise BridgeError("its name is not plain UTF-8 text; rename it")
            take = label(name)
        except BridgeError as error:
            problems.append(Problem(source, name.encode("utf-8", "replace").decode(), str(error)))
        else:
            if take:
                takes.append(take)
    return takes


def checked(takes: list[Take], every: int, where: str, problems: list[Problem]) -> list[Take]:
    """One note of each instrument in `every`; BridgeError when there is nothing to take."""
    if not takes:
        why = f"the first, {problems[0].name}: {problems[0].reason}" if problems else "all were left out on purpose"
        raise BridgeError(f"{where}: no usable recordings; {why}")
    if every < 1:
        raise BridgeError(f"one note in {every} cannot be taken, allowed are 1 and more")
    notes: dict[str, set[int]] = defaultdict(set)
    for take in takes:
        notes[take.instrument].add(take.note)
    kept = {instrument: set(sorted(found)[::every]) for instrument, found in notes.items()}
    return [take for take in takes if take.note in kept[take.instrument]]
