"""`python -m tests.attack [--short] [PART ...]`: attack the real program, print a table; exit code 1 at a fault."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

from tests.attack import connects, engine, files, osc, restarts
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
    "bundles": Part(files.bundles, 1_000, 40, is_timeless=True),
    "sound-files": Part(files.sound_files, 300, 25, is_timeless=True),
    "settings": Part(files.settings, 400, 80, is_timeless=True),
    "osc": Part(osc.osc_datagrams, 100_000, 3_000),
    "connects": Part(connects.connects, 2_000, 300),
    "engine": Part(engine.engine_kills, 40, 4),
    "restarts": Part(restarts.restarts, 40, 4),
    "midi": Part(engine.midi_messages, 100_000, 10_000),
}
"""By name, those first that take long."""


def main() -> int:
    """Run the parts that keep no time side by side, then the others one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--short", action="store_true", help="the number of cases that `make test` runs")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]!r}; allowed are {', '.join(PARTS)}")
    reports, start_s = [], time.monotonic()
    for report in _reports(arguments.parts or list(PARTS), is_short=arguments.short):
        reports.append(report)
        print(report.row(), flush=True)
        for fault in report.faults:
            print(f"  fault: {fault}", flush=True)
    print("\n| attack | cases | outcomes | figures | broken promises |\n| --- | --- | --- | --- | --- |")
    for report in reports:
        print(report.row())
    print(f"\nAll took {time.monotonic() - start_s:.0f} s.")
    return int(any(report.faults for report in reports))


def _reports(names: Sequence[str], *, is_short: bool) -> Iterator[Report]:
    """What the attacks found, in the order in which they end."""
    beside = [name for name in names if PARTS[name].is_timeless]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        for done in as_completed([pool.submit(run, name, is_short=is_short) for name in beside]):
            yield done.result()
    for name in names:
        if name not in beside:
            yield run(name, is_short=is_short)


def run(name: str, *, is_short: bool) -> Report:
    """Run one attack."""
    part, start_s = PARTS[name], time.monotonic()
    report = part.attack(part.n_short if is_short else part.n_whole)
    report.figures["took"] = f"{time.monotonic() - start_s:.0f} s"
    return report


if __name__ == "__main__":
    sys.exit(main())
