"""The runtime installs from wheels alone on every system that is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.learning import need

need("uv")
ROOT = Path(__file__).parents[2]
SYSTEMS = {
    "Windows": "x86_64-pc-windows-msvc",
    "macOS on Intel": "x86_64-apple-darwin",
    "macOS on ARM": "aarch64-apple-darwin",
    "Linux on x86-64": "x86_64-unknown-linux-gnu",
    "Linux on ARM": "aarch64-unknown-linux-gnu",
}
PYTHONS = ("3.11", "3.12")
OFFLINE = re.compile(r"failed to fetch|could not connect|client error|dns error|timed out", re.IGNORECASE)


def requirements() -> list[str]:
    """What `pip install '.[cpu]'` asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["cpu"]]


def resolve(system: str, python: str, wanted: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Choose versions that have wheels there; only their metadata is read."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "--no-config",
        "--no-header",
        "--no-python-downloads",
        "--only-binary",
        ":all:",
    ]
    command += ["--python-platform", SYSTEMS[system], "--python-version", python, str(wanted), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    if done.returncode and OFFLINE.search(done.stderr):
        if os.environ.get("CI") == "true":
            pytest.fail(f"the package registry does not answer: {done.stderr[-500:]}")
        pytest.skip("the package registry does not answer; this test needs the network")
    return done


@pytest.mark.slow
def test_every_system_has_wheels_of_everything(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.in"
    wanted.write_text("\n".join(requirements()), encoding="utf-8")
    resolve("Linux on x86-64", "3.12", wanted)  # skips where there is no network
    places = [(system, python) for system in SYSTEMS for python in PYTHONS]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda place: resolve(place[0], place[1], wanted), places))
    for place, done in zip(places, found, strict=True):
        assert done.returncode == 0, f"{place}: {done.stderr}"
        for name in ("numpy", "onnxruntime", "numba", "python-rtmidi", "sounddevice"):
            assert f"\n{name}==" in f"\n{done.stdout}", f"{place}: {name}"


@pytest.mark.slow
def test_a_package_without_wheels_is_noticed(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.in"
    wanted.write_text("nsgt==0.19", encoding="utf-8")
    done = resolve("Windows", "3.12", wanted)
    assert done.returncode != 0 and "nsgt" in done.stderr
