"""What the system refuses, room on the disk for instance, is told in one line and leaves nothing half-written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt.midi import midi_file
from rt.midi.midi_file import TimedMessage
from tests.support.full_disk import small_disk
from tests.system.program import ROOT, run

pytestmark = pytest.mark.timeless


def only_line(code: int, errors: str) -> str:
    """The one line of a command that the user can mend."""
    assert code == 2, errors
    lines = errors.splitlines()
    assert len(lines) == 1, errors
    return lines[0]


def test_recording_to_a_full_disk_keeps_what_was_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
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


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with notes and a recording, both with a name that is no UTF-8."""
    folder = os.fsencode(tmp_path)
    notes = [TimedMessage(0.0, (0x90, 60, 100)), TimedMessage(0.2, (0x80, 60, 0))]
    midi_file.save(tmp_path / "in.mid", notes)
    soundfile.write(tmp_path / "in.wav", 0.1 * np.sin(np.arange(24_000) * 0.06), 24_000)
    for suffix in (b".mid", b".wav"):
        try:
            os.rename(folder + b"/in" + suffix, folder + b"/n\xff" + suffix)
        except OSError:
            pytest.skip("the file system allows UTF-8 alone")
    return tmp_path


TO_FILE = ("run", "--midi-in", "none", "--osc-port", "0", "--seconds", "3", "--audio", "file:o\udcff.wav")
RENDER = ("render", "n\udcff.mid", "o\udcff.wav")
TRANSCRIBE = ("transcribe", "n\udcff.wav", "o\udcff.mid", "--json", "o\udcff.json")


@pytest.mark.parametrize("command", [TO_FILE, RENDER, ("info",)], ids=lambda command: command[0])
@pytest.mark.parametrize("n_files", [8, 12, 16, 20, 24, 32, 48])
def test_few_open_files_are_told_in_one_line(files: Path, n_files: int, command: tuple[str, ...]) -> None:
    limited = ("sh", "-c", f'ulimit -n {n_files} && exec "$0" "$@"', sys.executable, "-m", "rt.cli", *command)
    code, _, errors = run(*limited, folder=files, environment={"PYTHONPATH": str(ROOT)})
    if code or (command == TO_FILE and n_files <= 24):
        assert "open files" in only_line(code, errors)
        assert n_files < 48
    else:
        assert errors == ""


@pytest.mark.parametrize("command", [TO_FILE, RENDER, TRANSCRIBE, ("info",), ("osc",)], ids=lambda command: command[0])
@pytest.mark.parametrize("how", ["ascii", "cp1252", "closed errors", "closed streams", "full output"])
def test_any_stream_will_do(files: Path, how: str, command: tuple[str, ...]) -> None:
    redirection = {"closed errors": "2>&-", "closed streams": "2>&- >&- <&-", "full output": ">/dev/full"}.get(how, "")
    environment = {"PYTHONPATH": str(ROOT)} | ({"PYTHONIOENCODING": how} if not redirection else {})
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    shell = ("sh", "-c", f'exec "$0" "$@" {redirection}', sys.executable, "-m", "rt.cli", *command)
    code, _, errors = run(*shell, folder=files, environment=environment)
    if how == "full output" and command != TO_FILE:  # playing goes on
        assert "make room on the disk" in only_line(code, errors)
    else:
        assert (code, errors) == (0, "")
    if command == TO_FILE:
        with soundfile.SoundFile(os.fsencode(files) + b"/o\xff.wav") as file:
            assert file.frames == 144_000
    written = [word for word in command if word.removeprefix("file:").startswith("o\udcff")]
    for word in written if code == 0 else []:
        assert (files / word.removeprefix("file:")).stat().st_size > 40
