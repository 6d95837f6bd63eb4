"""MIDI inputs on a real JACK server: they open, play, vanish and come back."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import threading
import time

import pytest

from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.events import AllNotesOff, Event, NoteOff, NoteOn
from rt.midi import driver
from rt.midi.link import MidiLink
from rt.parameters import SUSTAIN
from tests.support.recording_bridge import RecordingBridge
from tests.system.jackd import Jackd
from tests.system.midi.clients import Keyboard, list_clients
from tests.system.waiting import needs, until

if importlib.util.find_spec("rtmidi") is None and os.environ.get("CI") != "true":
    pytest.skip("python-rtmidi is not installed", allow_module_level=True)


def open_inputs(bridge: RecordingBridge, choice: str) -> MidiLink:
    config = MidiConfig(input=choice, api="auto", port_name="latent-bridge")
    return MidiLink(config, bridge, jack=True, bend_range_semitones=2.0)


def wait_ports(engine_client: MidiLink, ports: list[str]) -> None:
    """Tend the link as the server does until these are open."""

    def are_open() -> bool:
        engine_client.poll()
        return engine_client.ports == ports

    until(are_open, 8, f"the ports are not {ports}")


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
        wait_ports(inputs, ["latent-bridge:midi_in", "a2j:capture"])
        hardware.send(0x92, 60, 100)
        hardware.send(0xB2, 64, 127)
        assert has(bridge, SUSTAIN.on(2, True))
        hardware.close()
        wait_ports(inputs, ["latent-bridge:midi_in"])
        assert bridge.events[-2:] == [SUSTAIN.on(2, False), AllNotesOff(2)]
        assert "a2j:capture has gone" in bridge.told[-1]
        again = Keyboard("a2j")
        wait_ports(inputs, ["latent-bridge:midi_in", "a2j:capture"])
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
        wait_ports(inputs, [])
        first = Keyboard("Grand Piano")
        wait_ports(inputs, ["Grand Piano:capture"])
    with pytest.raises(DeviceError, match=r"has 'organ' in its name; there are .*other:capture"):
        open_inputs(bridge, "organ").start()
    assert sorted(driver.list_ports("jack")) == ["Grand Piano:capture", "other:capture"]
    assert not any("latent-bridge" in name for name in list_clients())
    first.close()
    second.close()


def test_none_and_virtual(server: Jackd, bridge: RecordingBridge) -> None:
    hardware = Keyboard("a2j")
    with open_inputs(bridge, "none") as inputs:
        assert inputs.ports == []
        inputs.poll()
        inputs.renew()
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
        wait_ports(inputs, [])
        assert has(bridge, AllNotesOff(0))
        server.start()
        begin_s = time.monotonic()
        wait_ports(inputs, ["latent-bridge:midi_in"])
        assert time.monotonic() - begin_s < 2.0
        player = Keyboard("player", "latent-bridge:midi_in")
        player.send(0x95, 70, 1)
        assert has(bridge, NoteOn(5, 70, 1))
        player.close()
    until(lambda: threading.active_count() <= n_threads, 5, "a thread is left")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_midi_process_that_is_lost_comes_back(mortal: Jackd, bridge: RecordingBridge, how: int) -> None:
    with open_inputs(bridge, "auto") as inputs:
        player = Keyboard("player", "latent-bridge:midi_in")
        player.send(0x90, 60, 100)
        assert has(bridge, NoteOn(0, 60, 100))
        pid = inputs.pid
        assert pid is not None
        os.kill(pid, how)
        wait_ports(inputs, [])
        assert inputs.n_lost == 1
        assert bridge.events[-1] == AllNotesOff(0)
        wait_ports(inputs, ["latent-bridge:midi_in"])
        player.close()
    assert bridge.told == []


def test_a_cable_that_is_pulled_or_a_sender_that_dies_ends_its_notes(server: Jackd, bridge: RecordingBridge) -> None:
    with open_inputs(bridge, "virtual"):
        for end in ("cable", "sender"):
            player = Keyboard("player", "latent-bridge:midi_in")
            time.sleep(0.2)
            player.send(0x90, 60, 100)
            assert has(bridge, NoteOn(0, 60, 100))
            if end == "cable":
                subprocess.run([needs("jack_disconnect"), "player:capture", "latent-bridge:midi_in"], check=True)
                assert has(bridge, AllNotesOff(0))
            player.close()
            assert has(bridge, AllNotesOff(0))
            bridge.events.clear()


def test_after_a_flood_nothing_hangs_and_one_line_is_said(
    server: Jackd, bridge: RecordingBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, send = threading.Event(), bridge.send

    def send_late(event: Event) -> None:
        may_go_on.wait(20)  # a host that is busy meanwhile
        send(event)

    monkeypatch.setattr(bridge, "send", send_late)
    with open_inputs(bridge, "virtual"):
        player = Keyboard("player", "latent-bridge:midi_in")
        player.send(0x90, 60, 100)
        for number in range(25_000):
            player.rt.send_message((0x90, 60 + number % 20, 100))
            if number % 64 == 0:
                time.sleep(0.004)
        may_go_on.set()
        assert has(bridge, AllNotesOff(0))
        player.send(0x91, 61, 99)
        assert has(bridge, NoteOn(1, 61, 99))
        player.close()
    assert len(bridge.told) == 1
    assert "faster than they can be played" in bridge.told[0]


def test_without_a_server_auto_is_told_and_a_name_is_an_error(
    bridge: RecordingBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "nobody-has-this-name")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    with open_inputs(bridge, "auto") as inputs:
        assert inputs.ports == []
        inputs.poll()
    assert bridge.told[0].startswith("no MIDI: ")
    with pytest.raises(DeviceError, match=r"start a JACK server, or set midi\.input to none"):
        open_inputs(bridge, "virtual").start()
