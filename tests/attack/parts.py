"""The attacks by name, with the number of their cases."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from tests.attack import bundles, connects, engine, files, osc, restarts, settings
from tests.attack.report import Report


class Part(NamedTuple):
    """One attack."""

    attack: Callable[[int], Report]
    """Called with the number of cases."""
    n_whole: int
    n_short: int
    """Cases that `make test` runs."""
    is_timeless: bool = False
    """Whether it may run beside others: nothing in it keeps to a clock."""


PARTS = {
    "midi-files": Part(files.midi_files, 500, 40, is_timeless=True),
    "bundles": Part(bundles.bundles, 1_000, 40, is_timeless=True),
    "sound-files": Part(files.sound_files, 300, 25, is_timeless=True),
    "settings": Part(settings.settings, 400, 80, is_timeless=True),
    "osc": Part(osc.osc_datagrams, 100_000, 3_000),
    "connects": Part(connects.connects, 2_000, 300),
    "engine": Part(engine.engine_kills, 40, 4),
    "restarts": Part(restarts.restarts, 40, 4),
    "midi": Part(engine.midi_messages, 100_000, 10_000),
}
"""By name, those first that take long."""


def run(name: str, *, is_short: bool) -> Report:
    """Run one attack."""
    part, start_s = PARTS[name], time.monotonic()
    report = part.attack(part.n_short if is_short else part.n_whole)
    report.figures["took"] = f"{time.monotonic() - start_s:.0f} s"
    return report
