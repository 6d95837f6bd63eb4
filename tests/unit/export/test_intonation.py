"""Notes that are out of tune are found on the sound of the engine, and corrected at every velocity, or named."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from export.evaluate import intonation
from export.evaluate.intonation import IN_TUNE_CENTS, VELOCITIES, OutOfTuneError, Performer, correct, offset_cents
from rt.arrays import F32
from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import InstrumentSpec
from rt.engine.note_values import sharp_cents
from rt.units import hz_of_note

TIME_S = np.arange(round(0.6 * intonation.RATE_HZ)) / intonation.RATE_HZ


class Bar:
    """A progress bar that counts."""

    n = 0

    def reset(self, total: int) -> None:
        self.n = 0

    def update(self, n: int) -> None:
        self.n += n


def string(note: float, *, stiffness: float = 0.0) -> F32:
    """(n_samples, 1) of a made-up string."""
    k = np.arange(1, 16)[:, None]
    waves = np.sin(2.0 * np.pi * hz_of_note(note) * k * np.sqrt(1.0 + stiffness * k**2) * TIME_S + 0.4 * k**2)
    return np.asarray((0.8**k * waves).sum(axis=0) * 0.1, np.float32)[:, None]


@pytest.mark.parametrize("note", [28, 45, 69, 90])
@pytest.mark.parametrize("cents", [-90.0, -12.0, 0.0, 4.0, 130.0])
def test_offsets_of_sounds_are_found(note: int, cents: float) -> None:
    found, correlation = offset_cents(string(note + cents / 100.0), note, stiff=False)
    assert found == pytest.approx(cents, abs=1.0) and correlation > 0.95


def test_a_stiff_string_is_in_tune_between_its_fundamental_and_its_period() -> None:
    sharp, _ = offset_cents(string(33, stiffness=2e-4), 33, stiff=False)
    assert sharp > IN_TUNE_CENTS
    assert offset_cents(string(33 - 0.5 * sharp / 100.0, stiffness=2e-4), 33, stiff=True)[0] == 0.0
    assert offset_cents(string(33.6, stiffness=2e-4), 33, stiff=True)[0] > 40.0
    assert offset_cents(string(32.4, stiffness=2e-4), 33, stiff=True)[0] < -20.0


def cut(spec: InstrumentSpec, n: int) -> InstrumentSpec:
    """The n lowest notes of an instrument."""
    return dataclasses.replace(
        spec,
        high_note=spec.low_note + n - 1,
        loudness_db=spec.loudness_db[:n],
        tuning_cents=spec.tuning_cents[:n],
        decay_db_per_s=spec.decay_db_per_s[:n],
        tuning_by_velocity_cents=spec.tuning_by_velocity_cents[:n],
    )


def short(cents: float) -> Bundle:
    """The default bundle with four notes of its flute alone in reach, and that much to correct in the third."""
    opened = bundle.load("default")
    index = opened.manifest.instrument_index("Flute")
    assert index is not None
    spec = opened.manifest.instruments[index]
    wrong = list(spec.tuning_cents)
    wrong[2] += cents
    rest = [cut(one, 2) for one in opened.manifest.instruments]
    rest[index] = cut(dataclasses.replace(spec, tuning_cents=tuple(wrong)), 4)
    return dataclasses.replace(opened, manifest=dataclasses.replace(opened.manifest, instruments=tuple(rest)))


def test_a_note_out_of_tune_is_corrected_and_the_others_are_left() -> None:
    opened = short(-30.0)
    index = opened.manifest.instrument_index("Flute")
    assert index is not None
    tuned = intonation.tune(opened, progress=Bar())
    was, now = opened.manifest.instruments[index], tuned.manifest.instruments[index]
    assert tuned.faults == () and tuned.before_cents > 25.0 and tuned.after_cents <= IN_TUNE_CENTS
    assert now.tuning_cents[2] - was.tuning_cents[2] == pytest.approx(30.0, abs=3.0)
    assert [now.tuning_cents[i] for i in (0, 1, 3)] == [was.tuning_cents[i] for i in (0, 1, 3)]
    heard = Performer(dataclasses.replace(opened, manifest=tuned.manifest)).offset_cents(
        index, was.low_note + 2, (40, 77)
    )
    assert np.abs(heard).max() <= IN_TUNE_CENTS


@pytest.mark.parametrize(("cents", "told"), [(120.0, "120 cents flat|11. cents flat|12. cents flat"), (-1200.0, "C5")])
def test_a_wrong_note_is_named_and_not_bent(cents: float, told: str) -> None:
    opened = short(cents)
    tuned = intonation.tune(opened, progress=Bar())
    (fault,) = tuned.faults
    assert fault.instrument == "Flute" and fault.note == 62
    line = intonation.refusal(tuned.faults)
    assert line.startswith("cannot be tuned: Flute D4 ") and "--steps" in line and "\n" not in line
    assert tuned.manifest == opened.manifest


def test_noise_has_no_pitch(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).standard_normal((len(TIME_S), 1)).astype(np.float32)
    performer = Performer(short(0.0))
    for sound, told in ((noise, "no clear pitch"), (np.zeros_like(noise), "silent")):
        monkeypatch.setattr(performer, "_play", lambda *_, sound=sound: sound)
        with pytest.raises(OutOfTuneError, match=told):
            performer.offset_cents(0, 60, VELOCITIES)


def test_corrections_add_up_at_every_velocity() -> None:
    manifest = bundle.load("default").manifest
    spec = manifest.instruments[0]
    rise = np.linspace(-20.0, 40.0, len(VELOCITIES))
    twice = correct(correct(manifest, {(0, spec.low_note): rise}), {(0, spec.low_note): rise})
    now = twice.instruments[0]
    for velocity, cents in zip(VELOCITIES, rise, strict=True):
        more = sharp_cents(now, 0, velocity) - sharp_cents(spec, 0, velocity)
        assert more == pytest.approx(2.0 * cents, abs=0.03)
        assert sharp_cents(now, 1, velocity) == pytest.approx(sharp_cents(spec, 1, velocity), abs=0.02)
