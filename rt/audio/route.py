"""Which devices the settings mean: JACK where it runs, else the system's default."""

from __future__ import annotations

from rt.audio.device import Device, NoDeviceError, Route, list_devices
from rt.config.config import AudioConfig, ListenConfig
from rt.errors import DeviceError


def choose(audio: AudioConfig, listen: ListenConfig) -> Route:
    """What the settings mean: JACK where it runs, else the system's default.

    NoDeviceError when there is nothing to play on at all, DeviceError when there is nothing of that name.
    """
    output = _choose_output(audio) if audio.plays else None
    source = _choose_input(audio, listen, output) if listen.on else None
    main = output or source
    assert main is not None
    return Route(output=output, input=source, n_inputs=listen.channel, sample_rate_hz=_rate_of(main, audio))


def _choose_output(config: AudioConfig) -> Device:
    devices = [d for d in list_devices() if d.n_outputs]
    if not devices:
        raise NoDeviceError("no sound device here; plug one in, start a JACK server, or use --audio file:NAME.wav")
    found = _of_host_api(devices, config.host_api)
    wanted = config.device.casefold()
    if wanted:
        found = _named(found, config.device, "sound device")

    def rank(d: Device) -> tuple[bool, bool, bool, bool, bool]:
        return (d.name.casefold() == wanted, d.is_jack, _is_jack_hardware(d), d.is_system_default, d.is_default)

    return max(found, key=rank)


def _choose_input(audio: AudioConfig, listen: ListenConfig, output: Device | None) -> Device:
    devices = [d for d in list_devices() if d.n_inputs]
    if not devices:
        raise DeviceError("no input device here to listen to; plug a microphone in or start a JACK server")
    if output is not None:  # one stream cannot join two host APIs
        found = [d for d in devices if d.host_api == output.host_api]
        if not found:
            have = ", ".join(f"{d.name} ({d.host_api})" for d in devices)
            raise DeviceError(
                f"{output.host_api}, which plays, has no input device; choose another --host-api (inputs: {have})"
            )
    else:
        found = _of_host_api(devices, audio.host_api)
    wanted = listen.device.casefold()
    if wanted:
        found = _named(found, listen.device, "input device")

    def rank(d: Device) -> tuple[bool, bool, bool, bool, bool]:
        is_named = d.name.casefold() == wanted
        return (is_named, d.is_jack, _is_jack_hardware(d), d.is_system_default_input, d.is_default_input)

    chosen = max(found, key=rank)
    if listen.channel > chosen.n_inputs:
        raise DeviceError(
            f"listen.channel is {listen.channel}; {chosen.name} ({chosen.host_api}) has {chosen.n_inputs} inputs"
        )
    return chosen


def _of_host_api(devices: list[Device], wanted: str) -> list[Device]:
    found = [d for d in devices if wanted.casefold() in d.host_api.casefold()]
    if not found:
        have = ", ".join(sorted({d.host_api for d in devices}))
        raise DeviceError(f"no audio host API matches {wanted!r}; there are {have}")
    return found


def _named(devices: list[Device], wanted: str, what: str) -> list[Device]:
    named = [d for d in devices if wanted.casefold() in d.name.casefold()]
    if not named:
        have = ", ".join(f"{d.name} ({d.host_api})" for d in devices)
        raise DeviceError(f"no {what} matches {wanted!r}; there are {have}")
    return named


def _is_jack_hardware(device: Device) -> bool:
    return device.is_jack and device.name == "system"


def _rate_of(device: Device, config: AudioConfig) -> float:
    """The rate that a stream with the device will have; DeviceError when the settings ask JACK for another."""
    rate_hz = float(config.sample_rate_hz or device.sample_rate_hz)
    if device.is_jack and rate_hz != device.sample_rate_hz:
        raise DeviceError(
            f"the JACK server runs at {device.sample_rate_hz:g} Hz, audio.sample_rate_hz asks for {rate_hz:g}; "
            "leave it at 0 or restart JACK at that rate"
        )
    return rate_hz
