"""`latent-bridge doctor`: tests the installation step by step, and tells what would go wrong and how to mend it."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from rt import bundle, config
from rt.errors import BridgeError, BundleError

SUMMARY = "test the installation and tell how to mend it"
OK, NOTE, BAD = "ok  ", "note", "BAD "
N_VOICES = 8
BLOCK_SAMPLES = 128
RATE_HZ = 48_000


class Finding(NamedTuple):
    """What one look has shown."""

    state: str
    what: str
    mend: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the settings that the checks depend on."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings")
    parser.add_argument("--bundle", metavar="NAME", help="folder of a model, or the name of a shipped one")
    parser.add_argument("--osc-port", type=int, metavar="PORT", help="UDP port that shall hear OSC")


def run(arguments: argparse.Namespace) -> int:
    """Print one line per check; 1 when something is bad, 0 when the bridge will play."""
    flags = {"model.bundle": arguments.bundle, "osc.port": arguments.osc_port}
    settings = config.load(arguments.config, {name: value for name, value in flags.items() if value is not None})
    checks: tuple[Callable[[config.Config], Iterator[Finding]], ...] = (
        check_python,
        check_runtime,
        check_cache,
        check_model,
        check_ears,
        check_audio,
        check_priority,
        check_governor,
        check_midi,
        check_osc,
    )
    n_bad = 0
    for check in checks:
        try:
            for finding in check(settings):
                n_bad += finding.state == BAD
                print(f"{finding.state}  {finding.what}", flush=True)
                if finding.mend:
                    print(f"      -> {finding.mend}")
        except BridgeError as error:
            n_bad += 1
            print(f"{BAD}  {error}", flush=True)
    print(f"{n_bad} to mend before it plays" if n_bad else "it will play")
    return 1 if n_bad else 0


def check_python(_: config.Config) -> Iterator[Finding]:
    """Look at the interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= (3, 13):
        yield Finding(
            NOTE, f"Python {version}: no python-rtmidi, so no MIDI", "use Python 3.12 or 3.11 to play by MIDI"
        )
    else:
        yield Finding(OK, f"Python {version}")


def check_runtime(settings: config.Config) -> Iterator[Finding]:
    """Look at onnxruntime and what it computes on."""
    from rt import model

    found = {name: version for name in ("onnxruntime", "onnxruntime-gpu") if (version := _installed(name))}
    if len(found) == 2:
        mend = "pip uninstall -y onnxruntime onnxruntime-gpu, then pip install one of them"
        yield Finding(BAD, "onnxruntime and onnxruntime-gpu are both installed and overwrite each other", mend)
    offered = model.available_providers()
    name, version = next(iter(found.items()), ("onnxruntime", "of unknown version"))
    yield Finding(OK, f"{name} {version} computes on {', '.join(offered)}")
    wanted = settings.model.provider
    if wanted not in ("auto", *offered):
        yield Finding(BAD, f"model.provider is {wanted!r}", "set it to auto, or install latent-bridge[gpu]")


def check_cache(_: config.Config) -> Iterator[Finding]:
    """Look for a place where compiled code is kept; without one every start compiles for a while."""
    import rt.dsp

    chosen = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(chosen)] if chosen else [Path(rt.dsp.__path__[0]), Path.home() / ".cache" / "numba"]
    usable = [place for place in places if _is_writable(place)]
    if usable:
        yield Finding(OK, f"compiled code is kept in {usable[0]}")
    else:
        mend = "set NUMBA_CACHE_DIR to a writable folder"
        yield Finding(NOTE, "no place to keep compiled code: every start compiles for up to a minute", mend)


def check_model(settings: config.Config) -> Iterator[Finding]:
    """Check the bundle and play it for a second."""
    opened = bundle.load(settings.model.bundle)
    names = ", ".join(i.name for i in opened.manifest.instruments)
    yield Finding(OK, f"bundle {opened.manifest.name!r}, every hash right: {names}")

    from rt.engine import Engine
    from rt.events import NoteOn
    from rt.model import Model
    from rt.stats import Stats

    model = Model.load(opened, settings.model.provider)
    engine = Engine(model, sample_rate_hz=RATE_HZ, config=settings.engine, stats=Stats())
    start_s = time.perf_counter()
    engine.warm_up()
    warm_s = time.perf_counter() - start_s
    for note in range(N_VOICES):
        engine.apply(NoteOn(0, 55 + 2 * note, 100))
    out = np.zeros(BLOCK_SAMPLES, np.float32)
    took_s, peak = [], 0.0
    for _ in range(RATE_HZ // BLOCK_SAMPLES):
        start_s = time.perf_counter()
        engine.render(out)
        took_s.append(time.perf_counter() - start_s)
        peak = max(peak, float(np.abs(out).max()))
    if not 0.0 < peak <= 1.0:
        yield Finding(BAD, f"a chord came out with peak {peak:g}", "check the bundle, or take the default one")
    share = float(np.percentile(took_s, 99)) * RATE_HZ / BLOCK_SAMPLES
    text = f"{N_VOICES} voices take {100 * share:.0f} % of a block of {BLOCK_SAMPLES} (p99) on {model.provider}"
    if share < 0.5:
        yield Finding(OK, f"{text}; warm after {warm_s:.1f} s")
    else:
        yield Finding(NOTE, text, "expect dropouts: fewer --voices, --iterations 0, a larger --block, or --lead 2")


def check_ears(settings: config.Config) -> Iterator[Finding]:
    """Let the bundle listen to a second of nearly nothing."""
    from rt.model import Ears
    from rt.transcribe import Transcriber

    try:
        opened = bundle.load(settings.model.bundle)
    except BundleError:  # told already
        return
    try:
        ears = Ears.load(opened, "cpu")
    except BundleError as error:
        yield Finding(NOTE, str(error), "use another bundle to --listen; it plays all the same")
        return
    transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ, listener=settings.listener, tracker=settings.tracker)
    transcriber.warm_up()
    sound = (0.1 * np.sin(2 * np.pi * 440.0 * np.arange(RATE_HZ) / RATE_HZ)).astype(np.float32)
    start_s = time.process_time()
    for start in range(0, RATE_HZ, BLOCK_SAMPLES):
        for _ in transcriber.hear(sound[start : start + BLOCK_SAMPLES]):
            pass
    share = time.process_time() - start_s
    text = f"listening takes {100 * share:.0f} % of a core"
    if share < 0.5:
        yield Finding(OK, text)
    else:
        yield Finding(NOTE, text, "expect notes to come late")


def check_audio(_: config.Config) -> Iterator[Finding]:
    """Look at PortAudio, its devices, and whether JACK runs."""
    from rt.audio import device

    try:
        devices = device.list_devices()
    except device.NoDeviceError as error:
        yield Finding(BAD, str(error))
        return
    if not devices:
        mend = "plug a device in or start a JACK server; until then --audio file:NAME.wav"
        yield Finding(NOTE, "PortAudio is there, but no sound device", mend)
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
        mend = "for the least latency start jackd or PipeWire's JACK (pw-jack)"
        yield Finding(NOTE, "no JACK server runs", mend)


def check_priority(_: config.Config) -> Iterator[Finding]:
    """Try whether audio threads may have real-time priority and lock their memory."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    mend = "add '@audio - rtprio 95' and '@audio - memlock unlimited' to /etc/security/limits.d/, join that group"
    before, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
        os.sched_setscheduler(0, before, parameter)
        yield Finding(OK, "real-time priority is allowed")
    except PermissionError:
        yield Finding(NOTE, "no real-time priority: other programs will cause dropouts", mend)
    limit = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    if limit != resource.RLIM_INFINITY and limit < 256 << 20 and os.geteuid() != 0:
        yield Finding(NOTE, f"only {limit >> 20} MiB of memory may be locked", mend)


def check_governor(_: config.Config) -> Iterator[Finding]:
    """Look at the clock of the processor."""
    paths = sorted(Path("/sys/devices/system/cpu").glob("cpu[0-9]*/cpufreq/scaling_governor"))
    governors = {path.read_text().strip() for path in paths}
    if governors - {"performance"}:
        mend = "while playing: sudo cpupower frequency-set -g performance"
        yield Finding(NOTE, f"CPU governor {', '.join(sorted(governors))} saves power at the cost of dropouts", mend)
    elif governors:
        yield Finding(OK, "CPU governor performance")


def check_midi(settings: config.Config) -> Iterator[Finding]:
    """Look for MIDI inputs."""
    from rt.audio.device import quiet
    from rt.control import midi

    if settings.midi.input == "none":
        return
    try:
        with quiet():
            ports = midi.list_ports(settings.midi.api)
    except BridgeError as error:
        yield Finding(NOTE, f"{error}")
        return
    yield Finding(OK, f"MIDI inputs: {', '.join(ports)}" if ports else "MIDI works; no keyboard is plugged in")


def check_osc(settings: config.Config) -> Iterator[Finding]:
    """Try the UDP port."""
    host, port = settings.osc.host, settings.osc.port
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind((host, port))
        yield Finding(OK, f"OSC port {port} on {host} is free")
    except OSError as error:
        mend = "stop the program that has it (another bridge?), or choose another with --osc-port"
        yield Finding(BAD, f"OSC port {port} on {host}: {error.strerror or error}", mend)


def _installed(name: str) -> Any:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _is_writable(place: Path) -> bool:
    while not place.exists():
        place = place.parent
    return os.access(place, os.W_OK)
