"""The parser of command lines."""

from __future__ import annotations

import argparse
import difflib
from typing import Any, NoReturn

MOST = 2**63 - 1


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as the commands do."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.register("type", int, _whole_number)

    def error(self, message: str) -> NoReturn:
        """Print one line and leave with 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What `parse_args` calls: here a command refuses what it does not know, instead of leaving it to the whole."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown and self._subparsers is None:
            option = unknown[0].partition("=")[0]
            near = difflib.get_close_matches(option, self._option_string_actions, 1)
            self.error(f"unknown argument {option}" + (f", did you mean {near[0]}?" if near else ""))
        return found, unknown


def _whole_number(text: str) -> int:
    """What `type=int` takes: a number that every library can hold, whatever its digits."""
    number = int(text)
    if not -MOST <= number <= MOST:
        raise argparse.ArgumentTypeError(f"{text[:20]}... is too large; allowed are whole numbers up to {MOST}")
    return number
