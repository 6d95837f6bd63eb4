"""What the system refuses, room on the disk for instance, is told in one line and leaves nothing half-written."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.system.full_disk import small_disk
from tests.system.program import run

pytestmark = pytest.mark.timeless


def only_line(code: int, errors: str) -> str:
    """The one line of a command that the user can mend."""
    assert code == 2, errors
    lines = errors.splitlines()
    assert len(lines) == 1, errors
    return lines[0]


def test_recording_to_a_full_disk_keeps_what_was_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 256) as disk:
        path = disk / "out.wav"
        flags = ("--midi-in", "none", "--osc-port", "0", "--demo", "--audio", f"file:{path}")
        code, said, errors = run(sys.executable, "run_server.py", *flags)
        line = only_line(code, errors)
        assert str(path) in line
        assert "disk" in line
        assert "starting it again" not in said
        assert [each.name for each in disk.iterdir()] == ["out.wav"]
        sound, rate_hz = soundfile.read(path, dtype="float32")
        assert len(sound) > rate_hz
        assert np.isfinite(sound).all()
