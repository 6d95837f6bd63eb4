"""The JACK server restarted while a bridge plays and listens."""

from __future__ import annotations

import os
import signal
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rt.arrays import F32
from rt.units import hz_of_note
from tests.attack.live import Target, check_segments
from tests.attack.report import Report
from tests.system.jackd import AGAIN_S, Jackd
from tests.system.osc_client import Osc
from tests.system.program import BridgeProgram, descendants
from tests.system.rig import Rig

HOW = (signal.SIGKILL, signal.SIGTERM)
PAUSES_S = (0.0, 1.0)
LONG_S = 20.0
LONG = (12, 33)
"""Cases with the long pause."""
SHAPES = ((128, 48_000), (256, 44_100), (64, 48_000), (512, 96_000), (128, 44_100))
"""Block in samples and rate in Hz of the next servers."""
BACK_S = 15.0
MEDIAN_S = 2.0
HEARD_S = 3.0
TONE_S = 10.0
HELD, BY_MIDI, BY_OSC, SUNG = 64, 69, 72, 60


def restarts(n_cases: int) -> Report:
    """The server ends so often, half of it under a bridge that listens; each time all is back, and nothing is left."""
    report = Report("server restarts")
    took_s: list[float] = []
    _restart(report, took_s, range(n_cases // 2))
    _restart(report, took_s, range(n_cases // 2, n_cases), "--listen")
    median_s = statistics.median(took_s)
    report.figures["back after"] = f"{median_s:.2f} s (median), {max(took_s):.2f} s (max) from the server's answer on"
    report.check(median_s < MEDIAN_S, f"the median of the time until all is back is {median_s:.2f} s")
    return report


def _restart(report: Report, took_s: list[float], cases: range, *flags: str) -> None:
    """Restart the server under one bridge; adds the seconds that each recovery takes to `took_s`."""
    listens = "--listen" in flags
    with Jackd(options=("-r",)) as jackd:  # only an asynchronous server goes on without a client that was killed
        os.environ.update(jackd.environment)
        flags = ("--host-api", "JACK", "--midi-api", "jack", *flags)
        with BridgeProgram(*flags, environment=jackd.environment) as bridge, Osc(bridge.osc_port) as osc:
            bridge.wait_ready()
            here = Target(bridge, _join(jackd, listens=listens), osc)
            _check_life(here, report, "before", listens=listens)
            here.before = here.facts()  # what hears takes its memory when it first hears something
            n_processes = len(descendants(here.pid))
            for k in cases:
                how, n_back = HOW[k % 2], bridge.output.count("sound is back")
                case = f"{how.name} {k}{' listening' if listens else ''}"
                here.osc.send("/lb/note", HELD, 100)
                here.rig.send(0x90, HELD + 1, 100)
                if listens:
                    here.rig.play(_tone(here.rig.client.samplerate))
                time.sleep(0.4)
                here.see_segments()
                jackd.stop(how)
                here.rig.client.close()
                time.sleep(LONG_S if k in LONG else PAUSES_S[k // 2 % 2])
                jackd.period, jackd.rate_hz = SHAPES[k // 2 % len(SHAPES)]
                jackd.start()
                answer_s = time.monotonic() - (AGAIN_S if how == signal.SIGKILL else 0.0)
                report.count(how.name)
                if not _is_sound_back(bridge, n_back):
                    report.fault(f"{case}: no sound after {BACK_S:.0f} s: {bridge.output[-200:]}")
                    return
                try:
                    here.rig = _join_again(report, jackd, listens=listens)
                    took_s.append(time.monotonic() - answer_s)
                    _check_life(here, report, case, listens=listens)
                except pytest.fail.Exception as error:
                    report.fault(f"{case}: {error}; the bridge says {bridge.output[-300:]}")
                    print(case, error, bridge.output, jackd.read_log()[-3000:], sep="\n")
                    return
                report.check(len(descendants(here.pid)) == n_processes, f"{case}: {_processes(here.pid)}")
            here.check(report, same=False)
            here.rig.client.close()
    check_segments(report, here)


def _join(jackd: Jackd, *, listens: bool) -> Rig:
    """A client at the other ends of the bridge's ports, which it waits for."""
    rig = Rig(jackd, seconds=20.0)
    try:
        rig.connect_bridge()
        if listens:
            rig.connect_microphone()
            rig.connect_notes()
    except pytest.fail.Exception:
        rig.client.close()
        raise
    return rig


def _join_again(report: Report, jackd: Jackd, *, listens: bool) -> Rig:
    """The same; a server that does not serve our own client (its log says "Process error") is joined once more."""
    try:
        return _join(jackd, listens=listens)
    except pytest.fail.Exception:
        report.figures["test client joined twice"] = str(int(report.figures.get("test client joined twice", "0")) + 1)
        return _join(jackd, listens=listens)


def _check_life(here: Target, report: Report, case: str, *, listens: bool) -> None:
    """All that the bridge did before the restart it does again."""
    report.check(here.status()["voices"] == 0, f"{case}: held notes came back")
    report.check(here.level(0.1) < 1e-3, f"{case}: something sounds")
    is_on = _is_done(here, (0x90, BY_MIDI, 100), lambda: here.level(0.05) > 0.01)
    report.check(is_on, f"{case}: a MIDI note does not sound")
    is_off = _is_done(here, (0x80, BY_MIDI, 0), lambda: here.level(0.05) < 1e-3)
    report.check(is_off, f"{case}: a MIDI note does not end")
    here.osc.send("/lb/note", BY_OSC, 100)
    report.check(_within(HEARD_S, lambda: here.level(0.05) > 0.01), f"{case}: a note does not sound")
    here.osc.send("/lb/note", BY_OSC, 0)
    report.check(_within(HEARD_S, lambda: here.status()["voices"] == 0), f"{case}: a note does not end")
    if listens:
        here.rig.play(_tone(here.rig.client.samplerate))
        is_heard = _within(HEARD_S, lambda: any(m[0] & 0xF0 == 0x90 and m[1] == SUNG for _, m in here.rig.heard))
        report.check(is_heard, f"{case}: what is sung is not heard")
        here.rig.play(np.zeros(1, np.float32))


def _is_done(here: Target, message: tuple[int, ...], is_so: Callable[[], bool]) -> bool:
    """Whether something comes true after a MIDI message; sent again only where JACK itself lost a block."""
    for _ in range(3):
        n_lost = here.rig.n_gaps + here.rig.n_xruns
        here.rig.send(*message)
        if _within(HEARD_S, is_so):
            return True
        if here.rig.n_gaps + here.rig.n_xruns == n_lost:
            return False
    return False


def _is_sound_back(bridge: BridgeProgram, n_before: int) -> bool:
    return _within(BACK_S, lambda: bridge.output.count("sound is back") > n_before)


def _within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    end_s = time.monotonic() + seconds
    while not (is_it := is_so()) and time.monotonic() < end_s:
        time.sleep(0.01)
    return is_it


def _tone(rate_hz: int) -> F32:
    """(n_samples,) a note with overtones, longer than anything here."""
    phase = 2.0 * np.pi * hz_of_note(SUNG) / rate_hz * np.arange(int(TONE_S * rate_hz))
    return np.asarray(sum(0.2 / n * np.sin(n * phase) for n in range(1, 6)), np.float32)


def _processes(pid: int) -> str:
    """The processes of a bridge in words, with those that ended and were never waited for."""
    stats = [Path(f"/proc/{other}/stat") for other in descendants(pid)]
    return "its processes are " + "; ".join(stat.read_text()[:40] for stat in stats if stat.exists())
