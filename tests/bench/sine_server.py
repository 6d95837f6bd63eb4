"""The least there is between MIDI and sound on the same libraries: one callback sets a note, another plays a sine."""

from __future__ import annotations

import signal
import sys
import time
from typing import Any

import numpy as np
import rtmidi
import sounddevice


def main() -> None:
    """Play until terminated."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    state: dict[str, Any] = {"hz": 0.0, "phase": 0}

    def hear(timed: tuple[list[int], float], _: object) -> None:
        kind, note, velocity = (*timed[0], 0, 0)[:3]
        if kind == 0x90 and velocity:
            state.update(hz=440 * 2 ** ((note - 69) / 12), phase=0)
        elif kind in (0x80, 0x90):
            state["hz"] = 0.0

    def play(out: Any, n_samples: int, _: object, __: object) -> None:
        if state["hz"]:
            k = np.arange(n_samples) + state["phase"]
            state["phase"] += n_samples
            out[:, 0] = 0.3 * np.cos(2 * np.pi * state["hz"] * k / 48_000)
        else:
            out.fill(0)

    port = rtmidi.MidiIn(rtapi=rtmidi.API_UNIX_JACK, name="sine-server")
    port.set_callback(hear)
    port.open_virtual_port("midi_in")
    apis = sounddevice.query_hostapis()
    jack = next(
        i
        for i, d in enumerate(sounddevice.query_devices())
        if "JACK" in apis[d["hostapi"]]["name"] and d["name"] == "system"
    )
    with sounddevice.OutputStream(
        device=jack, samplerate=48_000, blocksize=0, channels=1, callback=play, latency="low"
    ):
        while True:
            time.sleep(1)


if __name__ == "__main__":
    main()
