"""`python -m export train` in one process, in two, and under torchrun: the same result within noise, one clean stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from export import store
from export.__main__ import main
from tests.support.learning import need, toy_corpus

pytestmark = [pytest.mark.train, pytest.mark.system, pytest.mark.timeless]
need("torch", "lightning_fabric", "tqdm")
ROOT = Path(__file__).parents[2]
COMMON = ("--preset", "tiny", "--quiet", "--accelerator", "cpu", "--set", "save_every=10", "--set", "validate_every=50")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    store.save(toy_corpus(), folder)
    return folder


def run(*arguments: object, launcher: tuple[str, ...] = ("-m", "export")) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *launcher, "train", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def test_two_processes_learn_as_one_does(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("train", "--data", str(data), "--steps", "100", *COMMON)
    assert main([*arguments, "--out", str(tmp_path / "1.pt")]) == 0
    losses = [json.loads(capsys.readouterr().out)["loss"]]
    done = run("--data", data, "--out", tmp_path / "2.pt", "--steps", 100, "--devices", 2, *COMMON)
    assert done.returncode == 0, done.stderr
    losses.append(json.loads(done.stdout)["loss"])
    for n in (1, 2):
        assert (tmp_path / f"{n}.pt").exists() and (tmp_path / f"{n}.best.pt").exists()
    assert losses[0] < 700.0 and abs(losses[0] - losses[1]) < 150.0, losses


def test_torchrun_starts_it(data: Path, tmp_path: Path) -> None:
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "export")
    done = run("--data", data, "--out", tmp_path / "model.pt", "--steps", 10, *COMMON, launcher=launcher)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"loss"') == 1 and (tmp_path / "model.pt").exists()


@pytest.mark.parametrize("n", [1, 2])
def test_ctrl_c_saves_and_says_how_to_go_on(data: Path, tmp_path: Path, n: int) -> None:
    out = tmp_path / "model.pt"
    arguments = ["--data", data, "--out", out, "--steps", 2000, "--devices", n, *COMMON]
    command = [sys.executable, "-m", "export", "train", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    state, deadline = out.with_suffix(".state.pt"), time.monotonic() + 120.0
    while not state.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    try:
        _, told = process.communicate(timeout=120.0)
    finally:
        process.kill()
    assert process.returncode == 130, told
    assert "the same command with --resume goes on" in told and "Traceback" not in told
    assert state.exists() and not out.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "stepps=3"], "did you mean 'steps'"),
        (["--data", "/nowhere"], "no prepared corpus there"),
        (["--devices", "3"], "multiple of the 3 processes"),
    ],
)
def test_a_wrong_command_is_one_line(
    data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["train", "--data", str(data), "--out", str(tmp_path / "model.pt"), *COMMON, *arguments]) == 2
    errors = capfd.readouterr().err
    assert told in errors
    assert len(errors.strip().splitlines()) == 1, errors
