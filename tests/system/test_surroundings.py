"""What the system refuses, room on the disk for instance, is told in one line and leaves nothing half-written."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.full_disk import small_disk
from tests.system.program import ROOT, run

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


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'
NO_HOME = {"HOME": "/proc/none", "XDG_CACHE_HOME": "", "NUMBA_CACHE_DIR": ""}


def run_read_only(*command: str, folder: Path) -> tuple[int, str, str]:
    """Run a command from a checkout that cannot be written to, without a home; skips where nothing may be mounted."""
    in_private = ("unshare", "-m", "sh", "-c", READ_ONLY, str(ROOT))
    try:
        code, _, errors = run(*in_private, "true")
    except FileNotFoundError:
        pytest.skip("there is no unshare")
    if code:
        pytest.skip(f"nothing may be mounted here: {errors.strip()}")
    environment = {**NO_HOME, "TMPDIR": str(folder)}
    return run(*in_private, sys.executable, *command, timeout_s=400.0, environment=environment)


def test_read_only_checkout_without_a_home_plays(tmp_path: Path) -> None:
    path, temporary = tmp_path / "out.wav", tmp_path / "tmp"
    temporary.mkdir()
    flags = ("--midi-in", "none", "--osc-port", "0", "--seconds", "1", "--audio", f"file:{path}")
    code, _, errors = run_read_only("run_server.py", *flags, folder=temporary)
    assert code == 0, errors
    assert soundfile.info(path).frames == 48_000
    assert len(errors.splitlines()) == 1, errors
    assert "NUMBA_CACHE_DIR" in errors
    assert not list(temporary.iterdir()), "compiled code is left"


def test_doctor_of_a_read_only_checkout_says_that_nothing_is_kept(tmp_path: Path) -> None:
    code, said, errors = run_read_only("-m", "rt.cli", "doctor", "--osc-port", "0", folder=tmp_path)
    assert code in (0, 1), errors
    assert "Traceback" not in said + errors
    assert "no place to keep compiled code" in said
    assert "voices take" in said
