"""`latent-bridge osc`: every address that the bridge knows."""

from __future__ import annotations

import argparse
import json

from rt.control import table
from rt.control.message import format_args

SUMMARY = "list the OSC addresses"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of form."""
    parser.add_argument("--json", action="store_true", help="everything about them, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the table."""
    if arguments.json:
        print(json.dumps(table.as_json_dict(), indent=1))
        return 0
    lines = [(m, f"{m.address} {format_args(m)}".rstrip()) for m in table.TABLE]
    width = max(len(text) for _, text in lines)
    for category in dict.fromkeys(m.category for m in table.TABLE):
        print(f"{category}{' (sent by the bridge)' if category == table.REPLIES else ''}")
        for message, text in lines:
            if message.category == category:
                print(f"  {text:{width}}  {message.description}")
    return 0
