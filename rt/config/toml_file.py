"""Reads a user's file of settings."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path
from typing import Any

from rt.errors import ConfigError

MOST_BYTES = 1 << 20


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a user's file; ConfigError when it is none."""
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: is no file; give a TOML file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ConfigError(f"{path}: is larger than {MOST_BYTES >> 10} kB; give a TOML file of settings")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ConfigError(f"{path}: is UTF-16; save it as UTF-8")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give an existing TOML file") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deep; rt/config/default.toml shows the form") from error
    except ValueError as error:
        raise ConfigError(f"{path}: not TOML ({error}); rt/config/default.toml shows the form") from error
