"""The networks: shapes of every kind, and batch norms that fold away."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.support.learning import need

pytestmark = pytest.mark.train
torch, model_config, models, inference = need("torch", "export.model_config", "export.models", "export.inference")

KINDS: list[dict[str, Any]] = [
    {},
    {"signal_decoder": "conv"},
    {"signal_encoder": "residual", "signal_decoder": "residual", "symbol_residual": True, "hears_age": False},
    {"n_sources": 2, "symbol_sizes": (10, 13, 6, 6) * 2, "listener": False},
    {"encoder_layers": 3, "encoder_channels": 4, "n_latents": 5, "n_bins": 395},
    *({"signal_decoder": decoder, "n_noise": 7} for decoder in model_config.DECODERS),
]


@pytest.fixture(params=KINDS, ids=range(len(KINDS)))
def model(request: pytest.FixtureRequest) -> Any:
    torch.manual_seed(1)
    found = models.BridgeModel(model_config.ModelConfig(**request.param))
    for module in found.modules():
        if isinstance(module, torch.nn.BatchNorm1d):  # as after training
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2.0)
    return found.eval()


def outputs(model: Any) -> list[Any]:
    config = model.config
    torch.manual_seed(2)
    frame, symbols = 3.0 * torch.rand(3, config.n_bins), torch.rand(3, sum(config.symbol_sizes))
    found = [*model.signal_encoder(frame), *model.symbol_encoder(symbols, torch.rand(3, 1))]
    if model.listener_encoder is not None:
        found += model.listener_encoder(frame)
    latent = torch.randn(3, config.n_latents)
    noise = model.signal_decoder.forward_with_noise(latent)[1]
    told = [] if noise is None else [noise]
    return [*found, model.signal_decoder(latent), *model.symbol_decoder(latent), *told]


def test_every_kind_has_the_shapes_of_its_settings(model: Any) -> None:
    config = model.config
    posteriors = [(3, config.n_latents)] * (6 if config.listener else 4)
    noise = [(3, config.n_noise)] if config.n_noise else []
    expected = [*posteriors, (3, config.n_bins), *((3, size) for size in config.symbol_sizes), *noise]
    assert [tuple(one.shape) for one in outputs(model)] == expected
    assert config.n_symbols * config.n_sources == len(config.symbol_sizes)


@pytest.mark.parametrize("decoder", model_config.DECODERS)
def test_noise_leaves_the_frames_as_they_are(decoder: str) -> None:
    """A model without noise has the weights that it always had, and one with noise the same beside its head."""
    made = []
    for n_noise in (0, 40):
        torch.manual_seed(1)
        made.append(models.BridgeModel(model_config.ModelConfig(signal_decoder=decoder, n_noise=n_noise)))
    plain, noisy = (dict(one.state_dict()) for one in made)
    more = {"noise_spread", "signal_decoder.noise.weight", "signal_decoder.noise.bias"}
    assert set(noisy) - set(plain) == more and not any("noise" in name for name in plain)
    decoders = [name for name in plain if name.startswith(("signal_encoder", "signal_decoder"))]
    assert decoders and all(torch.equal(plain[name], noisy[name]) for name in decoders)
    latent = torch.randn(3, 32)
    both, noise = made[1].eval().signal_decoder.forward_with_noise(latent)
    assert torch.equal(both, made[1].signal_decoder(latent)) and noise.shape == (3, 40)


def test_folded_batch_norms_change_nothing(model: Any) -> None:
    folded = inference.fold_batch_norm(copy.deepcopy(model))
    left = [m for m in folded.modules() if isinstance(m, torch.nn.BatchNorm1d)]
    assert len(left) == (model.config.signal_decoder == "conv")  # the one before a layer stays
    for a, b in zip(outputs(model), outputs(folded), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-4)


def test_the_published_symbol_encoder_is_blind_to_age() -> None:
    for hears_age in (True, False):
        encoder = models.SymbolEncoder(model_config.ModelConfig(hears_age=hears_age)).eval()
        early, late = (encoder(torch.ones(1, 35), torch.tensor([[age]]))[0] for age in (0.01, 2.0))
        assert torch.equal(early, late) != hears_age


def test_the_frame_graph_is_silent_near_the_floor() -> None:
    graph = inference.FrameGraph(torch.nn.Identity())
    found, *_ = graph(torch.tensor([[-1.0, 0.2, 0.3, 0.45, 0.6, 2.0]]))
    torch.testing.assert_close(found, torch.tensor([[0.0, 0.0, 0.0, 0.3, 0.6, 2.0]]))
