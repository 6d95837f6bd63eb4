"""The noise of a voice has the level and shape that is asked for, at any rate, and leaves its tones alone."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from rt.arrays import F32, F64
from rt.dsp import voice_table as dsp
from rt.dsp.voice_bank import VoiceBank
from rt.frames.spec import NSGT_410, centre_hz

BANDS_HZ = centre_hz(NSGT_410)
NOISE_HZ = 700.0 * np.expm1(np.linspace(0.05, np.log1p(20_000.0 / 700.0), 40))
N = 96_000


def bank(
    *, n_slots: int = 1, rate_hz: float = 48_000.0, noise: bool = True, seed: int = 0, phase: str = "locked"
) -> VoiceBank:
    made = VoiceBank(
        n_slots, BANDS_HZ, sample_rate_hz=rate_hz, phase=phase, seed=seed, noise_hz=NOISE_HZ if noise else None
    )
    made.state[:, dsp.FRAME_LENGTH] = made.state[:, dsp.RATIO] = made.state[:, dsp.ATTACK] = 1.0
    made.state[:, dsp.GAIN] = made.state[:, dsp.GAIN_TARGET] = 1.0
    return made


def held(amplitude: F64 | float, n: int = N, block: int = N, **how: object) -> F32:
    made = bank(**how)  # type: ignore[arg-type]
    made.noise_a[:] = made.noise_b[:] = amplitude
    made.start(0)
    out = np.zeros(n, np.float32)
    for start in range(0, n, block):
        made.render(out[start : start + block])
    return out


@pytest.mark.parametrize("phase", ["locked", "classic"])
@pytest.mark.parametrize("rate_hz", [22_050.0, 44_100.0, 48_000.0, 96_000.0])
def test_white_noise_has_the_power_that_is_asked_for(rate_hz: float, phase: str) -> None:
    out = held(1e-3, rate_hz=rate_hz, phase=phase)
    hz, power = scipy.signal.welch(out[4096:], rate_hz, nperseg=1024)
    inside = (hz > 150.0) & (hz < 0.95 * min(NOISE_HZ[-1], 0.5 * rate_hz))
    assert 10 * np.log10(power[inside].mean() / 1e-6) == pytest.approx(0.0, abs=0.3)
    smooth = scipy.signal.medfilt(10 * np.log10(power[inside] / 1e-6), 9)
    assert np.abs(smooth).max() < 2.0


def test_bands_shape_it() -> None:
    shape = np.where(np.arange(40) < 20, 1e-3, 1e-5)
    out = held(shape)
    hz, power = scipy.signal.welch(out[4096:], 48_000.0, nperseg=1024)
    low = power[(hz > 200.0) & (hz < 0.8 * NOISE_HZ[18])].mean()
    high = power[(hz > 1.2 * NOISE_HZ[21]) & (hz < 15_000.0)].mean()
    assert 10 * np.log10(low / high) == pytest.approx(40.0, abs=1.5)
    assert power[hz > 21_500.0].mean() < 1e-3 * high


def test_it_is_steady_from_the_first_sample_and_like_a_normal_one() -> None:
    out = np.stack([held(1e-3, 2048, 2048, seed=seed) for seed in range(200)])
    level_db = 20 * np.log10(np.sqrt((out**2).reshape(200, 8, 256).mean((0, 2))))
    assert np.ptp(level_db) < 1.0
    kurtosis = (out[:, 1000:] ** 4).mean() / (out[:, 1000:] ** 2).mean() ** 2
    assert kurtosis == pytest.approx(3.0, abs=0.15)


def test_it_depends_on_the_seed_and_not_on_blocks_or_other_voices() -> None:
    whole = held(1e-3, 12_800, 12_800)
    np.testing.assert_array_equal(whole, held(1e-3, 12_800, 64))
    assert np.abs(whole - held(1e-3, 12_800, 12_800, seed=1)).max() > 0.01
    np.testing.assert_array_equal(whole, held(1e-3, 12_800, 12_800, n_slots=3))
    assert np.abs(np.corrcoef(whole[:6400], whole[6400:])[0, 1]) < 0.1


def test_tones_are_the_same_to_the_bit_where_there_is_no_noise() -> None:
    outs = []
    for noise in (False, True):
        made = bank(noise=noise)
        made.frame_a[0, 100] = made.frame_b[0, 100] = 0.3
        if noise:
            made.noise_a[:], made.noise_b[:] = 0.0, 0.0
        made.start(0)
        outs.append(np.zeros(12_800, np.float32))
        made.render(outs[-1])
    np.testing.assert_array_equal(outs[0], outs[1])


@pytest.mark.parametrize("value", [np.nan, np.inf, -1.0, 1e30])
def test_what_is_no_level_is_silence(value: float) -> None:
    amplitude = np.full(40, 1e-3)
    amplitude[10] = value
    out = held(amplitude, 12_800, 12_800)
    assert np.isfinite(out).all() and 0.0 < np.abs(out).max() < 1.0
