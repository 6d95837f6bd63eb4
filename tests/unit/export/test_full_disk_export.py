"""A disk that is full while something is learnt: one line, exit code 2, and nothing half-written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from export import store
from export.__main__ import main
from rt.units import hz_of_note
from tests.support.full_disk import small_disk
from tests.support.learning import need, toy_corpus

pytestmark = pytest.mark.train
need("torch", "lightning_fabric", "onnx", "matplotlib")

SMALL = ("--preset", "tiny", "--steps", "2", "--set", "batch=16", "--set", "live_batch=8", "--set", "voice_batch=16")
COMMANDS: dict[str, tuple[str, ...]] = {
    "prepare": ("prepare", "samples", "--instrument", "Reed", "--out", "disk/data"),
    "train": ("train", "--data", "data", *SMALL, "--accelerator", "cpu", "--quiet", "--out", "disk/model.pt"),
    "evaluate": ("evaluate", "model.pt", "--data", "data", "--no-figures", "--out", "disk/report"),
    "evaluate with figures": ("evaluate", "model.pt", "--data", "data", "--out", "disk/report"),
    "bundle": ("bundle", "--model", "model.pt", "--keep-untuned", "--out", "disk/bundle"),
}
KIB_FREE = {name: (0, 16) for name in COMMANDS} | {"evaluate with figures": (48,)}
"""On the disk; with 16 a command begins to write, with 48 its figures do not fit."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples, a corpus and a model, on a disk with room."""
    place = tmp_path_factory.mktemp("learn")
    (place / "samples").mkdir()
    at_s = np.arange(24_000) / 24_000
    for name, note in (("C4", 60), ("E4", 64)):
        tone = sum(0.1 * np.sin(2 * np.pi * k * hz_of_note(note) * at_s) / k for k in range(1, 6))
        soundfile.write(place / "samples" / f"Reed_{name}_mf.wav", tone, 24_000)
    store.save(toy_corpus(), place / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert main([word.replace("disk/", "") for word in COMMANDS["train"]]) == 0
    return place


@pytest.mark.parametrize(("name", "kib_free"), [(name, kib) for name, several in KIB_FREE.items() for kib in several])
def test_a_full_disk_is_told_in_one_line(
    name: str, kib_free: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    with small_disk(folder / "disk", 128) as disk:
        (disk / "filler").write_bytes(bytes((124 - kib_free) << 10))
        code = main(list(COMMANDS[name]))
        error = capsys.readouterr().err
        assert (code, error.count("\n")) == (2, 1), error
        assert "disk/" in error
        assert "No space left on device" in error
        halves = [path for path in disk.rglob("*") if path.suffix == ".part" or path.name.startswith(".")]
        assert not halves
        for path in disk.rglob("*"):
            assert path.name == "filler" or path.is_dir() or path.stat().st_size, f"{path} is empty"
    (folder / "disk").rmdir()
