"""Looks at the machine: sound devices, priority and clock, MIDI ports, the OSC port."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from rt.checkup.finding import BAD, NOTE, OK, Finding
from rt.config import config
from rt.errors import BridgeError


def check_audio(_: config.Config) -> Iterator[Finding]:
    """Look at PortAudio, its devices, and whether JACK runs."""
    from rt.audio import device

    devices = device.list_devices()
    if not devices:
        fix = "plug a device in or start a JACK server; until then --audio file:NAME.wav"
        yield Finding(NOTE, "PortAudio is there, but no sound device", fix)
        return
    apis = ", ".join(dict.fromkeys(d.host_api for d in devices))
    yield Finding(OK, f"{len(devices)} sound devices: {apis}")
    inputs = [d.name for d in devices if d.n_inputs]
    if inputs:
        yield Finding(OK, f"inputs to listen to: {', '.join(dict.fromkeys(inputs))}")
    else:
        yield Finding(NOTE, "no input device, so nothing to --listen to", "plug a microphone in")
    jack = [d for d in devices if d.is_jack]
    if jack:
        yield Finding(OK, f"JACK runs at {jack[0].sample_rate_hz:g} Hz")
    elif sys.platform.startswith("linux"):
        fix = "for the least latency start jackd or PipeWire's JACK (pw-jack)"
        yield Finding(NOTE, "no JACK server runs", fix)


def check_priority(_: config.Config) -> Iterator[Finding]:
    """Try whether audio threads may have real-time priority and lock their memory."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    fix = "add '@audio - rtprio 95' and '@audio - memlock unlimited' to /etc/security/limits.d/, join that group"
    before, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
        os.sched_setscheduler(0, before, parameter)
        yield Finding(OK, "real-time priority is allowed")
    except PermissionError:
        yield Finding(NOTE, "no real-time priority: other programs will cause dropouts", fix)
    limit = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    if limit != resource.RLIM_INFINITY and limit < 256 << 20 and os.geteuid() != 0:
        yield Finding(NOTE, f"only {limit >> 20} MiB of memory may be locked", fix)


def check_governor(_: config.Config) -> Iterator[Finding]:
    """Look at the clock of the processor."""
    paths = sorted(Path("/sys/devices/system/cpu").glob("cpu[0-9]*/cpufreq/scaling_governor"))
    governors = {path.read_text(encoding="utf-8").strip() for path in paths}
    if governors - {"performance"}:
        fix = "while playing: sudo cpupower frequency-set -g performance"
        yield Finding(NOTE, f"CPU governor {', '.join(sorted(governors))} saves power at the cost of dropouts", fix)
    elif governors:
        yield Finding(OK, "CPU governor performance")


def check_midi(settings: config.Config) -> Iterator[Finding]:
    """Look for MIDI inputs."""
    from rt.audio.device import quiet
    from rt.midi import midi_systems

    if settings.midi.input == "none":
        return
    try:
        with quiet():
            ports = midi_systems.list_ports(settings.midi.api, jack=_has_jack())
    except BridgeError as error:
        what, _, fix = str(error).partition("; ")
        yield Finding(NOTE, what, fix)
        return
    yield Finding(OK, f"MIDI inputs: {', '.join(ports)}" if ports else "MIDI works; no keyboard is plugged in")


def _has_jack() -> bool:
    from rt.audio import device

    try:
        return any(one.is_jack for one in device.list_devices())
    except device.NoDeviceError:
        return False


def check_osc(settings: config.Config) -> Iterator[Finding]:
    """Try the UDP port."""
    host, port = settings.osc.host, settings.osc.port
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind((host, port))
        yield Finding(OK, f"OSC port {port} on {host} is free")
    except OSError as error:
        fix = "stop the program that has it (another bridge?), or choose another with --osc-port"
        yield Finding(BAD, f"OSC port {port} on {host}: {error.strerror or error}", fix)
