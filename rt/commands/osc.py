"""`latent-bridge osc`: every address that the bridge knows."""

from __future__ import annotations

import argparse
import json

from rt.osc.message import format_args
from rt.osc.osc_document import as_json_dict
from rt.osc.table import TABLE

SUMMARY = "list the OSC addresses"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of form."""
    parser.add_argument("--json", action="store_true", help="everything about them, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the table."""
    if arguments.json:
        print(json.dumps(as_json_dict(), indent=1))
        return 0
    for category in dict.fromkeys(m.category for m in TABLE):
        print(f"\n{category}")
        for message in TABLE:
            if message.category == category:
                print(f"  {message.address} {format_args(message)}")
                print(f"      {message.description}")
    return 0
