"""A DAW and the bridge: Ardour, without a window, plays a MIDI region into it and records it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jack
import numpy as np
import pytest
import soundfile

from tests.system.jackd import RATE_HZ, Jackd
from tests.system.pitch import autocorrelation_hz, cents_off, level_db
from tests.system.program import BridgeProgram
from tests.system.waiting import needs, until

FOLDER = Path(__file__).parent / "ardour"
NOTES = (69, 72)
NOTE_S = 1.5
PERIOD = 1024
LIMIT_S = 120


def ardour() -> str:
    """Ardour's Lua interpreter of any version."""
    found = [name for version in range(7, 12) if (name := shutil.which(f"ardour{version}-lua"))]
    return found[-1] if found else needs("ardour7-lua")


@pytest.fixture(scope="module")
def server() -> Iterator[Jackd]:
    """An asynchronous JACK server with long blocks: a DAW that opens a session does not hold up its clock."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the JACK tests run on Linux")
    with Jackd(PERIOD, options=("-r", "-t", "5000")) as running:
        yield running


def ports(server: Jackd, pattern: str, *, midi: bool) -> list[str]:
    client = jack.Client("look", servername=server.name, no_start_server=True)
    try:
        return [p.name for p in client.get_ports(pattern, is_midi=midi, is_audio=not midi, is_input=midi)]
    finally:
        client.close()


def test_ardour_plays_a_midi_region_and_records_it_in_tune(server: Jackd, tmp_path: Path) -> None:
    tool = ardour()
    flags = ("--host-api", "JACK", "--midi-api", "jack", "--instrument", "trumpet", "--no-oscquery")
    with BridgeProgram(*flags, environment=server.environment) as bridge:
        bridge.wait_ready()
        audio = until(lambda: ports(server, "PortAudio:out", midi=False), 30, "no audio port of the bridge")
        midi = until(lambda: ports(server, "latent-bridge", midi=True), 30, "no MIDI port of the bridge")
        session = tmp_path / "dawtest" / "dawtest.ardour"
        edit = f"{sys.executable} {FOLDER / 'put_region.py'} {session} play {NOTE_S} {' '.join(map(str, NOTES))}"
        environment = os.environ | server.environment | {
            "HOME": str(tmp_path), "EDIT": edit,
            "AUDIO": audio[0], "MIDI": midi[0], "SECONDS": str(NOTE_S * len(NOTES) + 0.3), "LIMIT": str(LIMIT_S - 30),
        }  # fmt: skip
        log = tmp_path / "log"
        with log.open("w") as out:
            subprocess.run(
                [tool, str(FOLDER / "record.lua")], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, timeout=LIMIT_S, check=False,
            )  # fmt: skip
        told = log.read_text(errors="replace")[-3000:]
        assert "saved" in told, f"{told}\nbridge: {bridge.output[-500:]}\njackd: {server.read_log()[-1500:]}"
    recordings = list((tmp_path / "dawtest" / "interchange" / "dawtest" / "audiofiles").glob("*rec*.wav"))
    assert len(recordings) == 1, told
    sound, rate_hz = soundfile.read(recordings[0], dtype="float32")
    assert rate_hz == RATE_HZ
    assert len(sound) >= NOTE_S * len(NOTES) * RATE_HZ
    for k, note in enumerate(NOTES):
        start = round((k * NOTE_S + 0.4) * RATE_HZ)
        pieces = [sound[start + 4800 * i : start + 4800 * (i + 2)] for i in range(7)]
        assert level_db(np.concatenate(pieces)) > -45
        found = [cents_off(autocorrelation_hz(piece, RATE_HZ), note) for piece in pieces]  # a block may be lost
        assert abs(float(np.median(found))) < 15, (note, found)
