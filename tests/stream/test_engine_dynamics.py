"""Bundles with other classes of dynamics than the default one's."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pytest

from rt import events as ev
from rt.bundle.manifest import Manifest
from rt.config import config
from rt.engine import Engine, note_values
from rt.model import Model
from rt.stats import Stats
from tests.conftest import DRY
from tests.support.listening import level_db, play
from tests.support.tiny import write_tiny_bundle

VOCABULARIES = (
    ("any",),
    ("soft", "loud"),
    ("p", "mf", "f"),
    ("33", "49", "72", "96", "115"),
    ("ppp", "pp", "p", "mp", "mf", "f", "ff", "fff"),
)


@pytest.mark.parametrize("classes", VOCABULARIES, ids=len)
def test_every_number_of_classes_plays(tmp_path: Path, classes: tuple[str, ...]) -> None:
    model = Model.load(write_tiny_bundle(tmp_path, dynamics=classes), "cpu")
    levels = []
    for velocity in (1, 40, 90, 127):
        engine = Engine(
            model, sample_rate_hz=48_000.0, config=dataclasses.replace(config.load().engine, **DRY), stats=Stats()
        )
        levels.append(level_db(play(engine, [(0, ev.NoteOn(0, 60, velocity))], 9_600)[4_800:]))
    assert all(b > a + 3.0 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("classes", VOCABULARIES, ids=len)
def test_velocities_reach_every_class(tmp_path: Path, classes: tuple[str, ...]) -> None:
    manifest = write_tiny_bundle(tmp_path, dynamics=classes).manifest
    places = [note_values.dynamics(manifest, velocity) for velocity in range(1, 128)]
    assert places[0] == 0.0 and places[-1] == len(classes) - 1
    assert all(b > a for a, b in itertools.pairwise(places)) or len(classes) == 1


def test_five_classes_lie_where_they_were_trained(tiny_model: Model) -> None:
    manifest: Manifest = tiny_model.manifest
    places = [note_values.dynamics(manifest, velocity) for velocity in (1, 49, 72, 96, 127)]
    np.testing.assert_array_equal(places, [0, 1, 2, 3, 4])
