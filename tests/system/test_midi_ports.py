"""MIDI ports on a real JACK server: they open, play, vanish and come back."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from rt.config import MidiConfig
from rt.control import midi
from rt.control.midi_inputs import MidiInputs
from rt.control.midi_output import MidiOutput
from rt.errors import DeviceError
from rt.events import AllNotesOff, Event, NoteOff, NoteOn, Sustain
from tests.recording_bridge import RecordingBridge
from tests.system.waiting import needs, until

if importlib.util.find_spec("rtmidi") is None and os.environ.get("CI") != "true":
    pytest.skip("python-rtmidi is not installed", allow_module_level=True)


SETTLE_S = 0.2
"""A busy machine's graph may take a few cycles until a new connection carries messages."""


class Jackd:
    """A JACK server with the dummy driver that can be killed and started again under its name.

    A killed one keeps one of the eight places for servers until another of its name ends in peace: always restart it.
    """

    def __init__(self) -> None:
        self.name = f"lb{uuid.uuid4().hex[:10]}"
        self.environment = {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }
        self.start()

    def start(self) -> None:
        command = [needs("jackd"), "-r", "-n", self.name, "-d", "dummy", "-r", "48000", "-p", "128"]
        wait = [needs("jack_wait"), "-s", self.name, "-w", "-t", "10"]
        null = subprocess.DEVNULL
        self._process = subprocess.Popen(command, env=os.environ | self.environment, stdout=null, stderr=null)
        if subprocess.run(wait, check=False, stdout=null, stderr=null).returncode or self._process.poll() is not None:
            self.stop()
            pytest.fail("jackd did not start")

    def stop(self, how: int = signal.SIGTERM) -> None:
        self._process.send_signal(how)
        self._process.wait(5)


class Keyboard:
    """A JACK client with one MIDI output; no Python runs in its realtime thread."""

    def __init__(self, name: str, to: str = "") -> None:
        import rtmidi

        self.rt = rtmidi.MidiOut(rtapi=rtmidi.API_UNIX_JACK, name=name)
        if to:
            self.rt.open_port(self.rt.get_ports().index(to), "capture")
            time.sleep(SETTLE_S)
        else:
            self.rt.open_virtual_port("capture")

    def send(self, *message: int) -> None:
        self.rt.send_message(message)

    def close(self) -> None:
        self.rt.close_port()
        self.rt.delete()


class Synthesizer:
    """A JACK client with one MIDI input."""

    def __init__(self, name: str) -> None:
        import rtmidi

        self.rt = rtmidi.MidiIn(rtapi=rtmidi.API_UNIX_JACK, name=name)
        self.rt.open_virtual_port("playback")

    def heard(self, n_messages: int) -> list[list[int]]:
        """The next messages; fewer when they do not come in time."""
        found: list[list[int]] = []
        end_s = time.monotonic() + 2.0
        while len(found) < n_messages and time.monotonic() < end_s:
            if (timed := self.rt.get_message()) is not None:
                found.append(timed[0])
            else:
                time.sleep(0.002)
        return found

    def close(self) -> None:
        self.rt.close_port()
        self.rt.delete()


def list_clients() -> set[str]:
    """Names of all clients that have ports."""
    ports = subprocess.run([needs("jack_lsp")], capture_output=True, text=True, check=True).stdout.split()
    return {port.split(":")[0] for port in ports}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jackd]:
    running = Jackd()
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    yield running
    running.stop()


@pytest.fixture
def bridge() -> RecordingBridge:
    return RecordingBridge()


def open_inputs(bridge: RecordingBridge, choice: str) -> MidiInputs:
    config = MidiConfig(input=choice, api="auto", port_name="latent-bridge")
    return MidiInputs(config, bridge, jack=True, bend_range_semitones=2.0)


def has(bridge: RecordingBridge, event: Event) -> bool:
    return bridge.wait_for(lambda: event in bridge.events)


def test_notes_arrive_from_other_clients_and_from_hardware(server: Jackd, bridge: RecordingBridge) -> None:
    hardware = Keyboard("a2j")
    with open_inputs(bridge, "auto") as inputs:
        assert inputs.ports == ["latent-bridge:midi_in", "a2j:capture"]
        player = Keyboard("player", "latent-bridge:midi_in")
        player.send(0x90, 60, 100)
        hardware.send(0x91, 61, 99)
        player.send(0x80, 60, 0)
        for event in (NoteOn(0, 60, 100), NoteOn(1, 61, 99), NoteOff(0, 60)):
            assert has(bridge, event)
        clients = list_clients()
        for _ in range(50):
            inputs.poll()
        assert list_clients() == clients, "listing ports makes no clients"
    assert not any("latent-bridge" in name for name in list_clients())
    player.close()
    hardware.close()


def test_a_keyboard_that_is_unplugged_lets_go_and_comes_back(server: Jackd, bridge: RecordingBridge) -> None:
    with open_inputs(bridge, "auto") as inputs:
        assert inputs.ports == ["latent-bridge:midi_in"]
        hardware = Keyboard("a2j")
        inputs.poll()
        assert inputs.ports == ["latent-bridge:midi_in", "a2j:capture"]
        hardware.send(0x92, 60, 100)
        hardware.send(0xB2, 64, 127)
        assert has(bridge, Sustain(2, True))
        hardware.close()
        inputs.poll()
        assert inputs.ports == ["latent-bridge:midi_in"]
        assert bridge.events[-2:] == [Sustain(2, False), AllNotesOff(2)]
        assert "a2j:capture has gone" in bridge.told[-1]
        again = Keyboard("a2j")
        inputs.poll()
        time.sleep(SETTLE_S)
        again.send(0x93, 60, 100)
        assert has(bridge, NoteOn(3, 60, 100))
        again.close()


def test_a_port_by_part_of_its_name(server: Jackd, bridge: RecordingBridge) -> None:
    first, second = Keyboard("Grand Piano"), Keyboard("other")
    with open_inputs(bridge, "grand") as inputs:
        assert inputs.ports == ["Grand Piano:capture"]
        second.send(0x90, 1, 1)
        first.send(0x90, 60, 100)
        assert has(bridge, NoteOn(0, 60, 100))
        assert NoteOn(0, 1, 1) not in bridge.events
        first.close()
        inputs.poll()
        assert inputs.ports == []
        first = Keyboard("Grand Piano")
        inputs.poll()
        time.sleep(SETTLE_S)
        assert inputs.ports == ["Grand Piano:capture"]
    with pytest.raises(DeviceError, match=r"has 'organ' in its name; there are .*other:capture"):
        open_inputs(bridge, "organ").start()
    assert sorted(midi.list_ports("jack")) == ["Grand Piano:capture", "other:capture"]
    assert not any("latent-bridge" in name for name in list_clients())
    first.close()
    second.close()


def test_none_and_virtual(server: Jackd, bridge: RecordingBridge) -> None:
    hardware = Keyboard("a2j")
    with open_inputs(bridge, "none") as inputs:
        assert inputs.ports == []
        inputs.poll()
        inputs.reopen()
        assert inputs.ports == []
    with open_inputs(bridge, "virtual") as inputs:
        inputs.poll()
        assert inputs.ports == ["latent-bridge:midi_in"]
    hardware.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_reopening_after_the_server_was_replaced(server: Jackd, bridge: RecordingBridge, how: int) -> None:
    n_threads = threading.active_count()
    hardware = Keyboard("a2j")
    with open_inputs(bridge, "auto") as inputs:
        hardware.send(0x90, 60, 100)
        assert has(bridge, NoteOn(0, 60, 100))
        server.stop(how)
        hardware.close()
        inputs.poll()
        inputs.reopen()
        assert inputs.ports == []
        assert AllNotesOff(0) in bridge.events
        assert "no MIDI" in bridge.told[-1]
        server.start()
        begin_s = time.monotonic()
        inputs.reopen()
        assert time.monotonic() - begin_s < 2.0
        assert inputs.ports == ["latent-bridge:midi_in"]
        player = Keyboard("player", "latent-bridge:midi_in")
        player.send(0x95, 70, 1)
        assert has(bridge, NoteOn(5, 70, 1))
        player.close()
    until(lambda: threading.active_count() <= n_threads, 5, "a thread is left")


def test_without_a_server_auto_is_told_and_a_name_is_an_error(
    bridge: RecordingBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "nobody-has-this-name")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    with open_inputs(bridge, "auto") as inputs:
        assert inputs.ports == []
        inputs.poll()
    assert bridge.told[0].startswith("no MIDI: ")
    with pytest.raises(DeviceError, match=r"set midi\.api, or midi\.input to none"):
        open_inputs(bridge, "virtual").start()


def make_output(bridge: RecordingBridge, choice: str) -> MidiOutput:
    return MidiOutput(choice, api="auto", client_name="latent-bridge", jack=True, tell=bridge.tell)


def test_an_output_of_our_own_ends_its_notes_when_it_closes(server: Jackd, bridge: RecordingBridge) -> None:
    synthesizer = Synthesizer("synthesizer")
    with make_output(bridge, "virtual") as output:
        output.start()
        assert output.port == "latent-bridge-out:midi_out"
        command = [needs("jack_connect"), "latent-bridge-out:midi_out", "synthesizer:playback"]
        subprocess.run(command, check=True)
        time.sleep(SETTLE_S)
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
    assert midi.list_ports("jack", outputs=True) == ["Organ:playback"]
    with make_output(bridge, "organ") as output:
        output.start()
        assert output.port == "Organ:playback"
        time.sleep(SETTLE_S)
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
        time.sleep(SETTLE_S)
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
