"""`latent-bridge run`: play until stopped."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rt.config import config

SUMMARY = "play by MIDI and OSC until Ctrl-C"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add a flag for every setting that one changes from run to run; its destination is the setting's name."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings; flags win over it")
    parser.set_defaults(flags=[])

    def flag(name: str, setting: str, explanation: str, **options: Any) -> None:
        parser.add_argument(name, dest=setting, help=explanation, default=None, **options)
        parser.get_default("flags").append(setting)

    flag("--bundle", "model.bundle", "folder of a model, or the name of a shipped one", metavar="NAME")
    flag("--provider", "model.provider", "what computes the model", choices=config.PROVIDERS)
    flag(
        "--audio",
        "audio.output",
        "a sound device, a WAV file, or none: only listen",
        metavar="portaudio|file:OUT.wav|none",
    )
    flag(
        "--host-api",
        "audio.host_api",
        "audio system, by part of its name (JACK, ALSA, Core Audio, WASAPI)",
        metavar="NAME",
    )
    flag("--device", "audio.device", "audio device, by part of its name; see latent-bridge devices", metavar="NAME")
    flag("--sample-rate", "audio.sample_rate_hz", "in Hz; 0: the device's own", type=int, metavar="HZ")
    flag("--block", "audio.block_samples", "samples per audio block; 0: the device's own", type=int, metavar="N")
    flag("--lead", "audio.lead_blocks", "blocks rendered ahead; 0: in the audio callback", type=int, metavar="N")
    flag("--midi-in", "midi.input", "auto, none, virtual, or part of a port's name", metavar="PORT")
    flag("--midi-api", "midi.api", "MIDI system", choices=config.MIDI_APIS)
    flag("--osc-host", "osc.host", "address that hears OSC; 0.0.0.0: the whole network", metavar="HOST")
    flag("--osc-port", "osc.port", "UDP port that hears OSC", type=int, metavar="PORT")
    flag("--no-oscquery", "osc.query", "do not tell the OSC namespace by HTTP", action="store_const", const=False)
    flag("--instrument", "engine.instrument", "what all channels play at start", metavar="NAME")
    flag("--voices", "engine.voices", "notes that sound at once", type=int, metavar="N")
    flag("--phase", "engine.phase", "how phases are found", choices=config.PHASES)
    flag("--iterations", "engine.iterations", "Griffin-Lim iterations per hop, 0-4", type=int, metavar="N")
    flag("--gain", "engine.gain_db", "output level in dB", type=float, metavar="DB")
    flag("--alive", "engine.alive", "how far the sound wanders, 0-1", type=float, metavar="X")
    flag("--listen", "listen.on", "tell the notes in the microphone by MIDI and OSC", action="store_const", const=True)
    flag("--input", "listen.device", "input to listen to, by part of its name", metavar="NAME")
    flag("--input-channel", "listen.channel", "which of its channels, from 1", type=int, metavar="N")
    flag("--midi-out", "listen.midi_out", "virtual, none, or part of a port's name", metavar="PORT")
    flag("--poly", "tracker.poly", "notes heard at once, 1-16; 1 follows a melody", type=int, metavar="N")
    flag("--echo", "listen.echo", "listen, and play what is heard on this instrument", metavar="INSTRUMENT")
    flag(
        "--transfer", "listen.transfer", "listen, and turn the free voice into what is heard",
        action="store_const", const=True,
    )  # fmt: skip
    flag("--demo", "run.demo", "play a demo phrase", action="store_const", const=True)
    flag("--seconds", "run.seconds", "stop after so many seconds; 0: never", type=float, metavar="S")


def read_config(arguments: argparse.Namespace) -> config.Config:
    """Merge the default settings, the file of `--config` and the flags that were given."""
    given = {name: value for name in arguments.flags if (value := getattr(arguments, name)) is not None}
    if given.get("listen.echo") or given.get("listen.transfer"):
        given["listen.on"] = True
    return config.load(arguments.config, given)


def run(arguments: argparse.Namespace) -> int:
    """Play; 0 when stopped by a signal or after `--seconds`."""
    settings = read_config(arguments)
    from rt.host.server import serve  # loads PortAudio, which --help need not wait for

    return serve(settings)
