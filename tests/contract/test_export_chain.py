"""Export: the ONNX graphs equal torch, and a tiny corpus goes all the way to a bundle that loads."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from rt import bundle
from rt.errors import BridgeError

pytestmark = pytest.mark.train


def need(*modules: str) -> list[Any]:
    """Modules, imported; a missing one skips the test by its name, and fails it where CI is true."""
    found = []
    for name in modules:
        try:
            found.append(importlib.import_module(name))
        except ImportError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"{name} is missing ({error})")
    return found


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.parametrize("decoder", ["mlp", "conv"])
def test_graphs_equal_torch_within_the_tolerance(tmp_path: Path, decoder: str) -> None:
    torch, models, export_bundle = need("torch", "export.models", "export.bundle")
    torch.manual_seed(1)
    model = models.BridgeModel(models.ModelConfig(decoder=decoder))
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm1d):  # as after training, so that folding has something to do
            torch.nn.init.normal_(module.running_mean, 0.0, 0.3)
            torch.nn.init.uniform_(module.running_var, 0.5, 2.0)
    model.eval()
    originals = export_bundle.graphs_of_unfolded(model)
    graphs = export_bundle.graphs_of(model)
    assert set(graphs) == {"symbol_encoder", "signal_decoder", "signal_encoder", "symbol_decoder"}
    for name, graph in graphs.items():
        path = tmp_path / f"{name}.onnx"
        export_bundle.write_graph(graph, path)
        assert export_bundle.difference(originals[name], graph, path) < export_bundle.TOLERANCE
        operations = {node.op_type for node in need("onnx")[0].load(str(path)).graph.node}
        assert decoder == "conv" or "BatchNormalization" not in operations


def test_transposition_keeps_frame_and_label_together() -> None:
    torch, augment = need("torch", "export.augment")
    torch.manual_seed(1)
    frame = torch.zeros(200, 410)
    frame[:, 200] = 1.0
    note = torch.full((200,), 60)
    moved, new_note = augment.transpose(frame, note, torch.full((200,), 58), torch.full((200,), 61), 3)
    assert moved.shape == frame.shape
    assert set(new_note.tolist()) == {58, 59, 60, 61}
    assert (moved.argmax(dim=1) == 200 + 4 * (new_note - 60)).all()


def test_the_step_through_an_onset_is_compensated() -> None:
    (dataset,) = need("export.dataset")
    nsgt, spec = need("rt.frames.nsgt", "rt.frames.spec")
    rate_hz, start, n_samples, bin_index = 22050, 22050, 66150, 220
    time = np.arange(n_samples) / rate_hz
    tone = np.sin(2.0 * np.pi * spec.centre_hz(spec.NSGT_410)[bin_index] * time) * (np.arange(n_samples) >= start)
    transform = nsgt.Nsgt(spec.NSGT_410, n_samples)
    level = np.abs(transform.forward(tone))[:, bin_index] / transform.sine_gain
    first = int(np.ceil(start / rate_hz * transform.columns_per_s))
    ages = np.arange(60) / transform.columns_per_s
    gain = 10.0 ** (dataset.onset_gain_db(spec.NSGT_410, ages)[:, bin_index] / 20.0)
    assert gain[0] == pytest.approx(2.0)
    raised = level[first : first + 60] * gain
    steady = level[first + 200]
    assert np.abs(20.0 * np.log10(raised / steady)).max() < 1.5


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::RuntimeWarning")
def test_a_tiny_corpus_becomes_a_bundle(tmp_path: Path) -> None:
    need("torch", "fluidsynth", "soxr", "onnx")
    corpus, command = need("export.corpus", "export.__main__")
    try:
        for font in corpus.SOUNDFONTS:
            corpus.find_soundfont(font)
    except BridgeError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    data, checkpoint, out = tmp_path / "data", tmp_path / "model.pt", tmp_path / "bundle"
    assert command.main(["prepare", "--out", str(data), "--every", "24"]) == 0
    assert command.main(["train", "--data", str(data), "--out", str(checkpoint), "--steps", "30"]) == 0
    assert command.main(["bundle", "--model", str(checkpoint), "--out", str(out), "--name", "tiny"]) == 0
    loaded = bundle.load(out)
    assert loaded.manifest.name == "tiny"
    assert loaded.manifest.training["prepare"]["seed"] == 1
    assert loaded.manifest.scores["onnx_difference"] < 1e-4
    session = onnxruntime.InferenceSession(loaded.graph_path("signal_decoder"))
    latent = np.array([loaded.manifest.latent.mean], np.float32)
    frame = session.run(["frame"], {"latent": latent})[0]
    assert frame.shape == (1, loaded.manifest.frame.n_bins)
    assert frame.min() >= 0.0


def test_what_is_missing_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need("torch")
    (command,) = need("export.__main__")
    assert command.main(["train", "--data", str(tmp_path), "--out", str(tmp_path / "m.pt")]) == 2
    assert command.main(["bundle", "--model", str(tmp_path / "m.pt"), "--out", str(tmp_path / "b")]) == 2
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert "export prepare" in errors[0]
    assert "export train" in errors[1]
