"""Presets as text: what is set comes back, whatever it was, and mistakes are told."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rt.bundle.manifest import Manifest
from rt.errors import ControlError
from rt.events import SetParameter
from rt.parameters import (
    ALIVE,
    BEND,
    CHANNEL_GAIN,
    GAIN,
    GATE,
    INSTRUMENT,
    INTERPOLATION,
    LATENT,
    LATENT_OFFSET,
    LEGATO,
    MODULATION,
    SUSTAIN,
    SYMBOL,
    TRAJECTORY,
    Number,
    ParameterValues,
)
from rt.presets.preset import ROWS, changes, format_preset, parse_preset, resting
from tests.support.recording_bridge import N_LATENTS, manifest

MANIFEST = manifest()


def loaded(text: str, onto: ParameterValues, bundle: Manifest = MANIFEST) -> tuple[ParameterValues, list[str]]:
    """What is set once a preset is loaded over what was set, and what was left out."""
    entries, lacking = parse_preset(tomllib.loads(text), bundle)
    for event in list(changes(entries, onto, bundle)):
        onto.set(event)
    return onto, lacking


def a_number(number: Number) -> st.SearchStrategy[float]:
    if number.is_instrument:
        return st.integers(0, len(MANIFEST.instruments) - 1).map(float)
    if number.choices or number.is_switch:
        return st.integers(0, int(number.high or 0)).map(float)
    high = 4.0 if number.name == "dynamics" else 100.0 if number.high is None else number.high
    return st.floats(number.low or 0.0, high, allow_nan=False)


@st.composite
def settings(draw: st.DrawFn) -> list[SetParameter]:
    found = []
    for row in draw(st.lists(st.sampled_from(ROWS), max_size=12)):
        numbers = row.numbers * (N_LATENTS if row.numbers[0].per_latent else 1)
        found.append(row.on(draw(st.integers(-1, 15)), *[draw(a_number(number)) for number in numbers]))
    return found


@given(settings(), settings())
def test_what_was_set_comes_back_over_whatever_is_set_then(
    saved: list[SetParameter], later: list[SetParameter]
) -> None:
    first = ParameterValues([INSTRUMENT.set(0), GAIN.set(0.0), ALIVE.set(0.0), *saved])
    back, lacking = loaded(format_preset(first, MANIFEST), ParameterValues([INSTRUMENT.set(1), *later]))
    assert lacking == []
    for row in ROWS:
        for channel in row.channels(-1):
            wanted = first.get(row, channel)
            if wanted is not None:
                assert (back.get(row, channel) or resting(row, MANIFEST)) == pytest.approx(wanted, rel=1e-6), row.name


def test_it_is_short_and_says_names() -> None:
    values = ParameterValues(
        [
            INSTRUMENT.set(4), INSTRUMENT.on(1, 1), LEGATO.set(True, 0.08), TRAJECTORY.set(2, 0.2, 1.5),
            SYMBOL.set(4, 67, 3), GAIN.set(-3.0), INTERPOLATION.set(1, 0.05),
        ]
    )  # fmt: skip
    tables = tomllib.loads(format_preset(values, MANIFEST))
    assert tables.pop("channels")["2"] == {"instrument": "Flute"}
    assert tables == {
        "format": 1,
        "bundle": "memory",
        "all_channels": {"legato": {"on": True, "time": 0.08}},
        "global": {"gain": -3.0},
        "free_voice": {
            "symbol": {"name": "Violin", "note": 67.0, "dynamics": 3.0},
            "trajectory": {"shape": "circle", "frequency": 0.2, "radius": 1.5},
        },
    }, "what rests is not in it"


def test_what_hands_hold_is_no_part_of_it() -> None:
    hands = (SUSTAIN.on(0, True), GATE.set(True), BEND.set(2.0), MODULATION.set(0.5))
    values = ParameterValues([INSTRUMENT.set(0), *hands])
    text = format_preset(values, MANIFEST)
    assert not {row.key for row in (SUSTAIN, GATE, BEND, MODULATION)} & set(text.replace("=", " ").split())
    entries, _ = parse_preset(tomllib.loads(text), MANIFEST)
    assert list(changes(entries, values, MANIFEST)) == [], "nor is it touched"


def test_only_what_changes_is_sent() -> None:
    values = ParameterValues(
        [INSTRUMENT.set(2), GAIN.set(-6.0), CHANNEL_GAIN.on(3, 0.5), LATENT_OFFSET.set(*[1.0] * 8)]
    )
    entries, _ = parse_preset(tomllib.loads('format = 1\n[all_channels]\ninstrument = "piano"'), MANIFEST)
    assert list(changes(entries, values, MANIFEST)) == [LATENT_OFFSET.set(*[0.0] * 8), CHANNEL_GAIN.on(3, 1.0)]


def test_another_bundle_gets_what_it_knows() -> None:
    values = ParameterValues([INSTRUMENT.set(0), GAIN.set(-3.0), LATENT.set(*[0.5] * N_LATENTS)])
    smaller = manifest(4)
    back, lacking = loaded(format_preset(values, MANIFEST), ParameterValues([INSTRUMENT.set(1)]), smaller)
    assert lacking == ["latent (8 latents, the bundle has 4)"]
    assert back.get(GAIN) == (-3.0,) and back.get(LATENT) is None
    _, lacking = loaded('format = 1\n[channels.3]\ninstrument = "Oboe d\'amore"', ParameterValues())
    assert lacking == ["instrument Oboe d'amore (not in the bundle)"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "format is None; this version reads 1"),
        ("format = 2", "format is 2; this version reads 1"),
        ("format = 1\nglobl = {}", "the file has 'globl', which no preset has; did you mean 'global'?"),
        ("format = 1\nglobal = 3", "global must be a table, as in [global]"),
        ("format = 1\n[global]\ngian = 1", "did you mean 'gain'?"),
        ("format = 1\n[global]\ngain = 99", "global.gain: level must be -60 to 12 dB, got 99"),
        ("format = 1\n[global]\ngain = nan", "global.gain: level must be a finite number, got nan"),
        ("format = 1\n[global]\ngain = 'loud'", "global.gain: level must be a number, got 'loud'"),
        ("format = 1\n[global]\nlatent_offset = 1", "global.latent_offset: must be a list of latents"),
        ("format = 1\n[global]\nlatent_offset = [1e9]", "z must be -100 to 100, got 1e+09"),
        ("format = 1\n[all_channels]\nlegato = true", "all_channels.legato: must be a table of on, time"),
        ("format = 1\n[all_channels]\nlegato = {time = 1}", "all_channels.legato: on is missing"),
        ("format = 1\n[all_channels]\nlegato = {on = 1, tiem = 1}", "did you mean 'time'?"),
        ("format = 1\n[channels.17]\ninstrument = 'Flute'", "channels.17 is no channel; allowed are 1 to 16"),
        ("format = 1\n[free_voice]\ngain = 1", "free_voice has 'gain', which no preset has"),
        ("format = 1\n[free_voice]\ntrajectory = {shape = 'square'}", "shape must be one of off, line, circle, helix"),
        ("format = 1\n[free_voice]\nsymbol = {name = 'Flute', note = 200, dynamics = 0}", "note must be 0 to 127"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_changes_nothing(text: str, told: str) -> None:
    with pytest.raises(ControlError) as caught:
        parse_preset(tomllib.loads(text), MANIFEST)
    assert told in str(caught.value) and "\n" not in str(caught.value)
