"""The live analyser against what its definition promises."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from rt.arrays import F64, AnyArray
from rt.bundle.manifest import ListenerSpec
from rt.errors import BridgeError
from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.spec import NSGT_410, bin_of_hz, centre_hz

RATES = (8_000, 22_050, 44_100, 48_000, 96_000, 192_000)
CENTRES = centre_hz(NSGT_410)


@functools.cache
def analyser(rate_hz: float) -> LiveAnalyser:
    return LiveAnalyser(NSGT_410, LIVE, rate_hz)


def sine(rate_hz: float, frequency_hz: float, phase: float = 0.0) -> F64:
    """One window of a sine that ends at phase `phase`, at any rate."""
    n = analyser(rate_hz).n_window
    return np.asarray(np.sin(2 * np.pi * frequency_hz * (np.arange(n) - n + 1) / rate_hz + phase))


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("band", [0, 1, 17, 60, 150, 250, 330])
def test_a_sine_at_a_bands_centre_reads_one(rate_hz: int, band: int) -> None:
    windows = np.stack([sine(rate_hz, CENTRES[band], phase) for phase in np.linspace(0.0, 6.0, 9)])
    found = analyser(rate_hz).magnitudes(windows)
    assert found.shape == (9, 410) and found.dtype == np.float32
    np.testing.assert_allclose(found[:, band], 1.0, atol=0.004)


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("frequency_hz", [61.7, 233.0, 441.3, 1234.0, 3100.0])
def test_the_frequency_lies_between_the_bands(rate_hz: int, frequency_hz: float) -> None:
    row = analyser(rate_hz).magnitudes(sine(rate_hz, frequency_hz, 0.4)[None])[0].astype(np.float64)
    top = int(np.argmax(row))
    below, here, above = np.log(row[top - 1 : top + 2])
    place = top + 0.5 * (below - above) / (below - 2 * here + above)
    cents_per_band = 25.0
    assert abs(place - bin_of_hz(NSGT_410, frequency_hz)) * cents_per_band < (3.0 if frequency_hz > 200 else 6.0)


@pytest.mark.parametrize("rate_hz", RATES)
def test_every_rate_gives_the_same_frame(rate_hz: int) -> None:
    tones = ((82.4, 0.3, 0.1), (330.0, 0.2, 1.0), (1200.0, 0.1, 2.0), (2950.0, 0.05, 3.0))
    expected, found = (
        analyser(rate).magnitudes(np.sum([a * sine(rate, f, p) for f, a, p in tones], axis=0)[None])[0]
        for rate in (192_000, rate_hz)
    )
    inside = CENTRES < 3_700.0
    assert expected[inside].max() > 0.2
    np.testing.assert_allclose(found[inside], expected[inside], atol=0.002)


@pytest.mark.parametrize("rate_hz", [22_050, 48_000])
def test_treble_answers_before_bass(rate_hz: int) -> None:
    a = analyser(rate_hz)
    assert (np.diff(a.delay_s) <= 0).all() and a.delay_s[0] <= LIVE.window_s / 2 and a.delay_s[-1] < 0.006
    for band in (20, 150, 250, 350):
        half = sine(rate_hz, CENTRES[band])
        heard = np.arange(len(half)) >= len(half) - round(a.delay_s[band] * rate_hz)
        level = a.magnitudes((half * heard)[None])[0, band]
        assert level == pytest.approx(0.5, abs=0.04)  # half of the kernel has heard the tone
        assert a.magnitudes((half * ~heard)[None])[0, band] == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("rate_hz", RATES)
def test_silence_and_a_constant_read_nothing(rate_hz: int) -> None:
    windows = np.stack([np.zeros(analyser(rate_hz).n_window), np.ones(analyser(rate_hz).n_window)])
    found = analyser(rate_hz).magnitudes(windows)
    assert found[0].max() == 0.0
    assert found[1].max() < 1e-5


def test_bands_beyond_half_the_rate_read_nothing() -> None:
    noise = np.random.default_rng(0).standard_normal((3, analyser(8_000).n_window))
    found = analyser(8_000).magnitudes(noise)
    assert found[:, CENTRES > 4_000.0].max() == 0.0
    assert found[:, CENTRES < 3_800.0].min() > 0.0


def test_two_semitones_of_the_bass_part_by_their_harmonics() -> None:
    low, high = (
        analyser(44_100).magnitudes(np.sum([sine(44_100, h * f0) / h for h in range(1, 20)], axis=0)[None])[0]
        for f0 in (82.41, 87.31)
    )
    assert np.corrcoef(low[200:], high[200:])[0, 1] < 0.7


def test_many_windows_are_those_one_by_one() -> None:
    a = analyser(44_100)
    windows = np.random.default_rng(1).standard_normal((300, a.n_window)).astype(np.float32)
    together = a.magnitudes(windows)
    for i in (0, 127, 128, 299):
        np.testing.assert_allclose(together[i], a.magnitudes(windows[i : i + 1])[0], rtol=1e-5, atol=1e-7)


def test_moments_of_a_recording() -> None:
    a = analyser(44_100)
    samples = np.random.default_rng(2).standard_normal(10_000).astype(np.float32)
    ends = np.asarray([0, 100, 5_000, 10_000])
    found = a.magnitudes_at(samples, ends)
    assert found.shape == (4, 410)
    assert found[0].max() == 0.0
    padded = np.concatenate((np.zeros(a.n_window - 100, np.float32), samples[:100]))
    np.testing.assert_allclose(found[1], a.magnitudes(padded[None])[0], rtol=1e-5)
    np.testing.assert_allclose(found[3], a.magnitudes(samples[None, -a.n_window :])[0], rtol=1e-5)
    assert a.magnitudes_at(samples, np.zeros(0, np.int64)).shape == (0, 410)


def test_no_windows_give_no_frames() -> None:
    empty: AnyArray = np.zeros((0, analyser(44_100).n_window), np.float32)
    assert analyser(44_100).magnitudes(empty).shape == (0, 410)


@pytest.mark.parametrize("rate_hz", [0.0, 7_999.0, 192_001.0, float("nan"), float("inf")])
def test_an_impossible_rate_is_refused(rate_hz: float) -> None:
    with pytest.raises(BridgeError, match="takes 8000-192000 Hz"):
        LiveAnalyser(NSGT_410, LIVE, rate_hz)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BridgeError, match="'stft' is unknown"):
        LiveAnalyser(NSGT_410, ListenerSpec(kind="stft", window_s=0.1, gamma_hz=43.0), 48_000)
