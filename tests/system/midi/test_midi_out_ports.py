"""MIDI outputs on a real JACK server: they open, end their notes, vanish and come back."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess

import pytest

from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.midi import driver
from rt.midi.link import MidiLink
from rt.signals import ENDING
from tests.support.recording_bridge import RecordingBridge
from tests.system.jackd import Jackd
from tests.system.midi.clients import Synthesizer, list_clients, settle
from tests.system.waiting import needs, until

if importlib.util.find_spec("rtmidi") is None and os.environ.get("CI") != "true":
    pytest.skip("python-rtmidi is not installed", allow_module_level=True)

OWN = "latent-bridge-out:midi_out"


def make_output(bridge: RecordingBridge, choice: str) -> MidiLink:
    config = MidiConfig(input="none", api="auto", port_name="latent-bridge")
    return MidiLink(config, bridge, jack=True, bend_range_semitones=2.0, output=choice)


def connect() -> None:
    subprocess.run([needs("jack_connect"), OWN, "synthesizer:playback"], check=True, timeout=10)
    settle()


def wait_port(engine_client: MidiLink, port: str) -> None:
    def is_open() -> bool:
        engine_client.poll()
        return engine_client.output == port

    until(is_open, 8, f"the output is not {port!r}")


def test_an_output_of_our_own_ends_its_notes_when_it_closes(server: Jackd, bridge: RecordingBridge) -> None:
    synthesizer = Synthesizer("synthesizer")
    with make_output(bridge, "virtual") as engine_client:
        engine_client.open_output()
        assert engine_client.output == OWN
        connect()
        for note in (60, 64):
            engine_client.send(0x92, note, 100)
        assert synthesizer.heard(2) == [[0x92, 60, 100], [0x92, 64, 100]]
    assert synthesizer.heard(2) == [[0x82, 60, 0], [0x82, 64, 0]]
    assert not any("latent-bridge" in name for name in list_clients())
    synthesizer.close()


def test_notes_of_a_process_that_was_killed_end_when_the_port_is_connected_again(
    mortal: Jackd, bridge: RecordingBridge
) -> None:
    synthesizer = Synthesizer("synthesizer")
    with make_output(bridge, "virtual") as engine_client:
        engine_client.open_output()
        connect()
        engine_client.send(0x92, 60, 100)
        assert synthesizer.heard(1) == [[0x92, 60, 100]]
        assert engine_client.pid is not None
        os.kill(engine_client.pid, signal.SIGKILL)
        wait_port(engine_client, "")
        assert engine_client.n_lost == 1
        wait_port(engine_client, OWN)
        connect()
        assert synthesizer.heard(2) == [[0xB2, 123, 0], [0x82, 60, 0]]
    synthesizer.close()


@pytest.mark.parametrize("how", ENDING)
def test_a_process_that_is_asked_to_end_ends_its_notes_first(
    server: Jackd, bridge: RecordingBridge, how: signal.Signals
) -> None:
    synthesizer = Synthesizer("synthesizer")
    with make_output(bridge, "virtual") as engine_client:
        engine_client.open_output()
        connect()
        engine_client.send(0x92, 60, 100)
        assert synthesizer.heard(1) == [[0x92, 60, 100]]
        assert engine_client.pid is not None
        os.kill(engine_client.pid, how)
        assert synthesizer.heard(1) == [[0x82, 60, 0]]
        wait_port(engine_client, "")
        wait_port(engine_client, OWN)
    synthesizer.close()


def test_an_output_by_name_may_go_and_come_back(server: Jackd, bridge: RecordingBridge) -> None:
    with (
        make_output(bridge, "organ") as engine_client,
        pytest.raises(DeviceError, match=r"no MIDI output port has 'organ' in its name; there are none at all"),
    ):
        engine_client.open_output()
    synthesizer = Synthesizer("Organ")
    assert driver.list_ports("jack", outputs=True) == ["Organ:playback"]
    with make_output(bridge, "organ") as engine_client:
        engine_client.open_output()
        assert engine_client.output == "Organ:playback"
        settle()
        engine_client.send(0x90, 60, 100)
        assert synthesizer.heard(1) == [[0x90, 60, 100]]
        synthesizer.close()
        wait_port(engine_client, "")
        assert bridge.told[-1] == "MIDI output Organ:playback has gone"
        engine_client.send(0x80, 60, 0)
        synthesizer = Synthesizer("Organ")
        wait_port(engine_client, "Organ:playback")
        settle()
        engine_client.send(0x90, 61, 100)
        assert synthesizer.heard(1) == [[0x90, 61, 100]]
    synthesizer.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_output_is_made_again_on_a_new_server_only(server: Jackd, bridge: RecordingBridge, how: int) -> None:
    with make_output(bridge, "virtual") as engine_client:
        engine_client.open_output()
        pid = engine_client.pid
        engine_client.renew()
        assert engine_client.pid == pid, "connections to it would be lost"
        server.stop(how)
        wait_port(engine_client, "")
        engine_client.poll()
        next_pid = engine_client.pid
        assert next_pid not in (None, pid)
        server.start()
        engine_client.renew()
        wait_port(engine_client, OWN)
        assert engine_client.pid == next_pid, "it waits for the server by itself, and may be joining it"
        assert "latent-bridge-out" in list_clients()


def test_no_output_is_wanted_or_there_is_none(bridge: RecordingBridge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "nobody-has-this-name")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    with make_output(bridge, "none") as engine_client:
        engine_client.open_output()
        engine_client.send(0x90, 60, 100)
        engine_client.poll()
    assert bridge.told == []
    with make_output(bridge, "virtual") as engine_client:
        engine_client.open_output()
        engine_client.send(0x90, 60, 100)
        engine_client.poll()
    assert bridge.told[0].startswith("no MIDI output: MIDI system 'jack' cannot be opened")
