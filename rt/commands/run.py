"""`latent-bridge run`: play until stopped."""

from __future__ import annotations

import argparse
from functools import partial

from rt.config import flags
from rt.config.config import Config

SUMMARY = "play by MIDI and OSC until Ctrl-C"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add a flag for every setting that one changes from run to run."""
    flags.add_config(parser)
    flag = partial(flags.add_flag, parser)
    flag("--bundle", "model.bundle", metavar="NAME")
    flag("--provider", "model.provider")
    flag("--audio", "audio.output", metavar="portaudio|file:OUT.wav|none")
    flag("--host-api", "audio.host_api", metavar="NAME")
    flag("--device", "audio.device", metavar="NAME")
    flag("--sample-rate", "audio.sample_rate_hz", metavar="HZ")
    flag("--block", "audio.block_samples", metavar="N")
    flag("--lead", "audio.lead_blocks", metavar="N")
    flag("--midi-in", "midi.input", metavar="PORT")
    flag("--midi-api", "midi.api")
    flag("--osc-host", "osc.host", metavar="HOST")
    flag("--osc-port", "osc.port", metavar="PORT")
    flag("--osc-clients", "osc.clients", type=_texts, metavar="HOST,...", help="addresses or networks, with commas, "
         "that /lb/notify may name besides this machine and the sender's own")  # fmt: skip
    flag("--no-oscquery", "osc.query", const=False, help="do not tell the OSC namespace by HTTP")
    flag("--instrument", "engine.instrument", metavar="NAME")
    flag("--voices", "engine.voices", metavar="N")
    flag("--phase", "engine.phase")
    flag("--iterations", "engine.iterations", metavar="N")
    flag("--gain", "engine.gain_db", metavar="DB")
    flag("--alive", "engine.alive", metavar="X")
    flags.add_stereo(parser)
    flag("--listen", "listen.on")
    flag("--input", "listen.device", metavar="NAME")
    flag("--input-channel", "listen.channel", metavar="N")
    flag("--midi-out", "listen.midi_out", metavar="PORT")
    flag("--poly", "tracker.poly", metavar="N")
    flag("--echo", "listen.echo", metavar="INSTRUMENT", help="listen, and play what is heard on this instrument")
    flag("--transfer", "listen.transfer", help="listen, and turn the free voice into what is heard")
    flag("--demo", "run.demo")
    flag("--seconds", "run.seconds", metavar="S")


def read_config(arguments: argparse.Namespace) -> Config:
    """Merge the default settings, the file of `--config` and the flags that were given."""
    given = vars(arguments)
    if given.get("listen.echo") or given.get("listen.transfer"):
        given["listen.on"] = True
    return flags.read(arguments)


def _texts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def run(arguments: argparse.Namespace) -> int:
    """Play; 0 when stopped by a signal or after `--seconds`."""
    settings = read_config(arguments)
    from rt.host.server import serve  # loads PortAudio, which --help need not wait for

    return serve(settings)
