"""Settings: `default.toml`, then the user's TOML, then flags, checked once into frozen dataclasses."""

from __future__ import annotations

import dataclasses
import difflib
import math
import tomllib
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rt.config.ear_settings import ListenerSettings, TrackerSettings
from rt.config.limits import LIMITS, OR_ZERO
from rt.errors import ConfigError

PHASES = ("locked", "classic")
PROVIDERS = ("auto", "cpu", "cuda")
MIDI_APIS = ("auto", "jack", "alsa", "coremidi", "winmm")
MOST_NAME_BYTES = 50
"""Of a MIDI port; JACK's clients have 63, and ours add an ending."""
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: 'a "text" in quotes'}


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleConfig:
    """Which bundle plays, and what computes it."""

    bundle: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioConfig:
    """Where the samples go."""

    output: str
    host_api: str
    device: str
    sample_rate_hz: int
    block_samples: int
    lead_blocks: int

    @property
    def plays(self) -> bool:
        """Whether there is any output at all."""
        return self.output != "none"

    @property
    def file(self) -> Path | None:
        """The WAV file to write, None for a device."""
        return Path(self.output.removeprefix("file:")) if self.output.startswith("file:") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MidiConfig:
    """Where the notes come from."""

    input: str
    api: str
    port_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OscConfig:
    """Where OSC messages come from."""

    host: str
    port: int
    reply_port: int
    query: bool
    query_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig:
    """How it sounds."""

    instrument: str
    voices: int
    phase: str
    iterations: int
    gain_db: float
    bend_range_semitones: float
    attack_s: float
    velocity_tilt_db: float
    alive: float
    limiter_ceiling_db: float
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenConfig:
    """What is heard, and where that goes."""

    on: bool
    device: str
    channel: int
    midi_out: str
    midi_channel: int
    echo: str
    echo_channel: int
    transfer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """How long it runs and what it plays by itself."""

    seconds: float
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; a class receives its own part, never the whole."""

    model: BundleConfig
    audio: AudioConfig
    midi: MidiConfig
    osc: OscConfig
    engine: EngineConfig
    listen: ListenConfig
    listener: ListenerSettings
    tracker: TrackerSettings
    run: RunConfig

    def __post_init__(self) -> None:
        _choice("model.provider", self.model.provider, PROVIDERS)
        _choice("midi.api", self.midi.api, MIDI_APIS)
        _choice("engine.phase", self.engine.phase, PHASES)
        if self.audio.output not in ("portaudio", "none") and not self.audio.output.startswith("file:"):
            raise ConfigError(f"audio.output is {self.audio.output!r}; give portaudio, file:NAME.wav or none")
        _given("osc.host", self.osc.host, "127.0.0.1, or 0.0.0.0 for the whole network")
        _given("midi.port_name", self.midi.port_name, "a name, as latent-bridge")
        if len(self.midi.port_name.encode()) > MOST_NAME_BYTES:
            raise ConfigError(f"midi.port_name is longer than {MOST_NAME_BYTES} bytes; give a shorter one")
        for name, (low, high) in (LIMITS | OR_ZERO).items():
            part, setting = name.split(".")
            value = getattr(getattr(self, part), setting)
            if value or name not in OR_ZERO:
                _range(name, value, low, high)
        self._check_listening()

    def _check_listening(self) -> None:
        """Raise ConfigError where the settings of ears and sound contradict each other."""
        listen, audio = self.listen, self.audio
        if listen.on and audio.file is not None:
            raise ConfigError(
                "--listen hears a device and cannot play into a file; `latent-bridge transcribe` reads files"
            )
        if not audio.plays and not listen.on:
            raise ConfigError("--audio none plays nothing; add --listen, or leave it out")
        if not audio.plays and (listen.echo or listen.transfer):
            raise ConfigError("--echo and --transfer sound; leave --audio none out")
        if self.tracker.low_note > self.tracker.high_note:
            raise ConfigError(
                f"tracker.low_note is {self.tracker.low_note}; allowed is up to tracker.high_note, "
                f"{self.tracker.high_note}"
            )
        if self.tracker.poly > 1 and self.tracker.bend:
            raise ConfigError(
                "tracker.bend bends all notes of a channel at once; set it to false, or tracker.poly to 1"
            )
        if listen.echo and listen.transfer:
            raise ConfigError("--echo and --transfer exclude each other; give one of them")


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}; allowed are {', '.join(allowed)}")


def _given(name: str, value: str, allowed: str) -> None:
    if not value.strip():
        raise ConfigError(f"{name} is empty; give {allowed}")


def _range(name: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise ConfigError(f"{name} is {value}; allowed are {low} to {high}")


def load(
    path: Path | None = None, flags: dict[str, Any] | None = None, *, preferred: dict[str, Any] | None = None
) -> Config:
    """Settings from `default.toml`, then the file at `path`, then `flags`, whose keys read `part.name`.

    preferred : what a command has instead of `default.toml`, with the same keys. ConfigError when a key is unknown, a
    value has the wrong type or lies out of its range.
    """
    hints = typing.get_type_hints(Config)
    merged: dict[str, Any] = {part: _defaults(cls) for part, cls in hints.items()}
    for part, values in tomllib.loads((Path(__file__).parent / "default.toml").read_text(encoding="utf-8")).items():
        merged[part].update(values)
    _set(merged, preferred)
    if path is not None:
        try:
            own = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}; give an existing TOML file") from error
        except ValueError as error:
            raise ConfigError(f"{path}: not TOML ({error}); rt/config/default.toml shows the form") from error
        for part, values in own.items():
            _known(part, merged, str(path))
            if not isinstance(values, dict):
                raise ConfigError(f"{path}: [{part}] must be a table of settings")
            for name, value in values.items():
                _known(name, merged[part], f"{path}: [{part}]")
                merged[part][name] = value
    _set(merged, flags)
    return Config(**{part: _part(hints[part], part, merged[part]) for part in hints})


def _set(merged: dict[str, Any], values: dict[str, Any] | None) -> None:
    for key, value in (values or {}).items():
        part, name = key.split(".")
        merged[part][name] = value


def _known(name: str, allowed: dict[str, Any], where: str) -> None:
    if name not in allowed:
        near = difflib.get_close_matches(name, allowed, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(allowed)}"
        raise ConfigError(f"{where}: unknown setting {name!r}; {hint}")


def _defaults(cls: Any) -> dict[str, Any]:
    """What a part's own dataclass says; most leave it to default.toml."""
    found = {field.name: field.default for field in dataclasses.fields(cls)}
    return {name: value for name, value in found.items() if value is not dataclasses.MISSING}


def _part(cls: Any, part: str, values: dict[str, Any]) -> Any:
    hints = typing.get_type_hints(cls)
    checked = {}
    for field in dataclasses.fields(cls):
        value, wanted = values[field.name], hints[field.name]
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not wanted:
            raise ConfigError(f"{part}.{field.name} is {value!r}; allowed is {_KINDS[wanted]}")
        checked[field.name] = value
    return cls(**checked)
