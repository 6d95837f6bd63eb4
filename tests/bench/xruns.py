"""Lost blocks, stuck notes and memory under random playing: `python -m tests.bench.xruns [--minutes 10]`.

Random notes keep about eight voices sounding, OSC latents come 100 times a second, and a control client in C sits in
the same graph: what it loses is lost to the machine. Wants real-time priority (`jackd -R`) and says when it has none.
With `--listen` the bridge also hears itself, and every note that it tells by MIDI must end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from rt.bundle import bundle
from tests.bench.record import save
from tests.system.jackd import Jackd, may_use_fifo
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram, descendants, role_of
from tests.system.waiting import needs

N_VOICES = 8
LATENTS_PER_S = 100
INSTRUMENTS = ("alto sax", "flute", "piano", "trumpet", "violin")


def build_control(folder: Path) -> Path:
    """Compile the control client."""
    program = folder / "control"
    source = Path(__file__).with_name("control.c")
    done = subprocess.run([needs("cc"), "-O2", "-Wall", str(source), "-o", str(program), "-ljack"], check=False)
    if done.returncode:
        raise SystemExit("the control client cannot be compiled; install libjack-jackd2-dev")
    return program


def resident_mb(pid: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class PlayedNotes:
    """What the bridge tells by MIDI; rtmidi's own thread takes it."""

    def __init__(self, server: Jackd) -> None:
        import rtmidi

        os.environ.update(server.environment)
        self._rt = rtmidi.MidiIn(rtapi=rtmidi.API_UNIX_JACK, name="notes", queue_size_limit=1 << 16)
        self._rt.open_virtual_port("in")
        self._held: set[int] = set()
        self.n_heard = 0
        for source, target in (("latent-bridge-out:midi_out", "notes:in"), ("PortAudio:out_0", "PortAudio:in_0")):
            subprocess.run([needs("jack_connect"), source, target], check=True)

    def read(self) -> None:
        """Take what has come."""
        while (timed := self._rt.get_message()) is not None:
            kind, note, velocity = timed[0]
            if kind & 0xF0 == 0x90 and velocity:
                self._held.add(note)
                self.n_heard += 1
            else:
                self._held.discard(note)

    @property
    def n_stuck(self) -> int:
        """Notes that did not end."""
        self.read()
        return len(self._held)

    def close(self) -> None:
        """Leave the graph."""
        self._rt.close_port()
        self._rt.delete()


class RandomPlayer:
    """Random notes: about `N_VOICES` at a time, on five channels."""

    def __init__(self, osc: Osc) -> None:
        self._osc = osc
        self._random = np.random.default_rng(0)
        self._held: list[tuple[int, int]] = []
        for channel, name in enumerate(INSTRUMENTS):
            osc.send("/lb/instrument", name, channel + 1)

    def step(self) -> None:
        """Let go the oldest note if there are enough, and play a new one."""
        if len(self._held) >= N_VOICES:
            self._release(self._held.pop(0))
        key = (int(self._random.integers(50, 85)), int(self._random.integers(1, 6)))
        if key not in self._held:
            self._osc.send("/lb/note", key[0], int(self._random.integers(20, 128)), key[1])
            self._held.append(key)

    def release(self) -> None:
        """Let all go."""
        while self._held:
            self._release(self._held.pop())

    def _release(self, key: tuple[int, int]) -> None:
        self._osc.send("/lb/note", key[0], 0, key[1])


def main() -> None:
    """Run, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--block", type=int, default=128)
    parser.add_argument("--lead", type=int, default=0)
    parser.add_argument("--listen", action="store_true")
    parser.add_argument("--bundle", default="default")
    arguments = parser.parse_args()
    seconds = 60 * arguments.minutes
    is_fifo = may_use_fifo()
    options = ("-R", "-P", "60") if is_fifo else ("-r",)
    if not is_fifo:
        print("no real-time priority here: both will lose many more blocks than on a machine set up for audio")
    z = bundle.load(arguments.bundle).manifest.latent
    flags = ["--host-api", "JACK", "--lead", str(arguments.lead), "--bundle", arguments.bundle]
    flags += ["--listen"] if arguments.listen else []
    random = np.random.default_rng(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        Jackd(arguments.block, options=options) as server,
        BridgeProgram(*flags, environment=server.environment) as bridge,
    ):
        program = build_control(Path(folder))
        bridge.wait_ready()
        notes = PlayedNotes(server) if arguments.listen else None
        assert bridge.process is not None
        pids = [bridge.process.pid, *descendants(bridge.process.pid)]
        roles = ["host", *(role_of(pid) for pid in pids[1:])]
        control = subprocess.Popen(
            [program, str(seconds + 600)], env=os.environ | server.environment,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            with Osc(bridge.osc_port) as osc:
                player = RandomPlayer(osc)
                osc.send("/lb/interp", "linear", 0.05)
                osc.send("/lb/gate", 1)
                time.sleep(1.0)
                before = {
                    name: server.read_log().count(f"{name} was not finished") for name in ("PortAudio", "control")
                }
                start_s = time.monotonic()
                memory: list[tuple[float, list[float]]] = []
                n = 0
                while (now_s := time.monotonic() - start_s) < seconds:
                    if n % 15 == 0:
                        player.step()
                        if notes is not None:
                            notes.read()
                    osc.send("/lb/latent", *(float(v) for v in random.uniform(z.low, z.high)))
                    if not memory or now_s > memory[-1][0] + 10:
                        memory.append((now_s, [resident_mb(pid) for pid in pids]))
                    n += 1
                    time.sleep(max(0.0, start_s + n / LATENTS_PER_S - time.monotonic()))
                log = server.read_log()
                lost = {name: log.count(f"{name} was not finished") - count for name, count in before.items()}
                memory.append((seconds, [resident_mb(pid) for pid in pids]))
                player.release()
                osc.send("/lb/gate", 0)
                time.sleep(8.0)
                status = osc.ask("/lb/status.reply", "/lb/status")
                n_stuck = notes.n_stuck if notes is not None else 0
        finally:
            if notes is not None:
                notes.close()
            control.terminate()
            control.wait()
    after_first = next(m for at_s, m in memory if at_s >= min(60.0, seconds / 2))
    growth = [end - begin for begin, end in zip(after_first, memory[-1][1], strict=True)]
    text = "; ".join(f"{a:.1f} -> {b:.1f} MB" for a, b in zip(after_first, memory[-1][1], strict=True))
    print(
        f"{arguments.minutes:g} min at block {arguments.block}, {'SCHED_FIFO' if is_fifo else 'no real-time priority'}"
    )
    print(f"blocks lost: bridge {lost['PortAudio']}, control {lost['control']}")
    print(f"sounding voices at the end: {status[0]}; underflows that PortAudio saw: {status[3]}; stolen: {status[9]}")
    print(f"memory after the first minute and at the end ({', '.join(roles)}): {text}")
    n_heard = notes.n_heard if notes is not None else 0
    if notes is not None:
        print(f"notes heard: {n_heard}, stuck: {n_stuck}; samples of the microphone lost: {status[14]}")
    ok = lost["PortAudio"] <= 2 * lost["control"] + 5 and status[0] == n_stuck == 0 and max(growth) < 5
    print("within the target" if ok else "NOT within the target")
    save(
        "xruns", minutes=arguments.minutes, block=arguments.block, lead=arguments.lead, fifo=is_fifo, lost=lost,
        voices_at_end=status[0], growth_mb=growth, ok=ok, listens=arguments.listen, heard=n_heard, stuck=n_stuck,
    )  # fmt: skip


if __name__ == "__main__":
    main()
