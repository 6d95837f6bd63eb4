"""The offline commands and their files: what they refuse before they begin, and that nothing is left half-written."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rt.arrays import F32
from rt.cli import main
from rt.model import Model
from rt.offline import session

MORPH = ("morph", "Reed:C4 E4")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a recording, a saved path and labels in it."""
    monkeypatch.chdir(tmp_path)
    soundfile.write("in.wav", np.zeros(1200), 12_000)
    Path("labels.txt").write_text("C4 E4")
    return tmp_path


def said(tiny: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main([*arguments, "--bundle", str(tiny), "--provider", "cpu"])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("reconstruct", "in.wav", "in.wav"), "in.wav is asked for twice"),
        (("trajectory", "out.wav", "--from", "w.npz", "--latents", "w.npz"), "w.npz is asked for twice"),
        (("morph", "labels.txt", "labels.txt"), "labels.txt: what is written is WAV"),
        ((*MORPH, "way.npz", "--latents", "way.npz"), "way.npz: what is written is WAV"),
        ((*MORPH, "out.wav", "--latents", "none/way.npz"), "way.npz cannot be written (no folder none)"),
        ((*MORPH, "out.wav", "--latents", "way.txt"), "give a name that ends in .npz"),
        (("morph", "Reed:C4:D4 E4", "out.wav"), "'Reed:C4:D4' names one thing twice"),
        (("morph", "Reed:C4:mf:ff E4", "out.wav"), "'Reed:C4:mf:ff' names one thing twice"),
        ((*MORPH, "none/out.wav"), "out.wav cannot be written (no folder none)"),
        ((*MORPH, "out.mp3"), "out.mp3: what is written is WAV; give a name that ends in .wav"),
        ((*MORPH, "out.wav", "--seed", "-1"), "engine.seed is -1; allowed are 0 to"),
        (("morph", "Reed:C4@ E4", "out.wav"), "'Reed:C4@': '' is no length"),
        (
            ("morph", "Reed C4", "out.wav"),
            "'Reed' has no note; give INSTRUMENT:NOTE:DYNAMICS without blanks, as in Reed",
        ),
        (("sequence", "Reed:C1", "out.wav"), "Reed reaches C2 to C7, not C1"),
        (("sequence", "C4", "out.wav", "--legato", "-1"), "--legato is -1; allowed are 0 to 10"),
        (("sequence", "C4", "out.wav", "--voice", "2"), "--voice chooses from a path"),
        (("trajectory", "out.wav", "--voice", "2"), "--voice chooses from a path"),
        (("trajectory", "out.wav", "--from", "a.npz", "--around", "C4"), "--from and --around exclude each other"),
        (("trajectory", "out.wav", "--around", ""), "give one label"),
        (("trajectory", "out.wav", "--around", "C4@2"), "give one label"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    folder: Path, tiny_bundle_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, error = said(tiny_bundle_path, *arguments, capsys=capsys)
    assert code == 2 and reason in error and error.count("\n") == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_interrupted_command_leaves_the_old_file(
    folder: Path, tiny_bundle_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(blocks: Iterator[F32], n_samples: int, rate_hz: int) -> Iterator[F32]:
        yield next(blocks)
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "faded", interrupted)
    (folder / "out.wav").write_bytes(b"old")
    assert said(tiny_bundle_path, *MORPH, "out.wav", capsys=capsys) == (130, "")
    assert (folder / "out.wav").read_bytes() == b"old" and not list(folder.glob("*.part"))


def test_a_full_disk_is_told_and_leaves_the_old_file(
    folder: Path, tiny_bundle_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(tiny_bundle_path, *MORPH, "out.wav", "--seconds", "0.5", capsys=capsys) == (0, "")
    old = (folder / "out.wav").read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        code, error = said(tiny_bundle_path, *MORPH, "out.wav", "--seconds", "0.5", capsys=capsys)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code == 2 and "out.wav cannot be written to its end" in error and error.count("\n") == 1
    assert (folder / "out.wav").read_bytes() == old and not list(folder.glob("*.part"))


def test_a_model_that_decodes_nothing_reconstructs_silence(
    folder: Path, tiny_bundle_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "decode", lambda model, latents: np.zeros((len(latents), 410), np.float32))
    soundfile.write("in.wav", np.sin(np.arange(2400) * 0.2), 12_000)
    assert said(tiny_bundle_path, "reconstruct", "in.wav", "out.wav", capsys=capsys) == (0, "")
    samples, rate_hz = soundfile.read("out.wav")
    assert (len(samples), rate_hz) == (2400, 12_000) and np.isfinite(samples).all()
