"""The attacks in their short form; `make attack` runs them whole."""

from __future__ import annotations

import pytest

from tests.attack.parts import PARTS, run
from tests.system.waiting import needs


def check(name: str) -> None:
    """Run one attack; what it promises must hold."""
    report = run(name, is_short=True)
    assert report.n_cases >= PARTS[name].n_short
    assert not report.faults, "\n".join(report.faults)


@pytest.mark.timeless
@pytest.mark.parametrize("name", [name for name, part in PARTS.items() if part.is_timeless])
def test_attack_by_files_breaks_no_promise(name: str) -> None:
    check(name)


@pytest.mark.parametrize("name", [name for name, part in PARTS.items() if not part.is_timeless])
def test_attack_on_what_plays_breaks_no_promise(name: str) -> None:
    needs("jackd")
    check(name)
