"""A disk that is full: every command that writes says so in one line, and the old files stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt.cli import main
from rt.midi import midi_file
from rt.midi.midi_file import TimedMessage
from tests.support.full_disk import small_disk

WAY = ("morph", "Reed:C4 E4", "--seconds", "1")
COMMANDS: dict[str, tuple[str, ...]] = {
    "render": ("render", "in.mid", "disk/out.wav"),
    "render --plot": ("render", "in.mid", "out.wav", "--plot", "disk/out.png"),
    "reconstruct": ("reconstruct", "in.wav", "disk/out.wav"),
    "morph": (*WAY[:2], "disk/out.wav", *WAY[2:]),
    "morph --latents": (*WAY[:2], "out.wav", *WAY[2:], "--latents", "disk/out.npz"),
    "morph --plot": (*WAY[:2], "out.wav", *WAY[2:], "--plot", "disk/out.png"),
    "trajectory": ("trajectory", "disk/out.wav", "--seconds", "1"),
    "sequence": ("sequence", "Reed:C4 E4", "disk/out.wav"),
    "transcribe": ("transcribe", "in.wav", "disk/out.mid"),
    "transcribe --json": ("transcribe", "in.wav", "out.mid", "--json", "disk/out.json"),
    "transcribe --plot": ("transcribe", "in.wav", "out.mid", "--plot", "disk/out.png"),
}
LARGE = [
    name for name, command in COMMANDS.items() if any(word in ("disk/out.wav", "disk/out.png") for word in command)
]
"""Those that write more than two pages."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a recording and notes in it."""
    monkeypatch.chdir(tmp_path)
    soundfile.write("in.wav", 0.3 * np.sin(np.arange(24_000) * 0.2), 24_000)
    notes = [TimedMessage(0.0, (0x90, 60, 100)), TimedMessage(0.5, (0x80, 60, 0))]
    midi_file.save(Path("in.mid"), notes)
    return tmp_path


@pytest.fixture
def disk(request: pytest.FixtureRequest, folder: Path) -> Iterator[Path]:
    """A disk with so many free pages, and an old file of every kind."""
    with small_disk(folder / "disk", 64) as place:
        for suffix in ("wav", "png", "npz", "mid", "json"):
            (place / f"out.{suffix}").write_bytes(b"old")
        n_free = 4096 * request.param
        with (place / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                filler.truncate(filler.tell() - n_free)
        yield place


@pytest.mark.parametrize(
    ("disk", "name"), [(0, name) for name in COMMANDS] + [(2, name) for name in LARGE], indirect=["disk"]
)
def test_a_full_disk_is_told_in_one_line_and_keeps_the_old_file(
    name: str, disk: Path, tiny_bundle_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--plot" in name:
        pytest.importorskip("matplotlib")
    before = {path.name: path.read_bytes() for path in disk.iterdir()}
    code = main([*COMMANDS[name], "--bundle", str(tiny_bundle_path), "--provider", "cpu"])
    error = capsys.readouterr().err
    assert (code, error.count("\n")) == (2, 1), error
    assert "disk/out." in error
    assert "cannot be written" in error
    assert {path.name: path.read_bytes() for path in disk.iterdir()} == before
