"""What every offline command can be asked for; light, because every `--help` loads it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rt.config import config
from rt.errors import ConfigError, ControlError

NSGT, REFINED = "nsgt", "refined"
WHOLE = (NSGT, REFINED)
"""What needs whole voices, and so is not for live."""
PHASES = (*config.PHASES, *WHOLE)
MOST_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """Files and settings of one rendering; None leaves a setting to the file of settings, or to its default."""

    wav: Path
    """Written, as are `latents` and `plot`."""
    latents: Path | None = None
    plot: Path | None = None
    read: tuple[Path, ...] = ()
    """Files that the command reads, which must stay as they are."""
    config: Path | None = None
    bundle: str | None = None
    provider: str | None = None
    sample_rate_hz: int | None = None
    instrument: str | None = None
    voices: int | None = None
    gain_db: float | None = None
    phase: str | None = None
    """One of PHASES."""
    iterations: int | None = None
    alive: float | None = None
    seed: int | None = None
    stereo: bool | None = None
    room: float | None = None

    def check_files(self) -> None:
        """Raise where a file cannot be written, replaces one that is read, or would be none of its kind by its name."""
        config.check_wav_name(self.wav)
        if self.latents and self.latents.suffix.lower() != ".npz":
            raise ConfigError(f"{self.latents}: latents are known by their suffix; give a name that ends in .npz")
        read = self.read if self.config is None else (*self.read, self.config)
        check_outputs([self.wav, self.latents, self.plot], read=read)


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise ConfigError unless a number lies within its limits."""
    if not low <= value <= high:
        raise ConfigError(f"{name} is {value:g}; allowed are {low:g} to {high:g}")


def check_outputs(written: Iterable[Path | None], *, read: Iterable[Path] = ()) -> None:
    """ControlError where a file cannot be written, or would replace what is read or written besides.

    written : files, None for one that nobody asked for. read : what must stay as it is.
    """
    taken = {path.resolve() for path in read}
    for path in written:
        if path is None:
            continue
        place = path.resolve()
        if place in taken:
            raise ControlError(f"{path} is asked for twice, to read or write; give every file a name of its own")
        taken.add(place)
        if not place.parent.is_dir():
            raise ControlError(f"{path} cannot be written (no folder {path.parent}); give a name in a writable folder")
        if place.is_dir():
            raise ControlError(f"{path} cannot be written (it is a folder); give the name of a file")
        if not os.access(place if place.exists() else place.parent, os.W_OK):
            raise ControlError(f"{path} cannot be written (not permitted); give a name in a writable folder")
