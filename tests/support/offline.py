"""Offline commands on a small bundle, and what they wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import soundfile

from rt.arrays import F32
from rt.cli import main
from rt.units import hz_of_note
from tests.support.listening import cents, frequency_hz, level_db

RATE_HZ = 24_000


class OfflineRun:
    """Runs a command and reads what it wrote."""

    def __init__(self, tiny: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.tiny, self.folder, self.capsys = tiny, folder, capsys

    def __call__(self, command: str, *arguments: str, rate_hz: int = RATE_HZ, name: str = "out.wav") -> F32:
        code, said = self.code(command, *arguments, "--sample-rate", str(rate_hz), name=name)
        assert (code, said) == (0, "")
        return self.read(name)

    def code(self, command: str, *arguments: str, name: str = "out.wav") -> tuple[int, str]:
        own = [str(self.folder / name) if argument == "OUT" else argument for argument in arguments]
        is_mono = command != "reconstruct" and "--room" not in own  # a recording brings its own places
        places = ["--mono"] if is_mono else []
        code = main([command, *own, *places, "--bundle", str(self.tiny), "--provider", "cpu"])
        return code, re.sub(r"\r[^\n]*", "", self.capsys.readouterr().err)  # bars, on a slow machine

    def read(self, name: str) -> F32:
        samples: F32 = soundfile.read(self.folder / name, dtype="float32")[0]
        return samples

    def refused(self, command: str, *arguments: str) -> str:
        code, said = self.code(command, *arguments)
        assert code == 2 and said.count("\n") == 1
        return said


def sounds_at(samples: F32, note: int, begin_s: float, end_s: float, rate_hz: int = RATE_HZ) -> bool:
    """Whether a note is heard in a part of a sound, in tune."""
    part = samples[round(begin_s * rate_hz) : round(end_s * rate_hz)]
    wanted = hz_of_note(note)
    return abs(cents(frequency_hz(part, wanted, rate_hz), wanted)) < 12.0 and level_db(part) > -50.0
