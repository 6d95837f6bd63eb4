"""Notes become one-hot groups and come back; velocities become dynamics and come back."""

from __future__ import annotations

import numpy as np
import pytest

from rt.frames.symbols import (
    Label,
    SymbolLayout,
    dynamics_of_velocity,
    level_of_velocity,
    octave_of_note,
    standard_symbols,
    symbols_of_sources,
    velocities_of,
    velocity_of_dynamics,
    velocity_of_level,
)

INSTRUMENTS = ["Alto Sax", "Flute", "Piano"]


@pytest.fixture
def layout() -> SymbolLayout:
    return SymbolLayout(standard_symbols(INSTRUMENTS))


def test_groups_lie_in_the_order_of_the_manifest(layout: SymbolLayout) -> None:
    assert layout.n_symbols == 10 + 13 + 6 + 4
    assert list(layout.groups) == ["octave", "pitch_class", "dynamics", "instrument"]
    assert layout.groups["dynamics"] == slice(23, 29)


@pytest.mark.parametrize("note", range(12, 120))
def test_every_note_comes_back(layout: SymbolLayout, note: int) -> None:
    symbols = layout.encode(note, note % 5, note % 3)
    assert symbols.shape == (33,)
    assert symbols.dtype == np.float32
    assert symbols.sum() == 4.0
    assert layout.decode(symbols) == Label(note, note % 5, note % 3)


def test_silence_comes_back(layout: SymbolLayout) -> None:
    symbols = np.zeros(layout.n_symbols, np.float32)
    symbols[[9, 22, 28, 32]] = 1.0
    assert layout.decode(symbols) == Label(None, None, None)


@pytest.mark.parametrize(("note", "octave"), [(60, 4), (59, 3), (21, 0), (0, 0), (11, 0), (108, 8), (127, 8)])
def test_octaves(note: int, octave: int) -> None:
    assert octave_of_note(note) == octave


@pytest.mark.parametrize(
    ("choice", "weights"),
    [
        (0.0, [1, 0, 0, 0, 0, 0]),
        (2.25, [0, 0, 0.75, 0.25, 0, 0]),
        (4.0, [0, 0, 0, 0, 1, 0]),
        (9.0, [0, 0, 0, 0, 1, 0]),
        (-1.0, [1, 0, 0, 0, 0, 0]),
    ],
)
def test_dynamics_are_shared_between_neighbours(layout: SymbolLayout, choice: float, weights: list[float]) -> None:
    found = layout.encode(60, choice, 0)[layout.groups["dynamics"]]
    np.testing.assert_allclose(found, weights, atol=1e-6)


@pytest.mark.parametrize(("velocity", "dynamics"), [(1, 0.0), (33, 0.0), (41, 0.5), (72, 2.0), (115, 4.0), (127, 4.0)])
def test_velocity_to_dynamics(velocity: int, dynamics: float) -> None:
    assert dynamics_of_velocity(velocity) == pytest.approx(dynamics)


@pytest.mark.parametrize("velocity", [33, 40, 49, 60, 72, 90, 96, 110, 115])
def test_velocity_comes_back(velocity: int) -> None:
    assert velocity_of_dynamics(dynamics_of_velocity(velocity)) == velocity


@pytest.mark.parametrize(
    ("classes", "velocities"),
    [
        (("pp", "p", "mf", "f", "ff"), (33, 49, 72, 96, 115)),
        (("ppp", "pp", "p", "mp", "mf", "f", "ff", "fff"), (16, 33, 49, 60, 72, 96, 115, 124)),
        (("20", "64", "127"), (20, 64, 127)),
        (("p", "100"), (49, 100)),
        (("soft", "loud"), (33, 115)),
        (("f", "p"), (33, 115)),
        (("quiet", "mf", "loud"), (33, 74, 115)),
        (("any",), (72,)),
        (("f",), (96,)),
        (("0", "200"), (33, 115)),
        (("nan", "inf"), (33, 115)),
    ],
)
def test_velocities_of_classes(classes: tuple[str, ...], velocities: tuple[float, ...]) -> None:
    assert velocities_of(classes) == velocities


def test_velocities_of_other_classes_come_back() -> None:
    velocities = velocities_of(("p", "mf", "fff"))
    assert [velocity_of_dynamics(dynamics_of_velocity(v, velocities), velocities) for v in (49, 60, 124)] == [
        49,
        60,
        124,
    ]


def test_symbols_of_two_sources_have_names_of_their_own() -> None:
    one = standard_symbols(INSTRUMENTS)
    assert symbols_of_sources(one, 1) == one
    two = symbols_of_sources(one, 2)
    assert [spec.name for spec in two[4:]] == ["octave_2", "pitch_class_2", "dynamics_2", "instrument_2"]
    assert [spec.classes for spec in two[4:]] == [spec.classes for spec in one]


@pytest.mark.parametrize("velocity", [1, 2, 64, 100, 126, 127])
def test_level_and_velocity_are_each_other_turned_round(velocity: int) -> None:
    assert velocity_of_level(level_of_velocity(velocity)) == pytest.approx(velocity)
    assert level_of_velocity(127, full_db=-3.0, range_db=40.0) == -3.0
    assert level_of_velocity(12.7, full_db=-3.0, range_db=40.0) == pytest.approx(-43.0)
