"""`python -m export COMMAND`: learn a model from sounds and write it as a bundle. Needs the [train] extra."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any

from rt import faults
from rt.entry import enter
from rt.faults import unforeseen
from rt.parser import Parser

COMMANDS = ("prepare", "train", "evaluate", "bundle", "tune", "default")
GOES_ON = {
    "prepare": "the same command goes on where it stopped",
    "train": "the same command with --resume goes on from what was saved last",
    "default": "the same command goes on where it stopped",
}
INSTALL = "run `make setup-train`, or pip install '.[cpu,train]'"


def command_of(name: str) -> Any:
    """The module of a command: SUMMARY, add_arguments, run. Heavy imports wait for `run`: `--help` is quick."""
    return importlib.import_module(f"export.commands.{name}")


def make_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = Parser(prog="python -m export", description="Learn a model from sounds and write it as a bundle.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name in COMMANDS:
        command = command_of(name)
        own = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        own.add_argument("--debug", action="store_true", help="show the trace of an error")
        command.add_arguments(own)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run a command; one line and 2 when the user can mend what went wrong, 1 for our fault, 130 if interrupted."""
    options = make_parser().parse_args(arguments)
    try:
        return int(command_of(options.command).run(options))
    except KeyboardInterrupt:
        print(f"interrupted; {GOES_ON.get(options.command, 'give the same command again')}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        return 0
    except Exception as error:
        if options.debug:
            raise
        line = told(error)
        print(f"error: {line or unforeseen(error)}", file=sys.stderr)
        return 2 if line else 1


def told(error: BaseException) -> str | None:
    """What a user needs to know of an error; None for a fault of ours."""
    if isinstance(error, ModuleNotFoundError):
        return f"the Python package {error.name} is missing; {INSTALL}"
    return faults.told(error)


if __name__ == "__main__":
    sys.exit(enter(main))
