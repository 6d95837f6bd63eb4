"""What is told when MIDI is missing, unknown or hangs."""

from __future__ import annotations

import threading
import time

import pytest

from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.midi import midi_systems
from rt.midi.inputs import MidiInputs
from tests.support.recording_bridge import RecordingBridge


def test_without_rtmidi_it_is_told_and_osc_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(midi_systems, "rtmidi", None)
    bridge = RecordingBridge()
    config = MidiConfig(input="auto", api="auto", port_name="latent-bridge")
    with MidiInputs(config, bridge, jack=True, bend_range_semitones=2.0) as inputs:
        inputs.poll()
        inputs.reopen()
        assert inputs.ports == []
    assert bridge.told == [midi_systems.MISSING]
    with pytest.raises(DeviceError, match="python-rtmidi is not installed"):
        midi_systems.list_ports()


def test_unknown_api_lists_those_there_are() -> None:
    pytest.importorskip("rtmidi")
    with pytest.raises(DeviceError, match="is not in this python-rtmidi, which has "):
        midi_systems.choose_api("winmm" if midi_systems._PLATFORM != "winmm" else "coremidi", jack=False)


def test_a_midi_system_that_is_not_there_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    rtmidi = pytest.importorskip("rtmidi")

    def refuse(**_: object) -> None:
        raise rtmidi.SystemError("no sequencer.")

    monkeypatch.setattr(rtmidi, "MidiIn", refuse)
    with pytest.raises(
        DeviceError, match=r"'alsa' cannot be opened \(no sequencer\); load ALSA's .* midi.input to none$"
    ):
        midi_systems.input_client("alsa", "name")
    with pytest.raises(DeviceError, match=r"start a JACK server, or set midi.input to none$"):
        midi_systems.input_client("jack", "name")


def test_a_port_that_hangs_while_closing_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    release = threading.Event()
    begin_s = time.monotonic()
    midi_systems.within(0.05, release.wait)
    assert time.monotonic() - begin_s < 1.0
    assert "did not close" in caplog.text
    release.set()
