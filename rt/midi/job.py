"""What the host tells the MIDI process in its first line."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

EXIT_LOST = 3
"""How the MIDI process ends when its JACK server is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MidiJob:
    """What one life of the MIDI process shall open."""

    input: str
    """`auto`, `virtual`, `none`, or part of a port's name."""
    output: str
    """`virtual`, `none`, or part of a port's name."""
    api: str
    port_name: str
    jack: bool
    """Whether the sound is on JACK."""
    is_again: bool
    """A life after a lost one waits for its MIDI system."""
    is_output_open: bool = False
    """Whether the output is opened at once, and not when it is asked for."""
    hanging: tuple[tuple[int, int], ...] = ()
    """Channel and number of the notes that the life before left sounding at the output."""

    def to_json(self) -> str:
        """One line."""
        return json.dumps(dataclasses.asdict(self))

    @staticmethod
    def from_json(line: str | bytes) -> MidiJob:
        """The reverse of `to_json`."""
        raw = json.loads(line)
        return MidiJob(**raw | {"hanging": tuple((channel, note) for channel, note in raw["hanging"])})
