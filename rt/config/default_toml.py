"""Writes `default.toml`: every setting with its default, its text and what it may be."""

from __future__ import annotations

import dataclasses
import json
import textwrap
import typing

from rt.config.config import Config
from rt.config.setting import Setting, settings_of

WIDTH, TEXT_AT = 120, 24
_HEAD = """\
# Every setting of latent-bridge. A file given with --config changes some of them, flags change single ones.
# Made from the fields in rt/config; change them there and run
# .venv/bin/python -m rt.config.default_toml > rt/config/default.toml
"""


def format_toml() -> str:
    """The whole file."""
    parts = [_HEAD]
    for name, cls in typing.get_type_hints(Config).items():
        said, defaults = settings_of(cls), dataclasses.asdict(cls())
        lines = [line for key, value in defaults.items() for line in _lines(f"{key} = {json.dumps(value)}", said[key])]
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    return "\n".join(parts)


def _lines(assignment: str, said: Setting) -> list[str]:
    """A setting and its comment, which goes on below where it is long."""
    kept = said.allowed.replace(" ", "\xa0")  # what is allowed stays on one line
    text = f"{assignment:{TEXT_AT - 2}}  # {said.help.replace(said.allowed, kept) if kept else said.help}"
    wrapped = textwrap.wrap(text, WIDTH, subsequent_indent=f"{'':{TEXT_AT}}# ", break_long_words=False)
    return [line.replace("\xa0", " ") for line in wrapped]


if __name__ == "__main__":
    print(format_toml(), end="")
