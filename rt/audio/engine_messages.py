"""What the host tells the engine process, and what that answers: one line of JSON each.

First comes an `EngineConfigMessage`, answered by `StreamInfo`; then any number of `LoadMessage`, each answered by its
number, with the manifest of what plays now or with a reason.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

from rt.config.config import AudioConfig, EngineConfig, ListenConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfigMessage:
    """What one life of the engine process shall do."""

    shared: str
    """Name of the shared memory."""
    bundle: str
    """Folder of the bundle."""
    provider: str
    audio: AudioConfig
    engine: EngineConfig
    listen: ListenConfig
    sample_rate_hz: float
    """Rate of the life before, 0 in the first one."""
    is_again: bool
    """A life after a lost one: waits for its device, and keeps a file that is there."""
    seconds: float = 0.0
    """Length of a file, 0 for as long as it plays."""

    def to_json(self) -> str:
        """One line."""
        return json.dumps(dataclasses.asdict(self))

    @staticmethod
    def from_json(line: str | bytes) -> EngineConfigMessage:
        """The reverse of `to_json`."""
        raw = json.loads(line)
        parts = (("audio", AudioConfig), ("engine", EngineConfig), ("listen", ListenConfig))
        return EngineConfigMessage(**(raw | {name: part(**raw[name]) for name, part in parts}))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadMessage:
    """Another bundle shall play from now on."""

    number: int
    """What the answer is known by."""
    path: str
    """Its folder."""
    n_events: int
    """Events sent before; they are applied before the swap."""

    def to_json(self) -> str:
        """One line, short enough for a pipe to take it whole."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamInfo:
    """What came of it; sent when the sound runs."""

    output: str
    """Name of the device, or the file; empty where nothing is played."""
    input: str
    """Name of the device that is heard, or empty."""
    host_api: str
    """Empty for a file."""
    is_jack: bool
    sample_rate_hz: float
    block_samples: int
    n_channels: int
    """Of the output."""
    device_latency_s: float
    provider: str
    """What computes the model; empty where nothing is played."""

    @property
    def block_s(self) -> float:
        """Length of a block."""
        return self.block_samples / self.sample_rate_hz

    @property
    def where(self) -> str:
        """The device or file in words."""
        name = self.output or self.input
        return f"{name} ({self.host_api})" if self.host_api else f"the file {name}"
