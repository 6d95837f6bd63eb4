"""`python -m export COMMAND`: learn a model from sounds and write it as a bundle. Needs the [train] extra."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import Any

from rt.errors import BridgeError
from rt.parser import Parser

COMMANDS = ("prepare", "train", "evaluate", "bundle", "tune", "default")
GOES_ON = {
    "prepare": "the same command goes on where it stopped",
    "train": "the same command with --resume goes on from what was saved last",
    "default": "the same command goes on where it stopped",
}
INSTALL = "run `make setup-train`, or pip install '.[cpu,train]'"
MOST_LETTERS = 300
"""Of an error that nobody foresaw."""


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
    except (BridgeError, OSError, ImportError) as error:
        if options.debug:
            raise
        print(f"error: {' '.join(str(told(error)).split())}", file=sys.stderr)
        return 2
    except Exception as error:
        if options.debug:
            raise
        fault = f"{type(error).__name__}: {' '.join(str(error).split())[:MOST_LETTERS]}"
        print(f"error: unexpected {fault}; this is a bug, --debug shows where", file=sys.stderr)
        return 1


def told(error: Exception) -> str:
    """What a user needs to know of an error."""
    if isinstance(error, ImportError):
        return f"the Python package {error.name} is missing; {INSTALL}"
    if isinstance(error, OSError) and not isinstance(error, BridgeError):
        return f"{error.filename or 'a file'}: {error.strerror or error}"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
