"""Notes taken apart: partials, stretch, pitch and noise against synthetic truth; and put together again."""

from __future__ import annotations

import numpy as np
import pytest

from export.alive import noise_bands
from export.alive.apart import apart, band_power
from export.alive.parts import NoteParts, highest_hz, partials_below
from export.alive.together import noise, together, tone
from rt.arrays import F64
from rt.errors import BridgeError
from rt.units import hz_of_note
from tests.support.played import RATE_HZ, Played, play

EDGE_HOPS = 30
NOTES = [
    pytest.param(21.0, {"inharmonicity": 3e-4, "n_partials": 40}, id="A0 of a piano"),
    pytest.param(33.1, {"inharmonicity": 4e-4, "n_partials": 40, "decay": 1.0}, id="A1 that decays"),
    pytest.param(48.0, {"inharmonicity": 1e-4, "n_partials": 30}, id="C3 slightly stretched"),
    pytest.param(59.7, {"vibrato_cents": 30.0, "n_partials": 40}, id="B3 30 cents off, vibrato"),
    pytest.param(69.13, {}, id="A4"),
    pytest.param(69.0, {"vibrato_cents": 50.0}, id="A4 wide vibrato"),
    pytest.param(84.3, {"inharmonicity": 2e-3, "n_partials": 6, "decay": 2.0}, id="C6 that decays"),
    pytest.param(96.0, {"vibrato_cents": 40.0}, id="C7 vibrato"),
    pytest.param(108.1, {"inharmonicity": 1e-2, "n_partials": 3, "decay": 3.0}, id="C8 that decays"),
]


def db(ratio: F64) -> F64:
    return np.asarray(10.0 * np.log10(ratio + 1e-30), np.float64)


def inner(values: F64) -> F64:
    return values[EDGE_HOPS:-EDGE_HOPS]


@pytest.mark.parametrize(("rate_hz", "noise_db"), [(44100, -55.0), (48000, None)])
@pytest.mark.parametrize(("note", "how"), NOTES)
def test_partials_pitch_and_noise(note: float, how: dict[str, float], noise_db: float | None, rate_hz: int) -> None:
    truth = play(note, noise_db=noise_db, rate_hz=rate_hz, **how)  # type: ignore[arg-type]
    parts = apart(truth.sound, rate_hz, round(note))
    at = np.minimum(np.arange(len(parts.fundamental_hz)) * parts.hop_samples, len(truth.hz) - 1)
    cents = inner(1200 * np.log2(parts.fundamental_hz / truth.hz[at]))
    assert abs(cents.mean()) < 0.3 and np.abs(cents).max() < 1.5
    assert parts.inharmonicity == pytest.approx(how.get("inharmonicity", 0.0), rel=0.02, abs=2e-7)
    fading = np.exp(-how.get("decay", 0.0) * at / rate_hz)[:, None]
    n = len(truth.amplitude)
    heard = inner((truth.amplitude * fading) ** 2) > 100 * truth.noise * rate_hz / 500  # 20 dB over the noise there
    assert heard[:, 0].all()
    level = inner(db((parts.amplitude[:, :n] / (truth.amplitude * fading)) ** 2))
    assert np.abs(level.mean(axis=0, where=heard))[heard.any(axis=0)].max() < 0.3
    own = inner(1200 * np.log2(parts.partial_hz[:, :n] / (truth.hz[at, None] * parts.places[:n])))
    assert np.abs(own.mean(axis=0, where=heard))[heard.any(axis=0)].max() < 1.0
    if noise_db is None:
        tonal, rest = 0.5 * np.sum(parts.amplitude**2, axis=1), parts.noise @ noise_bands.widths_hz(highest_hz(rate_hz))
        assert inner(db(rest / tonal)).max() < -45.0
    else:
        off = db(inner(parts.noise).mean(axis=0) / truth.noise)
        assert np.abs(off.mean()) < 1.5 and np.sort(np.abs(off))[-4] < 1.5  # skirts of a fast vibrato reach few bands


@pytest.mark.parametrize("note", [28, 45, 60, 84])
def test_noise_alone_is_noise(note: int) -> None:
    truth = play(note, seconds=3.0, n_partials=0, noise_db=-30.0)
    parts = apart(truth.sound, RATE_HZ, note)
    off = db(inner(parts.noise).mean(axis=0) / truth.noise)
    assert np.abs(off).max() < 1.5 and abs(off.mean()) < 0.5
    assert db(inner(0.5 * np.sum(parts.amplitude**2, axis=1)).mean() / np.mean(truth.sound**2)) < -20.0
    assert np.abs(1200 * np.log2(parts.fundamental_hz / hz_of_note(note))).max() < 1e-6


def test_coloured_noise_keeps_its_colour() -> None:
    rng = np.random.default_rng(3)
    spectrum = np.fft.rfft(rng.standard_normal(3 * RATE_HZ))
    hz = np.fft.rfftfreq(3 * RATE_HZ, 1 / RATE_HZ)
    shape = 1.0 / (1.0 + hz / 800.0)  # 6 dB an octave
    sound = 1e-2 * np.fft.irfft(spectrum * shape) + play(64, seconds=3.0).sound
    parts = apart(sound, RATE_HZ, 64)
    power = 2e-4 * noise_bands.averages(shape**2, hz, 20_000.0) / RATE_HZ
    off = db(inner(parts.noise).mean(axis=0) / power)[:32]
    assert np.abs(off).max() < 1.5


@pytest.mark.parametrize("noise_db", [None, -45.0])
def test_together_sounds_like_before(noise_db: float | None) -> None:
    truth = play(62, vibrato_cents=20.0, noise_db=noise_db, seconds=2.0)
    parts = apart(truth.sound, RATE_HZ, 62)
    again = apart(together(parts, seed=5), RATE_HZ, 62)
    n = len(truth.amplitude)
    assert again.amplitude.shape == parts.amplitude.shape
    assert np.abs(inner(db((again.amplitude[:, :n] / parts.amplitude[:, :n]) ** 2)).mean(axis=0)).max() < 0.3
    assert np.abs(inner(1200 * np.log2(again.fundamental_hz / parts.fundamental_hz))).max() < 1.5
    if noise_db is not None:
        assert np.abs(db(inner(again.noise).mean(axis=0) / inner(parts.noise).mean(axis=0)).mean()) < 0.5


def test_noise_together_has_the_level_of_its_bands() -> None:
    truth = play(60, n_partials=0, noise_db=-20.0, seconds=2.0)
    parts = apart(truth.sound, RATE_HZ, 60)
    drawn = noise(parts, seed=1)
    centres = np.arange(len(parts.noise)) * parts.hop_samples
    off = db(inner(band_power(drawn, centres, RATE_HZ, 20_000.0)).mean(axis=0) / inner(parts.noise).mean(axis=0))
    assert np.abs(off).max() < 1.0 and abs(off.mean()) < 0.2
    assert not np.array_equal(drawn, noise(parts, seed=2)) and np.array_equal(drawn, noise(parts, seed=1))


def test_an_onset_stays_in_its_place() -> None:
    truth = play(72, noise_db=None)
    sound = np.concatenate([np.zeros(RATE_HZ // 2), truth.sound])
    parts = apart(sound, RATE_HZ, 72)
    before = slice(0, int(0.46 * RATE_HZ) // parts.hop_samples)
    assert parts.amplitude[before].max() < 1e-9 and parts.noise[before].max() < 1e-14
    drawn = together(parts)
    assert np.abs(drawn[: int(0.45 * RATE_HZ)]).max() < 1e-3 < np.abs(drawn[int(0.55 * RATE_HZ) :]).max()


@pytest.mark.parametrize("n_samples", [1, 5, 255, 256, 2000])
def test_short_notes(n_samples: int) -> None:
    parts = apart(play(57).sound[:n_samples], RATE_HZ, 57)
    assert (
        parts.amplitude.shape
        == parts.partial_hz.shape
        == (n_samples // 256 + 1, partials_below(20_000, hz_of_note(57), 0))
    )
    assert all(
        np.isfinite(part).all() for part in (parts.fundamental_hz, parts.amplitude, parts.noise, parts.partial_hz)
    )
    assert together(parts).shape == (n_samples,)


@pytest.mark.parametrize("note", [0, 21, 60, 108, 126])
def test_silence_and_the_ends_of_the_keyboard(note: int) -> None:
    parts = apart(np.zeros(RATE_HZ // 2, np.float32), RATE_HZ, note)
    assert not parts.amplitude.any() and not parts.noise.any() and not together(parts).any()
    np.testing.assert_allclose(parts.fundamental_hz, hz_of_note(note))


@pytest.mark.parametrize("hop_samples", [64, 470, 1024])
def test_any_hop(hop_samples: int) -> None:
    truth = play(67, vibrato_cents=20.0 if hop_samples < 1000 else 0.0)
    parts = apart(truth.sound, RATE_HZ, 67, hop_samples=hop_samples)
    n = len(truth.amplitude)
    middle = slice(len(parts.amplitude) // 5, -len(parts.amplitude) // 5)
    level = db((parts.amplitude[middle, :n] / truth.amplitude) ** 2).mean(axis=0)
    assert parts.hop_s == hop_samples / RATE_HZ and np.abs(level).max() < 0.3


@pytest.mark.parametrize(
    ("sound", "rate_hz", "note", "what"),
    [
        (np.full(100, np.nan), RATE_HZ, 60, "no sound"),
        (np.array([0.0, np.inf]), RATE_HZ, 60, "no sound"),
        (np.zeros(0), RATE_HZ, 60, "at least one sample"),
        (np.zeros((100, 2)), RATE_HZ, 60, "one channel"),
        (np.zeros(100), 100, 60, "rate of 100 Hz"),
        (np.zeros(100), RATE_HZ, 128, "allowed are 0 to 127"),
        (np.zeros(100), RATE_HZ, float("nan"), "allowed are 0 to 127"),
        (np.zeros(100), 8000, 120, "does not fit"),
    ],
)
def test_what_is_no_note_is_refused_in_one_line(sound: F64, rate_hz: int, note: float, what: str) -> None:
    with pytest.raises(BridgeError, match=what) as refusal:
        apart(sound, rate_hz, note, name="flute-C4.wav")
    assert "\n" not in str(refusal.value) and str(refusal.value).startswith("flute-C4.wav: ")


def test_the_two_parts_add_up() -> None:
    truth: Played = play(55, noise_db=-40.0)
    parts: NoteParts = apart(truth.sound, RATE_HZ, 55)
    np.testing.assert_array_equal(together(parts, seed=4), tone(parts, seed=4) + noise(parts, seed=4))
