"""The command line: parses, calls one command, and prints what went wrong as one line.

Runs in the host's main thread. The only place that turns exceptions into exit codes: 0 fine, 1 a fault of ours or a
failed check, 2 something that the user can mend, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import Any

from rt import __version__
from rt.entry import is_interrupted
from rt.faults import one_line, told, unforeseen
from rt.parser import Parser

COMMANDS = (
    "run",
    "render",
    "reconstruct",
    "transcribe",
    "morph",
    "trajectory",
    "sequence",
    "send",
    "devices",
    "doctor",
    "info",
    "osc",
)


def make_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = Parser(prog="latent-bridge", description="Notes, latents and sound through one learned space, live.")
    parser.add_argument("--version", action="version", version=f"latent-bridge {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name in COMMANDS:
        command = _command(name)
        own = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        own.add_argument("--debug", action="store_true", help="show the trace of an error and all log messages")
        command.add_arguments(own)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036, who starts it by hand may have an older one
        print(f"latent-bridge needs Python 3.11 or newer, this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    arguments = None
    try:
        arguments = make_parser().parse_args(argv)
        _show_logs(debug=arguments.debug)
        code = int(_command(arguments.command).run(arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        return 0
    except Exception as error:
        if arguments is not None and arguments.debug:
            raise
        if is_interrupted():  # a library made an error of its own of it
            return 130
        line = told(error)
        print(f"latent-bridge: {line or unforeseen(error)}", file=sys.stderr)
        return 2 if line else 1


class _OneLine(logging.Formatter):
    """A log record without its trace."""

    def formatException(self, ei: Any) -> str:
        """Name the exception only."""
        return f"({ei[0].__name__}: {one_line(ei[1])})"


def _show_logs(*, debug: bool) -> None:
    form = "%(levelname)s %(name)s: %(message)s"
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(form) if debug else _OneLine(form))
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("numba").setLevel(logging.WARNING)


def _command(name: str) -> Any:
    return importlib.import_module(f"rt.commands.{name}")
