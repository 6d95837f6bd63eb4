"""Interpolation, trajectories, legato and saved paths, live: heard at the output of the real program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rt.arrays import F32
from tests.system.jackd import RATE_HZ
from tests.system.osc_client import Osc
from tests.system.pitch import autocorrelation_hz, cents_off, level_db
from tests.system.program import latent_bridge, run
from tests.system.rig import Rig

LOW, HIGH = 69, 76
"""A4 and E5 of the flute."""


REST: tuple[tuple[str | float, ...], ...] = (
    ("/lb/panic",),
    ("/lb/gate", 0),
    ("/lb/trajectory", "off"),
    ("/lb/interp", "none", 0.0),
    ("/lb/legato", 0),
)


@pytest.fixture(autouse=True)
def rested(rig: Rig, osc: Osc) -> Iterator[None]:
    """Afterwards the free voice stands still and is silent, and nothing glides; then `rig` waits for silence."""
    yield
    for address, *arguments in REST:
        osc.send(str(address), *arguments)
    osc.sync()


def shares(sound: F32, parts: int) -> list[float]:
    """How much of the power of E5 and A4 is E5's, in equal parts of a sound."""
    found = []
    for part in np.array_split(sound, parts):
        power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
        at = [round(440 * 2 ** ((note - 69) / 12) * len(part) / RATE_HZ) for note in (LOW, HIGH)]
        low, high = (float(power[k - 3 : k + 4].sum()) for k in at)
        found.append(high / (low + high))
    return found


def symbol(osc: Osc, note: int) -> None:
    osc.send("/lb/symbol", "flute", note // 12 - 1, note % 12, 3)


@pytest.mark.parametrize("kind", ["none", "linear", "cubic"])
def test_interp_says_how_the_free_voice_moves(rig: Rig, osc: Osc, kind: str) -> None:
    symbol(osc, LOW)
    osc.send("/lb/gate", 1)
    osc.send("/lb/interp", kind, 1.0)
    osc.sync()
    rig.record(0.4)
    assert shares(rig.record(0.1), 1)[0] < 0.05
    symbol(osc, HIGH)
    osc.sync()
    moving, after = rig.record(1.0), rig.record(0.2)
    first, last = shares(moving, 8)[0], shares(after, 1)[0]
    assert last > 0.95
    assert (first > 0.95) == (kind == "none")
    jump = np.abs(np.diff(moving)).max() / np.abs(np.diff(after)).max()
    assert kind == "none" or jump < 2.0


def test_a_trajectory_turns_until_it_is_off(rig: Rig, osc: Osc) -> None:
    symbol(osc, LOW)
    osc.send("/lb/gate", 1)
    osc.sync()
    rig.record(0.4)
    still = changes(rig.record(1.0))
    osc.send("/lb/trajectory", "circle", 2.0, 1.0)
    osc.sync()
    rig.record(0.3)
    turning = changes(rig.record(1.0))
    osc.send("/lb/trajectory", "off")
    osc.sync()
    rig.record(0.5)
    again = changes(rig.record(1.0))
    assert turning > 4.0 * max(still, again), (still, turning, again)


def changes(sound: F32) -> float:
    """How far the spectrum of 50 ms differs from the next one, in deviations over a second, dB."""
    parts = sound[: len(sound) // 20 * 20].reshape(20, -1)
    power = np.abs(np.fft.rfft(parts * np.hanning(parts.shape[1]), axis=1))[:, 10:200] ** 2
    bands = power.reshape(20, 19, 10).sum(axis=2)
    levels = 10.0 * np.log10(bands / bands.max() + 1e-4)
    return float(levels.std(axis=0).mean())


@pytest.mark.parametrize("by", ["osc", "midi"])
def test_legato_glides_in_one_voice_without_a_new_attack(rig: Rig, osc: Osc, by: str) -> None:
    rig.send(0xC0, 73)
    if by == "osc":
        osc.send("/lb/legato", 1, 0.3)
        osc.sync()
    else:
        rig.send(0xB0, 5, 64)
        rig.send(0xB0, 68, 127)
    rig.send(0x90, LOW, 90)
    rig.record(0.4)
    held = level_db(rig.record(0.1))
    rig.send(0x90, HIGH, 90)
    rig.send(0x80, LOW, 0)
    gliding = rig.record(0.6)
    assert osc.ask("/lb/status.reply", "/lb/status")[0] == 1
    after = rig.record(0.3)
    assert abs(cents_off(autocorrelation_hz(after, RATE_HZ), HIGH)) < 15
    assert shares(gliding[: RATE_HZ // 50], 1)[0] < 0.9, "the new note was struck, not reached"
    levels = [level_db(part) for part in np.array_split(gliding, 30)]
    assert min(levels) > held - 12.0
    rig.send(0x80, HIGH, 0)
    rig.send(0xB0, 68, 0)


def test_a_saved_path_is_played_by_the_running_bridge(rig: Rig, osc: Osc, tmp_path: Path) -> None:
    way, wav = tmp_path / "way.npz", tmp_path / "way.wav"
    made = ["--seconds", "1.2", "--hold", "0.4", "--latents", str(way)]
    assert latent_bridge("morph", "Flute:A4:f Flute:E5:f", str(wav), *made)[0] == 0
    command = [sys.executable, "-m", "rt.cli", "send", str(way), "--osc-port", str(osc.target[1])]
    begin = rig.position
    code, said, errors = run(*command)
    assert (code, errors) == (0, "") and "1.20 s sent" in said
    rig.record(0.3)
    sound = rig.sound[begin : rig.position]
    loud = np.flatnonzero(np.abs(sound) > 1e-3)
    played = sound[loud[0] : loud[-1]]
    assert 0.5 < len(played) / RATE_HZ < 2.0  # the path keeps to our clock, and JACK's is slower on a busy machine
    parts = shares(played, 8)
    assert parts[1] < 0.05 and parts[-2] > 0.95
    rig.record(0.5)  # the tail of the room
    assert np.abs(rig.record(0.2)).max() < 1e-4
