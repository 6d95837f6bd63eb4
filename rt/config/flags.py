"""Flags of the command line that stand for settings: what they take and say is made from the setting's field."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rt.config import config
from rt.config.config import Config


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add the file of settings."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings; flags win over it")


def add_flag(parser: argparse.ArgumentParser, name: str, setting: str, **options: Any) -> None:
    """Add a flag for the setting `part.name`, which is its destination; None where it is not given."""
    kind, said = config.find(setting)
    options.setdefault("help", said.help if not said.choices else said.text)
    if said.choices:
        options.setdefault("choices", said.choices)
    elif kind in (int, float):
        options.setdefault("type", kind)
    elif kind is bool:
        options = {"action": "store_const", "const": True} | options
    parser.add_argument(name, dest=setting, default=None, **options)


def add_stereo(parser: argparse.ArgumentParser) -> None:
    """Add the switch for sound without places and room, and how much of the room is heard."""
    add_flag(parser, "--mono", "engine.stereo", const=False, help="dry, and the same on all channels")
    add_flag(parser, "--room", "engine.room", metavar="X")


def given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that flags have changed; what is to be mono has no room unless that is asked for."""
    found = {name: value for name, value in vars(arguments).items() if "." in name and value is not None}
    if found.get("engine.stereo") is False:
        found.setdefault("engine.room", 0.0)
    return found


def read(arguments: argparse.Namespace, *, preferred: dict[str, Any] | None = None) -> Config:
    """Merge the defaults, what the command prefers to them, the file of `--config` and the flags that were given."""
    return config.load(arguments.config, given(arguments), preferred=preferred)
