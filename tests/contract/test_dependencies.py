"""docs/dependencies.md names every dependency, and none that is not there, with its pin."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = dict(
    re.findall(r"^([\w-]+)([^;]*)", line)[0]
    for extra in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for line in extra
)
"""What pip is asked for, and the pin."""
ROWS = {
    name: row
    for row in re.findall(r"^\| .* \|$", PAGE, re.MULTILINE)
    for name in row.split("|")[1].strip().split(", ")
    if name not in {"library", "---"}
}


def test_every_dependency_has_a_row_and_every_row_is_one() -> None:
    assert len(WANTED) > 30
    assert set(ROWS) == set(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_pins_are_those_of_the_project(name: str) -> None:
    pin = ROWS[name].split("|")[-2].strip()
    if pin == "floors":
        assert WANTED[name] == "" or re.fullmatch(r">=[\d.]+", WANTED[name])
    else:
        assert pin.startswith(f"`{WANTED[name]}`")
