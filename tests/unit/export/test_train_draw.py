"""Batches: functions of seed, step and process, with labels that stay true under every augmentation."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from export.corpus import Corpus
from export.rows import moment_rows
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.units import hz_of_note
from tests.support.learning import INSTRUMENTS, need, toy_corpus

pytestmark = pytest.mark.train
torch, draw, presets, task = need("torch", "export.draw", "export.presets", "export.task")
augment, noises = need("export.augment", "export.noises")


def sampler(corpus: Corpus, *changes: str, **options: Any) -> Any:
    plan = task.fitted(presets.plan_of("tiny", changes), corpus)
    takes = np.flatnonzero(~corpus.held_out)
    options = {"seed": 1, "device": torch.device("cpu"), **options}
    return draw.BatchSampler(corpus, takes, plan.model, plan.settings, **options)


def fields_of(batch: Any) -> dict[str, Any]:
    return {f.name: getattr(batch, f.name) for f in dataclasses.fields(batch)}


def same(a: Any, b: Any) -> bool:
    return all(torch.equal(value, getattr(b, name)) for name, value in fields_of(a).items())


def test_a_batch_depends_on_seed_step_and_process_alone() -> None:
    corpus = toy_corpus()
    one = sampler(corpus)
    one.batch(0)
    assert same(one.batch(7), sampler(corpus).batch(7))
    others = [one.batch(8), sampler(corpus, seed=2).batch(7), sampler(corpus, rank=1, n_processes=2).batch(7)]
    assert not any(torch.equal(one.batch(7).noise[:20], other.noise[:20]) for other in others)


def test_noise_comes_with_its_frames_and_changes_nothing_else() -> None:
    plain, noisy = toy_corpus(), toy_corpus(noise=True)
    batches = [sampler(corpus).batch(3) for corpus in (plain, noisy)]
    for name, value in fields_of(batches[0]).items():
        if name in ("frame_noise", "voice_noise"):
            n = len(batches[0].frame if name == "frame_noise" else batches[0].voice_frame)
            assert value.shape == (n, 0) and getattr(batches[1], name).shape == (n, 40)
        elif name in ("frame", "live_frame", "voice_frame"):  # less what is noise
            less = getattr(batches[1], name)
            assert (less <= value + 1e-6).all() and 0.0 < (value - less).max() < 2.0
            assert torch.allclose(less.amax(1), value.amax(1), atol=0.05)
        else:
            assert torch.equal(value, getattr(batches[1], name)), name
    kinds = set()
    for step in range(10):
        batch = sampler(noisy, "silence=0.2", "transpose=0").batch(step)
        parts = {"frame": (batch.frame, batch.frame_noise), "voice": (batch.voice_frame, batch.voice_noise)}
        for part, (frame, noise) in parts.items():
            silent = frame.amax(1) <= 0.0
            unknown = (noise < 0.0).all(1)
            assert not noise[silent].any() and (noise[~silent & ~unknown] > 0.5).all()
            kinds |= {(part, bool(s), bool(u)) for s, u in zip(silent, unknown, strict=True)}
    assert len(kinds) == 6  # silent ones are known
    reed = batch.classes[:, 3] == 0
    slopes = (batch.frame_noise[:, -1] - batch.frame_noise[:, 0])[batch.frame_noise[:, 0] > 0.0]
    assert (slopes.sign() == torch.where(reed, 1, -1)[batch.frame_noise[:, 0] > 0.0]).all()


def test_noise_of_mixtures_is_not_known() -> None:
    batch = sampler(toy_corpus(noise=True), "n_sources=2", "silence=0").batch(0)
    assert (batch.frame_noise == -1.0).all() and (batch.voice_noise == -1.0).all() and batch.voice_noise.shape[1] == 40


def test_processes_divide_the_batch() -> None:
    whole, half = (sampler(toy_corpus(), n_processes=n).batch(0) for n in (1, 2))
    for name in ("heard", "voice_frame", "live_heard", "noise"):
        assert len(getattr(whole, name)) == 2 * len(getattr(half, name)) > 0


@pytest.mark.parametrize("part", ["", "live_"])
def test_labels_and_frames_tell_one_note(part: str) -> None:
    """The loudest band of every clean frame is the fundamental of the note that its label tells, transposed or not."""
    corpus, seen = toy_corpus(), set()
    one = sampler(corpus)
    for step in range(20):
        batch = one.batch(step)
        frame, note, classes = (getattr(batch, part + name) for name in ("frame", "note", "classes"))
        for values, played, told in zip(frame, note[:, 0].tolist(), classes.tolist(), strict=True):
            if played < 0:
                assert told == [9, 12, 3, 2] and not values.any()
                continue
            assert told[:2] == [played // 12 - 1, played % 12]
            assert abs(values.argmax().item() - bin_of_hz(NSGT_410, hz_of_note(played))) < 1.1
            _, low, high, _ = INSTRUMENTS[told[3]]
            assert low <= played <= high
            seen.add((played, told[3]))
    assert len(seen) >= 30


def test_disturbed_frames_keep_their_note_and_silence_has_none() -> None:
    batch = sampler(toy_corpus(), "batch=200", "silence=0.2").batch(0)
    silent = batch.note[:, 0] < 0
    assert 20 <= silent.sum() <= 60
    moved = (batch.heard.argmax(1) - batch.frame.argmax(1)).abs()[~silent]
    assert (moved <= 2).float().mean() > 0.9
    assert not torch.equal(batch.heard[~silent], batch.frame[~silent])
    clean = (batch.heard == batch.frame).all(1)[~silent].float().mean()
    assert 0.2 < clean < 0.4
    assert torch.isfinite(batch.heard).all() and (batch.heard >= 0.0).all()


def test_nothing_is_disturbed_when_all_is_clean() -> None:
    batch = sampler(toy_corpus(), "clean=1", "silence=0", "transpose=0").batch(0)
    assert torch.equal(batch.heard, batch.frame) and (batch.note >= 0).all()


def test_live_noise_is_what_the_analyser_makes_of_it() -> None:
    white, hum = noises.recorded_noises(NSGT_410, toy_corpus().listener)
    assert white.shape == (noises.N_NOISES, 410) and hum.shape == (noises.N_HUMS, 410)
    assert np.isfinite(white).all() and white.mean() == pytest.approx(1.0, abs=1e-3)
    neighbours = [np.corrcoef(white[:, k], white[:, k + 1])[0, 1] for k in (20, 100)]
    assert min(neighbours) > 0.9  # deep bands overlap
    below_1_khz = np.arange(410) < bin_of_hz(NSGT_410, 1000.0)
    assert hum[:, below_1_khz].sum() > 20.0 * hum[:, ~below_1_khz].sum()


def test_silence_is_noise_of_any_colour_and_hum_alone() -> None:
    room = noises.Noises(NSGT_410, toy_corpus().listener, torch.device("cpu"))
    frame = room.silence(600, torch.Generator().manual_seed(1))
    assert frame.shape == (600, 410) and torch.isfinite(frame).all() and frame.min() >= 0.0
    frame = frame[frame.amax(1) > 1.5]
    low, high = frame[:, 20:80].mean(1), frame[:, 330:390].mean(1)
    hump = torch.nn.functional.avg_pool1d(frame[:, None, 100:310], 30, 10).amax((1, 2))
    assert (low > high + 1.0).float().mean() > 0.1 and (high > low + 0.5).float().mean() > 0.05  # brown, blue
    assert ((hump > low + 0.5) & (hump > high + 0.5)).float().mean() > 0.05  # a band
    mains = round(bin_of_hz(NSGT_410, 100.0)), round(bin_of_hz(NSGT_410, 120.0))
    hums = sum((frame[:, k] > frame[:, k - 24 : k - 10].amax(1) + 0.7).float().mean() for k in mains)
    assert hums > 0.2


def test_young_notes_may_be_flat_and_the_highest_sharp_by_a_band() -> None:
    frame = torch.zeros(600, 410)
    frame[:, 200] = 3.0
    note = torch.tensor([[60], [60], [100]]).repeat(200, 1)
    age_s = torch.tensor([[0.02], [0.2], [0.2]]).repeat(200, 1)
    found = augment.bent(frame, note, age_s, torch.Generator().manual_seed(1)).argmax(1).view(200, 3)
    moved = found - 200
    assert set(moved[:, 0].tolist()) == {-1, 0} and set(moved[:, 1].tolist()) == {0}
    assert set(moved[:, 2].tolist()) == {0, 1}


def test_two_dynamics_lie_on_the_scale_the_softer_one_first() -> None:
    found = sampler(toy_corpus(), "voice_batch=300").batch(0).dynamics
    assert found.shape == (300, 2) and found.min() >= 0.0 and found.max() <= 2.0
    apart = found[:, 1] - found[:, 0]
    assert apart.min() > 0.15 and apart.max() > 1.8 and apart.median() < 1.0


def test_mixtures_come_with_the_net_that_hears_them() -> None:
    batch = sampler(toy_corpus(), "notes_batch=40").batch(0)
    assert batch.mixed_heard.shape == (40, 410) and batch.mixed_note.shape == batch.mixed_clear.shape == (40, 4)
    without = sampler(toy_corpus(), "notes=false").batch(0)
    assert without.mixed_heard.shape == (0, 410) and torch.equal(without.heard, batch.heard)


def test_the_voice_lies_between_dynamics() -> None:
    batch = sampler(toy_corpus(), "voice_batch=300").batch(0)
    symbols = batch.voice_symbols
    assert symbols.shape == (300, 10 + 13 + 4 + 3)
    torch.testing.assert_close(symbols.sum(1), torch.full((300,), 4.0))
    dynamics = symbols[:, 23:27]
    between = ((dynamics > 0.0) & (dynamics < 1.0)).sum(1) == 2
    assert 0.2 < between.float().mean() < 0.5  # half of those that have a louder neighbour
    hushed = symbols[:, 9] == 1.0
    assert hushed.any() and not batch.voice_frame[hushed].any() and batch.voice_frame[~hushed].amax(1).min() > 2.0
    level = batch.voice_frame.amax(1)[~hushed]
    loudness = (dynamics[:, :3] @ torch.arange(3.0))[~hushed]
    assert np.corrcoef(level.numpy(), loudness.numpy())[0, 1] > 0.6


def test_the_voice_is_sharpened_around_the_onset_only() -> None:
    frame = torch.full((2, 410), 2.0)
    found = draw.Sharpener(NSGT_410, torch.device("cpu"))(frame, torch.tensor([0.0, 2.9]))
    torch.testing.assert_close(found[0], torch.full((410,), 2.301), atol=0.003, rtol=0.0)
    torch.testing.assert_close(found[1], frame[1], atol=0.003, rtol=0.0)
    assert not draw.Sharpener(NSGT_410, torch.device("cpu"))(0.0 * frame, torch.zeros(2)).any()


def test_mixtures_are_powers_and_name_their_sources_in_order() -> None:
    corpus = toy_corpus()
    one = sampler(corpus, "n_sources=2", "batch=200", "transpose=0", "clean=1", "silence=0.05", "mix_silence=0.3")
    batch = one.batch(0)
    assert batch.note.shape == (200, 2) and batch.classes.shape == (200, 8)
    both = (batch.note >= 0).all(1)
    alone = (batch.note >= 0).sum(1) == 1
    assert both.sum() > 60 and alone.sum() > 30
    assert (batch.note[alone, 0] >= 0).all()  # silence comes last
    key = batch.classes[:, [3, 7]] * 128 + batch.note
    assert (key[both, 0] <= key[both, 1]).all()
    assert (batch.classes[alone][:, 4:] == torch.tensor([9, 12, 3, 2])).all()
    for values, notes in zip(batch.frame[both], batch.note[both].tolist(), strict=True):
        for note in notes:
            place = round(bin_of_hz(NSGT_410, hz_of_note(note)))
            assert values[place - 1 : place + 2].max() > 1.5
    torch.testing.assert_close(batch.voice_symbols.sum(1), torch.full((64,), 8.0))


def test_powers_add_up_on_average() -> None:
    g = torch.Generator().manual_seed(1)
    frames = [torch.full((1, 20000), value) for value in (2.0, 2.0)]
    still = augment.mix(frames, torch.zeros(1, 2), None)
    torch.testing.assert_close(still, torch.full_like(still, 2.0 + 0.1505), atol=1e-3, rtol=0.0)
    moving = augment.mix(frames, torch.zeros(1, 2), g)
    power = 10.0 ** (2.0 * moving)
    assert power.mean().item() == pytest.approx(2.0e4, rel=0.03) and power.std() > 1e4
    only = augment.mix(frames, torch.tensor([[0.0, -torch.inf]]), None)
    torch.testing.assert_close(only, frames[0], atol=1e-4, rtol=0.0)


def test_a_corpus_of_mixtures_is_drawn_as_it_is() -> None:
    corpus = toy_corpus(duets=True)
    batch = sampler(corpus, "transpose=0", "silence=0").batch(3)
    held = {tuple(row) for row in corpus.note[corpus.held_out].tolist()}
    assert batch.note.shape == (32, 2) and not {tuple(row) for row in batch.note.tolist()} & held
    moved = sampler(corpus, "transpose=3", "silence=0").batch(3)
    apart = {a - b for a, b in corpus.note.tolist()}
    assert {a - b for a, b in moved.note.tolist()} <= apart  # both notes move together
    assert batch.voice_symbols.shape[1] == 60


def test_live_frames_meet_the_full_frame_of_their_moment() -> None:
    corpus = toy_corpus()
    assert (moment_rows(corpus) == np.arange(len(corpus.live))).all()
    later = dataclasses.replace(corpus, live_age_s=corpus.live_age_s + np.float32(0.005))
    assert (moment_rows(later) == np.arange(len(corpus.live))).all()


def test_ages_and_peaks_choose_the_frames() -> None:
    corpus = toy_corpus()
    ages = sampler(corpus, "youngest_s=0.32", "oldest_s=0.83", "batch=100").batch(0).age_s
    assert set(ages[:, 0].tolist()) == {np.float32(0.4), np.float32(0.6)}
    quiet = dataclasses.replace(corpus, frames=corpus.frames * np.float16(0.01))
    with pytest.raises(BridgeError, match="no full frame above -65 dB"):
        sampler(quiet)
    deaf = dataclasses.replace(
        corpus, live=corpus.live[:0], live_take=corpus.live_take[:0], live_age_s=corpus.live_age_s[:0]
    )
    with pytest.raises(BridgeError, match=r"no live frame.*listener=false"):
        sampler(deaf)
