"""The commands besides `run`: what they print, and how they refuse."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import pytest

from tests.system.jackd import Jackd
from tests.system.program import latent_bridge, run

pytestmark = pytest.mark.timeless
EMPTY = b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk\0\0\0\4\0\xff\x2f\0"
"""A MIDI file with an empty track."""


def refuse(*arguments: str) -> str:
    code, _, errors = latent_bridge(*arguments)
    assert code == 2
    assert len(errors.strip().splitlines()) == 1, errors
    return errors


def test_info_shows_instruments_and_licences() -> None:
    code, said, errors = latent_bridge("info")
    assert (code, errors) == (0, "")
    for word in ("Flute", "Violin", "signal_decoder", "latents", "licences", "SHA-256"):
        assert word in said


def test_info_refuses_what_is_no_bundle(tmp_path: Path) -> None:
    assert "no bundle folder" in refuse("info", str(tmp_path / "none"))


def test_osc_as_json() -> None:
    code, said, _ = latent_bridge("osc", "--json")
    assert code == 0
    table = json.loads(said)
    assert table["port"] == 9130
    assert {"/lb/note", "/lb/latent", "/lb/fail"} <= {m["address"] for m in table["messages"]}


def test_osc_as_text() -> None:
    code, said, _ = latent_bridge("osc")
    assert code == 0
    assert "/lb/note i note, i velocity, [i channel]" in said


def test_closed_pipe_is_no_error() -> None:
    code, said, errors = run("sh", "-c", f"{sys.executable} -m rt.cli osc --json | head -c 10")
    assert (code, len(said), errors) == (0, 10, "")


def test_devices_lists_jack(jackd: Jackd) -> None:
    code, said, errors = run(sys.executable, "-m", "rt.cli", "devices", environment=jackd.environment)
    assert (code, errors) == (0, "")
    assert "JACK" in said
    assert "system" in said
    assert "cannot be opened" not in said, "MIDI goes through JACK, whatever ALSA lacks"


def test_doctor_is_content_here(jackd: Jackd) -> None:
    code, said, errors = run(sys.executable, "-m", "rt.cli", "doctor", "--osc-port", "0", environment=jackd.environment)
    assert (code, errors) == (0, ""), said
    assert "it will play" in said
    assert "JACK runs at 48000 Hz" in said
    assert "MIDI works" in said, "there is JACK, whatever ALSA lacks"


def test_doctor_finds_a_taken_port_and_a_missing_bundle(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        code, said, errors = latent_bridge("doctor", "--osc-port", port, "--bundle", str(tmp_path / "none"))
    assert (code, errors) == (1, "")
    assert f"OSC port {port}" in said
    assert "no bundle folder" in said
    assert "2 to mend" in said


def test_doctor_goes_on_after_a_package_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('libcublas.so.12 is not there')")
    (tmp_path / "numba.py").write_text("raise ImportError('numpy is too new')")
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    shadowed = {"PYTHONPATH": str(tmp_path)}
    code, said, errors = run(sys.executable, "-m", "rt.cli", "doctor", "--osc-port", "0", environment=shadowed)
    assert (code, errors) == (1, "")
    for fault, fix in (("libcublas.so.12 is not there", "pip install"), ("PortAudio library is missing", "install")):
        (at,) = [i for i, line in enumerate(said.splitlines()) if fault in line]
        assert fix in said.splitlines()[at + 1]
    assert "OSC port 0" in said
    code, _, errors = run(sys.executable, "-m", "rt.cli", "render", "a", "b", environment=shadowed)
    assert (code, errors.count("\n")) == (2, 1), errors


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        (b"", "damaged"),
        (b"not midi at all", "MIDI"),
        (EMPTY, "no note"),
    ],
)
def test_render_refuses_bad_files(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "in.mid"
    if content is not None:
        path.write_bytes(content)
    assert message in refuse("render", str(path), str(tmp_path / "out.wav"))
    assert not (tmp_path / "out.wav").exists()


def test_render_refuses_an_unknown_instrument(tmp_path: Path) -> None:
    path = tmp_path / "in.mid"
    path.write_bytes(EMPTY)
    assert "Flute" in refuse("render", str(path), str(tmp_path / "out.wav"), "--instrument", "kazoo")


def test_unknown_command_is_refused_in_one_line() -> None:
    assert "dance" in refuse("dance")


def test_version() -> None:
    code, said, _ = latent_bridge("--version")
    assert code == 0
    assert said.startswith("latent-bridge ")
