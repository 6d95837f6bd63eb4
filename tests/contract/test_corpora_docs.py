"""docs/corpora.md says what the sources do."""

from __future__ import annotations

import re
from pathlib import Path

from export.sources import KINDS
from export.sources.files import SUFFIXES
from export.sources.fonts import KNOWN_FONTS
from export.sources.nsynth import COLUMNS
from export.sources.patterns import USUAL, UsualPattern
from export.sources.salamander import LAYERS
from export.sources.soundfont import DYNAMICS

PAGE = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text(encoding="utf-8")


def test_every_kind_has_an_example() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(KINDS)


def test_the_usual_names_are_those_that_are_tried_in_this_order() -> None:
    listed = PAGE[PAGE.index("lists the rest:") : PAGE.index("(in this order)")]
    names = re.findall(r"`([^`]+)`", listed)
    assert len(names) == len(USUAL)
    for name, pattern in zip(names, USUAL, strict=True):
        assert UsualPattern(pattern).match(f"{name}.wav"), f"{name} does not fit {pattern}"


def test_numbers_and_names_are_those_of_the_code() -> None:
    velocities = " ".join(str(velocity) for _, velocity in DYNAMICS)
    assert f"velocities {velocities} ({' '.join(name for name, _ in DYNAMICS)})" in PAGE
    assert f"Layers {' '.join(map(str, LAYERS))}\nare {' '.join(LAYERS.values())}" in PAGE
    assert all(f"`{name}`" in PAGE for name in (*KNOWN_FONTS, *COLUMNS))
    listed = PAGE[PAGE.index("all kinds of files fit (") :]
    kinds = listed[listed.index("(") + 1 : listed.index(")")].split()
    assert {f".{kind}" for kind in kinds} <= set(SUFFIXES)
