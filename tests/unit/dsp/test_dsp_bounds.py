"""No frame, rate or bend makes the renderer leave its arrays, and sound comes back after frames that are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rt.dsp import voice_table as dsp
from rt.dsp.renderer import PAD, find_sines
from rt.dsp.voice_bank import VoiceBank
from rt.dsp.windows import N_LOBE_STEPS
from rt.frames.spec import NSGT_410, centre_hz

BANDS_HZ = centre_hz(NSGT_410)
RATES_HZ = (8_000.0, 16_000.0, 22_050.0, 48_000.0, 96_000.0, 192_000.0, 384_000.0)
ODD = (np.nan, np.inf, -np.inf, 1e30, -1.0, 0.0)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    seed=st.integers(0, 2**32 - 1),
    rate_hz=st.sampled_from(RATES_HZ),
    octaves=st.floats(-4.0, 4.0),
    n_bands=st.sampled_from([3, 12, 410]),
)
def test_every_sine_lies_in_the_spectrum(seed: int, rate_hz: float, octaves: float, n_bands: int) -> None:
    rng = np.random.default_rng(seed)
    bands_hz = np.geomspace(30.0, 11_000.0, n_bands)
    frame = (rng.random(n_bands) ** 8).astype(np.float32)
    scratch, limit_hz = np.full((3, 3 * n_bands), np.nan), 0.49 * rate_hz
    phase = rng.random((3, n_bands))
    count = find_sines(
        frame, bands_hz, phase, 256 / rate_hz, 2.0**octaves, limit_hz, scratch, np.zeros(n_bands, np.int8)
    )
    assert 0 <= count <= scratch.shape[1]
    assert (scratch[0, :count] >= 0.0).all() and (scratch[0, :count] < limit_hz).all()
    assert np.isfinite(scratch[:, :count]).all() and np.isfinite(phase).all()


@pytest.mark.parametrize("phase", ["locked", "classic"])
@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("ratio", [1 / 16, 1.0, 16.0, np.nan, np.inf, 0.0])
def test_sound_comes_back_after_frames_that_are_none(phase: str, rate_hz: float, ratio: float) -> None:
    voice_bank = VoiceBank(1, BANDS_HZ, sample_rate_hz=rate_hz, phase=phase)
    good = np.zeros(len(BANDS_HZ), np.float32)
    good[100:102] = 0.3, 0.1
    row = voice_bank.state[0]
    row[dsp.FRAME_LENGTH], row[dsp.RATIO], row[dsp.ATTACK] = 1.0, ratio, 1.0
    row[dsp.GAIN] = row[dsp.GAIN_TARGET] = 1.0
    voice_bank.frame_a[0] = voice_bank.frame_b[0] = good
    voice_bank.start(0)
    out = np.zeros(8 * voice_bank.window_samples, np.float32)
    for bad in ODD:
        voice_bank.frame_a[0, 90:120] = voice_bank.frame_b[0, 90:120] = bad
        voice_bank.render(out)
        assert np.isfinite(out).all()
    row[dsp.RATIO] = 1.0
    voice_bank.frame_a[0] = voice_bank.frame_b[0] = good
    out[:] = 0.0
    voice_bank.render(out)
    assert np.isfinite(out).all() and 0.1 < np.abs(out).max() < 1.0


def test_the_lobe_of_the_highest_sine_fits() -> None:
    voice_bank = VoiceBank(1, BANDS_HZ, sample_rate_hz=8_000.0)
    n_bins = voice_bank.window_samples // 2 + 1
    assert int(0.49 * voice_bank.window_samples) + PAD - 3 + 8 <= n_bins + 2 * PAD
    assert voice_bank.windows.lobes.shape == (N_LOBE_STEPS + 1, 8)
