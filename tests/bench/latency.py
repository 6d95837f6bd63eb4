"""From a MIDI event to its sound, in samples: `python -m tests.bench.latency [--notes 40] [--blocks 64 128 256]`.

A JACK client sends notes at random samples of a block and records the answer, on a synchronous server whose clock waits
for everybody, so that the figures are those of the programs and not of a busy machine. Beside the bridge a trivial sine
server on the same libraries and FluidSynth are measured in the same way. Device latency is not in it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rt.arrays import F32
from tests.bench.record import save
from tests.system.jackd import RATE_HZ, Jackd
from tests.system.program import ROOT, BridgeProgram
from tests.system.rig import Rig
from tests.system.waiting import until

SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
TRUMPET = 56
NOTE = 69
HOLD_S, REST_S = 0.25, 0.25


@contextlib.contextmanager
def playing_bridge(server: Jackd, *flags: str) -> Iterator[tuple[str, str]]:
    """The bridge; patterns of its MIDI and audio ports."""
    with BridgeProgram("--host-api", "JACK", *flags, environment=server.environment) as bridge:
        bridge.wait_ready()
        yield "latent-bridge", "PortAudio"


@contextlib.contextmanager
def playing(command: list[str], server: Jackd, midi: str, audio: str) -> Iterator[tuple[str, str]]:
    """Another program on the same server."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | server.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield midi, audio
    finally:
        process.terminate()
        process.wait(10)


def measure(server: Jackd, midi: str, audio: str, n_notes: int) -> tuple[F32, F32, int]:
    """Samples to the first sound and to half the steady amplitude, per note; and the gaps of the rig itself."""
    random = np.random.default_rng(0)
    first, half = [], []
    with Rig(server) as rig:
        until(lambda: rig.ports(midi, is_midi=True, is_input=True), 40, f"no MIDI port {midi}")
        rig.connect_bridge(midi, audio)
        rig.record(0.5)
        rig.send(0xC0, TRUMPET)
        rig.record(0.2)
        for _ in range(n_notes):
            rig.rewind()
            rig.send(0x90, NOTE, 110, offset=int(random.integers(0, server.period)))
            rig.record(HOLD_S)
            at = rig.sent[-1][0]
            heard = np.abs(rig.sound[at : rig.position])
            rig.send(0x80, NOTE, 0)
            rig.record(0.02)
            rig.send(0xB0, 120, 0)
            rig.record(REST_S)
            steady = heard[int(0.15 * RATE_HZ) :].max()
            if steady < 1e-3:
                raise SystemExit(f"{midi} is silent")
            first.append(int(np.argmax(heard > 1e-4)))
            half.append(int(np.argmax(heard >= 0.5 * steady)))
        return np.array(first, np.float32), np.array(half, np.float32), rig.n_gaps


def main() -> None:
    """Print and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=40)
    parser.add_argument("--blocks", type=int, nargs="+", default=[64, 128, 256])
    parser.add_argument("--lead", type=int, nargs="+", default=[0], help="leads of the bridge to measure")
    arguments = parser.parse_args()
    print("| block | program | first sound, median | max | to -6 dB, median | max |")
    print("| --- | --- | --- | --- | --- | --- |")
    for block in arguments.blocks:
        with Jackd(block) as server:
            programs = {
                f"latent-bridge{f' --lead {lead}' if lead else ''}": playing_bridge(
                    server, "--mono", "--lead", str(lead)
                )
                for lead in arguments.lead
            }
            sine = [sys.executable, "-m", "tests.bench.sine_server"]
            programs["sine server"] = playing(sine, server, "sine-server", "PortAudio")
            if (fluidsynth := shutil.which("fluidsynth")) and SOUNDFONT.exists():
                options = ["-a", "jack", "-m", "jack", "-j", "-r", str(RATE_HZ), "-R", "0", "-C", "0", "-g", "0.8"]
                options += ["-o", f"audio.jack.server={server.name}", "-o", f"midi.jack.server={server.name}"]
                command = [fluidsynth, *options, str(SOUNDFONT)]
                programs["FluidSynth"] = playing(command, server, "fluidsynth", "fluidsynth")
            else:
                print(f"(without FluidSynth: it needs the program fluidsynth and {SOUNDFONT})", flush=True)
            for name, running in programs.items():
                with running as (midi, audio):
                    first, half, n_gaps = measure(server, midi, audio, arguments.notes)
                figures = [np.median(first), first.max(), np.median(half), half.max()]
                print(f"| {block} | {name} | {' | '.join(f'{v:.0f}' for v in figures)} |", flush=True)
                if n_gaps:
                    print(f"(the rig lost {n_gaps} blocks: do not trust this line)")
                names = ("first_median", "first_max", "half_median", "half_max")
                numbers = dict(zip(names, map(float, figures), strict=True))
                save("latency", block=block, program=name, notes=arguments.notes, gaps=n_gaps, **numbers)


if __name__ == "__main__":
    main()
