"""`python -m tests.attack [--short] [PART ...]`: attack the real program, print a table; exit code 1 at a fault."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.attack.parts import PARTS, run
from tests.attack.report import Report


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


if __name__ == "__main__":
    sys.exit(main())
