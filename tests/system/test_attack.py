"""The attacks in their short form; `make attack` runs them whole."""

from __future__ import annotations

import pytest

from tests.attack.__main__ import PARTS
from tests.system.waiting import needs


@pytest.mark.parametrize("part", PARTS)
def test_attack_breaks_no_promise(part: str) -> None:
    needs("jackd")
    attack, _, n_short = PARTS[part]
    report = attack(n_short)
    assert report.n_cases >= n_short
    assert not report.faults, "\n".join(report.faults)
