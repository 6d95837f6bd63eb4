"""Damaged MIDI files and sound files, through the commands that read them."""

from __future__ import annotations

import io
import random
import struct
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from rt import cli
from rt.errors import BridgeError
from rt.midi import midi_file
from tests.attack import children
from tests.attack.damage import damage
from tests.attack.material import folder_of_its_own, midi_song, prove
from tests.attack.report import Report

RATE_HZ = 44_100
LONGEST_S = 300.0
"""A MIDI file whose damage made it longer is read but not rendered."""
CHEAP = ("--iterations", "0", "--sample-rate", "8000")
"""The sound of long files takes most of the time, and here it is above all the reader that is attacked."""
WHOLE_EVERY = 10
"""One of so many is rendered as usual, with Griffin-Lim at 48 kHz."""
SOUNDS = (
    ("wav", "WAV", "PCM_16", 1), ("wav", "WAV", "FLOAT", 1), ("flac", "FLAC", "PCM_16", 2),
    ("ogg", "OGG", "VORBIS", 1), ("mp3", "MP3", "MPEG_LAYER_III", 1),
)  # fmt: skip


def midi_files(n_cases: int) -> Report:
    """`render` of damaged MIDI files."""
    report, chance = Report("MIDI files"), random.Random(20)
    whole = midi_song()
    with folder_of_its_own() as folder:
        path, out = folder / "in.mid", str(folder / "out.wav")
        arguments = ["render", str(path), out, "--tail", "0.2", "--voices", "8"]
        path.write_bytes(whole)
        prove(arguments)
        prove([*arguments, *CHEAP])
        for k in range(n_cases):
            path.write_bytes(damage(chance, whole))
            if _length_s(path) > LONGEST_S:
                report.count("hours long, only read")
            else:
                how = arguments if k % WHOLE_EVERY == 0 else [*arguments, *CHEAP]
                children.judge(report, f"MIDI file {k}", children.run(partial(cli.main, how), seconds=60))
    return report


def sound_files(n_cases: int) -> Report:
    """`transcribe` and `reconstruct` of damaged sound files, and of some that claim or hold absurd things."""
    report, chance = Report("sound files"), random.Random(21)
    with folder_of_its_own() as folder:
        wholes = [(ending, _sound_file(form, kind, n)) for ending, form, kind, n in SOUNDS]
        for ending, whole in wholes:
            path = folder / f"in.{ending}"
            path.write_bytes(whole)
            prove(_hearing(path, is_carried=False))
            prove(_hearing(path, is_carried=True))
        for k in range(n_cases):
            ending, whole = wholes[k % len(wholes)]
            _hear(report, f"sound file {k}", folder / f"in.{ending}", damage(chance, whole), is_carried=k % 3 == 0)
        for name, data in _absurd_sounds().items():
            for is_carried in (False, True):
                _hear(report, name, folder / "in.wav", data, is_carried=is_carried)
    return report


def _length_s(path: Path) -> float:
    """How long a MIDI file plays; 0 when it is refused."""
    try:
        return max(track.end_s for track in midi_file.load(path))
    except BridgeError:
        return 0.0


def _hear(report: Report, name: str, path: Path, data: bytes, *, is_carried: bool) -> None:
    path.write_bytes(data)
    arguments = _hearing(path, is_carried=is_carried)
    ended = children.run(partial(cli.main, arguments), seconds=60)
    children.judge(report, f"{name} {path.suffix} {arguments[0]}", ended)


def _hearing(path: Path, *, is_carried: bool) -> list[str]:
    command, out = ("reconstruct", "out.wav") if is_carried else ("transcribe", "out.mid")
    return [command, str(path), str(path.with_name(out))]


def _sound_file(form: str, kind: str, n_channels: int) -> bytes:
    at_s = np.arange(int(1.5 * RATE_HZ)) / RATE_HZ
    tone = 0.1 * sum(np.sin(2 * np.pi * 440.0 * k * at_s) / k for k in range(1, 7))
    made = io.BytesIO()
    soundfile.write(made, np.stack([tone] * n_channels, 1), RATE_HZ, format=form, subtype=kind)
    return made.getvalue()


def _absurd_sounds() -> dict[str, bytes]:
    found = {}
    for name, rate_hz, n_channels in (
        ("a rate of 1 Hz", 1, 1),
        ("a rate of 4 GHz", 4_000_000_000, 1),
        ("65535 channels", RATE_HZ, 65_535),
        ("no channel", RATE_HZ, 0),
    ):
        form = struct.pack("<HHIIHH", 1, n_channels, rate_hz, rate_hz * 2 % 2**32, n_channels * 2 % 65_536, 16)
        data = b"\1\0" * 1000
        chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
        found[name] = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
    for name, value in (("not a number", np.nan), ("infinity", np.inf), ("1e30", 1e30)):
        sound = np.zeros(RATE_HZ, np.float32)
        sound[100:200] = value
        made = io.BytesIO()
        soundfile.write(made, sound, RATE_HZ, format="WAV", subtype="FLOAT")
        found[f"samples of {name}"] = made.getvalue()
    for n_samples in (0, 1):
        made = io.BytesIO()
        soundfile.write(made, np.zeros(n_samples, np.float32), RATE_HZ, format="WAV")
        found[f"{n_samples} samples"] = made.getvalue()
    return found
