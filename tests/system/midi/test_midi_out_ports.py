"""MIDI outputs on a real JACK server: they open, end their notes, vanish and come back."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess

import pytest

from rt.errors import DeviceError
from rt.midi import midi_systems
from rt.midi.output import MidiOutput
from tests.support.recording_bridge import RecordingBridge
from tests.system.jackd import Jackd
from tests.system.midi.clients import Synthesizer, list_clients, settle
from tests.system.waiting import needs

if importlib.util.find_spec("rtmidi") is None and os.environ.get("CI") != "true":
    pytest.skip("python-rtmidi is not installed", allow_module_level=True)


def make_output(bridge: RecordingBridge, choice: str) -> MidiOutput:
    return MidiOutput(choice, api="auto", client_name="latent-bridge", jack=True, report=bridge.report)


def test_an_output_of_our_own_ends_its_notes_when_it_closes(server: Jackd, bridge: RecordingBridge) -> None:
    synthesizer = Synthesizer("synthesizer")
    with make_output(bridge, "virtual") as output:
        output.start()
        assert output.port == "latent-bridge-out:midi_out"
        command = [needs("jack_connect"), "latent-bridge-out:midi_out", "synthesizer:playback"]
        subprocess.run(command, check=True, timeout=10)
        settle()
        for note in (60, 64):
            output.send(0x92, note, 100)
        assert synthesizer.heard(2) == [[0x92, 60, 100], [0x92, 64, 100]]
    assert synthesizer.heard(2) == [[0x82, 60, 0], [0x82, 64, 0]]
    assert not any("latent-bridge" in name for name in list_clients())
    synthesizer.close()


def test_an_output_by_name_may_go_and_come_back(server: Jackd, bridge: RecordingBridge) -> None:
    with pytest.raises(DeviceError, match=r"no MIDI output port has 'organ' in its name; there are none at all"):
        make_output(bridge, "organ").start()
    synthesizer = Synthesizer("Organ")
    assert midi_systems.list_ports("jack", outputs=True) == ["Organ:playback"]
    with make_output(bridge, "organ") as output:
        output.start()
        assert output.port == "Organ:playback"
        settle()
        output.send(0x90, 60, 100)
        assert synthesizer.heard(1) == [[0x90, 60, 100]]
        synthesizer.close()
        output.poll()
        assert output.port == ""
        assert bridge.told[-1] == "MIDI output Organ:playback has gone"
        output.send(0x80, 60, 0)
        synthesizer = Synthesizer("Organ")
        output.poll()
        assert bridge.told[-1] == "MIDI output Organ:playback is open"
        settle()
        output.send(0x90, 61, 100)
        assert synthesizer.heard(1) == [[0x90, 61, 100]]
    synthesizer.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_output_is_made_again_on_a_new_server_only(server: Jackd, bridge: RecordingBridge, how: int) -> None:
    with make_output(bridge, "virtual") as output:
        output.start()
        other = Synthesizer("other")
        client = output._rt
        output.is_stale = True
        output.poll()
        assert output._rt is client, "connections to it would be lost"
        other.close()
        server.stop(how)
        server.start()
        output.is_stale = True
        output.poll()
        assert output.port == "latent-bridge-out:midi_out"
        assert "latent-bridge-out" in list_clients()


def test_no_output_is_wanted_or_there_is_none(bridge: RecordingBridge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "nobody-has-this-name")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    with make_output(bridge, "none") as output:
        output.start()
        output.send(0x90, 60, 100)
        output.poll()
    assert bridge.told == []
    with make_output(bridge, "virtual") as output:
        output.start()
        output.send(0x90, 60, 100)
        output.poll()
    assert bridge.told[0].startswith("no MIDI output: MIDI system 'jack' cannot be opened")
