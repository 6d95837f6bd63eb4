"""Settings: the defaults, then the user's TOML, then flags, checked once into frozen dataclasses.

Every field has its default, range and text; `default.toml` is made from them by `rt.config.default_toml`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import ipaddress
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rt.config.ear_settings import ListenerSettings, TrackerSettings
from rt.config.setting import ConfigPart, Setting, Texts, setting, settings_of
from rt.config.toml_file import read_toml
from rt.errors import ConfigError
from rt.parameters import ALIVE, BEND, GAIN, ROOM
from rt.units import MAX_RATE_HZ, MIN_RATE_HZ, N_CHANNELS

PHASES = ("locked", "classic")
PROVIDERS = ("auto", "cpu", "cuda")
MIDI_APIS = ("auto", "jack", "alsa", "coremidi", "winmm")
MOST_VOICES = 128
_GAIN, _BEND, _ALIVE, _ROOM = (row.numbers[0] for row in (GAIN, BEND, ALIVE, ROOM))
"""What can be set while playing too, and has its range there."""
MOST_NAME_BYTES = 50
"""Of a MIDI port; JACK's clients have 63, and ours add an ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleConfig(ConfigPart):
    """Which bundle plays, and what computes it."""

    part: ClassVar[str] = "model"

    bundle: str = setting("default", "folder of a model, or the name of a shipped one")
    provider: str = setting("auto", "what computes the model", choices=PROVIDERS)


WAV_SUFFIXES = (".wav", ".wave", "")


def check_wav_name(path: Path) -> None:
    """ConfigError where a file that is written would be no WAV file by its name."""
    if path.suffix.lower() not in WAV_SUFFIXES:
        raise ConfigError(f"{path}: what is written is WAV; give a name that ends in .wav")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioConfig(ConfigPart):
    """Where the samples go."""

    part: ClassVar[str] = "audio"

    output: str = setting("portaudio", "portaudio, which is a sound device; file:NAME.wav; or none, which only listens")
    host_api: str = setting(
        "", "audio system, by part of its name from `latent-bridge devices`; empty: JACK where it runs, else the usual"
    )
    device: str = setting(
        "", "audio device, by part of its name from `latent-bridge devices`; empty: the host API's default"
    )
    sample_rate_hz: int = setting(0, "0: what the device runs at", low=MIN_RATE_HZ, high=MAX_RATE_HZ, takes_zero=True)
    block_samples: int = setting(
        0, "samples per audio block; 0: what the device asks for", low=8, high=8192, takes_zero=True
    )
    lead_blocks: int = setting(0, "blocks rendered ahead; 0 renders in the audio callback", low=0, high=64)

    @property
    def plays(self) -> bool:
        """Whether there is any output at all."""
        return self.output != "none"

    @property
    def file(self) -> Path | None:
        """The WAV file to write, None for a device."""
        return Path(self.output.removeprefix("file:")) if self.output.startswith("file:") else None

    def check_together(self) -> None:
        """Raise ConfigError unless the output is one."""
        if self.output not in ("portaudio", "none") and not self.output.startswith("file:"):
            raise ConfigError(f"audio.output is {self.output!r}; give portaudio, file:NAME.wav or none")
        if self.file is not None:
            check_wav_name(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class MidiConfig(ConfigPart):
    """Where the notes come from."""

    part: ClassVar[str] = "midi"

    input: str = setting("auto", "auto: a virtual port and every keyboard; part of a port's name; virtual; or none")
    api: str = setting("auto", "MIDI system", choices=MIDI_APIS)
    port_name: str = setting("latent-bridge", "what our own ports are called")

    def check_together(self) -> None:
        """Raise ConfigError unless our ports can be called that."""
        _given("midi.port_name", self.port_name, "a name, as latent-bridge")
        if len(self.port_name.encode()) > MOST_NAME_BYTES:
            raise ConfigError(f"midi.port_name is longer than {MOST_NAME_BYTES} bytes; give a shorter one")


@dataclass(frozen=True, slots=True, kw_only=True)
class OscConfig(ConfigPart):
    """Where OSC messages come from."""

    part: ClassVar[str] = "osc"

    host: str = setting("127.0.0.1", "address that hears OSC; 0.0.0.0 listens to the whole network")
    port: int = setting(9130, "UDP port that hears OSC", low=0, high=65535)
    reply_port: int = setting(9131, "default port of /lb/notify", low=1, high=65535)
    query: bool = setting(True, "OSCQuery: tell the whole namespace by HTTP and WebSocket, and announce it")
    query_port: int = setting(9132, "its TCP port at the same host; where it is taken, any free one", low=0, high=65535)
    clients: Texts = setting(  # noqa: RUF009, this makes a field
        (),
        "who else than this machine and the sender's own /lb/notify may name: addresses and networks, as "
        '["192.168.1.20", "10.0.0.0/24"]',
    )

    def check_together(self) -> None:
        """Raise ConfigError unless the addresses are some."""
        _given("osc.host", self.host, "127.0.0.1, or 0.0.0.0 for the whole network")
        _networks("osc.clients", self.clients)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig(ConfigPart):
    """How it sounds."""

    part: ClassVar[str] = "engine"

    instrument: str = setting("", "what all channels play at start; empty: the bundle's first")
    voices: int = setting(16, "notes that sound at once", low=1, high=MOST_VOICES)
    phase: str = setting(
        "locked", "how phases are found; classic is Griffin-Lim without the phase predictor", choices=PHASES
    )
    iterations: int = setting(-1, "Griffin-Lim iterations per hop; -1: 1, or 4 when classic", low=-1, high=4)
    gain_db: float = setting(0.0, "output level in dB", low=_GAIN.low, high=_GAIN.high)
    bend_range_semitones: float = setting(2.0, "what a pitch wheel bends by at most", low=0, high=_BEND.high)
    attack_s: float = setting(0.003, "fade-in of a note", low=0.0005, high=5)
    velocity_tilt_db: float = setting(
        3.0, "brightness by velocity, beyond what was learnt: dB per octave from softest to hardest", low=0, high=12
    )
    alive: float = setting(0.0, "how far latents wander inside the posterior", low=_ALIVE.low, high=_ALIVE.high)
    stereo: bool = setting(True, "voices stand between left and right; false: the same on all channels")
    room: float = setting(0.2, "how much of a small room is heard", low=_ROOM.low, high=_ROOM.high)
    limiter_ceiling_db: float = setting(-0.5, "no sample is louder than this", low=-24, high=0)
    seed: int = setting(0, "of phases and wandering", low=0, high=4_294_967_295)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenConfig(ConfigPart):
    """What is heard, and where that goes."""

    part: ClassVar[str] = "listen"

    on: bool = setting(False, "hear the microphone and tell the notes by MIDI and OSC; /lb/listen changes it")
    device: str = setting("", "input to hear, by part of its name from `latent-bridge devices`; empty: the default")
    channel: int = setting(1, "which of its channels is heard", low=1, high=64)
    midi_out: str = setting("virtual", "virtual, which is a MIDI port of our own; part of another's name; or none")
    midi_channel: int = setting(1, "MIDI channel of the heard notes", low=1, high=N_CHANNELS)
    echo: str = setting("", "an instrument of the bundle that plays what is heard")
    echo_channel: int = setting(16, "the channel that it plays on", low=1, high=N_CHANNELS)
    transfer: bool = setting(False, "the heard latents drive the free voice")

    def check_together(self) -> None:
        """Raise ConfigError where two would drive the engine with what is heard."""
        if self.echo and self.transfer:
            raise ConfigError("--echo and --transfer exclude each other; give one of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig(ConfigPart):
    """How long it runs and what it plays by itself."""

    part: ClassVar[str] = "run"

    seconds: float = setting(0.0, "stop after so many seconds; 0: never", low=0, high=10_000_000)
    demo: bool = setting(False, "play the demo phrase")


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


def _given(name: str, value: str, allowed: str) -> None:
    if not value.strip():
        raise ConfigError(f"{name} is empty; give {allowed}")


def _networks(name: str, values: Texts) -> None:
    for value in values:
        try:
            network = ipaddress.ip_network(value, strict=False)
        except ValueError:
            raise ConfigError(
                f"{name} names {value[:60]!r}; allowed are IP addresses and networks, as 192.168.1.20 or 192.168.1.0/24"
            ) from None
        if network.is_multicast or network.prefixlen == 0:
            raise ConfigError(f"{name} names {value}; allowed are machines and their network, not everybody")


def find(name: str) -> tuple[type, Setting]:
    """Type of the setting `part.name`, and what its field says."""
    part, _, own = name.partition(".")
    cls = typing.get_type_hints(Config)[part]
    return typing.get_type_hints(cls)[own], settings_of(cls)[own]


def load(
    path: Path | None = None, flags: dict[str, Any] | None = None, *, preferred: dict[str, Any] | None = None
) -> Config:
    """Settings from the defaults, then the file at `path`, then `flags`, whose keys read `part.name`.

    preferred : what a command has instead of the defaults, with the same keys. ConfigError when a key is unknown, a
    value has the wrong type or lies out of its range.
    """
    hints = typing.get_type_hints(Config)
    merged: dict[str, Any] = {part: dataclasses.asdict(cls()) for part, cls in hints.items()}
    _set(merged, preferred)
    if path is not None:
        own = read_toml(path)
        for part, values in own.items():
            _known(part, merged, str(path))
            if not isinstance(values, dict):
                raise ConfigError(f"{path}: [{part}] must be a table of settings")
            for name, value in values.items():
                _known(name, merged[part], f"{path}: [{part}]")
                merged[part][name] = value
    _set(merged, flags)
    return Config(**{part: _part(hints[part], merged[part]) for part in hints})


def _set(merged: dict[str, Any], values: dict[str, Any] | None) -> None:
    for key, value in (values or {}).items():
        part, name = key.split(".")
        merged[part][name] = value


def _known(name: str, allowed: dict[str, Any], where: str) -> None:
    if name not in allowed:
        near = difflib.get_close_matches(name, allowed, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(allowed)}"
        raise ConfigError(f"{where}: unknown setting {name!r}; {hint}")


def _part(cls: Any, values: dict[str, Any]) -> Any:
    """A part of the settings of what TOML and flags give: whole numbers for others, lists for tuples."""
    hints = typing.get_type_hints(cls)
    for name, value in values.items():
        if hints[name] is float and type(value) is int:
            with contextlib.suppress(OverflowError):  # which is beyond every range
                values[name] = float(value)
        elif isinstance(value, list):
            values[name] = tuple(value)
    return cls(**values)
