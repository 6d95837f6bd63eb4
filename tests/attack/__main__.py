"""`python -m tests.attack [--short] [PART ...]`: attack the real program, print a table; exit code 1 at a fault."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from tests.attack import connects, engine, files, osc, restarts
from tests.attack.report import Report

Attack = Callable[[int], Report]
PARTS: dict[str, tuple[Attack, int, int]] = {
    "osc": (osc.osc_datagrams, 100_000, 3_000),
    "bundles": (files.bundles, 1_000, 40),
    "midi-files": (files.midi_files, 500, 40),
    "sound-files": (files.sound_files, 300, 25),
    "settings": (files.settings, 400, 80),
    "connects": (connects.connects, 2_000, 300),
    "engine": (engine.engine_kills, 40, 4),
    "restarts": (restarts.restarts, 40, 4),
    "midi": (engine.midi_messages, 100_000, 10_000),
}
"""Name of an attack: what runs, and how many cases it has whole and short."""


def main() -> int:
    """Run the parts one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--short", action="store_true", help="the number of cases that `make test` runs")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]!r}; allowed are {', '.join(PARTS)}")
    reports = []
    for part in arguments.parts or PARTS:
        attack, n_whole, n_short = PARTS[part]
        start_s = time.monotonic()
        report = attack(n_short if arguments.short else n_whole)
        report.figures["took"] = f"{time.monotonic() - start_s:.0f} s"
        reports.append(report)
        print(report.row(), flush=True)
        for fault in report.faults:
            print(f"  fault: {fault}", flush=True)
    print("\n| attack | cases | outcomes | figures | broken promises |\n| --- | --- | --- | --- | --- |")
    for report in reports:
        print(report.row())
    return int(any(report.faults for report in reports))


if __name__ == "__main__":
    sys.exit(main())
