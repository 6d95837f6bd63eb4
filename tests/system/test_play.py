"""Notes through JACK MIDI come out of a JACK port with the right pitch, and controllers do what MIDI says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.system.jackd import RATE_HZ
from tests.system.osc_client import Osc
from tests.system.pitch import autocorrelation_hz, centroid_hz, cents_off, has_partials, level_db
from tests.system.rig import Rig

PROGRAMS = {"alto sax": 65, "flute": 73, "piano": 2, "trumpet": 56, "violin": 40}
"""General MIDI numbers, but the piano by its place in the bundle: 0 is the bundle's first instrument."""
MELODY = (64, 69, 74)


def play(rig: Rig, note: int, *, velocity: int = 100, seconds: float = 0.6, channel: int = 0) -> tuple[int, np.ndarray]:
    """One note; the position of its note-on and the sound from there until its note-off."""
    rig.send(0x90 | channel, note, velocity)
    sound = rig.record(seconds)
    rig.send(0x80 | channel, note, 0)
    return rig.sent[-1][0], sound


def hush(rig: Rig) -> None:
    """End all sound at once."""
    rig.send(0xB0, 120, 0)
    rig.settle()


def steady(sound: np.ndarray) -> np.ndarray:
    """The part after the attack."""
    return sound[int(0.15 * RATE_HZ) :]


@pytest.mark.parametrize("name", PROGRAMS)
def test_all_instruments_have_the_right_pitch(rig: Rig, name: str) -> None:
    rig.send(0xC0, PROGRAMS[name])
    for note in MELODY:
        _, sound = play(rig, note)
        assert level_db(steady(sound)) > -60, f"{name} {note} is not heard"
        found_hz = autocorrelation_hz(steady(sound), RATE_HZ)
        assert abs(cents_off(found_hz, note)) < 15, f"{name} {note}: {found_hz:.1f} Hz"
        hush(rig)
    assert rig.n_gaps == 0


def test_instruments_sound_different(rig: Rig) -> None:
    spectra = []
    for program in PROGRAMS.values():
        rig.send(0xC0, program)
        _, sound = play(rig, 69)
        power = np.abs(np.fft.rfft(steady(sound) * np.hanning(len(steady(sound))))) ** 2
        n = len(steady(sound))
        partials = [power[int(440 * k * n / RATE_HZ) - 3 : int(440 * k * n / RATE_HZ) + 4].sum() for k in range(1, 9)]
        spectra.append(10 * np.log10(np.array(partials) / sum(partials) + 1e-6))
        rig.settle()
    for i, one in enumerate(spectra):
        for other in spectra[i + 1 :]:
            assert np.abs(one - other).max() > 3, "two instruments have the same partials"


def test_chord_of_eight_sounds_on_under_the_pedal(rig: Rig) -> None:
    chord = (48, 53, 57, 62, 64, 67, 71, 74)
    rig.send(0xC0, PROGRAMS["piano"])
    rig.send(0xB0, 64, 127)
    for note in chord:
        rig.send(0x90, note, 90)
    rig.record(0.3)
    for note in chord:
        rig.send(0x80, note, 0)
    held = rig.record(0.8)
    missing = [note for note in chord if not has_partials(held, RATE_HZ, note)]
    assert len(missing) == 0, f"not heard under the pedal: {missing}"
    assert np.abs(held).max() <= 1.0
    before = level_db(held[-RATE_HZ // 10 :])
    rig.send(0xB0, 64, 0)
    rig.record(0.6)
    assert level_db(rig.record(0.1)) < before - 20


def test_note_off_ends_a_note(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["flute"])
    _, sound = play(rig, 72, seconds=0.5)
    rig.record(0.7)
    assert level_db(rig.record(0.1)) < level_db(steady(sound)) - 40


def test_held_flute_stays_and_held_piano_fades(rig: Rig) -> None:
    for name, low_db, high_db in (("flute", -4, 4), ("piano", -60, -3)):
        rig.send(0xC0, PROGRAMS[name])
        rig.send(0x90, 69, 90)
        sound = rig.record(2.4)
        rig.send(0x80, 69, 0)
        change = level_db(sound[int(2.0 * RATE_HZ) :]) - level_db(sound[int(0.2 * RATE_HZ) : int(0.6 * RATE_HZ)])
        assert low_db < change < high_db, f"{name} changed by {change:.1f} dB"
        rig.settle()


@pytest.mark.parametrize(("low", "high"), [(0x7F, 0x7F), (0x00, 0x00)])
def test_pitch_bend_reaches_two_semitones(rig: Rig, low: int, high: int) -> None:
    rig.send(0xC0, PROGRAMS["violin"])
    rig.send(0xE0, low, high)
    _, sound = play(rig, 69)
    expected = 69 + (2 if high else -2)
    assert abs(cents_off(autocorrelation_hz(steady(sound), RATE_HZ), expected)) < 15


def test_bend_range_follows_rpn_0(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["violin"])
    for controller, value in ((101, 0), (100, 0), (6, 12), (38, 0), (101, 127), (100, 127)):
        rig.send(0xB0, controller, value)
    rig.send(0xE0, 0, 0x60)  # half of the way up
    _, sound = play(rig, 64)
    for controller, value in ((101, 0), (100, 0), (6, 2), (38, 0), (101, 127), (100, 127)):
        rig.send(0xB0, controller, value)
    assert abs(cents_off(autocorrelation_hz(steady(sound), RATE_HZ), 70)) < 15


def test_bend_moves_a_sounding_note(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["flute"])
    rig.send(0x90, 72, 100)
    rig.record(0.3)
    rig.send(0xE0, 0x7F, 0x7F)
    rig.record(0.2)
    bent = rig.record(0.4)
    rig.send(0x80, 72, 0)
    assert abs(cents_off(autocorrelation_hz(bent, RATE_HZ), 74)) < 15


def test_velocity_makes_louder_and_brighter(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["trumpet"])
    sounds = []
    for velocity in (20, 60, 120):
        sounds.append(steady(play(rig, 67, velocity=velocity)[1]))
        rig.settle()
    levels = [level_db(s) for s in sounds]
    brightness = [centroid_hz(s, RATE_HZ) for s in sounds]
    assert levels == sorted(levels)
    assert levels[-1] > levels[0] + 6
    assert brightness == sorted(brightness)


def test_volume_and_expression_lower_a_channel(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["flute"])
    loud = level_db(steady(play(rig, 72)[1]))
    rig.settle()
    rig.send(0xB0, 11, 40)
    soft = level_db(steady(play(rig, 72)[1]))
    assert soft < loud - 6


def test_channels_play_different_instruments(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["flute"])
    rig.send(0xC1, PROGRAMS["piano"])
    rig.send(0x90, 84, 100)
    rig.send(0x91, 48, 100)
    sound = rig.record(0.8)
    assert has_partials(steady(sound), RATE_HZ, 84)
    assert has_partials(steady(sound), RATE_HZ, 48)
    rig.send(0x80, 84, 0)
    rig.send(0x81, 48, 0)


@pytest.mark.parametrize("how", ["all sound off", "panic"])
def test_panic_silences_at_once(rig: Rig, osc: Osc, how: str) -> None:
    rig.send(0xC0, PROGRAMS["violin"])
    rig.send(0xB0, 64, 127)
    for note in (57, 64, 69):
        rig.send(0x90, note, 110)
    assert level_db(rig.record(0.4)) > -50
    if how == "panic":
        osc.send("/lb/panic")
        osc.sync()
    else:
        rig.send(0xB0, 120, 0)
    rig.record(0.1)
    assert np.abs(rig.record(0.1)).max() < 1e-4


def test_note_starts_within_two_blocks(rig: Rig) -> None:
    rig.send(0xC0, PROGRAMS["trumpet"])
    rig.record(0.1)
    late = []
    for offset in range(0, 128, 16):
        rig.send(0x90, 69, 110, offset=offset)
        start = rig.position
        rig.record(0.15)
        hush(rig)
        at = next(p for p, message in reversed(rig.sent) if message[0] == 0x90)
        assert at >= start
        late.append(int(np.argmax(np.abs(rig.sound[at : at + 7200]) > 1e-4)))
    assert np.median(late) < 2 * rig.client.blocksize + 0.003 * RATE_HZ, late
