"""The MIDI systems: which there are, their ports, and clients of them. The only importer of rtmidi."""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from rt.errors import BridgeError, DeviceError

try:
    import rtmidi
except ImportError:  # no wheel for this Python: the bridge runs on OSC alone
    rtmidi = None

log = logging.getLogger(__name__)

QUEUE_LENGTH = 4096
_APIS = {"jack": "API_UNIX_JACK", "alsa": "API_LINUX_ALSA", "coremidi": "API_MACOSX_CORE", "winmm": "API_WINDOWS_MM"}
_FIXES = {
    "jack": "start a JACK server",
    "alsa": "load ALSA's sequencer (sudo modprobe snd_seq), start a JACK server",
}
_PLATFORM = {"darwin": "coremidi", "win32": "winmm"}.get(sys.platform, "alsa")
MISSING = (
    "no MIDI: python-rtmidi is not installed; OSC works, for MIDI pip install python-rtmidi in Python 3.11 or 3.12"
)


def is_there() -> bool:
    """Whether there is any MIDI at all."""
    return rtmidi is not None


def choose_api(name: str, *, jack: bool) -> str:
    """The MIDI system that `auto` stands for: JACK where audio runs on it, else the platform's.

    Raises DeviceError when python-rtmidi lacks the one asked for by name.
    """
    wanted = ("jack" if jack and _is_compiled("jack") else _PLATFORM) if name == "auto" else name
    if not _is_compiled(wanted):
        have = ", ".join(api for api in _APIS if _is_compiled(api)) or "none"
        raise DeviceError(f"MIDI system {wanted!r} is not in this python-rtmidi, which has {have}; set midi.api")
    return wanted


def _is_compiled(name: str) -> bool:
    return rtmidi is not None and getattr(rtmidi, _APIS[name], None) in rtmidi.get_compiled_api()


def list_ports(api: str = "auto", *, jack: bool = False, outputs: bool = False) -> list[str]:
    """Names of the ports that can be heard, or with `outputs` be sent to; DeviceError when they cannot be asked for."""
    if rtmidi is None:
        raise DeviceError(MISSING)
    system, name = choose_api(api, jack=jack), "latent-bridge-list"
    lister = output_client(system, name) if outputs else input_client(system, name)
    try:
        return list(lister.get_ports())
    finally:
        lister.delete()


def input_client(api: str, name: str) -> Any:
    """A client that can open an input; DeviceError where the MIDI system is not there."""
    try:
        return rtmidi.MidiIn(rtapi=getattr(rtmidi, _APIS[api]), name=name, queue_size_limit=QUEUE_LENGTH)
    except OSError as error:  # RtMidiError
        raise DeviceError(_describe(api, error, "midi.input")) from error


def output_client(api: str, name: str) -> Any:
    """A client that can open an output; DeviceError where the MIDI system is not there."""
    try:
        return rtmidi.MidiOut(rtapi=getattr(rtmidi, _APIS[api]), name=name)
    except OSError as error:  # RtMidiError
        raise DeviceError(_describe(api, error, "listen.midi_out")) from error


def _describe(api: str, error: OSError, setting: str) -> str:
    fix = _FIXES.get(api, "set midi.api")
    return f"MIDI system {api!r} cannot be opened ({str(error).rstrip('.')}); {fix}, or set {setting} to none"


def within(limit_s: float, act: Any) -> None:
    """Run something that may hang for ever, and go on without it after a while."""

    def guarded() -> None:
        try:
            act()
        except (OSError, BridgeError) as error:
            log.debug("closing a MIDI port: %s", error)

    thread = threading.Thread(target=guarded, name="midi-close", daemon=True)
    thread.start()
    thread.join(limit_s)
    if thread.is_alive():
        log.warning("a MIDI port did not close in %g s and is left alone", limit_s)
