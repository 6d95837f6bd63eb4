"""docs/architecture.md names every room of the program, and no room that is not there."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = set(re.findall(r"`([\w/.*]+)`", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("half", ["rt", "export"])
def test_every_room_is_named(half: str) -> None:
    folders = {f"{half}/{path.parent.name}" for path in (ROOT / half).glob("*/__init__.py")}
    modules = {path.name for path in (ROOT / half).glob("*.py")} - {"__init__.py"}
    assert len(folders) > 2 and len(modules) > 10
    patterns = {name.removeprefix(f"{half}/") for name in NAMED}
    left_out = {name for name in modules if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns)}
    assert (folders - NAMED, left_out) == (set(), set())


WAYS = {
    "A note takes this way:": 14,
    "A block of the microphone takes this way:": 12,
    "A latent that a patch sends takes this way, and goes on from there as a note's does:": 8,
    "A rendered file takes this way:": 10,
    "A bundle that `/lb/load` names takes this way, and the answer comes back through the same pipes:": 8,
}
"""How many files each way through the program may take."""


@pytest.mark.parametrize("way", WAYS)
def test_a_way_takes_few_files(way: str) -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = text.split(f"{way}\n\n")[1].split("\n\n")[0].splitlines()
    steps = [line for line in lines if not line.startswith(" ")]
    files = [re.match(r"\d+\. `(rt/[\w/]+\.py)`", step) for step in steps]
    assert 5 < len(files) <= WAYS[way] and all(file and (ROOT / file[1]).is_file() for file in files)


def test_every_path_that_is_named_is_there() -> None:
    paths = {name for name in NAMED if name.split("/")[0] in {"rt", "export", "tests", "docs", "maxpatches"}}
    assert len(paths) > 20
    assert {name for name in paths if not any(ROOT.glob(name))} == set()
