"""Nothing leaves the machine: no command asks a name server, reaches out, or leaves files in the home folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.midi_bytes import NOTE, one
from tests.system.program import ROOT, run

pytestmark = pytest.mark.timeless

PYTHON = sys.executable
ANNOUNCED_S = "8"
"""Long enough for the announcement on a busy machine."""
HERE = "10.77.0.2"
"""Address of the machine in the network of `tests.system.alone`."""


def can_be_alone() -> bool:
    """Whether this system lets a test have a network of its own."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    return run("unshare", "-rnm", PYTHON, "-m", "tests.system.alone", "true")[0] == 0


@pytest.fixture(scope="module", autouse=True)
def _alone() -> None:
    if not can_be_alone():
        pytest.skip("no network namespaces here: they need Linux, unshare, ip, and leave to use them")


def sent(home: Path, *command: str) -> tuple[int, list[list[Any]]]:
    """A command's exit code, and what it sent beyond the loopback or to a name server, with an empty home folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    done = subprocess.run(
        ["unshare", "-rnm", PYTHON, "-m", "tests.system.alone", *command],
        cwd=ROOT,
        env=kept | {"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return told["code"], told["sent"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import socket; socket.getaddrinfo('example.com', 80)", ["127.0.0.1", 53, "udp"]),
        ("import socket; socket.create_connection(('192.0.2.1', 80))", ["192.0.2.1", 80, "tcp"]),
        (
            "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.sendto(b'x', ('192.0.2.1', 9))",
            ["192.0.2.1", 9],
        ),
    ],
)
def test_what_reaches_out_is_seen(home: Path, code: str, told: list[Any]) -> None:
    seen = [one[1:] for one in sent(home, PYTHON, "-c", code)[1]]
    assert told in [one[: len(told)] for one in seen]


def test_the_announcement_leaves_the_loopback_only_when_the_bridge_is_opened(home: Path, tmp_path: Path) -> None:
    server = (PYTHON, "run_server.py", "--audio", f"file:{tmp_path / 'x.wav'}", "--midi-in", "none", "--osc-port", "0")
    code, seen = sent(home, "--until", "224.0.0.251", *server, "--seconds", ANNOUNCED_S, "--osc-host", "0.0.0.0")
    assert code == 0
    assert [HERE, "224.0.0.251", 5353, "udp"] in seen
    assert {one[2] for one in seen} == {5353}


COMMANDS = {
    "run": (
        "run_server.py",
        "--demo",
        "--seconds",
        ANNOUNCED_S,
        "--audio",
        "file:x.wav",
        "--midi-in",
        "none",
        "--osc-port",
        "0",
    ),
    "render": ("-m", "rt.cli", "render", "in.mid", "out.wav", "--instrument", "violin"),
    "transcribe": ("-m", "rt.cli", "transcribe", "in.wav", "out.mid"),
    "reconstruct": ("-m", "rt.cli", "reconstruct", "in.wav", "out.wav"),
    "info": ("-m", "rt.cli", "info"),
    "doctor": ("-m", "rt.cli", "doctor"),
    "devices": ("-m", "rt.cli", "devices"),
    "osc": ("-m", "rt.cli", "osc", "--json"),
    "export": ("-m", "export", "--help"),
    "imports": ("-c", "import export.bundle, export.evaluate, onnxruntime, rt.model, rt.host.server"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_leaves_the_machine(home: Path, tmp_path: Path, name: str) -> None:
    import soundfile

    (tmp_path / "in.mid").write_bytes(one(NOTE))
    t = np.arange(16_000) / 16_000
    soundfile.write(tmp_path / "in.wav", 0.3 * np.sin(2 * np.pi * 440 * t), 16_000)
    files = {name: str(tmp_path / name) for name in ("in.mid", "in.wav", "out.wav", "out.mid")}
    words = [files.get(word, word.replace("file:x", f"file:{tmp_path / 'x'}")) for word in COMMANDS[name]]
    code, seen = sent(home, PYTHON, *words)
    assert code in ((0, 1) if name == "doctor" else (0,))  # a machine without sound devices fails the doctor's test
    assert seen == []
    assert [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()] == []
