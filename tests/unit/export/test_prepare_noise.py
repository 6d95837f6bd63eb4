"""The noise of recordings beside their frames: its level, at any rate and gain, and where it is not known."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("soxr")

from export import store
from export.prepare import noise, shards
from export.prepare.analyse import analyse, take_rng
from export.prepare.noise import UNKNOWN, noise_at
from export.prepare.pipeline import prepare
from export.prepare.plan import Settings
from export.prepare.sound import Sound, sound_of
from export.sources.source import Take
from rt.arrays import F32, F64
from rt.errors import BridgeError
from rt.frames.noise import NOISE_40, centres_of
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.units import hz_of_note
from tests.support.tones import LEVELS_DB, Tones, tone
from tests.unit.export.test_prepare_corpus import NoProgress, checksums

HISS_DB = -40.0
"""RMS of the white noise of `Hissing`, under the note's own level."""
HIGH = slice(8, -1)
"""Bands wide enough for their level to be told by a short sound."""


@dataclass
class Hissing(Tones):
    """Tones with white noise as loud as they are."""

    def read(self, take: Take) -> tuple[F32, int]:
        samples, rate_hz = super().read(take)
        rms = 10.0 ** ((LEVELS_DB[take.dynamics] + HISS_DB) / 20.0)
        hiss = rms * np.random.default_rng(take.note).standard_normal(samples.shape)
        return (samples + hiss).astype(np.float32), rate_hz


SOURCE = Hissing(seconds=1.0, instruments=("Flute",), notes=(60, 67, 74))


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD_ITEMS", 5)


def hissing(rate_hz: int, *, note: int = 62, cents: float = 0.0, n_channels: int = 1, seconds: float = 2.0) -> Sound:
    """A steady note in white noise of -60 dB, each channel its own."""
    take = Take(name="a", instrument="Flute", note=note, dynamics="mf")
    steady = np.repeat(tone(take, seconds, rate_hz, cents)[:, None], n_channels, axis=1)
    sound = np.asarray(steady + 1e-3 * np.random.default_rng(1).standard_normal(steady.shape), np.float32)
    return sound_of(NSGT_410, take, sound, rate_hz, decays=False, recorded=True, wide=True)


def db(power: Any) -> F64:
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-30)), np.float64)


@pytest.mark.parametrize("rate_hz", [22_050, 32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize(("cents", "n_channels"), [(0.0, 1), (40.0, 2)])
def test_noise_has_its_level_and_what_the_rate_does_not_hold_is_not_known(
    rate_hz: int, cents: float, n_channels: int
) -> None:
    found = noise_at(hissing(rate_hz, cents=cents, n_channels=n_channels), 62, np.asarray([0.5, 0.9, 1.4]))
    known = centres_of(NOISE_40) <= 0.46 * rate_hz
    assert found.shape == (3, 40) and (found[:, ~known] == UNKNOWN).all() and known.sum() >= 29
    off_db = db(found[:, known][:, HIGH]) - db(2e-6 / rate_hz)
    assert abs(off_db.mean()) < 0.7 and np.abs(off_db).max() < 3.0


def test_silence_after_the_end_has_no_noise() -> None:
    found = noise_at(hissing(44_100, seconds=0.5), 62, np.asarray([0.3, 4.0]))
    assert (found[0] > 0.0).all() and not found[1].any()


def test_a_note_that_cannot_be_taken_apart_has_frames_but_no_known_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise BridgeError("too high")

    monkeypatch.setattr(noise, "apart", refuse)
    found = analyse(NSGT_410, hissing(44_100), take_rng(1), decays=False, whole=True, noise_of=62)
    assert len(found.frames) == len(found.noise) > 10 and (found.noise == UNKNOWN).all()


def test_noise_is_in_the_corpus_as_far_below_its_note_as_it_was(tmp_path: Path) -> None:
    done = prepare([SOURCE], tmp_path, Settings(jobs=1, noise=True), progress=NoProgress())
    corpus = store.load(tmp_path)
    assert corpus.frame == replace(NSGT_410, noise=NOISE_40) and corpus.n_noise == 40
    assert corpus.noise.shape == (len(corpus.frames), 40) and isinstance(corpus.noise, np.memmap)
    np.testing.assert_array_equal(corpus.noise, done.corpus.noise)
    for index in range(len(corpus.name)):
        rows = (corpus.frame_take == index) & (corpus.frame_place_s > 0.2) & (corpus.frame_place_s < 0.9)
        assert rows.sum() >= 3
        band = round(bin_of_hz(NSGT_410, hz_of_note(int(corpus.note[index, 0]))))
        tone_db = NSGT_410.floor_db + 20.0 * np.asarray(corpus.frames[rows], np.float64)[:, band - 1 : band + 2].max(1)
        noise_db = NOISE_40.floor_db + 20.0 * np.asarray(corpus.noise[rows], np.float64)[:, HIGH]
        under_db = noise_db.mean() - tone_db.mean()
        assert under_db == pytest.approx(HISS_DB + 10.0 * np.log10(2.0 / SOURCE.rate_hz), abs=1.5)


def test_noise_is_brightened_with_its_frames(tmp_path: Path) -> None:
    found = []
    for brighten in (False, True):
        settings = Settings(jobs=1, noise=True, brighten=brighten)
        found.append(prepare([SOURCE], tmp_path / str(brighten), settings, progress=NoProgress()).corpus)
    centres = centres_of(NOISE_40)
    inside = (centres > 1_500.0) & (centres < 9_000.0)
    bins = np.round([bin_of_hz(NSGT_410, hz) for hz in centres[inside]]).astype(int)
    changes = set()
    for take in range(len(found[0].name)):
        rows = np.flatnonzero((found[0].frame_take == take) & (found[0].frame_place_s > 0.2))
        frames, noises = (
            [np.asarray(getattr(c, name)[rows], np.float64) for c in found] for name in ("frames", "noise")
        )
        heard = (np.minimum(*frames)[:, bins] > 0.05).mean(axis=0) > 0.9
        wanted = np.median((frames[1] - frames[0])[:, bins], axis=0)[heard]
        np.testing.assert_allclose((noises[1] - noises[0])[:, inside].mean(axis=0)[heard], wanted, atol=0.03)
        changes |= {round(20.0 * float(one)) for one in wanted}
    assert max(changes) - min(changes) > 6


def test_it_is_the_same_for_any_number_of_processes_and_changes_nothing_else(tmp_path: Path) -> None:
    for name, settings in {"one": Settings(jobs=1, noise=True), "two": Settings(jobs=2, noise=True)}.items():
        prepare([SOURCE], tmp_path / name, settings, progress=NoProgress())
    prepare([SOURCE], tmp_path / "plain", Settings(jobs=1), progress=NoProgress())
    noisy, plain = checksums(tmp_path / "one"), checksums(tmp_path / "plain")
    assert noisy == checksums(tmp_path / "two")
    assert noisy.pop("noise") and noisy == plain
    assert not (tmp_path / "plain" / "noise.npy").exists()
    stored = json.loads((tmp_path / "plain" / store.CORPUS).read_text(encoding="utf-8"))
    assert "noise" not in stored["frame"] and store.load(tmp_path / "plain").n_noise == 0


def test_a_corpus_that_is_prepared_again_without_noise_has_none(tmp_path: Path) -> None:
    for settings in (Settings(jobs=1, noise=True), Settings(jobs=1)):
        prepare([replace(SOURCE, notes=(60,))], tmp_path, settings, progress=NoProgress())
    assert not (tmp_path / "noise.npy").exists() and store.load(tmp_path).n_noise == 0


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus with noise, to be copied."""
    folder = tmp_path_factory.mktemp("once")
    prepare([replace(SOURCE, notes=(60,))], folder, Settings(jobs=1, noise=True), progress=NoProgress())
    return folder


def test_damaged_noise_is_one_line(once: Path, tmp_path: Path) -> None:
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "noise.npy"
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
    with pytest.raises(BridgeError, match=r"noise\.npy: changed since it was prepared"):
        store.load(tmp_path)
    path.unlink()
    with pytest.raises(BridgeError, match=r"noise\.npy: unreadable"):
        store.load(tmp_path)


@pytest.mark.parametrize("noise", [1, "x", [], {"n_bands": 40}, {"n_bands": 3, "highest_hz": 2e4, "floor_db": -140.0}])
def test_a_corpus_whose_noise_is_told_wrongly_is_one_line(once: Path, tmp_path: Path, noise: Any) -> None:
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    stored = json.loads((tmp_path / store.CORPUS).read_text(encoding="utf-8"))
    stored["frame"]["noise"] = noise
    (tmp_path / store.CORPUS).write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(BridgeError, match="prepare` again") as caught:
        store.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_noise_of_mixtures_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match=r"--noise tells of single notes.*leave out one"):
        prepare([SOURCE], tmp_path, Settings(jobs=1, noise=True, mixtures=3), progress=NoProgress())
