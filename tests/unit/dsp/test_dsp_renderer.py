"""Frames become sound: pitch, level and skirts are right at any rate, and no voice harms another."""

from __future__ import annotations

import numpy as np
import pytest

from rt.arrays import F32
from rt.dsp import voice_table as dsp
from rt.dsp.renderer import cosine_sine
from rt.dsp.voice_bank import VoiceBank
from rt.frames.nsgt import Nsgt
from rt.frames.spec import NSGT_410, centre_hz
from tests.support.listening import cents, frequency_hz

BANDS_HZ = centre_hz(NSGT_410)


def sine_frame(hz: float, amplitude: float) -> F32:
    """What the transform makes of a steady sine: two bands share it, w : 1 - w."""
    place = (len(BANDS_HZ) - 1) * np.log(hz / BANDS_HZ[0]) / np.log(BANDS_HZ[-1] / BANDS_HZ[0])
    k = int(place)
    w = np.cos(0.5 * np.pi * (hz - BANDS_HZ[k]) / (BANDS_HZ[k + 1] - BANDS_HZ[k])) ** 2
    frame = np.zeros(len(BANDS_HZ), np.float32)
    frame[k : k + 2] = amplitude * w, amplitude * (1 - w)
    return frame


def hold(
    frame: F32, n_samples: int, *, phase: str, iterations: int, rate_hz: float = 48_000.0, ratio: float = 1.0
) -> F32:
    voice_bank = VoiceBank(1, BANDS_HZ, sample_rate_hz=rate_hz, phase=phase, iterations=iterations)
    voice_bank.frame_a[0] = voice_bank.frame_b[0] = frame
    row = voice_bank.state[0]
    row[dsp.FRAME_LENGTH], row[dsp.RATIO], row[dsp.ATTACK] = 1.0, ratio, 1.0
    row[dsp.GAIN] = row[dsp.GAIN_TARGET] = 1.0
    voice_bank.start(0)
    out = np.zeros(n_samples, np.float32)
    voice_bank.render(out)
    return out


def test_cosine_and_sine_are_accurate() -> None:
    phase = np.linspace(0.0, 1.0, 1001)
    cosine, sine = np.zeros(1001, np.float32), np.zeros(1001, np.float32)
    cosine_sine(phase, cosine, sine, 1001)
    np.testing.assert_allclose(cosine, np.cos(2 * np.pi * phase), atol=5e-6)
    np.testing.assert_allclose(sine, np.sin(2 * np.pi * phase), atol=5e-6)


@pytest.mark.parametrize("iterations", [0, 1, 4])
@pytest.mark.parametrize("hz", [110.0, 443.7, 1760.0, 6000.0])
def test_a_sine_frame_becomes_that_sine(hz: float, iterations: int) -> None:
    out = hold(sine_frame(hz, 0.5), 12_800, phase="locked", iterations=iterations)
    steady = out[1280:]
    assert abs(cents(frequency_hz(steady, hz), hz)) < 0.5
    assert np.sqrt(2 * np.mean(steady**2)) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("rate_hz", [22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0])
def test_pitch_and_level_do_not_depend_on_the_device_rate(rate_hz: float) -> None:
    n = int(rate_hz / 4) // 64 * 64
    out = hold(sine_frame(440.0, 0.5), n, phase="locked", iterations=1, rate_hz=rate_hz)
    assert abs(cents(frequency_hz(out[n // 8 :], 440.0, rate_hz), 440.0)) < 0.5
    assert np.sqrt(2 * np.mean(out[n // 8 :] ** 2)) == pytest.approx(0.5, rel=0.02)


def test_the_first_quantum_is_already_at_full_level() -> None:
    out = hold(sine_frame(1000.0, 0.5), 640, phase="locked", iterations=1)
    first = np.max(np.abs(out[64:160]))
    assert first == pytest.approx(0.5, rel=0.05)


@pytest.mark.parametrize("phase", ["locked", "classic"])
def test_ratio_bends_the_pitch(phase: str) -> None:
    ratio = 2 ** (2 / 12)
    out = hold(sine_frame(440.0, 0.5), 24_000 // 64 * 64, phase=phase, iterations=4, ratio=ratio)
    assert abs(cents(frequency_hz(out[4800:], 440.0 * ratio), 440.0 * ratio)) < 5.0


def test_classic_needs_no_predictor() -> None:
    out = hold(sine_frame(440.0, 0.5), 24_000 // 64 * 64, phase="classic", iterations=4)
    assert abs(cents(frequency_hz(out[4800:], 440.0), 440.0)) < 5.0
    assert 0.2 < np.sqrt(2 * np.mean(out[4800:] ** 2)) < 0.7


def test_silence_stays_silent() -> None:
    out = hold(np.zeros(len(BANDS_HZ), np.float32), 6400, phase="locked", iterations=1)
    assert out.shape == (6400,) and not out.any()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_voice_that_is_not_finite_harms_nothing(bad: float) -> None:
    frame = sine_frame(440.0, 0.5)
    frame[200] = bad
    out = hold(frame, 6400, phase="locked", iterations=1)
    assert np.isfinite(out).all() and np.abs(out).max() < 1.0


def test_a_voice_that_blows_up_is_silenced() -> None:
    out = hold(1e9 * sine_frame(440.0, 0.5), 6400, phase="locked", iterations=1)
    assert np.isfinite(out).all() and not out[640:].any()


def blurred_frame(place: float, skirts: tuple[float, ...]) -> F32:
    """A peak at a band index with fraction, and skirts of these heights on both sides."""
    frame = np.zeros(len(BANDS_HZ), np.float32)
    k = int(place)
    w = np.cos(0.5 * np.pi * (place - k)) ** 2
    frame[k : k + 2] = 0.5 * w, 0.5 * (1 - w)
    for away, height in enumerate(skirts, start=1):
        for towards in (-away, away):
            low = int(np.floor(place + towards))
            w = np.cos(0.5 * np.pi * (place + towards - low)) ** 2
            frame[low : low + 2] = np.hypot(frame[low : low + 2], 0.5 * height * np.asarray([w, 1 - w]))
    return frame


@pytest.mark.parametrize("place", [150.0, 186.3, 240.5, 310.8])
@pytest.mark.parametrize("skirts", [(0.06,), (0.12, 0.04)])
def test_a_broad_peak_keeps_its_skirts_pitch_and_level(place: float, skirts: tuple[float, ...]) -> None:
    frame = blurred_frame(place, skirts)
    n = 22_050 * 3 // 64 * 64
    out = hold(frame, n, phase="locked", iterations=1, rate_hz=22_050.0)
    transform = Nsgt(NSGT_410, n)
    found = np.abs(transform.forward(out))[transform.n_columns // 3 : -transform.n_columns // 3] / transform.sine_gain
    assert np.linalg.norm(found - frame) < 0.12 * np.linalg.norm(np.broadcast_to(frame, found.shape))
    level_db = 10 * np.log10(np.mean(np.sum(found**2, axis=1)) / np.sum(frame**2))
    assert abs(level_db) < 0.7
    hz = BANDS_HZ[0] * (BANDS_HZ[-1] / BANDS_HZ[0]) ** (place / (len(BANDS_HZ) - 1))
    middle = out[n // 3 : -n // 3]
    assert abs(cents(frequency_hz(middle, hz, 22_050.0), hz)) < 5.0
    rms = np.sqrt(np.convolve(middle**2, np.ones(441) / 441, "valid"))
    assert rms.std() < 0.06 * rms.mean()
