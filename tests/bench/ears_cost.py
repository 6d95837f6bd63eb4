"""Share of one core that listening takes, host and engine process apart: `python -m tests.bench.ears_cost`.

A JACK server that runs by the clock, block 128 at 48 kHz. The microphone gets silence, room noise, a held note and a
melody, while the bridge only listens (`--audio none`), and a melody while it also plays eight notes; the same without
listening is what playing takes. A share is processor time over time passed, of all threads of a process.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from rt.arrays import F32
from tests.bench.listen_material import noises
from tests.bench.record import save
from tests.system.jackd import RATE_HZ, Jackd, may_use_fifo
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram, descendants
from tests.system.rig import Rig
from tests.system.waiting import until

N_VOICES = 8
NOTE_S, GAP_S = 0.25, 0.05
TARGET = 0.05


def tone(note: int, seconds: float) -> F32:
    """Seven partials, (n_samples,), that fade in and out within milliseconds."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    edge = np.minimum(np.minimum(time_s, time_s[::-1]) / 0.005, 1.0)
    hz = 440.0 * 2 ** ((note - 69) / 12)
    return np.asarray(edge * sum(0.1 / k * np.sin(2 * np.pi * hz * k * time_s) for k in range(1, 8)), np.float32)


def melody(seconds: float) -> F32:
    """Random notes of a quarter of a second with short gaps, (n_samples,)."""
    random = np.random.default_rng(0)
    gap = np.zeros(int(GAP_S * RATE_HZ), np.float32)
    n = int(seconds / (NOTE_S + GAP_S))
    return np.concatenate([part for note in random.integers(50, 80, n) for part in (tone(int(note), NOTE_S), gap)])


def cpu_s(pid: int) -> float:
    """Processor time that all threads of a process have used; those that ended are not in it."""
    total_ns = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total_ns += int((task / "schedstat").read_text().split()[0])
    return 1e-9 * total_ns


def shares(pids: list[int], seconds: float) -> list[float]:
    """Share of a core of every process from now on."""
    begin_s, before = time.monotonic(), [cpu_s(pid) for pid in pids]
    time.sleep(seconds)
    passed_s = time.monotonic() - begin_s
    return [(cpu_s(pid) - used) / passed_s for pid, used in zip(pids, before, strict=True)]


@contextmanager
def running(*flags: str, block: int, listens: bool) -> Iterator[tuple[Rig, Osc, list[int]]]:
    """A server, a bridge and a client on both sides of it; process numbers of host and engine."""
    options = ("-R", "-P", "60") if may_use_fifo() else ("-r",)
    with (
        Jackd(block, options=options) as server,
        BridgeProgram("--host-api", "JACK", "--midi-in", "none", *flags, environment=server.environment) as bridge,
        Rig(server, seconds=1.0) as rig,
        Osc(bridge.osc_port) as osc,
    ):
        bridge.wait_ready()
        assert bridge.process is not None
        if listens:
            rig.connect_microphone()
            rig.connect_notes()
            until(lambda: osc.ask("/lb/status.reply", "/lb/status")[12] == 1, 20, "it does not listen")
        time.sleep(1.0)
        yield rig, osc, [bridge.process.pid, *descendants(bridge.process.pid)]


def show(what: str, found: list[float], figures: dict[str, list[float]]) -> None:
    """Print a row of the table, and keep it."""
    host, engine = found
    figures[what] = [host, engine]
    print(f"| {what} | {100 * host:.1f} % | {100 * engine:.1f} % | {100 * (host + engine):.1f} % |", flush=True)


def main() -> None:
    """Run, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of every state")
    parser.add_argument("--block", type=int, default=128)
    parser.add_argument("--bundle", default="default")
    arguments = parser.parse_args()
    seconds, figures = arguments.seconds, dict[str, list[float]]()
    print("| state | host | engine process | together |")
    print("| --- | --- | --- | --- |")
    lasting_s = seconds + 4.0
    heard = {
        "silence": np.zeros(1, np.float32),
        "room noise at -50 dBFS": noises(lasting_s)["room noise at -50 dBFS"],
        "a held note": tone(57, lasting_s),
        "a melody": melody(lasting_s),
    }
    common = ("--bundle", arguments.bundle)
    with running(*common, "--listen", "--audio", "none", block=arguments.block, listens=True) as (rig, osc, pids):
        for name, sound in heard.items():
            rig.play(sound)
            time.sleep(1.0)
            show(f"only listening: {name}", shares(pids, seconds), figures)
        osc.ask("/lb/done", "/lb/listen", 0)
        show("only listening: after /lb/listen 0", shares(pids, seconds / 3), figures)
    for name, flags in (("playing", ()), ("playing and listening", ("--listen",))):
        with running(*common, *flags, block=arguments.block, listens=bool(flags)) as (rig, osc, pids):
            for k in range(N_VOICES):
                osc.send("/lb/note", 50 + 4 * k, 90)
            if flags:
                rig.play(heard["a melody"])
            time.sleep(1.0)
            show(f"{name}, {N_VOICES} voices", shares(pids, seconds), figures)
    worst = max(sum(found) for name, found in figures.items() if name.startswith("only listening"))
    print(f"load average {os.getloadavg()[0]:.1f}; {'within' if worst <= TARGET else 'NOT within'} the target of 5 %")
    save("ears_cost", seconds=seconds, block=arguments.block, shares=figures, ok=worst <= TARGET)


if __name__ == "__main__":
    main()
