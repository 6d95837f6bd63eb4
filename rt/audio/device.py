"""The sound devices: which there are, which one is meant, and a stream on it. The only importer of sounddevice.

PortAudio lists devices once, when it starts; `refresh` makes it look again. It cannot be trusted after its audio
server died, so a process that saw this ends and a new one takes over.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from rt.arrays import F32
from rt.config import AudioConfig
from rt.errors import DeviceError

DEBUG = "LATENT_BRIDGE_DEBUG"
"""Environment variable: show what the sound libraries print."""

StreamCallback = Callable[[F32, int, Any, Any], None]
"""Called with out (n_samples, n_channels), n_samples, times and status flags."""


class NoDeviceError(DeviceError):
    """Nothing here can play sound at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One place that sound can go to."""

    index: int
    """Valid until the next `refresh`."""
    name: str
    host_api: str
    n_channels: int
    sample_rate_hz: float
    """What it runs at unless asked otherwise; with JACK the server's rate."""
    latency_s: float
    """What the driver promises at best."""
    is_default: bool
    """The default of its host API."""

    @property
    def is_jack(self) -> bool:
        """Whether a JACK server gives rate and block."""
        return "jack" in self.host_api.casefold()


class OutputStream:
    """A stream to one device; `start` begins the calls, `close` ends them and PortAudio with them."""

    def __init__(self, device: Device, config: AudioConfig, callback: StreamCallback) -> None:
        """Open the stream; DeviceError when the device refuses."""
        self.device = device
        self.sample_rate_hz = rate_of(device, config)
        self.n_channels = min(2, device.n_channels)
        # With JACK a fixed block, even one equal to the server's, costs another block of latency.
        block = 0 if device.is_jack else config.block_samples
        portaudio = _portaudio()
        try:
            self._stream = portaudio.OutputStream(
                device=device.index,
                samplerate=self.sample_rate_hz,
                blocksize=block,
                channels=self.n_channels,
                dtype="float32",
                latency="low",
                callback=callback,
            )
        except portaudio.PortAudioError as error:
            raise DeviceError(
                f"{device.name} ({device.host_api}) cannot play {self.n_channels} channels at "
                f"{self.sample_rate_hz:g} Hz: {_reason(error)}; see `latent-bridge devices`"
            ) from error

    @property
    def latency_s(self) -> float:
        """Output latency that the driver reports."""
        return float(self._stream.latency)

    @property
    def is_alive(self) -> bool:
        """False once the driver or its server has gone away."""
        return bool(self._stream.active or self._stream.stopped)

    def __enter__(self) -> OutputStream:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin calling back; DeviceError when the device refuses."""
        try:
            self._stream.start()
        except _portaudio().PortAudioError as error:
            raise DeviceError(
                f"{self.device.name} ({self.device.host_api}) does not start: {_reason(error)}"
            ) from error

    def close(self) -> None:
        """Stop calling back and leave the audio server in order."""
        self._stream.close(ignore_errors=True)
        _portaudio()._terminate()


def refresh() -> None:
    """Look for devices again; no stream may be open."""
    portaudio = _portaudio()
    with contextlib.suppress(portaudio.PortAudioError):
        portaudio._terminate()
    with contextlib.suppress(portaudio.PortAudioError):
        portaudio._initialize()


def shut_down() -> None:
    """Leave the audio servers in order: a synchronous JACK server waits for a client that only vanished."""
    portaudio = sys.modules.get("sounddevice")
    if portaudio is not None:
        with contextlib.suppress(portaudio.PortAudioError):
            portaudio._terminate()


def list_devices() -> list[Device]:
    """All places that sound can go to; NoDeviceError when PortAudio is missing."""
    portaudio = _portaudio()
    apis = portaudio.query_hostapis()
    devices = []
    for index, raw in enumerate(portaudio.query_devices()):
        api = apis[raw["hostapi"]]
        # ALSA's own bridge to JACK runs another client in another thread and loses blocks.
        if raw["max_output_channels"] < 1 or (api["name"] == "ALSA" and raw["name"] == "jack"):
            continue
        devices.append(
            Device(
                index=index,
                name=raw["name"],
                host_api=api["name"],
                n_channels=raw["max_output_channels"],
                sample_rate_hz=raw["default_samplerate"],
                latency_s=raw["default_low_output_latency"],
                is_default=api["default_output_device"] == index,
            )
        )
    return devices


def choose(config: AudioConfig) -> Device:
    """The device that the settings mean: JACK where it runs, else the system's default.

    NoDeviceError when there is none at all, DeviceError when there is none of that name.
    """
    devices = list_devices()
    if not devices:
        raise NoDeviceError("no sound device here; plug one in, start a JACK server, or use --audio file:NAME.wav")
    found = [d for d in devices if config.host_api.casefold() in d.host_api.casefold()]
    if not found:
        have = ", ".join(sorted({d.host_api for d in devices}))
        raise DeviceError(f"no audio host API matches {config.host_api!r}; there are {have}")
    wanted = config.device.casefold()
    if wanted:
        named = [d for d in found if wanted in d.name.casefold()]
        if not named:
            have = ", ".join(f"{d.name} ({d.host_api})" for d in found)
            raise DeviceError(f"no sound device matches {config.device!r}; there are {have}")
        found = named
    system_index = _portaudio().default.device[1]

    def rank(d: Device) -> tuple[bool, bool, bool, bool, bool]:
        is_system_port = d.is_jack and d.name == "system"
        return (d.name.casefold() == wanted, d.is_jack, is_system_port, d.index == system_index, d.is_default)

    return max(found, key=rank)


def rate_of(device: Device, config: AudioConfig) -> float:
    """The rate that a stream to the device will have; DeviceError when the settings ask JACK for another."""
    rate_hz = float(config.sample_rate_hz or device.sample_rate_hz)
    if device.is_jack and rate_hz != device.sample_rate_hz:
        raise DeviceError(
            f"the JACK server runs at {device.sample_rate_hz:g} Hz, audio.sample_rate_hz asks for {rate_hz:g}; "
            "leave it at 0 or restart JACK at that rate"
        )
    return rate_hz


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Throw away what C libraries print on standard error meanwhile, unless LATENT_BRIDGE_DEBUG is set."""
    if os.environ.get(DEBUG):
        yield
        return
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _portaudio() -> Any:
    """The sounddevice module; its first import starts PortAudio, which prints about every driver that it lacks."""
    if "sounddevice" not in sys.modules:
        os.environ.setdefault("JACK_NO_START_SERVER", "1")
    try:
        with quiet() if "sounddevice" not in sys.modules else contextlib.nullcontext():
            import sounddevice
    except ImportError as error:
        raise NoDeviceError("the Python package sounddevice is missing; pip install sounddevice") from error
    except OSError as error:
        hows = {"linux": "apt install libportaudio2", "darwin": "brew install portaudio"}
        how = hows.get(sys.platform, "pip install --force-reinstall sounddevice")
        raise NoDeviceError(f"the PortAudio library is missing; {how}") from error
    return sounddevice


def _reason(error: Exception) -> str:
    """What PortAudio said, without its preamble and error number."""
    return str(error).split(": ", 1)[-1].split(" [PaErrorCode", 1)[0]
