"""docs/reliability.md names tests that exist, and every attack."""

from __future__ import annotations

import re
from pathlib import Path

from tests.attack.parts import PARTS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PROMISES, FIGURES = TEXT.split("## The long run")


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", TEXT)
    assert len(named) > 20
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_attack_is_promised_and_has_its_figures() -> None:
    assert set(PARTS) <= set(re.findall(r"`([\w-]+)`", PROMISES))
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d,]+)", FIGURES, re.MULTILINE)
    assert {name for name, _ in rows} == set(PARTS)
    for name, n_cases in rows:
        assert int(n_cases.replace(",", "")) >= PARTS[name].n_whole
