"""Real notes into the microphone port, MIDI from the output port: `python -m tests.bench.listen FOLDER [--files 100]`.

FOLDER holds the Philharmonia's samples. Every file is retuned to its label, as the preparation of a corpus does it,
and played into a JACK server that runs by the clock; what comes back is counted: whether the first note is right, notes
beyond it, and the time from the onset, which is where the 5 ms level comes within 20 dB of the loudest, to the MIDI
message. Then a minute each of room noise, hum and silence. `--echo INSTRUMENT` measures an echo instead: its pitch and
the time from onset to sound. `--only sax` takes one of the instruments.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rt.arrays import F32
from rt.bundle import bundle
from rt.bundle.manifest import InstrumentSpec
from rt.config import config
from rt.model import ListenerModel
from rt.transcribe import NoteStarted, Transcriber
from rt.units import hz_of_note, name_of_note
from tests.bench.listen_material import Clip, load_clips, noises
from tests.bench.record import save
from tests.support.listening import cents, frequency_hz
from tests.system.jackd import RATE_HZ, Jackd, may_use_fifo
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram
from tests.system.rig import Rig
from tests.system.waiting import until

BEFORE_S, AFTER_S = 0.25, 0.35
NOISE_S = 60.0
ECHO_CENTS = 15.0


class Outcome(NamedTuple):
    """What came of one clip."""

    clip: Clip
    first: int | None
    """The first note."""
    late_ms: float | None
    """From the onset to the right note."""
    decided_ms: float | None
    """The same, without the way there and back: when the ears decide."""
    wrong: int
    repeated: int


def play(rig: Rig, sound: F32) -> int:
    """Play with silence before and after; the position of the first sample of `sound`."""
    rig.rewind()
    silence = np.zeros(int(BEFORE_S * RATE_HZ), np.float32)
    rig.play(np.concatenate([silence, sound]))
    until(lambda: rig.played_at >= 0 and not rig.is_playing, 30 + len(sound) / RATE_HZ, "the clock stands still", 0.005)
    rig.wait_samples(int(AFTER_S * RATE_HZ))
    return rig.played_at + len(silence)


def decide(transcriber: Transcriber, clip: Clip) -> float | None:
    """Milliseconds from the onset of a clip to the decision for its note."""
    silence = np.zeros(int(BEFORE_S * RATE_HZ), np.float32)
    heard = transcriber.hear(np.concatenate([silence, clip.sound]))
    transcriber.stop()
    events = [event for _, events in heard for event in events if isinstance(event, NoteStarted)]
    right_s = [event.at_s for event in events if event.note == clip.note]
    return 1e3 * (right_s[0] - BEFORE_S - clip.onset / RATE_HZ) if right_s else None


def listen(rig: Rig, transcriber: Transcriber, clip: Clip) -> Outcome:
    """Play one clip and judge what came back."""
    for _ in range(3):
        n_gaps = rig.n_gaps
        start = play(rig, clip.sound)
        if rig.n_gaps == n_gaps:  # the rig itself was not held up
            break
    ons = [(at, data[1]) for at, data in rig.heard if data[0] & 0xF0 == 0x90 and data[2] > 0]
    right = [at for at, note in ons if note == clip.note]
    late_ms = 1e3 * (right[0] - start - clip.onset) / RATE_HZ if right else None
    wrong = len(ons) - len(right)
    return Outcome(clip, ons[0][1] if ons else None, late_ms, decide(transcriber, clip), wrong, max(len(right) - 1, 0))


def report(outcomes: list[Outcome], *, tell_errors: bool) -> dict[str, dict[str, float]]:
    """Print the table and the distribution; the figures by instrument."""
    figures: dict[str, dict[str, float]] = {}
    print("| | files | right note first | spurious in 100 (wrong + repeated) "
          "| onset to MIDI, median | p10 | p90 | p99 | decided |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for instrument in [*dict.fromkeys(o.clip.instrument for o in outcomes), ""]:
        own = [o for o in outcomes if instrument in ("", o.clip.instrument)]
        late = [o.late_ms for o in own if o.late_ms is not None and o.first == o.clip.note]
        right = 100.0 * float(np.mean([o.first == o.clip.note for o in own]))
        wrong, repeated = (100.0 * sum(getattr(o, kind) for o in own) / len(own) for kind in ("wrong", "repeated"))
        p10, median, p90, p99 = np.percentile(late, [10, 50, 90, 99]) if late else (np.nan,) * 4
        decided = float(np.median([o.decided_ms for o in own if o.decided_ms is not None] or [np.nan]))
        name = instrument or "all"
        print(
            f"| {name} | {len(own)} | {right:.1f} % | {wrong + repeated:.1f} ({wrong:.1f} + {repeated:.1f}) "
            f"| {median:.1f} ms | {p10:.1f} | {p90:.1f} | {p99:.1f} | {decided:.1f} |"
        )
        figures[name] = {
            "files": len(own), "right": right, "wrong": wrong, "repeated": repeated,
            "p10_ms": float(p10), "median_ms": float(median), "p90_ms": float(p90), "p99_ms": float(p99),
            "decided_ms": decided,
        }  # fmt: skip
        if instrument and late:
            edges = [-50, 0, 20, 30, 40, 50, 60, 80, 100, 150, 200, 400, 1e9]
            counts, _ = np.histogram(late, edges)
            bars = (f"{low:g}+:{n}" for low, n in zip(edges, counts, strict=False) if n)
            print(f"  {instrument}, notes by ms from the onset: {'  '.join(bars)}")
    if tell_errors:
        for o in outcomes:
            if o.first != o.clip.note or o.wrong or o.repeated:
                first = "nothing" if o.first is None else name_of_note(o.first)
                print(f"  {o.clip.name}: first {first}, {o.wrong} wrong, {o.repeated} repeated")
    return figures


def octaves_to(instrument: InstrumentSpec, note: int) -> int:
    """How many octaves a note is moved to be within an instrument's reach."""
    above = math.ceil((instrument.low_note - note) / 12)
    below = math.ceil((note - instrument.high_note) / 12)
    return above if above > 0 else -max(below, 0)


def measure_echo(rig: Rig, clips: list[Clip], instrument: InstrumentSpec) -> None:
    """Print how far an echo on an instrument is off pitch, and how late it is."""
    off, late_ms = [], []
    for clip in clips:
        start = play(rig, clip.sound)
        heard = rig.sound[: rig.position]
        loud = np.abs(heard[start + clip.onset :]) > 10 ** (-50.0 / 20.0)
        if not loud.any():
            print(f"  {clip.name}: no echo")
            continue
        begin = start + clip.onset + int(np.argmax(loud))
        late_ms.append(1e3 * (begin - start - clip.onset) / RATE_HZ)
        length = int(min(0.4 * RATE_HZ, 0.6 * (len(clip.sound) - clip.onset)))
        source = clip.sound[len(clip.sound) // 2 - length // 2 : len(clip.sound) // 2 + length // 2]
        middle = start + len(clip.sound) // 2
        echo = heard[middle - length // 2 : middle + length // 2]
        n_octaves = octaves_to(instrument, clip.note)
        expected = frequency_hz(source, near_hz=hz_of_note(clip.note)) * 2.0**n_octaves
        off.append(abs(cents(frequency_hz(echo, near_hz=hz_of_note(clip.note + 12 * n_octaves)), expected)))
        if off[-1] > ECHO_CENTS:
            print(f"  {clip.name}: {off[-1]:.1f} cents off")
        rig.settle()
    within = 100.0 * float(np.mean(np.asarray(off) <= ECHO_CENTS))
    print(f"{len(off)} echoes: {np.median(off):.1f} cents off in the middle, p90 {np.percentile(off, 90):.1f}; "
          f"{within:.0f} % within 15 cents")  # fmt: skip
    print(f"onset to sound: median {np.median(late_ms):.0f} ms, p10-p90 {np.percentile(late_ms, 10):.0f}-"
          f"{np.percentile(late_ms, 90):.0f}")  # fmt: skip
    save("echo", n=len(off), median_cents=float(np.median(off)), within_15_cents=within,
         median_late_ms=float(np.median(late_ms)))  # fmt: skip


def main() -> None:
    """Run, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=100, help="of each instrument; 9999: all")
    parser.add_argument("--only", default="", metavar="NAME", help="part of an instrument's name")
    parser.add_argument("--bundle", default="default")
    parser.add_argument("--block", type=int, default=128)
    parser.add_argument("--noise", type=float, default=NOISE_S, metavar="S", help="length of each noise; 0: none")
    parser.add_argument("--echo", metavar="INSTRUMENT")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings of the bridge")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--errors", action="store_true", help="print every file that was not heard right")
    arguments = parser.parse_args()
    clips = load_clips(arguments.folder, arguments.files, arguments.seed, arguments.only)
    is_fifo = may_use_fifo()
    flags = ["--host-api", "JACK", "--midi-in", "none", "--bundle", arguments.bundle, "--listen"]
    flags += ["--echo", arguments.echo] if arguments.echo else ["--audio", "none"]
    flags += ["--config", str(arguments.config)] if arguments.config else []
    with (
        Jackd(arguments.block, options=("-R", "-P", "60") if is_fifo else ("-r",)) as server,
        BridgeProgram(*flags, environment=server.environment) as bridge,
        Rig(server, seconds=10.0) as rig,
        Osc(bridge.osc_port) as osc,
    ):
        bridge.wait_ready()
        rig.connect_microphone()
        rig.connect_notes()
        until(lambda: osc.ask("/lb/status.reply", "/lb/status")[12] == 1, 20, "it does not listen")
        time.sleep(1.0)
        if arguments.echo:
            audio = until(lambda: rig.ports("PortAudio", is_audio=True, is_output=True), 10, "no port of the bridge")
            rig.client.connect(audio[0], "rig:in")
            manifest = bundle.load(arguments.bundle).manifest
            index = manifest.instrument_index(arguments.echo)
            assert index is not None, "the bridge has refused it"
            measure_echo(rig, clips, manifest.instruments[index])
            return
        settings = config.load(arguments.config)
        ears = ListenerModel.load(bundle.load(arguments.bundle), "cpu")
        transcriber = Transcriber(ears, sample_rate_hz=RATE_HZ, listener=settings.listener, tracker=settings.tracker)
        figures = report([listen(rig, transcriber, clip) for clip in clips], tell_errors=arguments.errors)
        false_notes = {}
        for name, sound in noises(arguments.noise).items() if arguments.noise else ():
            play(rig, sound)
            false_notes[name] = sum(data[0] & 0xF0 == 0x90 and data[2] > 0 for _, data in rig.heard)
            print(f"{arguments.noise:g} s of {name}: {false_notes[name]} notes")
        lost = osc.ask("/lb/status.reply", "/lb/status")[14]
        print(f"samples lost: {lost}; cycles that the rig lost: {rig.n_gaps}; load average {os.getloadavg()[0]:.1f}")
    save(
        "listen", block=arguments.block, bundle=Path(arguments.bundle).name, fifo=is_fifo, seed=arguments.seed,
        notes=figures, false_notes=false_notes, samples_lost=lost, rig_gaps=rig.n_gaps,
    )  # fmt: skip


if __name__ == "__main__":
    main()
