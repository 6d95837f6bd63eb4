"""The training loop: resume is exact, interruptions are saved, wrong checkpoints are told in one line."""

from __future__ import annotations

import dataclasses
import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from export import store
from rt.errors import BridgeError
from tests.support.learning import need, toy_corpus

pytestmark = pytest.mark.train
torch, checkpoint, presets, task = need("torch", "export.checkpoint", "export.presets", "export.task")
launch, train = need("export.launch", "export.train")
need("lightning_fabric")

STEPS = 12
SMALL = ("batch=16", "live_batch=8", "voice_batch=16", "decoder_hidden=24", "encoder_hidden=16", f"steps={STEPS}")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    store.save(toy_corpus(), folder)
    return folder


def task_of(data: Path, out: Path, *changes: str, **options: Any) -> Any:
    plan = presets.plan_of("tiny", [*SMALL, "save_every=5", "validate_every=6", *changes])
    return task.Task(data=data, out=out, plan=plan, quiet=True, **options)


def stop_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Press Ctrl-C in the middle of a step."""
    learn = train.Training._learn

    def learn_or_stop(self: Any) -> Any:
        if self.step == step:
            os.kill(os.getpid(), signal.SIGINT)
        return learn(self)

    monkeypatch.setattr(train.Training, "_learn", learn_or_stop)


def weights_of(path: Path) -> dict[str, Any]:
    return dict(checkpoint.load(path).model.state_dict())


def test_an_interrupted_training_goes_on_as_if_nothing_had_been(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = signal.getsignal(signal.SIGINT)
    whole = launch.train(task_of(data, tmp_path / "whole.pt"), accelerator="cpu")
    assert whole.finished and whole.step == STEPS
    with monkeypatch.context() as patched:
        stop_at(patched, 6)
        stopped = launch.train(task_of(data, tmp_path / "parts.pt"), accelerator="cpu")
    assert not stopped.finished and stopped.step == 7
    assert not (tmp_path / "parts.pt").exists() and (tmp_path / "parts.state.pt").exists()
    resumed = launch.train(task_of(data, tmp_path / "parts.pt", resume=True), accelerator="cpu")
    assert resumed == whole
    for name in ("{}.pt", "{}.best.pt"):
        first, second = (weights_of(tmp_path / name.format(run)) for run in ("whole", "parts"))
        assert first.keys() == second.keys()
        assert all(torch.equal(first[key], second[key]) for key in first)
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_checkpoint_tells_all_that_a_bundle_needs(data: Path, tmp_path: Path) -> None:
    corpus = toy_corpus()
    launch.train(task_of(data, tmp_path / "model.pt", seed=3), accelerator="cpu")
    found = checkpoint.load(tmp_path / "model.pt")
    assert found.symbols == corpus.symbols and not found.model.training
    assert found.corpus == checkpoint.corpus_facts(corpus)
    assert found.training["seed"] == 3 and found.training["settings"]["steps"] == found.training["step"] == STEPS
    assert found.training["n_takes"]["validation"] > 0 and found.training["cpu_s"] > 0
    assert {"note_percent", "live_note_percent", "transfer_lsd_db", "loss"} <= found.scores["validation"].keys()
    n_frames = found.training["n_takes"]["validation"] * 6
    assert found.examples["frame"].shape == found.examples["live"].shape == (min(64, n_frames), 410)
    assert found.examples["frame"].amax() > 2.0
    resumed = launch.train(task_of(data, tmp_path / "model.pt", seed=3, resume=True), accelerator="cpu")
    assert resumed.finished and resumed.step == STEPS


def test_a_mixture_model_names_the_symbols_of_all_sources(data: Path, tmp_path: Path) -> None:
    duet = task_of(data, tmp_path / "model.pt", "n_sources=2", "permute=yes", "steps=2", "listener=no")
    launch.train(duet, accelerator="cpu")
    found = checkpoint.load(tmp_path / "model.pt")
    names = [symbol.name for symbol in found.symbols]
    assert names[4:] == [f"{name}_2" for name in names[:4]]
    assert found.model.config.n_sources == 2 and found.model.listener_encoder is None


def test_the_published_networks_train(data: Path, tmp_path: Path) -> None:
    changes = ["encoder_hidden=20", "decoder_hidden=20", "symbol_hidden=10", "steps=3", "match=l2", "adversary=1"]
    plan = presets.plan_of("paper", changes)
    launch.train(task.Task(data=data, out=tmp_path / "paper.pt", plan=plan, quiet=True), accelerator="cpu")
    assert checkpoint.load(tmp_path / "paper.pt").training["preset"] == "paper"


def test_without_validation_there_is_no_best(data: Path, tmp_path: Path) -> None:
    whole = task_of(data, tmp_path / "model.pt", "validation=0", "steps=2", split="all")
    assert launch.train(whole, accelerator="cpu").scores == {}
    assert (tmp_path / "model.pt").exists() and not (tmp_path / "model.best.pt").exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tensorboard_gets_every_term_and_score(data: Path, tmp_path: Path) -> None:
    (events,) = need("tensorboard.backend.event_processing.event_accumulator")
    launch.train(task_of(data, tmp_path / "model.pt", log=tmp_path / "log"), accelerator="cpu")
    found = events.EventAccumulator(str(tmp_path / "log")).Reload()
    tags = set(found.Tags()["scalars"])
    assert {"train/loss", "train/rate", "train/live_match", "validation/loss", "validation/note_percent"} <= tags
    assert [event.step for event in found.Scalars("validation/loss")] == [6, 12]


@pytest.mark.parametrize(
    ("changes", "options", "told"),
    [
        (["decoder_hidden=32"], {}, "decoder_hidden=24, asked for 32"),
        (["clean=0.5"], {}, r"clean=0\.3, asked for 0\.5"),
        ([], {"seed": 2}, "seed=1, asked for 2"),
        ([], {"split": "note"}, "split=group, asked for note"),
    ],
)
def test_another_training_is_not_gone_on_with(
    data: Path, tmp_path: Path, changes: list[str], options: dict[str, Any], told: str
) -> None:
    launch.train(task_of(data, tmp_path / "model.pt", "steps=2"), accelerator="cpu")
    with pytest.raises(BridgeError, match=told):
        launch.train(task_of(data, tmp_path / "model.pt", "steps=2", *changes, resume=True, **options))


def test_another_corpus_is_not_gone_on_with(data: Path, tmp_path: Path) -> None:
    launch.train(task_of(data, tmp_path / "model.pt", "steps=2"), accelerator="cpu")
    store.save(dataclasses.replace(toy_corpus(), sources=("other",)), tmp_path / "other")
    with pytest.raises(BridgeError, match="another corpus"):
        launch.train(task_of(tmp_path / "other", tmp_path / "model.pt", "steps=2", resume=True), accelerator="cpu")


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", None, {"kind": "x"}, "cut off"])
def test_what_is_no_checkpoint_is_told_in_one_line(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "model.pt"
    if isinstance(content, dict):
        torch.save(content, path)
    elif content == "cut off":
        torch.save({"kind": "x", "state": torch.zeros(30_000)}, path)
        path.write_bytes(path.read_bytes()[:20_000])
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(BridgeError, match=r"model\.pt.*run `python -m export train`") as caught:
        checkpoint.load(path)
    assert "\n" not in str(caught.value) and "Invalid argument" not in str(caught.value)


def test_a_full_disk_keeps_what_is_done(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launch.train(task_of(data, tmp_path / "model.pt", "steps=2"), accelerator="cpu")
    before = (tmp_path / "model.pt").read_bytes()

    def full(path: Path, content: Any) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BridgeError, match="No space left on device"):
        launch.train(task_of(data, tmp_path / "model.pt", "steps=3"), accelerator="cpu")
    assert (tmp_path / "model.pt").read_bytes() == before and not list(tmp_path.glob("*.part"))


def test_batches_that_processes_cannot_share_are_told(data: Path, tmp_path: Path) -> None:
    (fabric,) = need("lightning_fabric")
    lone = fabric.Fabric(accelerator="cpu", devices=1)
    with pytest.raises(BridgeError, match=r"batch is 1, .*multiple of the 1 process.*at least two"):
        launch.run(lone, task_of(data, tmp_path / "model.pt", "batch=1"))


def test_one_cycle_is_that_of_torch() -> None:
    steps = 40
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.AdamW([parameter], 1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.0, total_steps=steps, pct_start=train.RISE)
    for step in range(steps):
        group = optimiser.param_groups[0]
        assert train.rate_at(step, steps) == pytest.approx((group["lr"], group["betas"][0]), abs=1e-6)
        optimiser.step()
        if step < steps - 1:
            schedule.step()
