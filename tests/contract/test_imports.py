"""The import rules of the architecture, read from syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RT = ROOT / "rt"
FILES = sorted(RT.rglob("*.py"))

SOLE_IMPORTERS = {
    "onnxruntime": {"rt.model"},
    "sounddevice": {"rt.audio.device"},
    "mido": {"rt.control.midi_file"},
    "rtmidi": {"rt.midi.driver"},
    "jack": {"rt.midi.graph"},
    "pythonosc": {"rt.control.osc"},
    "soundfile": {"rt.audio.offline", "rt.sound_file"},
    "starlette": {"rt.control.oscquery_app", "rt.control.oscquery_gate", "rt.control.oscquery_http"},
    "uvicorn": {"rt.control.oscquery_http", "rt.control.oscquery"},
    "websockets": set(),
    "zeroconf": {"rt.control.oscquery_announce"},
    "ifaddr": {"rt.control.oscquery_announce"},
    "tqdm": {"rt.offline.progress", "rt.commands.transcribe"},
    "matplotlib": {"rt.offline.pictures"},
}

PURE = (
    "rt.frames",
    "rt.dsp",
    "rt.manifest",
    "rt.bundle_files",
    "rt.graph_check",
    "rt.manifest_checks",
    "rt.manifest_reader",
    "rt.bundle",
    "rt.compiled",
    "rt.units",
    "rt.events",
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

LEAVES = {"rt.units", "rt.arrays", "rt.errors", "rt.compiled", "rt.whole_file"}
DATA = LEAVES | {"rt.manifest"}
MAY_IMPORT = {
    "rt.errors": set(),
    "rt.arrays": set(),
    "rt.units": set(),
    "rt.code_cache": set(),
    "rt.compiled": {"rt.code_cache"},
    "rt.whole_file": set(),
    "rt.events": LEAVES,
    "rt.manifest": LEAVES,
    "rt.bundle_files": LEAVES,
    "rt.graph_check": set(),
    "rt.manifest_checks": DATA | {"rt.bundle_files"},
    "rt.manifest_reader": DATA | {"rt.manifest_checks", "rt.bundle_files"},
    "rt.bundle": DATA | {"rt.manifest_reader", "rt.bundle_files", "rt.graph_check"},
    "rt.trial": LEAVES | {"rt.bundle", "rt.model"},
    "rt.ear_settings": set(),
    "rt.limits": {"rt.ear_settings", "rt.units"},
    "rt.config": LEAVES | {"rt.ear_settings", "rt.limits"},
    "rt.sound_file": set(),
    "rt.stats": LEAVES,
    "rt.attempt": LEAVES,
    "rt.worker": LEAVES,
    "rt.signals": set(),
    "rt.entry": set(),
    "rt.faults": LEAVES,
    "rt.model": DATA | {"rt.bundle", "rt.frames", "rt.trial"},
    "rt.frames": DATA,
    "rt.dsp": LEAVES,
    "rt.engine": DATA | {"rt.model", "rt.bundle", "rt.events", "rt.frames", "rt.dsp", "rt.config", "rt.stats"},
    "rt.transcribe": DATA | {"rt.model", "rt.bundle", "rt.frames", "rt.dsp", "rt.ear_settings"},
    "rt.control": DATA | {"rt", "rt.events", "rt.bundle", "rt.config", "rt.stats", "rt.dsp", "rt.frames", "rt.worker"},
    "rt.child": LEAVES,
    "rt.midi": LEAVES | {"rt.audio", "rt.child", "rt.config", "rt.control", "rt.signals", "rt.worker"},
    "rt.listening": DATA
    | {
        "rt.audio",
        "rt.control",
        "rt.midi",
        "rt.transcribe",
        "rt.model",
        "rt.bundle",
        "rt.config",
        "rt.events",
        "rt.worker",
    },
    "rt.offline": DATA
    | {"rt.audio", "rt.engine", "rt.model", "rt.bundle", "rt.frames", "rt.dsp", "rt.events", "rt.config", "rt.stats"}
    | {"rt.transcribe", "rt.sound_file"},
    "rt.audio": DATA
    | {"rt.events", "rt.bundle", "rt.config", "rt.stats", "rt.dsp", "rt.worker", "rt.engine", "rt.model", "rt.child"}
    | {"rt.signals", "rt.faults", "rt.sound_file", "rt.attempt", "rt.code_cache"},
}
"""What each part may import of ours, itself aside; the composition root and the commands may import everything."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Full names of what a file imports, at any depth; `from a import b` gives a.b where that is a module of ours."""
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
    """The part of the architecture that a module belongs to: `rt.dsp.bank` is `rt.dsp`."""
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
        if name.split(".")[0] == "rt" and part(name) != own and part(name) not in MAY_IMPORT[own]
    }
    assert wrong == set()


@pytest.mark.parametrize(
    "path", [p for p in (ROOT / "export").rglob("*.py") if (ROOT / "export").is_dir()], ids=module_name
)
def test_export_imports_only_parts_without_devices_or_threads(path: Path) -> None:
    ours = {part(name) for name in imports(path) if name.split(".")[0] == "rt"}
    assert not ours & {"rt.audio", "rt.control", "rt.server", "rt.cli", "rt.commands", "rt.worker"}
