"""One recording: found, judged, retuned and turned into frames."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("soxr")

from export.prepare.analyse import AGE_EDGES_S, TakeFrames, analyse, take_rng
from export.prepare.levels import keeping_gains_db, levelling_gains_db, peak_level_db, tilt_db
from export.prepare.plan import fades, out_of_bands, sorted_dynamics, symbols_of
from export.prepare.sound import Sound, UnusableError, mono_of, sound_of
from export.prepare.tuning import other_note, tuning_of
from export.sources.source import Take
from rt.arrays import F32
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.units import hz_of_note
from tests.support.tones import Tones, tone

RATE_HZ = 44100


def take_of(note: int = 60, instrument: str = "Flute", dynamics: str = "mf") -> Take:
    return Take(name=f"{instrument} {note} {dynamics}", instrument=instrument, note=note, dynamics=dynamics)


def sound(samples: F32, take: Take, *, decays: bool = False) -> Sound:
    channels = samples if samples.ndim == 2 else samples[:, None]
    return sound_of(NSGT_410, take, channels, RATE_HZ, decays=decays, recorded=True)


def frames(found: Sound, *, decays: bool = False, whole: bool = False, seed: int = 1) -> TakeFrames:
    return analyse(NSGT_410, found, take_rng(seed, "tones", "a"), decays=decays, whole=whole)


@pytest.mark.parametrize("cents", [-105.0, -70.0, -8.0, 0.0, 45.0, 105.0])
@pytest.mark.parametrize("note", [40, 64, 88])
def test_a_recording_is_retuned_to_its_label(note: int, cents: float) -> None:
    take = take_of(note)
    found = sound(tone(take, 1.0, RATE_HZ, cents), take)
    assert found.cents == pytest.approx(cents, abs=3.0)
    again = tuning_of(found.samples[found.onset :], NSGT_410.sample_rate_hz, note, recorded=True)
    assert again.correction_cents == pytest.approx(0.0, abs=3.0)
    assert again.mislabelled is None


@pytest.mark.parametrize("semitones", [-24, -12, -7, -3, -2, 2, 3, 5, 12, 19])
@pytest.mark.parametrize("note", [48, 64])
def test_a_wrong_label_is_found_and_named(note: int, semitones: int) -> None:
    take = take_of(note)
    heard = take_of(note + semitones)
    with pytest.raises(UnusableError, match="mislabelled: sounds") as caught:
        sound(tone(heard, 1.0, RATE_HZ), take)
    if abs(semitones) > 2:
        assert f"(MIDI {note + semitones})" in str(caught.value)


def test_a_weak_fundamental_is_no_wrong_label() -> None:
    k = np.arange(1, 9)
    assert other_note(k * hz_of_note(50), np.array([0.01, 1.0, 0.3, 0.5, 0.1, 0.1, 0.05, 0.05]), 50) is None


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (np.zeros((44100, 2), np.float32), "silent"),
        (np.full((44100, 1), np.nan, np.float32), "not finite"),
        (np.zeros((0, 2), np.float32), "too short"),
        (np.ones((300, 2), np.float32), "too short"),
    ],
)
def test_what_cannot_be_used_is_told(samples: F32, reason: str) -> None:
    with pytest.raises(UnusableError, match=reason):
        sound(samples, take_of())


def test_the_onset_follows_the_silence_before_it() -> None:
    take = take_of()
    late = np.concatenate((np.zeros(3 * RATE_HZ, np.float32), tone(take, 1.0, RATE_HZ)))
    found = sound(late, take)
    level = np.abs(found.samples[:, 0])
    assert level[: max(found.onset - 150, 0)].max() < 0.1 * level.max()
    assert level[found.onset : found.onset + 220].max() > 0.1 * level.max()
    assert found.sounding_s == pytest.approx(1.0, abs=0.05)


def test_a_step_louder_than_the_note_does_not_move_its_onset() -> None:
    take = take_of(84)
    samples = tone(take, 1.0, RATE_HZ)
    rumble = np.sin(2.0 * np.pi * 12.0 * np.arange(len(samples)) / RATE_HZ).astype(np.float32)
    found = sound(samples + np.float32(0.5) * rumble, take)
    clean = sound(samples, take)
    assert found.onset == pytest.approx(clean.onset, abs=60)


def test_short_recordings_have_only_the_ages_that_were_recorded() -> None:
    take = take_of()
    found = frames(sound(tone(take, 0.4, RATE_HZ), take))
    assert found.frames.shape == (len(found.slot), 410)
    assert found.age_s.max() < 0.42
    assert found.slot.tolist() == list(range(len(found.slot)))
    assert AGE_EDGES_S[found.slot[-1] - 1] < 0.4
    assert found.live_age_s.max() < 0.45
    np.testing.assert_allclose(found.age_s, found.place_s, atol=1e-6)


def test_the_steady_part_of_the_voice_stands_for_later_ages() -> None:
    take = take_of()
    found = frames(sound(tone(take, 1.0, RATE_HZ), take), whole=True)
    assert found.slot.tolist() == list(range(18))
    assert found.age_s.max() > 5.0
    assert found.place_s.max() < 0.9
    assert 20.0 * np.log10(found.frames[-1].max() / found.frames[8].max()) == pytest.approx(0.0, abs=1.0)


def test_a_fading_note_that_was_cut_has_no_later_ages() -> None:
    take = take_of(instrument="Piano")
    found = frames(sound(tone(take, 1.0, RATE_HZ), take, decays=True), decays=True, whole=True)
    assert 0.7 < found.age_s.max() < 1.02


def test_frames_of_a_note_peak_at_its_partials_and_rise_with_its_onset() -> None:
    take = take_of(69)
    found = frames(sound(tone(take, 1.5, RATE_HZ), take))
    middle = round(bin_of_hz(NSGT_410, 440.0))
    assert abs(int(found.frames[8].argmax()) - middle) <= 1
    assert abs(int(found.live[-1].argmax()) - middle) <= 1
    assert found.live.shape == (20, 410)
    assert (found.live_age_s[:10] <= 0.1).all() and (np.diff(found.live_age_s) > 0.0).all()
    early, late = found.live[found.live_age_s < 0.02, middle], found.live[found.live_age_s > 0.2, middle]
    assert early.max() < 0.5 * late.min()
    assert 20.0 * np.log10(late.mean() / found.frames[8:, middle].mean()) == pytest.approx(0.0, abs=1.5)


def test_frames_depend_on_the_names_and_the_seed_alone() -> None:
    take = take_of()
    found = sound(tone(take, 0.6, RATE_HZ), take)
    one, same, other = frames(found), frames(found), frames(found, seed=2)
    np.testing.assert_array_equal(one.frames, same.frames)
    np.testing.assert_array_equal(one.live, same.live)
    assert not np.array_equal(one.age_s, other.age_s)


def test_sides_that_cancel_are_still_heard() -> None:
    take = take_of()
    samples = tone(take, 1.0, RATE_HZ)
    both, against = np.stack((samples, samples), axis=1), np.stack((samples, -samples), axis=1)
    one, other = frames(sound(both, take)), frames(sound(against, take))
    np.testing.assert_allclose(other.frames, one.frames, atol=1e-5)
    np.testing.assert_allclose(other.live, one.live, atol=1e-5)


def test_mono_keeps_the_power_of_the_sides() -> None:
    sides = np.random.default_rng(1).standard_normal((20000, 2)).astype(np.float32)
    assert np.mean(mono_of(sides) ** 2) == pytest.approx(np.mean(sides**2), rel=1e-3)


def test_levels_are_evened_out_or_kept() -> None:
    note, dynamics = np.repeat(np.arange(60, 70), 3), np.tile([0, 1, 2], 10)
    level_db = np.tile([-40.0, -30.0, -22.0], 10) + np.random.default_rng(1).uniform(-5.0, 5.0, 10).repeat(3)
    zeros, velocities = np.zeros(30, np.int64), np.array([33.0, 72.0, 115.0])
    even = level_db + levelling_gains_db(level_db, note, dynamics, zeros, zeros, velocities)
    np.testing.assert_allclose(even[dynamics == 1], -14.0)
    np.testing.assert_allclose(even[dynamics == 0], -24.0, atol=1e-9)
    np.testing.assert_allclose(even[dynamics == 2], -6.0, atol=1e-9)
    kept = keeping_gains_db(level_db, dynamics, zeros, velocities)
    assert np.ptp(kept) == 0.0
    assert np.median((level_db + kept)[dynamics == 1]) == pytest.approx(-14.0)


def test_classes_that_share_no_note_are_levelled_all_the_same() -> None:
    note, dynamics = np.array([60, 61, 62, 63]), np.array([0, 0, 1, 1])
    level_db, zeros = np.array([-30.0, -31.0, -20.0, -21.0]), np.zeros(4, np.int64)
    even = level_db + levelling_gains_db(level_db, note, dynamics, zeros, zeros, np.array([33.0, 72.0]))
    np.testing.assert_allclose(even, [-24.0, -24.0, -14.0, -14.0])


def test_the_peak_level_is_near_that_of_the_sound() -> None:
    take = take_of(83, dynamics="pp")
    found = sound(tone(take, 1.0, RATE_HZ), take)
    rms = np.sqrt(np.mean(found.samples[found.onset + 2000 : found.onset + 15000] ** 2))
    level_db = peak_level_db(NSGT_410, frames(found).frames)
    assert level_db == pytest.approx(20.0 * np.log10(rms * np.sqrt(2.0)), abs=2.5)  # K-weighted


def test_the_tilt_brightens_loud_notes_and_spares_the_fundamental() -> None:
    soft, loud = tilt_db(NSGT_410, 60, 33.0, 1.0), tilt_db(NSGT_410, 60, 115.0, 1.0)
    place = round(bin_of_hz(NSGT_410, hz_of_note(60)))
    assert soft.shape == loud.shape == (410,)
    assert loud[place] == pytest.approx(0.0, abs=0.1) and soft[place] == pytest.approx(0.0, abs=0.1)
    assert loud[place + 96] == pytest.approx(6.0, abs=0.2) and soft[place + 96] == pytest.approx(-6.0, abs=0.2)
    assert loud[place - 48] == -20.0


def test_notes_outside_the_bands_are_refused() -> None:
    assert [out_of_bands(note) is None for note in (10, 21, 60, 119, 120)] == [False, True, True, True, False]


def test_an_unknown_instrument_is_listened_to() -> None:
    struck = Tones(instruments=("Piano",))
    blown = Tones(instruments=("Flute",))
    assert fades([(struck, take) for take in struck.takes()])
    assert not fades([(blown, take) for take in blown.takes()])


def test_dynamics_are_sorted_from_soft_to_loud() -> None:
    assert sorted_dynamics(["ff", "mf", "pp", "mf", "mp"]) == ["pp", "mp", "mf", "ff"]
    assert sorted_dynamics(["127", "25", "100"]) == ["25", "100", "127"]


def test_further_columns_are_further_symbols() -> None:
    takes = [
        Take(name=text, instrument="Flute", note=60, dynamics="mf", labels=(("technique", text),))
        for text in ("vibrato", "plain")
    ]
    symbols = symbols_of(takes)
    assert [symbol.name for symbol in symbols][4:] == ["technique"]
    assert symbols[4].classes == ("plain", "vibrato", "silent")
    with pytest.raises(BridgeError, match="no 'technique'"):
        symbols_of([*takes, take_of()])
