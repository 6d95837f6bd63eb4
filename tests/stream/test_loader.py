"""Loading while playing: a bundle that takes too long fails alone, and what plays goes on."""

from __future__ import annotations

import dataclasses
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rt import trial
from rt.audio import loader as module
from rt.audio.callback import BlockRenderer
from rt.audio.engine_messages import LoadMessage
from rt.audio.loader import Built, EngineMaker, Loader, LoadQueue
from rt.audio.rings import Shared
from rt.bundle import bundle, manifest_reader
from rt.bundle.bundle import Bundle
from rt.bundle.bundle_files import read_plain
from rt.bundle.manifest import MANIFEST
from rt.engine import Engine
from rt.events import NoteOn
from rt.worker import Worker
from tests.conftest import MakeEngine
from tests.support.tiny import write_tiny_bundle
from tests.support.tiny_graphs import SIZE

WIDTH, DEPTH = 2048, 1500
"""Some 12 seconds of products for 64 rows on a fast core, from 17 MB."""
LIMIT_S = 1.0
BLOCK = 128


def write_slow_bundle(folder: Path) -> Bundle:
    """A bundle that is right in everything, but for the time that its decoder takes."""
    made = write_tiny_bundle(folder, "slow")
    value = helper.make_tensor_value_info
    nodes = [helper.make_node("MatMul", ["latent", "first"], ["x0"])]
    nodes += [helper.make_node("MatMul", [f"x{i}", "again"], [f"x{i + 1}"]) for i in range(DEPTH)]
    graph = helper.make_graph(
        [*nodes, helper.make_node("MatMul", [f"x{DEPTH}", "last"], ["frame"])],
        "slow",
        [value("latent", TensorProto.FLOAT, ["n", SIZE])],
        [value("frame", TensorProto.FLOAT, ["n", 410])],
        [
            numpy_helper.from_array(np.zeros(shape, np.float32), name)
            for name, shape in (("first", (SIZE, WIDTH)), ("again", (WIDTH, WIDTH)), ("last", (WIDTH, 410)))
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / "signal_decoder.onnx")
    return bundle.save(folder, dataclasses.replace(made.manifest, files={}))


def make_loader(
    engine: Engine, player: BlockRenderer, shared: Shared, say: Callable[..., None]
) -> tuple[LoadQueue, Loader]:
    """A loader of the real engine, and what tells it what to load."""
    wanted: LoadQueue = queue.SimpleQueue()
    maker, built = EngineMaker(), Built(engine, "cpu")
    return wanted, Loader(wanted, lambda opened: maker.prepare(built, opened), player, shared, say)


def test_a_load_without_end_fails_alone(
    make_engine: MakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, fine = write_slow_bundle(tmp_path / "slow"), write_tiny_bundle(tmp_path / "fine", "fine")
    monkeypatch.setattr(module, "LIMIT_S", LIMIT_S)
    monkeypatch.setattr(trial, "LIMIT_S", 4.0)
    said: list[tuple[float, str, dict[str, Any]]] = []
    with Shared() as shared:
        engine = make_engine()
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)

        def say(kind: str, **facts: Any) -> None:
            said.append((time.monotonic(), kind, facts))

        wanted, loader = make_loader(engine, player, shared, say)
        shared.events.put(NoteOn(0, 60, 100))
        levels: list[float] = []
        out = np.zeros(BLOCK, np.float32)
        for _ in range(100):
            player.render(out)  # compiled now, not while the clock runs
        begin_s = time.monotonic()
        with Worker("loader", loader.step):
            wanted.put(LoadMessage(number=1, path=str(slow.path), n_events=1))
            wanted.put(LoadMessage(number=2, path=str(slow.path), n_events=1))
            while len(said) < 2 and time.monotonic() < begin_s + 30.0:
                player.render(out)
                levels.append(float(np.abs(out).max()))
                time.sleep(0.002)
            monkeypatch.setattr(module, "LIMIT_S", 60.0)
            wanted.put(LoadMessage(number=3, path=str(fine.path), n_events=1))
            while len(said) < 3 and time.monotonic() < begin_s + 90.0:
                player.render(out)
                time.sleep(0.002)
        assert [kind for _, kind, _ in said] == ["load_failed", "load_failed", "loaded"]
        assert [facts["number"] for _, _, facts in said] == [1, 2, 3]
        for number, (came_s, _, facts) in enumerate(said[:2], 1):
            late_s = came_s - begin_s - number * LIMIT_S
            assert 0.0 <= late_s < 1.0, "given up when its time is over, not when it is done"
            assert facts["reason"].startswith(f"{slow.path}: not loaded within 1 s; export a smaller model")
            assert "\n" not in facts["reason"]
        assert min(levels[len(levels) // 2 :]) > 0.0, "the sound goes on"
        assert shared.stats.snapshot().bundle_loads == 1
        assert shared.stats.snapshot().callback_errors == 0
        for thread in threading.enumerate():
            if thread.name == "attempt":
                thread.join(10.0)
        assert len(said) == 3, "what was given up says nothing more"


def test_the_loader_ends_at_once_while_a_load_lasts(
    make_engine: MakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = write_slow_bundle(tmp_path / "slow")
    monkeypatch.setattr(trial, "LIMIT_S", 4.0)
    with Shared() as shared:
        engine = make_engine()
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)
        wanted, loader = make_loader(engine, player, shared, lambda *_, **__: None)
        worker = Worker("loader", loader.step)
        worker.start()
        wanted.put(LoadMessage(number=1, path=str(slow.path), n_events=0))
        time.sleep(0.3)
        begin_s = time.monotonic()
        worker.stop()
        assert time.monotonic() - begin_s < 1.0
        for thread in threading.enumerate():
            if thread.name == "attempt":
                thread.join(10.0)


def test_every_file_is_read_once_and_what_was_sent_before_sounds_before(
    make_engine: MakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = write_tiny_bundle(tmp_path / "fine", "once")
    manifest = (fine.path / MANIFEST).read_text(encoding="utf-8")

    def read_and_remove(path: Path, *arguments: Any) -> bytes:
        data = read_plain(path, *arguments)
        path.unlink()
        return data

    monkeypatch.setattr(bundle, "read_plain", read_and_remove)
    monkeypatch.setattr(manifest_reader, "read_plain", read_and_remove)
    said: list[tuple[str, dict[str, Any]]] = []
    made: list[Any] = []
    with Shared() as shared:
        engine = make_engine()
        player = BlockRenderer(engine, shared.events, shared.stats, sample_rate_hz=48_000)
        wanted: LoadQueue = queue.SimpleQueue()
        maker, built = EngineMaker(), Built(engine, "cpu")

        def prepare(opened: Bundle) -> Any:
            made.append(maker.prepare(built, opened))
            return made[-1]

        loader = Loader(wanted, prepare, player, shared, lambda kind, **facts: said.append((kind, facts)))
        shared.events.put(NoteOn(0, 60, 100))
        begin_s = time.monotonic()
        with Worker("loader", loader.step):
            wanted.put(LoadMessage(number=7, path=str(fine.path), n_events=1))
            while not made and time.monotonic() < begin_s + 60.0:
                time.sleep(0.01)
            time.sleep(0.2)
            assert player.prepared is None, "the note was sent before"
            out = np.zeros(BLOCK, np.float32)
            while not said and time.monotonic() < begin_s + 60.0:
                player.render(out)
                time.sleep(0.002)
    assert said == [("loaded", {"number": 7, "path": str(fine.path), "manifest": manifest})]
