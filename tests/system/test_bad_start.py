"""What cannot start says so in one line and leaves with 2."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from pathlib import Path

import pytest

from rt.bundle.bundle import DEFAULT
from tests.system.jackd import Jackd
from tests.system.program import run

pytestmark = pytest.mark.timeless
TO_FILE = ("--midi-in", "none", "--osc-port", "0", "--seconds", "1")


def refuse(*flags: str, environment: dict[str, str] | None = None) -> str:
    """The one line with which a start is refused."""
    code, _, errors = run(sys.executable, "run_server.py", *flags, environment=environment)
    lines = [line for line in errors.splitlines() if line.strip()]
    assert code == 2, errors
    assert len(lines) == 1, errors
    return lines[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the default bundle to damage."""
    folder = tmp_path / "bundle"
    shutil.copytree(DEFAULT, folder)
    return folder


@pytest.fixture
def to_file(tmp_path: Path) -> tuple[str, ...]:
    return (*TO_FILE, "--audio", f"file:{tmp_path / 'out.wav'}")


def test_missing_bundle(to_file: tuple[str, ...], tmp_path: Path) -> None:
    assert "no bundle folder" in refuse("--bundle", str(tmp_path / "none"), *to_file)


def test_empty_folder_as_bundle(to_file: tuple[str, ...], tmp_path: Path) -> None:
    assert "manifest.json" in refuse("--bundle", str(tmp_path), *to_file)


def test_manifest_that_is_no_json(to_file: tuple[str, ...], copy: Path) -> None:
    (copy / "manifest.json").write_text('{"format": 1,')
    assert "not JSON" in refuse("--bundle", str(copy), *to_file)


def test_changed_graph(to_file: tuple[str, ...], copy: Path) -> None:
    graph = next(copy.glob("*.onnx"))
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.write_bytes(data)
    assert "SHA-256" in refuse("--bundle", str(copy), *to_file)


def test_truncated_graph(to_file: tuple[str, ...], copy: Path) -> None:
    graph = next(copy.glob("*.onnx"))
    graph.write_bytes(graph.read_bytes()[:1000])
    assert "1000 bytes" in refuse("--bundle", str(copy), *to_file)


def test_newer_format(to_file: tuple[str, ...], copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    assert "update latent-bridge" in refuse("--bundle", str(copy), *to_file)


def test_unknown_instrument(to_file: tuple[str, ...]) -> None:
    assert "Flute" in refuse("--instrument", "kazoo", *to_file)


def test_provider_that_is_not_there(to_file: tuple[str, ...]) -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has CUDA")
    assert "cuda" in refuse("--provider", "cuda", *to_file).lower()


def test_osc_port_in_use(to_file: tuple[str, ...]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert str(port) in refuse(*to_file, "--osc-port", str(port))


def test_osc_host_that_is_not_ours(to_file: tuple[str, ...]) -> None:
    assert "192.0.2.1" in refuse(*to_file, "--osc-host", "192.0.2.1")


def test_unknown_device_lists_what_there_is(jackd: Jackd) -> None:
    line = refuse(*TO_FILE, "--device", "nonsuch", environment=jackd.environment)
    assert "nonsuch" in line
    assert "system" in line


def test_unknown_host_api_lists_what_there_is(jackd: Jackd) -> None:
    assert "JACK" in refuse(*TO_FILE, "--host-api", "nonsuch", environment=jackd.environment)


def test_wrong_rate_for_jack(jackd: Jackd) -> None:
    assert "48000" in refuse(*TO_FILE, "--host-api", "JACK", "--sample-rate", "44100", environment=jackd.environment)


def test_unknown_midi_port_lists_what_there_is(to_file: tuple[str, ...], jackd: Jackd) -> None:
    flags = (*to_file, "--midi-in", "nonsuch", "--midi-api", "jack")
    assert "nonsuch" in refuse(*flags, environment=jackd.environment)


def test_file_that_cannot_be_written(tmp_path: Path) -> None:
    assert "none" in refuse(*TO_FILE, "--audio", f"file:{tmp_path / 'none' / 'out.wav'}")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--block", "7"), "audio.block_samples"),
        (("--block", "many"), "--block"),
        (("--voices", "0"), "engine.voices"),
        (("--gain", "nan"), "engine.gain_db"),
        (("--audio", "tape"), "audio.output"),
        (("--provider", "abacus"), "--provider"),
        (("--nonsense",), "--nonsense"),
        (("--config", "/nonsuch.toml"), "/nonsuch.toml"),
        (("--osc-port", "70000"), "osc.port"),
    ],
    ids=str,
)
def test_wrong_flags(flags: tuple[str, ...], message: str) -> None:
    assert message in refuse(*flags)


def test_unknown_setting_in_a_file_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[audio]\nblock_sample = 128\n")
    assert "block_samples" in refuse("--config", str(path))
