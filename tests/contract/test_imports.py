"""The import rules of the architecture, read from syntax trees."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RT = ROOT / "rt"
FILES = sorted(RT.rglob("*.py"))

SOLE_IMPORTERS = {
    "onnxruntime": {"rt.model"},
    "sounddevice": {"rt.audio.device"},
    "mido": {"rt.midi.midi_file"},
    "rtmidi": {"rt.midi.driver"},
    "jack": {"rt.midi.graph"},
    "pythonosc": {"rt.osc.server"},
    "soundfile": {"rt.audio.offline", "rt.sound_file"},
    "starlette": {"rt.oscquery.app", "rt.oscquery.gate", "rt.oscquery.http"},
    "uvicorn": {"rt.oscquery.http", "rt.oscquery.server"},
    "websockets": set(),
    "zeroconf": {"rt.oscquery.announce"},
    "ifaddr": {"rt.oscquery.announce"},
    "platformdirs": {"rt.config.user_folder"},
    "tomli_w": {"rt.presets.preset", "rt.midi.learnt"},
    "tqdm": {"rt.offline.progress", "rt.commands.transcribe"},
    "matplotlib": {"rt.offline.pictures"},
}

PURE = (
    "rt.frames",
    "rt.dsp",
    "rt.bundle",
    "rt.jit",
    "rt.units",
    "rt.events",
    "rt.parameters",
    "rt.errors",
    "rt.arrays",
    "rt.engine",
    "rt.transcribe",
)
"""Parts without threads, processes, sockets, clocks or loggers."""
IMPURE_MODULES = {
    "threading",
    "multiprocessing",
    "queue",
    "socket",
    "asyncio",
    "time",
    "logging",
    "subprocess",
    "signal",
}

LEAVES = {"rt.units", "rt.arrays", "rt.errors", "rt.jit", "rt.atomic_write"}
DATA = LEAVES | {"rt.bundle"}
CONTROL = DATA | {"rt.events", "rt.parameters", "rt.config", "rt.bridge", "rt.worker"}
MAY_IMPORT = {
    "rt.errors": set(),
    "rt.arrays": set(),
    "rt.units": set(),
    "rt.code_cache": set(),
    "rt.jit": {"rt.code_cache"},
    "rt.atomic_write": set(),
    "rt.sound_file": set(),
    "rt.signals": set(),
    "rt.entry": set(),
    "rt.faults": LEAVES,
    "rt.events": LEAVES,
    "rt.bundle": LEAVES,
    "rt.config": LEAVES | {"rt.parameters"},
    "rt.stats": LEAVES,
    "rt.attempt": LEAVES,
    "rt.worker": LEAVES,
    "rt.child": LEAVES,
    "rt.parameters": DATA | {"rt.events"},
    "rt.bridge": DATA | {"rt.events", "rt.stats"},
    "rt.trial": LEAVES | {"rt.bundle", "rt.model"},
    "rt.model": DATA | {"rt.frames", "rt.trial"},
    "rt.frames": DATA,
    "rt.dsp": LEAVES,
    "rt.engine": DATA | {"rt.model", "rt.events", "rt.parameters", "rt.frames", "rt.dsp", "rt.config", "rt.stats"},
    "rt.transcribe": DATA | {"rt.model", "rt.frames", "rt.dsp", "rt.config.ear_settings"},
    "rt.midi": CONTROL | {"rt.child", "rt.signals", "rt.audio.device", "rt.audio.host_pipe"},
    "rt.osc": CONTROL | {"rt", "rt.midi.note_range", "rt.midi.controllers", "rt.midi.learnt", "rt.midi.targets"},
    "rt.presets": CONTROL | {"rt.osc"},
    "rt.oscquery": CONTROL | {"rt.osc"},
    "rt.listening": CONTROL | {"rt.midi", "rt.osc", "rt.transcribe", "rt.model", "rt.host.engine_client"},
    "rt.offline": DATA
    | {
        "rt.audio",
        "rt.engine",
        "rt.model",
        "rt.frames",
        "rt.dsp",
        "rt.events",
        "rt.parameters",
        "rt.config",
        "rt.stats",
    }
    | {"rt.transcribe", "rt.sound_file"},
    "rt.audio": DATA
    | {"rt.events", "rt.parameters", "rt.config", "rt.stats", "rt.dsp", "rt.worker", "rt.engine", "rt.model"}
    | {"rt.child", "rt.signals", "rt.faults", "rt.sound_file", "rt.attempt", "rt.code_cache"},
}
"""What each part may import of ours, itself aside; the host and the commands may import everything."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def imports(path: Path) -> tuple[str, ...]:
    """Full names of what a file imports, at any depth; `from a import b` gives a.b where that is a module of ours."""
    return tuple(read_imports(path))


def read_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if is_ours(full) else node.module


def is_ours(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def part(name: str) -> str:
    """The part of the architecture that a module belongs to: `rt.dsp.voice_bank` is `rt.dsp`."""
    return ".".join(name.split(".")[:2])


def test_there_are_files_to_read() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_rt_never_imports_torch_or_export(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {"torch", "export", "onnx", "librosa", "tests"}


@pytest.mark.parametrize("package", SOLE_IMPORTERS)
def test_each_foreign_world_has_one_importer(package: str) -> None:
    importers = {module_name(p) for p in FILES if package in {name.split(".")[0] for name in imports(p)}}
    assert importers <= SOLE_IMPORTERS[package]


@pytest.mark.parametrize("path", [p for p in FILES if part(module_name(p)) in PURE], ids=module_name)
def test_pure_parts_have_no_threads_sockets_clocks_or_loggers(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & IMPURE_MODULES


@pytest.mark.parametrize("path", [p for p in FILES if part(module_name(p)) in MAY_IMPORT], ids=module_name)
def test_imports_point_one_way(path: Path) -> None:
    own = part(module_name(path))
    wrong = {
        name
        for name in imports(path)
        if name.split(".")[0] == "rt" and part(name) != own and not {part(name), name} & MAY_IMPORT[own]
    }
    assert wrong == set()


@pytest.mark.parametrize(
    "path", [p for p in (ROOT / "export").rglob("*.py") if (ROOT / "export").is_dir()], ids=module_name
)
def test_export_imports_only_parts_without_devices_or_threads(path: Path) -> None:
    ours = {part(name) for name in imports(path) if name.split(".")[0] == "rt"}
    assert not ours & {"rt.audio", "rt.osc", "rt.oscquery", "rt.midi", "rt.host", "rt.cli", "rt.commands", "rt.worker"}
