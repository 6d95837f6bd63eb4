"""Export: scores are the same from either, and what is wrong is one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from rt.bundle import bundle
from rt.errors import BridgeError
from rt.frames.noise import NOISE_40
from rt.frames.symbols import SymbolLayout
from rt.model import Model
from tests.support.learning import need, toy_noise
from tests.support.rendering import render_note
from tests.support.toy_training import NoProgress, train_toy, trained

pytestmark = pytest.mark.train
torch, onnx, command, checkpoint = need("torch", "onnx", "export.__main__", "export.checkpoint")
(export_bundle,) = need("export.bundle")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy corpus in `data`, and a model that learnt a little from it in `model.pt`."""
    return train_toy(tmp_path_factory.mktemp("toy"), 60, "validate_every=60")


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with noise, which is learnt first."""
    return train_toy(tmp_path_factory.mktemp("noisy"), 300, "learning_rate=0.01", "noise=10", noise=True)


@pytest.fixture(scope="module")
def duets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with mixtures of two notes."""
    return train_toy(tmp_path_factory.mktemp("duets"), 20, "validate_every=20", duets=True)


def test_noise_goes_from_a_corpus_to_the_runtime(noisy: Path, toy: Path, tmp_path: Path) -> None:
    """What was learnt of the noise is what `Model` decodes; a bundle without noise says nothing of any."""
    out = tmp_path / "bundle"
    assert command.main(["bundle", "--model", str(noisy / "model.pt"), "--out", str(out), "--keep-untuned"]) == 0
    made = bundle.load(out)
    assert made.manifest.format == 3 and made.manifest.frame.noise == NOISE_40
    model, layout = Model.load(made, "cpu"), SymbolLayout(made.manifest.symbols)
    for index, instrument in enumerate(made.manifest.instruments):
        note = instrument.low_note + 6
        symbols = layout.encode(note, 1.0, index)[None]
        found = model.decode_with_noise(model.encode_mean(symbols, np.asarray([0.4], np.float32)))[1][0]
        found_db = 20.0 * np.log10(np.maximum(found, 1e-9))
        wanted_db = NOISE_40.floor_db + 20.0 * toy_noise(note, 1, index, 0.4)
        assert np.abs(found_db - wanted_db).mean() < 2.0
    plain = tmp_path / "plain"
    assert command.main(["bundle", "--model", str(toy / "model.pt"), "--out", str(plain), "--keep-untuned"]) == 0
    raw = json.loads((plain / "manifest.json").read_text(encoding="utf-8"))
    assert raw["format"] == 2 and "noise" not in raw["frame"]
    assert list(raw["graphs"]["signal_decoder"]["outputs"]) == ["frame"]


def test_scores_are_the_same_from_a_checkpoint_and_from_its_bundle(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(need("export.evaluate.baseline")[0], "STEPS", 40)
    reports = {}
    evaluate = ["--data", str(toy / "data"), "--out"]
    assert command.main(["evaluate", str(toy / "model.pt"), *evaluate, str(tmp_path / "a"), "--baseline"]) == 0
    report = str(tmp_path / "a" / "report.json")
    assert (
        command.main(
            [
                "bundle",
                "--model",
                str(toy / "model.pt"),
                "--keep-untuned",
                "--out",
                str(tmp_path / "b"),
                "--report",
                report,
            ]
        )
        == 0
    )
    assert command.main(["evaluate", str(tmp_path / "b"), *evaluate, str(tmp_path / "c"), "--no-figures"]) == 0
    for name in ("a", "c"):
        reports[name] = json.loads((tmp_path / name / "report.json").read_text())["sets"][0]
    baseline = reports["a"].pop("baseline")
    assert baseline["mlp"]["live"]["frame"]["n"] == reports["a"]["live"]["n_frames"]
    assert_close(reports["a"], reports["c"])
    assert reports["a"]["split"] == {"kind": "group", "seed": 1, "share": 0.1, "heard_in_training": "none"}
    figures = {path.name for path in (tmp_path / "a").glob("*.png")}
    kinds = ("keyboard", "confusion_nsgt", "confusion_live", "onset", "frames", "latents")
    assert figures == {f"data_{kind}.png" for kind in kinds}
    card = (tmp_path / "a" / "model_card.md").read_text()
    assert "held-out groups" in card and "toy" in card and "Reed" in card
    manifest = bundle.load(tmp_path / "b").manifest
    assert manifest.card == "model_card.md" and "model_card.md" in manifest.files
    scores = manifest.scores["sets"]["data, held-out groups"]
    expected = reports["a"]["nsgt"]["signal_to_symbol"]["frame"]["note_percent"]
    assert scores["note_frame_percent"] == expected


def assert_close(a: Any, b: Any, place: str = "") -> None:
    """Numbers of two reports differ by no more than rounding, or a frame on the edge between two classes."""
    if isinstance(a, dict):
        assert list(a) == list(b), place
        for key in a:
            assert_close(a[key], b[key], f"{place}/{key}")
    elif isinstance(a, float):
        assert a == pytest.approx(b, rel=0.01, abs=0.5), place
    elif isinstance(a, str | int) and "counts" not in place:
        assert a == b, place


def test_a_report_is_the_same_twice(toy: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run = ["evaluate", str(toy / "model.pt"), "--data", str(toy / "data"), "--out", str(tmp_path / name)]
        assert command.main([*run, "--no-figures"]) == 0
    assert (tmp_path / "a" / "report.json").read_bytes() == (tmp_path / "b" / "report.json").read_bytes()


def test_eight_bits_are_smaller_and_tell_what_they_cost(toy: Path, tmp_path: Path) -> None:
    found = trained(toy)
    made = export_bundle.export_bundle(
        found, tmp_path / "small", name="small", progress=NoProgress(), int8=True, keep_untuned=True
    )
    cost = made.manifest.scores["int8"]
    assert cost["bytes"] < 0.4 * cost["bytes_float"]
    assert 0.0 < cost["symbol_to_signal_db"] < 1.0
    assert set(cost["live_to_symbol_changed_percent"]) == {symbol.name for symbol in made.manifest.symbols}
    assert Model.load(made, "cpu").decode(np.zeros((1, 32), np.float32)).shape == (1, 410)


def test_a_bundle_of_mixtures_plays_one_note_and_hears_two(duets: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "bundle", tmp_path / "report"
    assert command.main(["bundle", "--model", str(duets / "model.pt"), "--out", str(out), "--keep-untuned"]) == 0
    made = bundle.load(out)
    assert made.manifest.n_sources == 2
    assert [s.name for s in made.manifest.symbols][4:] == ["octave_2", "pitch_class_2", "dynamics_2", "instrument_2"]
    session = onnxruntime.InferenceSession(made.graph_path("symbol_decoder"))
    assert [one.name for one in session.get_outputs()] == [symbol.name for symbol in made.manifest.symbols]
    assert len(render_note(out, tmp_path, 64, "Reed")) > 10_000
    assert command.main(["evaluate", str(out), "--data", str(duets / "data"), "--out", str(report)]) == 0
    found = json.loads((report / "report.json").read_text())["sets"][0]
    mixed = found["nsgt"]["signal_to_symbol"]["file"]["mixtures"]
    assert mixed["n"] == found["n_takes"] > 0
    assert mixed["note_f1_percent"] is not None
    assert found["nsgt"]["signal_to_signal"]["lsd_db"] > 0.0


def test_a_failure_leaves_the_old_bundle(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, out = trained(toy), tmp_path / "bundle"
    export_bundle.export_bundle(found, out, name="first", progress=NoProgress(), keep_untuned=True)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for fault, told in ((disk_full, "No space left"), (too_far_off, "allowed 1e-04")):
        with monkeypatch.context() as patch:
            fault(patch)
            with pytest.raises(BridgeError, match=told):
                export_bundle.export_bundle(found, out, name="second", progress=NoProgress(), keep_untuned=True)
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
        assert [path.name for path in tmp_path.iterdir()] == ["bundle"]
    export_bundle.export_bundle(found, out, name="second", progress=NoProgress(), keep_untuned=True)
    assert bundle.load(out).manifest.name == "second"


def disk_full(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr(export_bundle.bundle, "save", fail)


def too_far_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(export_bundle, "differences", lambda *_: {"random": 0.1, "real": 0.0})


def test_what_is_wrong_is_one_line(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, data, out = str(toy / "model.pt"), str(toy / "data"), str(tmp_path / "out")
    damaged = tmp_path / "damaged.pt"
    damaged.write_bytes(Path(model).read_bytes()[:2000])
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine")
    other = tmp_path / "other"
    shutil.copytree(data, other)
    described = json.loads((other / "corpus.json").read_text())
    described["listener"]["gamma_hz"] = 1.0
    (other / "corpus.json").write_text(json.dumps(described))
    everything = tmp_path / "all.pt"
    checkpoint.save(told_all(checkpoint.load(toy / "model.pt")), everything)
    cases = {
        "no such file": ["evaluate", str(tmp_path / "none.pt"), "--data", data, "--out", out],
        "no usable checkpoint": ["evaluate", str(damaged), "--data", data, "--out", out],
        "no prepared corpus": ["evaluate", model, "--data", str(tmp_path), "--out", out],
        "another analyser": ["evaluate", model, "--data", str(other), "--out", out],
        "--split group": ["evaluate", str(everything), "--data", data, "--out", out],
        "run `python -m export train` first": ["bundle", "--model", str(tmp_path / "none.pt"), "--out", out],
        "is no bundle": ["bundle", "--model", model, "--out", str(full)],
        "run `python -m export evaluate`": ["bundle", "--model", model, "--out", out, "--report", str(tmp_path)],
    }
    for told, arguments in cases.items():
        assert command.main(arguments) == 2, told
        (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
        assert told in line
    assert not Path(out).exists() and (full / "notes.txt").exists()


def told_all(found: Any) -> Any:
    """The checkpoint, as if it had learnt from all takes."""
    found.training["split"] = "all"
    return found
