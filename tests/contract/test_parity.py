"""Bundles compute what torch does, by the classes that play and listen, and every graph that export makes loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rt.bundle import bundle
from rt.bundle.graph_check import check_graph
from tests.support.learning import need
from tests.support.toy_training import SMALL, NoProgress, model_config, train_toy, trained

pytestmark = pytest.mark.train
onnx, onnx_graphs, graphs = need("onnx", "export.onnx_graphs", "export.evaluate.graphs")
export_bundle, parity = need("export.bundle", "export.parity")
presets, quantise = need("export.presets", "export.quantise")

KINDS: dict[str, dict[str, Any]] = {
    "default": {"notes": True},
    "conv": {"signal_decoder": "conv"},
    "published": {
        "signal_encoder": "residual",
        "signal_decoder": "residual",
        "symbol_residual": True,
        "encoder_hidden": 200,
        "decoder_hidden": 200,
        "listener": False,
    },
}
NETWORKS = {
    name: {f: getattr(plan.model, f) for f in presets.settable(plan.model)} for name, plan in presets.PRESETS.items()
}
NETWORKS |= {
    f"{encoder} {decoder}": {"signal_encoder": encoder, "signal_decoder": decoder}
    for encoder in model_config.ENCODERS
    for decoder in model_config.DECODERS
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy corpus with noise and a checkpoint, whose networks are replaced."""
    return train_toy(tmp_path_factory.mktemp("toy"), 2, "validate_every=2", noise=True)


@pytest.mark.parametrize("kind", NETWORKS)
def test_what_export_makes_may_be_loaded(tmp_path: Path, toy: Path, kind: str) -> None:
    """Every preset and every kind of network, as it is and in 8 bits."""
    specs = onnx_graphs.write_graphs(trained(toy, **(NETWORKS[kind] | SMALL)), tmp_path)
    for spec in specs.values():
        check_graph((tmp_path / spec.file).read_bytes())
        quantise.quantise(tmp_path / spec.file)
        check_graph((tmp_path / spec.file).read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_bundles_equal_torch_within_the_tolerance(tmp_path: Path, toy: Path, kind: str) -> None:
    found = trained(toy, **KINDS[kind])
    exact, opened, saved = written(found, tmp_path)
    live = {"default": {"listener_encoder", "listener_notes"}, "conv": {"listener_encoder"}, "published": set()}
    names = {"symbol_encoder", "signal_decoder", "signal_encoder", "symbol_decoder"}
    assert set(saved.manifest.graphs) == names | live[kind]
    worst = parity.differences(exact, saved)
    assert set(worst) == {"random", "real"}
    assert 0.0 < max(worst.values()) < parity.TOLERANCE
    for path in opened.paths.values():
        operations = {node.op_type for node in onnx.load(str(path)).graph.node}
        assert kind == "conv" or "BatchNormalization" not in operations
    np.testing.assert_allclose(opened.log_spread, exact.log_spread, atol=1e-4)
    latents = np.zeros((3, exact.n_latents), np.float32)
    for a, b in zip(exact.decode_both(latents), opened.decode_both(latents), strict=True):
        assert a.shape == (3, 410)
        np.testing.assert_allclose(a, b, atol=parity.TOLERANCE)


def written(found: Any, folder: Path) -> tuple[Any, Any, bundle.Bundle]:
    """A network as torch runs it, as ONNX graphs, and as a bundle."""
    exact = graphs.TorchGraphs(found, "made")
    specs = onnx_graphs.write_graphs(found, folder)
    paths = {name: folder / spec.file for name, spec in specs.items()}
    opened = graphs.OnnxGraphs(paths, exact, name="made", n_latents=exact.n_latents)
    return exact, opened, bundle.save(folder, export_bundle.describe(exact, opened, specs, NoProgress())[0])


def test_a_difference_in_any_graph_is_found(tmp_path: Path, toy: Path) -> None:
    """Weights a little other, or no numbers, in one graph after the other."""
    exact, _, saved = written(trained(toy, notes=True, n_noise=40, **SMALL), tmp_path)
    assert max(parity.differences(exact, saved).values()) < parity.TOLERANCE
    for name in saved.manifest.graphs:
        path = saved.graph_path(name)
        whole = path.read_bytes()
        model = onnx.load_from_string(whole)
        bias = next(one for one in reversed(model.graph.initializer) if len(one.dims) == 1)
        for change in (0.01, np.nan) if name == "signal_decoder" else (0.01,):
            weights = onnx.numpy_helper.to_array(bias).copy()
            weights[::2] += change
            bias.CopyFrom(onnx.numpy_helper.from_array(weights, bias.name))
            path.write_bytes(model.SerializeToString())
            worst = parity.differences(exact, bundle.save(tmp_path, saved.manifest))
            assert not np.max(list(worst.values())) <= parity.TOLERANCE, (name, change, worst)
        path.write_bytes(whole)


@pytest.mark.parametrize("decoder", model_config.DECODERS)
def test_bundles_with_noise_equal_torch(tmp_path: Path, toy: Path, decoder: str) -> None:
    found = trained(toy, signal_decoder=decoder, n_noise=40, notes=True)
    exact, opened, saved = written(found, tmp_path)
    assert saved.manifest.graphs["signal_decoder"].outputs == {"frame": (-1, 410), "noise": (-1, 40)}
    assert 0.0 < max(parity.differences(exact, saved).values()) < parity.TOLERANCE
    latents = np.random.default_rng(0).normal(size=(5, exact.n_latents)).astype(np.float32)
    told = [one.run("signal_decoder", ("noise", "frame"), {"latent": latents}) for one in (exact, opened)]
    assert told[0][0].shape == (5, 40) and (told[0][0] >= 0.0).all() and told[0][0].max() > 0.0
    for a, b in zip(*told, strict=True):
        np.testing.assert_allclose(a, b, atol=parity.TOLERANCE)
