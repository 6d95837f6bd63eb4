"""`/lb/preset`, and MIDI's bank of presets, on the real OSC server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rt.events import Event
from rt.midi.channels import MidiChannels
from rt.parameters import GAIN, INSTRUMENT, LEGATO
from rt.presets.library import PresetLibrary
from rt.presets.presets import Presets
from tests.support.recording_bridge import RecordingBridge
from tests.unit.osc.wire import Client


@pytest.fixture(autouse=True)
def keeper(host: RecordingBridge, tmp_path: Path) -> Iterator[Presets]:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in ("Alpha", "Gamma"):
        (shipped / f"{name}.toml").write_text('format = 1\n[all_channels]\ninstrument = "Flute"\n', encoding="utf-8")
    with Presets(host, PresetLibrary(tmp_path / "mine", shipped), host.values) as host.preset_keeper:
        yield host.preset_keeper


def sent(host: RecordingBridge) -> list[Event]:
    found, host.events = host.events, []
    return found


def test_what_is_saved_comes_back(client: Client, host: RecordingBridge) -> None:
    client.send("/lb/gain", -6.0)
    client.send("/lb/instrument", "piano", 2)
    client.send("/lb/legato", 1, 0.25, 2)
    assert client.ask("/lb/preset", "save", "My Piano") == ["/lb/done", "/lb/preset", "save My Piano"]
    client.send("/lb/legato", 0, 0.1, 0)
    client.send("/lb/instrument", "violin", 0)
    client.send("/lb/gain", 0.0)
    assert client.ask("/lb/sync", 1) == ["/lb/synced", 1]
    sent(host)
    assert client.ask("/lb/preset", "load", "my piano") == ["/lb/done", "/lb/preset", "load my piano"]
    assert {GAIN.set(-6.0), INSTRUMENT.on(1, 2.0), LEGATO.on(1, True, 0.25)} <= set(sent(host))


def test_they_are_listed_stepped_through_and_deleted(client: Client, host: RecordingBridge) -> None:
    client.ask("/lb/preset", "save", "Beta")
    client.send("/lb/preset", "list")
    listed = [client.receive() for _ in range(4)]
    assert listed[:3] == [["/lb/preset.reply", i + 1, 3, name] for i, name in enumerate(("Alpha", "Beta", "Gamma"))]
    assert listed[3] == ["/lb/done", "/lb/preset", "list 3"]
    for action, wanted in (("next", "Gamma"), ("next", "Alpha"), ("previous", "Gamma"), ("previous", "Beta")):
        assert client.ask("/lb/preset", action) == ["/lb/done", "/lb/preset", f"load {wanted}"]
    assert client.ask("/lb/preset", "load", "#3") == ["/lb/done", "/lb/preset", "load Gamma"]
    assert client.ask("/lb/preset", "delete", "beta") == ["/lb/done", "/lb/preset", "delete beta"]
    assert client.ask("/lb/preset", "load", "#3")[2:] == ["#3 is no preset; there are #1 to #2"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("load", "../../etc/passwd"), "is no name for a preset"),
        (("load", "nothing"), "there is no preset 'nothing'"),
        (("load", "#0"), "#0 is no preset; there are #1 to #2"),
        (("load", "#99999999999"), "is no preset"),
        (("save",), "save needs a name"),
        (("next", "x"), "next takes no name"),
        (("steal", "x"), "action must be one of save, load"),
        (("delete", "Alpha"), "is a shipped one"),
    ],
)
def test_what_cannot_be_is_told(client: Client, host: RecordingBridge, args: tuple[str, ...], told: str) -> None:
    address, command, reason = client.ask("/lb/preset", *args)
    assert (address, command) == ("/lb/fail", "/lb/preset") and told in reason
    assert host.events == [] and client.is_silent()


def test_a_damaged_preset_changes_nothing(client: Client, host: RecordingBridge, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    text = 'format = 1\n[all_channels]\ninstrument = "Flute"\n[global]\ngain = 99\n'
    (tmp_path / "mine" / "Bad.toml").write_text(text, encoding="utf-8")
    assert client.ask("/lb/preset", "load", "Bad")[2] == "preset Bad: global.gain: level must be -60 to 12 dB, got 99"
    assert host.events == []


def test_programs_of_bank_1_are_presets(host: RecordingBridge, client: Client) -> None:
    channels = MidiChannels(host)
    assert channels.hear((0xC3, 4)) == [INSTRUMENT.on(3, 4)]
    assert channels.hear((0xB3, 0, 1)) == channels.hear((0xB3, 32, 0)) == channels.hear((0xC3, 1)) == []
    assert host.wait_for(lambda: bool(host.events)), "the second one, Gamma"
    assert set(sent(host)) == {INSTRUMENT.on(channel, 1.0) for channel in range(16)}
    channels.hear((0xC3, 2))
    assert host.wait_for(lambda: bool(host.told))
    assert host.told == ["MIDI program of bank 1: #3 is no preset; there are #1 to #2"]
    channels.hear((0xB3, 0, 0))
    assert channels.hear((0xC3, 4)) == [INSTRUMENT.on(3, 4)], "bank 0 has the instruments"
