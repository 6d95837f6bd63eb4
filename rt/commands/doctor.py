"""`latent-bridge doctor`: tests the installation step by step, and tells what would go wrong and how to mend it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from rt.checkup.finding import BAD, Finding
from rt.checkup.installation import check_cache, check_ears, check_model, check_python, check_runtime
from rt.checkup.machine import check_audio, check_governor, check_midi, check_osc, check_priority
from rt.config import config, flags
from rt.errors import INSTALL, BridgeError

SUMMARY = "test the installation and tell how to mend it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the settings that the checks depend on."""
    flags.add_config(parser)
    flags.add_flag(parser, "--bundle", "model.bundle", metavar="NAME")
    flags.add_flag(parser, "--osc-port", "osc.port", metavar="PORT")


def run(arguments: argparse.Namespace) -> int:
    """Print one line per check; 1 when something is bad, 0 when the bridge will play."""
    settings = flags.read(arguments)
    checks: tuple[Callable[[config.Config], Iterator[Finding]], ...] = (
        check_python,
        check_runtime,
        check_cache,
        check_model,
        check_ears,
        check_audio,
        check_priority,
        check_governor,
        check_midi,
        check_osc,
    )
    bad: set[str] = set()
    for check in checks:
        for finding in _look(check, settings):
            if finding.what in bad:  # two checks may meet the same fault
                continue
            if finding.state == BAD:
                bad.add(finding.what)
            print(f"{finding.state}  {finding.what}", flush=True)
            if finding.fix:
                print(f"      -> {finding.fix}", flush=True)
    n_bad = len(bad)
    print(f"{n_bad} to mend before it plays" if n_bad else "it will play")
    return 1 if n_bad else 0


def _look(check: Callable[[config.Config], Iterator[Finding]], settings: config.Config) -> Iterator[Finding]:
    """What a check finds, and what ends it."""
    try:
        yield from check(settings)
    except BridgeError as error:
        what, _, fix = str(error).partition("; ")
        yield Finding(BAD, what, fix)
    except ImportError as error:
        yield Finding(BAD, f"a Python package is missing or damaged ({error})", INSTALL)
