"""The command line: parses, calls one command, and prints what went wrong as one line.

Runs in the host's main thread. The only place that turns exceptions into exit codes: 0 fine, 1 a fault of ours or a
failed check, 2 something that the user can mend, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from rt import __version__
from rt.errors import INSTALL, BridgeError
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
    try:
        arguments = make_parser().parse_args(argv)
    except ImportError as error:
        print(f"latent-bridge: {_describe(error)}", file=sys.stderr)
        return 2
    _show_logs(debug=arguments.debug)
    try:
        code = int(_command(arguments.command).run(arguments))
        sys.stdout.flush()
        return code
    except BridgeError as error:
        if arguments.debug:
            raise
        print(f"latent-bridge: {_one_line(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ImportError as error:
        if arguments.debug:
            raise
        print(f"latent-bridge: {_describe(error)}", file=sys.stderr)
        return 2
    except Exception as error:
        if arguments.debug:
            raise
        fault = f"{type(error).__name__}: {_one_line(error)}"
        print(f"latent-bridge: unexpected {fault}; this is a bug, --debug shows where", file=sys.stderr)
        return 1


class _OneLine(logging.Formatter):
    """A log record without its trace."""

    def formatException(self, ei: Any) -> str:
        """Name the exception only."""
        return f"({ei[0].__name__}: {_one_line(ei[1])})"


def _describe(error: ImportError) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"the Python package {error.name} is missing; {INSTALL}"
    return f"a Python package is damaged ({_one_line(error)}); {INSTALL}"


def _show_logs(*, debug: bool) -> None:
    form = "%(levelname)s %(name)s: %(message)s"
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(form) if debug else _OneLine(form))
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("numba").setLevel(logging.WARNING)


def _command(name: str) -> Any:
    return importlib.import_module(f"rt.commands.{name}")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    sys.exit(main())
