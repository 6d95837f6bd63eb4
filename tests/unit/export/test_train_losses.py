"""The terms of the objective are the formulas that their docstrings give."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import numpy as np
import pytest

from tests.support.learning import need

pytestmark = pytest.mark.train
torch, losses, models, objective, presets = need(
    "torch", "export.losses", "export.models", "export.objective", "export.presets"
)


def normal(posterior: Any) -> Any:
    return torch.distributions.Normal(posterior[0], (0.5 * posterior[1]).exp())


@pytest.fixture
def posteriors() -> Any:
    torch.manual_seed(1)
    return [(torch.randn(7, 5), torch.randn(7, 5)) for _ in range(2)]


def test_divergences_are_those_of_torch(posteriors: Any) -> None:
    p, q = posteriors
    kl = torch.distributions.kl_divergence
    unit = torch.distributions.Normal(torch.zeros(7, 5), torch.ones(7, 5))
    torch.testing.assert_close(losses.divergence(p), kl(normal(p), unit).sum(1).mean())
    torch.testing.assert_close(losses.divergence_between(p, q), kl(normal(p), normal(q)).sum(1).mean())
    torch.testing.assert_close(losses.distance_between(p, q), ((p[0] - q[0]) ** 2).sum(1).mean())
    assert losses.divergence_between(p, p).item() == pytest.approx(0.0, abs=1e-5)


def test_the_plain_frame_loss_is_the_gaussian_likelihood() -> None:
    torch.manual_seed(1)
    frame, decoded, spread = torch.rand(4, 30) * 3.0, torch.rand(4, 30), torch.rand(30) - 0.5
    likelihood = torch.distributions.Normal(decoded, spread.exp()).log_prob(frame).sum(1).mean()
    constant = 30 * 0.5 * torch.log(torch.tensor(2.0 * torch.pi))
    torch.testing.assert_close(losses.frame_loss(frame, decoded, spread, 1.0), -likelihood - constant)
    faint = frame.clone()
    faint[:, 1:] = frame[:, :1] - 3.5
    ratio = losses.frame_loss(faint, faint + 1.0, 0.0 * spread, 0.4) / (0.5 * 30)
    assert 0.4 < ratio.item() < 0.5


def test_the_symbol_loss_is_cross_entropy() -> None:
    torch.manual_seed(1)
    sizes = (4, 3)
    logits, classes = (
        [torch.randn(6, size) for size in sizes],
        torch.stack([torch.arange(6) % size for size in sizes], 1),
    )
    expected = sum(torch.nn.functional.cross_entropy(one, classes[:, i]) for i, one in enumerate(logits))
    found = losses.symbol_loss(logits, losses.one_hot(classes, sizes), 1, False)
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize("n_sources", [2, 3])
def test_the_order_of_the_sources_may_be_free(n_sources: int) -> None:
    torch.manual_seed(1)
    sizes = (4, 3)
    logits = [[torch.randn(5, size) for size in sizes] for _ in range(n_sources)]
    targets = [[torch.softmax(torch.randn(5, size), 1) for size in sizes] for _ in range(n_sources)]
    target = torch.cat([one for source in targets for one in source], 1)
    found, fixed = [], []
    for order in itertools.permutations(range(n_sources)):
        played = [one for source in order for one in logits[source]]
        found.append(losses.symbol_loss(played, target, n_sources, True))
        fixed.append(losses.symbol_loss(played, target, n_sources, False))
    torch.testing.assert_close(torch.stack(found), found[0].expand(len(found)))
    assert found[0] <= min(fixed) and max(fixed) > min(fixed) + 0.01


def test_salience_counts_every_sounding_note_and_no_silence() -> None:
    salience = torch.full((3, 20), -50.0)
    salience[0, 5] = salience[1, 5] = salience[1, 9] = 0.0
    lowest = models.LOWEST_SALIENCE_NOTE
    note = torch.tensor([[lowest + 5, -1], [lowest + 5, lowest + 9], [-1, -1]])
    each = losses.salience_loss(salience, note)
    torch.testing.assert_close(each, torch.tensor(0.5 * 0.6931472))
    assert losses.salience_loss(salience, torch.full((3, 2), -1)).item() == 0.0


def test_neighbouring_dynamics_share_the_target_and_silence_does_not() -> None:
    matrix = losses.softening((3, 5), [1], 0.2)
    assert matrix.shape == (8, 8)
    torch.testing.assert_close(matrix.sum(1), torch.ones(8))
    torch.testing.assert_close(matrix[:3], torch.eye(8)[:3])
    torch.testing.assert_close(matrix[3, 3:], torch.tensor([0.8, 0.2, 0.0, 0.0, 0.0]))
    torch.testing.assert_close(matrix[4, 3:], torch.tensor([0.2, 0.6, 0.2, 0.0, 0.0]))
    torch.testing.assert_close(matrix[7], torch.eye(8)[7])


def test_the_critic_learns_what_the_decoder_unlearns() -> None:
    torch.manual_seed(1)
    critic, frame = torch.nn.Linear(6, 1), torch.rand(8, 6) + 1.0
    decoded = torch.rand(8, 6, requires_grad=True)
    loss = losses.critic_loss(critic, frame, decoded)
    loss.backward()
    plain = torch.rand(0)
    with torch.no_grad():
        fooled = decoded - 0.1 * decoded.grad
        plain = losses.critic_loss(critic, frame, fooled)
    assert plain > loss  # going down the decoder's gradient makes the critic worse
    before = critic.weight.detach().clone()
    with torch.no_grad():
        critic.weight -= 0.1 * critic.weight.grad
    assert losses.critic_loss(critic, frame, decoded) < loss and not torch.equal(before, critic.weight)


def a_batch(config: Any, n: int = 6, m: int = 24, k: int = 5) -> Any:
    torch.manual_seed(3)
    sizes = config.symbol_sizes

    def classes(rows: int) -> Any:
        return torch.stack([torch.randint(0, size, (rows,)) for size in sizes], 1)

    def notes(rows: int) -> Any:
        return torch.randint(40, 80, (rows, config.n_sources))

    return objective.Batch(
        heard=torch.rand(n, config.n_bins),
        frame=torch.rand(n, config.n_bins),
        note=notes(n),
        classes=classes(n),
        age_s=torch.rand(n, 1),
        voice_frame=torch.rand(m, config.n_bins),
        voice_symbols=losses.one_hot(classes(m), sizes),
        voice_age_s=torch.rand(m, 1),
        calm=torch.rand(m, 1) < 0.5,
        dynamics=torch.tensor([[0.5, 1.5]]).repeat(m, 1),
        live_heard=torch.rand(k, config.n_bins),
        live_frame=torch.rand(k, config.n_bins),
        live_note=notes(k),
        live_classes=classes(k),
        live_age_s=torch.rand(k, 1),
        mixed_heard=torch.rand(k, config.n_bins),
        mixed_note=torch.tensor([[60, 64, -1]]).repeat(k, 1),
        mixed_clear=torch.tensor([[1.0, 0.5, 1.0]]).repeat(k, 1),
        noise=torch.randn(2 * n + m + k, config.n_latents),
    )


def test_noise_is_told_where_it_is_known_and_as_deep_as_is_heard() -> None:
    spread = torch.zeros(4)
    noise = torch.tensor([[4.0, 3.5, 0.5, -1.0], [-1.0, -1.0, -1.0, -1.0]])
    told = torch.tensor([[4.0, 3.0, 1.0, 9.0], [9.0, 9.0, 9.0, 9.0]])
    assert losses.noise_loss(noise, told, spread) == pytest.approx(0.5 * 0.5**2)  # 0.5 counts as 1, 60 dB down
    assert losses.noise_loss(noise[1:], told[1:], spread) == 0.0
    wide = losses.noise_loss(noise, told, spread + 0.5)
    assert wide == pytest.approx(0.5 * (0.5 * np.exp(-0.5)) ** 2 + 3 * 0.5, rel=1e-5)
    told.requires_grad_()
    losses.noise_loss(noise, told, spread).backward()
    assert told.grad.nonzero().tolist() == [[0, 1]]


def test_noise_is_a_term_of_models_with_noise() -> None:
    plan = presets.PRESETS["tiny"]
    config = dataclasses.replace(plan.model, n_noise=40)
    torch.manual_seed(5)
    asked = objective.Objective(models.BridgeModel(config), plan.weights, [2])
    bands = {"frame_noise": torch.rand(16, 40), "voice_noise": torch.rand(16, 40)}
    batch = a_batch(config, n=16, m=16)
    loss, terms = asked(dataclasses.replace(batch, **bands), 1.0)
    assert terms["noise"] > 0.0
    loss.backward()
    assert all(parameter.grad is not None for parameter in asked.parameters())
    without = objective.Objective(asked.model, dataclasses.replace(plan.weights, noise=0.0), [2])
    assert set(terms) - set(without(batch, 1.0)[1]) == {"noise"}
    unknown = {name: torch.full_like(one, -1.0) for name, one in bands.items()}
    assert asked(dataclasses.replace(batch, **unknown), 1.0)[1]["noise"] == 0.0


def test_terms_come_by_name_and_add_up() -> None:
    plan = presets.PRESETS["tiny"]
    asked = objective.Objective(models.BridgeModel(plan.model), plan.weights, [2])
    batch = a_batch(plan.model)
    loss, terms = asked(batch, 0.5)
    weight = plan.weights
    scale = {name: getattr(weight, name) for name in terms}
    for name in ("beta_x", "beta_y", "match_xy", "live_match", "rising"):
        scale[name] *= 0.5
    assert set(terms) == {
        *("signal", "symbols", "beta_x", "beta_y", "match_xy", "signal_to_symbols", "symbols_to_signal", "salience"),
        *("live_match", "live_to_symbols", "live_to_signal", "live_salience"),
        *("cycle", "rising", "several_notes"),
    }
    torch.testing.assert_close(loss, sum(scale[name] * value for name, value in terms.items()), rtol=1e-5, atol=1e-3)
    loss.backward()
    assert all(parameter.grad is not None for parameter in asked.parameters())


@pytest.mark.parametrize("match", ["kl", "l2"])
def test_the_published_objective_is_two_bounds_and_a_match(match: str) -> None:
    changes = ["encoder_hidden=20", "decoder_hidden=20", "symbol_hidden=10", f"match={match}"]
    plan = presets.plan_of("paper", changes)
    asked = objective.Objective(models.BridgeModel(plan.model), plan.weights)
    loss, terms = asked(a_batch(plan.model, m=0, k=0), 1.0)
    assert set(terms) == {"signal", "symbols", "beta_x", "beta_y", "match_xy"}
    expected = terms["signal"] + terms["symbols"] + terms["beta_x"] + terms["beta_y"] + 10.0 * terms["match_xy"]
    torch.testing.assert_close(loss, expected)


def test_the_ear_follows_the_symbols_and_does_not_pull() -> None:
    plan = presets.plan_of("tiny", ["live_to_symbols=0", "live_to_signal=0", "live_salience=0"])
    grads = []
    for weight in ("live_match=1", "live_match=100"):
        plan = presets.plan_of("tiny", ["live_to_symbols=0", "live_to_signal=0", "live_salience=0", weight])
        torch.manual_seed(5)
        asked = objective.Objective(models.BridgeModel(plan.model), plan.weights, [2])
        asked(a_batch(plan.model), 1.0)[0].backward()
        grads.append({name: p.grad for name, p in asked.model.named_parameters() if p.grad is not None})
    assert torch.equal(grads[0]["symbol_encoder.head.layer.weight"], grads[1]["symbol_encoder.head.layer.weight"])
    ear = "listener_encoder.encoder.head.layer.weight"
    assert not torch.equal(grads[0][ear], grads[1][ear])


def test_the_encoder_follows_what_is_played_and_does_not_pull() -> None:
    grads = []
    for weight in ("cycle=1", "cycle=100"):
        plan = presets.plan_of("tiny", [weight, "beta_x=0", "beta_y=0"])
        torch.manual_seed(5)
        asked = objective.Objective(models.BridgeModel(plan.model), plan.weights, [2])
        asked(a_batch(plan.model), 1.0)[0].backward()
        grads.append({name: p.grad for name, p in asked.model.named_parameters() if p.grad is not None})
        assert all(module.training for module in asked.model.modules())
    assert torch.equal(grads[0]["signal_decoder.last.weight"], grads[1]["signal_decoder.last.weight"])
    ear = "signal_encoder.head.layer.weight"
    assert not torch.equal(grads[0][ear], grads[1][ear])


def test_other_dynamics_lie_between_two_classes() -> None:
    symbols = losses.one_hot(torch.tensor([[1, 2], [0, 3]]), (2, 4))
    found = losses.with_dynamics(symbols, (2, 4), [1], torch.tensor([[0.25], [1.0]]))
    expected = torch.tensor([[0.0, 1.0, 0.75, 0.25, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]])
    torch.testing.assert_close(found, expected)  # what is silent stays silent


def test_brightness_is_the_centre_of_mass_of_the_power() -> None:
    frame = torch.zeros(2, 25)
    frame[0, 12], frame[1, 0], frame[1, 24] = 3.0, 3.0, 3.0
    found = losses.log_centroid(frame, 12.0).exp()
    torch.testing.assert_close(found, torch.tensor([2.0, 0.5 * (1.0 + 4.0)]), rtol=1e-5, atol=0.0)
    assert torch.isfinite(losses.log_centroid(torch.full((1, 410), 1e3), 48.0)).all()


def test_louder_notes_must_be_louder_and_brighter() -> None:
    dull, bright = torch.zeros(1, 25), torch.zeros(1, 25)
    dull[0, 12], bright[0, 13] = 3.0, 3.01
    class_apart = torch.ones(1, 1)
    assert losses.rising_loss(dull, bright, class_apart, 12.0) == 0.0
    octave_down = losses.BRIGHTER + torch.log(torch.tensor(2.0)) / 12.0
    softer = losses.LOUDER + 0.01 * losses.NEPERS
    torch.testing.assert_close(losses.rising_loss(bright, dull, class_apart, 12.0), octave_down + softer)
    same = losses.rising_loss(dull, dull, 0.5 * class_apart, 12.0)
    torch.testing.assert_close(same, torch.tensor(0.25 * losses.BRIGHTER + 0.5 * losses.LOUDER))


def test_an_adversary_is_a_term_of_its_own() -> None:
    plan = presets.plan_of("tiny", ["adversary=1", "adversary_hidden=8"])
    asked = objective.Objective(models.BridgeModel(plan.model), plan.weights, [2])
    loss, terms = asked(a_batch(plan.model), 1.0)
    loss.backward()
    assert terms["adversary"] > 0 and all(p.grad is not None for p in asked.critic.parameters())
