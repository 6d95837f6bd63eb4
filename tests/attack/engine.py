"""The engine killed and stopped while it plays, and floods of MIDI."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time

import pytest

from rt.host.supervisor import QUICK_S
from tests.attack.live import Target, check_segments, target
from tests.attack.report import Report

HOW = (signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGSTOP)
BACK_S = 15.0
LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}


def engine_kills(n_cases: int) -> Report:
    """The engine ends or stops in the middle of a note so often; it comes back, and nothing is left of it."""
    report = Report("engine kills")
    with target(urgent_clock=False) as here:  # only an asynchronous server goes on without a client that was killed
        took_s = []
        for k in range(n_cases):
            here.osc.send("/lb/note", 60 + k % 12, 100)
            time.sleep(0.2)
            here.see_segments()
            how, pid, n_back = HOW[k % len(HOW)], _engine(here), here.bridge.output.count("sound is back")
            os.kill(pid, how)
            start_s = time.monotonic()
            while here.bridge.output.count("sound is back") == n_back and time.monotonic() - start_s < BACK_S:
                time.sleep(0.01)
            took_s.append(time.monotonic() - start_s)
            report.count(how.name)
            if took_s[-1] >= BACK_S:
                report.fault(f"{how.name} {k}: not back after {BACK_S:.0f} s: {here.bridge.output[-200:]}")
                break
            if os.path.exists(f"/proc/{pid}"):
                report.fault(f"{how.name} {k}: the old engine is still there")
            time.sleep(QUICK_S)  # six lives in a row that end sooner would be given up
        report.figures["back after"] = f"{statistics.median(took_s):.2f} s (median), {max(took_s):.2f} s (max)"
        try:
            here.rig.connect_sound()
        except pytest.fail.Exception as error:
            report.fault(f"{error}; the bridge says {here.bridge.output[-300:]}")
        else:
            here.check(report, same=False)
    check_segments(report, here)
    return report


def midi_messages(n_cases: int) -> Report:
    """Random MIDI, then notes as fast as 10,000 a second; what is held must end."""
    report, chance = Report("MIDI messages"), random.Random(5)
    with target() as here:
        for k in range(n_cases // 2):
            here.rig.send(*_message(chance))
            report.count("random")
            if k % 200 == 199:
                _wait_sent(here)
        _wait_sent(here)
        for channel in range(16):
            for controller, value in ((121, 0), (7, 100), (11, 127), (64, 0), (123, 0)):
                here.rig.send(0xB0 | channel, controller, value)
            here.rig.send(0xE0 | channel, 0, 64)
        _wait_sent(here)
        held: list[tuple[int, int]] = []
        start_s = time.monotonic()
        for k in range(n_cases // 2):
            if held and chance.random() < 0.5:
                channel, note = held.pop(chance.randrange(len(held)))
                here.rig.send(0x80 | channel, note, 0)
            else:
                channel, note = chance.randrange(16), chance.randrange(128)
                held.append((channel, note))
                here.rig.send(0x90 | channel, note, chance.randrange(1, 128))
            report.count("fast notes")
            if k % 20 == 19:
                time.sleep(max(0.0, start_s + (k + 1) / 10_000 - time.monotonic()))
        for channel, note in held:
            here.rig.send(0x80 | channel, note, 0)
        _wait_sent(here)
        time.sleep(4.0)
        report.check(here.status()["voices"] == 0, f"{here.status()['voices']} voices hang after fast notes")
        report.figures["lines said"] = str(here.bridge.output.count("\n"))
        here.check(report)
    return report


def _engine(here: Target) -> int:
    return next(facts["pid"] for role, facts in here.facts().items() if "engine_process" in role)


def _wait_sent(here: Target) -> None:
    end_s = time.monotonic() + 120.0
    while here.rig.is_sending and time.monotonic() < end_s:
        time.sleep(0.005)


def _message(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.85:
        status = chance.choice(list(LENGTHS))
        return bytes([status | chance.randrange(16), *(chance.randrange(128) for _ in range(LENGTHS[status] - 1))])
    if kind < 0.95:
        return b"\xf0" + bytes(chance.randrange(128) for _ in range(chance.randrange(40))) + b"\xf7"
    return bytes([chance.choice((0xF6, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF))])
