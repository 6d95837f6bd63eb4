"""Rates that nothing here is made for are refused in one line; what ears are told and is no number passes by."""

from __future__ import annotations

import numpy as np
import pytest

from rt.audio.device import Device
from rt.audio.route import _rate_of
from rt.config import config
from rt.errors import DeviceError
from rt.frames.live import LIVE, LiveAnalyser
from rt.frames.spec import NSGT_410
from rt.transcribe.forward_filter import filter_each, filter_one


def device(rate_hz: float) -> Device:
    return Device(
        index=0, name="card", host_api="ALSA", n_outputs=2, n_inputs=1, sample_rate_hz=rate_hz, latency_s=0.01,
        is_default=True, is_default_input=True, is_system_default=True, is_system_default_input=True,
    )  # fmt: skip


@pytest.mark.parametrize("rate_hz", [4_000.0, 7_999.0, 384_001.0, 768_000.0, float("nan")])
def test_a_device_beyond_all_rates_is_refused(rate_hz: float) -> None:
    with pytest.raises(DeviceError, match="allowed are 8000 to 384000, set audio"):
        _rate_of(device(rate_hz), config.load().audio)


@pytest.mark.parametrize("rate_hz", [8_000.0, 44_100.0, 384_000.0])
def test_a_device_within_them_is_taken(rate_hz: float) -> None:
    assert _rate_of(device(rate_hz), config.load().audio) == rate_hz


@pytest.mark.slow
def test_the_analyser_hears_at_the_highest_rate_and_stays_in_its_sound() -> None:
    analyser = LiveAnalyser(NSGT_410, LIVE, 384_000.0)
    sound = np.zeros(analyser.n_window, np.float32)
    assert not analyser.frames(sound, np.asarray([analyser.n_window])).any()
    for end in (-1, analyser.n_window - 1, analyser.n_window + 1):
        with pytest.raises(IndexError):
            analyser.frames(sound, np.asarray([end]))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, -1.0, 1e30])
def test_a_belief_gets_over_what_is_no_probability(bad: float) -> None:
    one, each = np.asarray([0.0] * 88 + [1.0]), np.zeros(88)
    leak = np.full(89, 1e-3)
    for said in (bad, 0.0):
        heard = np.full(129, 0.001, np.float32)
        heard[60 if said == bad else 64] = 0.9 if said == 0.0 else bad
        for _ in range(40):
            best = filter_one(one, heard, 21, leak, 0.01, 0.5)
            filter_each(each, heard[:128], 21, leak[:88], 1e-3, 0.01, 0.67, 0.5)
        assert np.isfinite(one).all() and np.isfinite(each).all()
    assert best == 64 - 21 and int(np.argmax(each)) == 64 - 21
