"""What is told when MIDI is missing, unknown or hangs."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from rt.config.config import MidiConfig
from rt.errors import DeviceError
from rt.midi import driver
from rt.midi.graph import parse_alsa
from rt.midi.link import MidiLink
from tests.support.recording_bridge import RecordingBridge


def test_without_rtmidi_it_is_told_and_osc_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "rtmidi.py").write_text("raise ImportError")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from rt.midi.process import main; main()"
    bridge = RecordingBridge()
    config = MidiConfig(input="auto", api="auto", port_name="latent-bridge")
    command = (sys.executable, "-c", code)
    with MidiLink(config, bridge, jack=True, bend_range_semitones=2.0, command=command) as engine_client:
        engine_client.poll()
        engine_client.renew()
        assert engine_client.ports == []
    assert bridge.told == [driver.MISSING]
    monkeypatch.setattr(driver, "rtmidi", None)
    with pytest.raises(DeviceError, match="python-rtmidi is not installed"):
        driver.list_ports()


CLIENTS = """\
Client info
  cur  clients : 3
Client  20 : "Keys" [Kernel]
  Port   0 : "Keys MIDI 1" (RWeX)
    Connecting To: 128:0, 129:0
Client 128 : "latent-bridge" [User]
  Port   0 : "midi_in" (-We-)
    Connected From: 20:0, 24:1
Client 129 : "other" [User]
  Port   0 : "in" (-We-)
    Connected From: 20:0
Client 130 : "latent-bridge-out" [User]
  Port   0 : "midi_out" (R-e-)
    Connecting To: 129:0[real:0]
"""


def test_alsas_connections_of_our_ports_are_read() -> None:
    assert parse_alsa(CLIENTS, "latent-bridge", "Connected From:", outputs=False) == {"128:0": {"20:0", "24:1"}}
    assert parse_alsa(CLIENTS, "latent-bridge", "Connecting To:", outputs=True) == {"130:0": {"129:0"}}


def test_unknown_api_lists_those_there_are() -> None:
    pytest.importorskip("rtmidi")
    with pytest.raises(DeviceError, match="is not in this python-rtmidi, which has "):
        driver.choose_api("winmm" if driver._PLATFORM != "winmm" else "coremidi", jack=False)


def test_a_midi_system_that_is_not_there_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    rtmidi = pytest.importorskip("rtmidi")

    def refuse(**_: object) -> None:
        raise rtmidi.SystemError("no sequencer.")

    monkeypatch.setattr(rtmidi, "MidiIn", refuse)
    with pytest.raises(
        DeviceError, match=r"'alsa' cannot be opened \(no sequencer\); load ALSA's .* midi.input to none$"
    ):
        driver.input_client("alsa", "name")
    with pytest.raises(DeviceError, match=r"start a JACK server, or set midi.input to none$"):
        driver.input_client("jack", "name")


def test_a_port_that_hangs_while_closing_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    release = threading.Event()
    begin_s = time.monotonic()
    driver.within(0.05, release.wait)
    assert time.monotonic() - begin_s < 1.0
    assert "did not close" in caplog.text
    release.set()
