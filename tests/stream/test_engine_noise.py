"""Noise beside the tones of a note: its level and shape, at any velocity, in any blocks, whatever happens meanwhile."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.signal

from rt import cli
from rt import events as ev
from rt.arrays import F32, F64
from rt.bundle import bundle
from rt.bundle.manifest import MANIFEST
from rt.config import config
from rt.engine import Engine
from rt.engine.channel_states import Key, Note
from rt.engine.note_values import NoteTable, dynamics
from rt.frames.noise import centres_of
from rt.model import Model
from rt.parameters import CHANNEL_GAIN, GAIN, GATE, LATENT, LEGATO
from rt.stats import Stats
from tests.conftest import DRY, SAMPLE_RATE_HZ, MakeEngine
from tests.stream.test_engine_sound import PHRASE
from tests.support.listening import Timed, biggest_step, level_db, play
from tests.support.tiny import write_tiny_bundle
from tests.support.tiny_graphs import NOISE, noise_db

CENTRES_HZ = centres_of(NOISE)
QUIET = -24.0
"""dB of output gain at which no note reaches the limiter."""


@pytest.fixture(scope="module")
def noisy_model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return Model.load(write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "noisy", noise=True), "cpu")


def engine_of(model: Model, *, stats: Stats | None = None, **settings: Any) -> Engine:
    wanted = dataclasses.replace(config.load().engine, **DRY | {"alive": 0.0, "gain_db": QUIET} | settings)
    return Engine(model, sample_rate_hz=SAMPLE_RATE_HZ, config=wanted, stats=stats or Stats())


def noise_of(noisy: Model, plain: Model, events: Timed, n_samples: int, **settings: Any) -> F32:
    """The noise alone of what begins with one voice, whose tones are the same in both bundles."""
    both = [play(engine_of(model, **settings), events, n_samples) for model in (noisy, plain)]
    assert np.abs(both[1]).max() > 0.001
    return np.asarray(both[0] - both[1], np.float32)


def told_db(model: Model, note: int, velocity: int) -> F64:
    """Power per Hz (n_bands,) that a note's noise should have."""
    table = NoteTable(
        model.manifest, np.append(model.frequency_hz, model.noise_hz), tilt_db=config.load().engine.velocity_tilt_db
    )
    values = table.of(Note(Key(0, note), velocity, 0))
    tilt = values.tilt[len(model.frequency_hz) :]
    level_db = noise_db(dynamics(model.manifest, velocity)) + QUIET
    return np.asarray(level_db + 20.0 * np.log10(tilt * values.gain), np.float64)


def above_tones_db(out: F32) -> float:
    """Level above 12 kHz, where no tone is, but for the first fifth of a second."""
    sections = scipy.signal.butter(8, 12_000.0, "high", fs=SAMPLE_RATE_HZ, output="sos")
    return level_db(scipy.signal.sosfilt(sections, out)[9600:])


def found_db(noise: F32) -> F64:
    """Power per Hz (n_bands,) around the centres of the bands."""
    hz, power = scipy.signal.welch(noise, SAMPLE_RATE_HZ, nperseg=2048)
    smooth = scipy.signal.convolve(power, np.full(9, 1.0 / 9.0), mode="same")
    return np.asarray(10.0 * np.log10(np.interp(CENTRES_HZ, hz, smooth) + 1e-30), np.float64)


@pytest.mark.parametrize("velocity", [20, 72, 127])
@pytest.mark.parametrize("phase", ["locked", "classic"])
def test_a_note_has_the_noise_that_the_decoder_tells(
    noisy_model: Model, tiny_model: Model, velocity: int, phase: str
) -> None:
    noise = noise_of(noisy_model, tiny_model, [(0, ev.NoteOn(0, 69, velocity))], 144_000, phase=phase)
    off_db = (found_db(noise[9600:]) - told_db(noisy_model, 69, velocity))[5:-1]
    assert np.abs(off_db).max() < 1.5 and abs(off_db.mean()) < 0.3


def test_velocity_brightens_noise_as_it_does_tones(noisy_model: Model, tiny_model: Model) -> None:
    slopes = []
    for velocity in (20, 127):
        found = found_db(noise_of(noisy_model, tiny_model, [(0, ev.NoteOn(0, 69, velocity))], 96_000)[9600:])
        slopes.append(found[30] - found[12])
    assert slopes[1] > slopes[0] + 1.0


def test_the_free_voice_has_noise_too(noisy_model: Model, tiny_model: Model) -> None:
    events: Timed = [(0, LATENT.set(57.0, 2.0, 0.3, 0.0)), (0, GATE.set(True))]
    noise = noise_of(noisy_model, tiny_model, events, 96_000)
    off_db = found_db(noise[9600:])[5:-1] - noise_db(2.0)[5:-1]
    assert np.ptp(off_db) < 3.0 and level_db(noise[9600:]) > -100.0


@pytest.mark.parametrize("block_samples", [1, 17, 256, 1000])
def test_block_size_does_not_change_it(noisy_model: Model, block_samples: int) -> None:
    events: Timed = [*PHRASE, (2400, LEGATO.on(1, True, 0.1)), (12_800, ev.NoteOn(1, 59, 90))]
    expected = play(engine_of(noisy_model, alive=0.5), events, 24_000, 128)
    heard = play(engine_of(noisy_model, alive=0.5), events, 24_000, block_samples)
    np.testing.assert_array_equal(heard, expected)


def test_it_is_the_seed_s(noisy_model: Model, tiny_model: Model) -> None:
    one, again, other = (
        noise_of(noisy_model, tiny_model, [(0, ev.NoteOn(0, 69, 100))], 24_000, seed=seed) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, again)
    assert abs(np.corrcoef(one[4800:], other[4800:])[0, 1]) < 0.1


def test_voices_have_noise_of_their_own(noisy_model: Model) -> None:
    one, two = (
        above_tones_db(play(engine_of(noisy_model), [(0, ev.NoteOn(channel, 69, 100)) for channel in range(n)], 48_000))
        for n in (1, 2)
    )
    assert two - one == pytest.approx(3.0, abs=0.4)  # powers add, they are not one noise twice


@pytest.mark.parametrize("hush", [CHANNEL_GAIN.on(0, 0.0), GAIN.set(-200.0)])
def test_no_gain_is_no_noise(noisy_model: Model, hush: ev.Event) -> None:
    out = play(engine_of(noisy_model), [(0, hush), (0, ev.NoteOn(0, 69, 100))], 48_000)
    assert np.abs(out[24_000:]).max() < 1e-9


def test_it_begins_with_its_note_and_ends_with_it(noisy_model: Model) -> None:
    events: Timed = [(640, ev.NoteOn(0, 69, 127)), (24_000, ev.NoteOff(0, 69))]
    out = play(engine_of(noisy_model), events, 48_000)
    assert not out[:640].any() and not out[40_000:].any()
    fall_db = level_db(out[23_000:24_000]) - level_db(out[26_400:27_400])
    assert 20.0 < fall_db < 50.0  # release_s 0.1 is 60 dB


def test_a_glide_takes_the_noise_along(noisy_model: Model, tiny_model: Model) -> None:
    events: Timed = [
        (0, LEGATO.on(0, True, 0.2)),
        (0, ev.NoteOn(0, 60, 127)),
        (48_000, ev.NoteOn(0, 67, 30)),
    ]
    noise = noise_of(noisy_model, tiny_model, events, 144_000)
    before, after = found_db(noise[9600:47_000]), found_db(noise[67_200:])
    assert np.abs(before - told_db(noisy_model, 60, 127))[6:-1].max() < 2.5
    assert np.abs(after - told_db(noisy_model, 67, 30))[6:-1].max() < 2.5
    pieces = [level_db(part) for part in noise[48_000:58_000].reshape(4, -1)]
    assert pieces[0] > pieces[1] > pieces[2] > pieces[3]


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_noise_that_is_no_number_is_silent_and_counted(
    noisy_model: Model, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    def decode(latents: F32) -> tuple[F32, F32]:
        frames, noise = whole(latents)
        noise[:, 7] = value
        return frames, noise

    whole = noisy_model.decode_with_noise
    monkeypatch.setattr(noisy_model, "decode_with_noise", decode)
    stats = Stats()
    out = play(engine_of(noisy_model, stats=stats), [(0, ev.NoteOn(0, 69, 100))], 9600)
    assert not out.any() and stats.snapshot().guarded > 0


@pytest.mark.parametrize("highest_hz", [1_000, 48_000])
@pytest.mark.parametrize(("floor_db", "step_db"), [(-300, 0.01), (0, 200), (-140, 20)])
def test_whatever_a_manifest_may_say_of_it_plays(
    noisy_model: Model, tmp_path: Path, highest_hz: int, floor_db: int, step_db: float
) -> None:
    shutil.copytree(noisy_model.bundle.path, tmp_path, dirs_exist_ok=True)
    raw = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    raw["frame"]["step_db"] = step_db
    raw["frame"]["noise"] |= {"highest_hz": highest_hz, "floor_db": floor_db}
    (tmp_path / MANIFEST).write_text(json.dumps(raw), encoding="utf-8")
    model = Model.load(bundle.load(tmp_path), "cpu")
    for rate_hz in (8_000.0, 192_000.0):
        engine = Engine(
            model, sample_rate_hz=rate_hz, config=dataclasses.replace(config.load().engine, **DRY), stats=Stats()
        )
        out = play(engine, [(0, ev.NoteOn(0, note, 127)) for note in (0, 60, 127)], 4096)
        assert np.isfinite(out).all() and np.abs(out).max() <= 1.0


def test_info_tells_of_it(noisy_model: Model, tiny_model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for model in (noisy_model, tiny_model):
        assert cli.main(["info", str(model.bundle.path)]) == 0
        told.append(capsys.readouterr().out)
    assert "noise    40 bands, up to 20000 Hz, from -140 dB per Hz" in told[0] and "bundle format 3" in told[0]
    assert "latent -> frame, noise" in told[0] and "noise" not in told[1]


def test_bundles_with_and_without_noise_take_turns(
    make_engine: MakeEngine, noisy_model: Model, tiny_model: Model
) -> None:
    engine = make_engine(alive=0.0, gain_db=QUIET)
    levels = []
    for model in (tiny_model, noisy_model, tiny_model):
        engine.use(engine.prepare(model))
        out = play(engine, [(4800, ev.NoteOn(0, 60, 100)), (24_000, ev.NoteOff(0, 60))], 48_000)
        levels.append(above_tones_db(out[:24_000]))
        assert biggest_step(out) < 0.1 and not out[-4800:].any()
    assert levels[1] > max(levels[0], levels[2]) + 20.0
