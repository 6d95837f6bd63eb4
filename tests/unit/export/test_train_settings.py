"""Presets and `--set`: every setting can be changed by its name, wrong ones are told in one line."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from rt.errors import BridgeError
from tests.support.learning import need

pytestmark = pytest.mark.train
presets, command, program = need("export.presets", "export.commands.train", "export.__main__")


def test_the_command_line_offers_every_preset() -> None:
    assert list(command.PRESETS) == list(presets.PRESETS)
    assert all(name == plan.preset for name, plan in presets.PRESETS.items())


def test_a_name_means_one_setting() -> None:
    plan = presets.PRESETS["default"]
    names = [f.name for part in (plan.model, plan.weights, plan.settings) for f in dataclasses.fields(part)]
    assert len(names) == len(set(names)) > 50


@pytest.mark.parametrize(
    ("change", "part", "name", "value"),
    [
        ("n_latents=16", "model", "n_latents", 16),
        ("listener=no", "model", "listener", False),
        ("signal_decoder=conv", "model", "signal_decoder", "conv"),
        ("match_yx = 0.5", "weights", "match_yx", 0.5),
        ("match=l2", "weights", "match", "l2"),
        ("permute=true", "weights", "permute", True),
        ("steps=10", "settings", "steps", 10),
        ("live_batch=0", "settings", "live_batch", 0),
        ("least_peak_db=-70", "settings", "least_peak_db", -70.0),
    ],
)
def test_a_setting_takes_the_type_it_has(change: str, part: str, name: str, value: Any) -> None:
    found = getattr(getattr(presets.plan_of("default", [change]), part), name)
    assert found == value and type(found) is type(value)
    assert presets.plan_of("default") == presets.PRESETS["default"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("learning_rat=1", "did you mean 'learning_rate'"),
        ("n_bins=3", "follows from the corpus"),
        ("qqqq=3", "allowed are .*voice_batch"),
        ("steps", "NAME=VALUE"),
        ("steps=1.5", "whole number"),
        ("clean=lots", "a number"),
        ("clip=nan", "0 and more"),
        ("clip=inf", "0 and more"),
        ("steps=-1", "1 and more"),
        ("steps=0", "1 and more"),
        (f"steps=1{400 * '0'}", "1 and more"),
        ("least_peak_db=nan", "-200 and more"),
        ("batch=0", "1 and more"),
        ("save_every=0", "1 and more"),
        ("n_latents=0", "1 and more"),
        ("n_sources=0", "1 and more"),
        ("encoder_channels=0", "1 and more"),
        ("decoder_hidden=0", "1 and more"),
        ("clean=7", "0 to 1"),
        ("precision=fast", "32-true, .*bf16-mixed"),
        ("sharpen=perhaps", "true or false"),
        ("signal_encoder=transformer", "harmonic, residual"),
    ],
)
def test_a_wrong_setting_is_told(change: str, told: str) -> None:
    with pytest.raises(BridgeError, match=told):
        presets.plan_of("default", [change])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--seed", "-1"], "--seed is -1; allowed are 0 and more"),
        (["--devices", "0"], "--devices is 0; allowed are 1 and more"),
        (["--threads", "0"], "--threads is 0; allowed are 1 and more"),
        (["--steps", "0"], "allowed are 1 and more"),
        (["--accelerator", "gpu"], "no GPU"),
        ([], "no prepared corpus"),
    ],
)
def test_a_wrong_option_is_told(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (torch,) = need("torch")
    monkeypatch.setattr(torch.accelerator, "is_available", bool)
    said = program.main(["train", "--data", str(tmp_path / "none"), "--out", str(tmp_path / "m.pt"), *arguments])
    error = capsys.readouterr().err
    assert said == 2 and told in error and error.count("\n") == 1 and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "interrupted; the same command with --resume goes on from what was saved last\n"),
        (
            RuntimeError("two\nlines"),
            1,
            "error: unexpected RuntimeError: two lines; this is a bug, --debug shows where\n",
        ),
        (
            OSError(28, "No space left on device", "m.pt"),
            2,
            "error: m.pt: No space left on device; make room on the disk\n",
        ),
    ],
)
def test_no_trace_reaches_a_user(
    error: BaseException, code: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: Any) -> int:
        raise error

    monkeypatch.setattr(command, "run", fail)
    assert program.main(["train", "--data", "a", "--out", "b"]) == code
    assert capsys.readouterr().err == told


def test_an_unknown_preset_is_told() -> None:
    with pytest.raises(BridgeError, match="default, paper, tiny"):
        presets.plan_of("large")


def test_the_paper_preset_is_as_published() -> None:
    plan = presets.PRESETS["paper"]
    model, weights, settings = plan.model, plan.weights, plan.settings
    sizes = (model.encoder_hidden, model.decoder_hidden, model.symbol_hidden, model.n_latents)
    assert sizes == (5000, 5000, 800, 32) and model.encoder_layers == model.decoder_layers == model.symbol_layers == 2
    assert (weights.beta_x, weights.beta_y, weights.match_xy, weights.match_yx) == (1.0, 1.0, 10.0, 0.0)
    assert weights.symbols == weights.signal == weights.faint_bands == 1.0
    assert weights.signal_to_symbols == weights.symbols_to_signal == weights.adversary == weights.ordinal == 0.0
    assert (settings.batch, settings.youngest_s, settings.oldest_s) == (64, 0.32, 0.83)
