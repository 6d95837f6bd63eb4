"""`latent-bridge devices`: where sound and notes can go to and come from."""

from __future__ import annotations

import argparse

from rt.errors import DeviceError

SUMMARY = "list audio devices and MIDI ports"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Print all lists; a part that is missing is said, and does not hide the other."""
    from rt.audio import device

    print("Audio (--host-api, --device, --input)")
    try:
        devices = device.list_devices()
        for api in dict.fromkeys(d.host_api for d in devices):
            print(f"  {api}")
            for d in devices:
                if d.host_api == api:
                    ends = f"{d.n_inputs} in, {d.n_outputs} out"
                    facts = f"{ends}, {d.sample_rate_hz:g} Hz, {1e3 * d.latency_s:.1f} ms"
                    defaults = (", default input" if d.is_default_input else "") + (", default" if d.is_default else "")
                    print(f"    {d.name:40} {facts}{defaults}")
        if not devices:
            print("  none; plug one in or start a JACK server")
    except DeviceError as error:
        print(f"  none: {error}")
    for title, outputs in (("MIDI inputs (--midi-in)", False), ("MIDI outputs (--midi-out)", True)):
        print(title)
        _print_ports(outputs=outputs)
    return 0


def _print_ports(*, outputs: bool) -> None:
    from rt.audio import device
    from rt.midi import midi_systems

    found: list[str] = []
    reason = ""
    for api, mark in (("jack", " (JACK)"), ("auto", "")):
        try:
            with device.quiet():
                names = midi_systems.list_ports(api, outputs=outputs)
        except DeviceError as error:
            reason = str(error)  # the platform's, which comes last
            continue
        found += [
            f"{name}{mark}" for name in names or ["none yet; the bridge opens a virtual port where there are any"]
        ]
    for line in found or [reason]:
        print(f"  {line}")
