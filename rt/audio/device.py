"""The sound devices: which there are, and a stream on one or two of them. The only importer of sounddevice.

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

from rt.config.config import AudioConfig
from rt.errors import DeviceError

DEBUG = "LATENT_BRIDGE_DEBUG"
"""Environment variable: show what the sound libraries print."""

StreamCallback = Callable[..., None]
"""Called with out (n_samples, n_channels), n_samples, times and status flags; a stream that also hears puts its input
(n_samples, n_inputs) first, one that only hears has it instead of out."""


class NativeCallback:
    """A callback that is compiled: PortAudio calls it without the interpreter. To be kept while a stream has it."""

    function: int
    """Address of a `PaStreamCallback` ..."""
    argument: int
    """... and of the `userData` that it gets."""


class NoDeviceError(DeviceError):
    """Nothing here can play sound at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One place that sound can go to, or come from."""

    index: int
    """Valid until the next `refresh`."""
    name: str
    host_api: str
    n_outputs: int
    n_inputs: int
    sample_rate_hz: float
    """What it runs at unless asked otherwise; with JACK the server's rate."""
    latency_s: float
    """What the driver promises at best, for its output if it has one."""
    is_default: bool
    """The default output of its host API ..."""
    is_default_input: bool
    """... or its default input."""
    is_system_default: bool
    """The default output of the whole system ..."""
    is_system_default_input: bool
    """... or its default input."""

    @property
    def is_jack(self) -> bool:
        """Whether a JACK server gives rate and block."""
        return "jack" in self.host_api.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a stream connects."""

    output: Device | None
    input: Device | None
    n_inputs: int
    """Channels of the input to open; the last one is heard."""
    sample_rate_hz: float

    @property
    def n_outputs(self) -> int:
        """Channels of the output to open: both sides of a stereo sound where it has them."""
        return min(2, self.output.n_outputs) if self.output else 0

    @property
    def main(self) -> Device:
        """The device that gives the clock."""
        device = self.output or self.input
        assert device is not None
        return device


class AudioStream:
    """A stream along one route; `start` begins the calls, `close` ends them and PortAudio with them."""

    def __init__(self, route: Route, config: AudioConfig, callback: StreamCallback | NativeCallback) -> None:
        """Open the stream; DeviceError when a device refuses."""
        self.route = route
        self._callback = callback
        portaudio = _portaudio()
        ends = ((route.input, route.n_inputs), (route.output, route.n_outputs))
        devices, channels = zip(*[(d.index, n) for d, n in ends if d is not None], strict=True)
        both = len(devices) == 2
        name = "duplex" if both else "output" if route.output else "input"
        try:
            self._stream = portaudio._StreamBase(  # for "custom stream classes", as it says: ours may be compiled
                name,
                device=devices if both else devices[0],
                channels=channels if both else channels[0],
                samplerate=route.sample_rate_hz,
                # With JACK a fixed block, even one equal to the server's, costs another block of latency.
                blocksize=0 if route.main.is_jack else config.block_samples,
                dtype="float32",
                latency="low",
                **_describe_callback(callback),
            )
        except portaudio.PortAudioError as error:
            raise DeviceError(f"{self._describe()}: {_reason(error)}; see `latent-bridge devices`") from error

    @property
    def latency_s(self) -> float:
        """Output latency that the driver reports; of the input where nothing is played."""
        latency = self._stream.latency
        return float(latency[1] if isinstance(latency, tuple) else latency)

    @property
    def is_alive(self) -> bool:
        """False once the driver or its server has gone away."""
        return bool(self._stream.active or self._stream.stopped)

    def __enter__(self) -> AudioStream:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin calling back; DeviceError when the device refuses."""
        device = self.route.main
        try:
            self._stream.start()
        except _portaudio().PortAudioError as error:
            raise DeviceError(f"{device.name} ({device.host_api}) does not start: {_reason(error)}") from error

    def close(self) -> None:
        """Stop calling back and leave the audio server in order."""
        self._stream.close(ignore_errors=True)
        _portaudio()._terminate()

    def _describe(self) -> str:
        route = self.route
        tasks = [f"play {route.n_outputs} channels"] if route.output else []
        if route.input is not None:
            other = "" if route.input == route.main else f" from {route.input.name}"
            tasks.append(f"record {route.n_inputs} channel{'s' if route.n_inputs > 1 else ''}{other}")
        rate = f"at {route.sample_rate_hz:g} Hz"
        return f"{route.main.name} ({route.main.host_api}) cannot {' and '.join(tasks)} {rate}"


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
    """All places that sound can go to or come from; NoDeviceError when PortAudio is missing."""
    portaudio = _portaudio()
    apis = portaudio.query_hostapis()
    first_input, first_output = portaudio.default.device
    devices = []
    for index, raw in enumerate(portaudio.query_devices()):
        api = apis[raw["hostapi"]]
        # ALSA's own bridge to JACK runs another client in another thread and loses blocks.
        if api["name"] == "ALSA" and raw["name"] == "jack":
            continue
        plays = raw["max_output_channels"] > 0
        devices.append(
            Device(
                index=index,
                name=raw["name"],
                host_api=api["name"],
                n_outputs=raw["max_output_channels"],
                n_inputs=raw["max_input_channels"],
                sample_rate_hz=raw["default_samplerate"],
                latency_s=raw["default_low_output_latency" if plays else "default_low_input_latency"],
                is_default=api["default_output_device"] == index,
                is_default_input=api["default_input_device"] == index,
                is_system_default=index == first_output,
                is_system_default_input=index == first_input,
            )
        )
    return devices


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


def _describe_callback(callback: StreamCallback | NativeCallback) -> dict[str, Any]:
    """What sounddevice is to be told of a callback."""
    if not isinstance(callback, NativeCallback):
        return {"callback": callback, "wrap_callback": "array"}
    return {"callback": callback.function, "userdata": _portaudio()._ffi.cast("void *", callback.argument)}


def _reason(error: Exception) -> str:
    """What PortAudio said, without its preamble and error number."""
    return str(error).split(": ", 1)[-1].split(" [PaErrorCode", 1)[0]
