"""The other side of the wire: a JACK client that plays and records, sound and MIDI."""

from __future__ import annotations

import time
from typing import Self

import numpy as np
import pytest

from rt.arrays import F32
from tests.system.jackd import RATE_HZ, Jackd
from tests.system.waiting import until


class Rig:
    """A JACK client that sends and records MIDI and audio, and knows the frame of everything."""

    def __init__(self, server: Jackd, *, seconds: float = 60.0, name: str = "rig") -> None:
        import jack

        jack.set_error_function(lambda _: None)
        jack.set_info_function(lambda _: None)
        self.client = jack.Client(name, servername=server.name, no_start_server=True)
        self.sound: F32 = np.zeros(int(seconds * RATE_HZ), np.float32)
        self.position = 0
        """Samples recorded; stops at the end of `sound`."""
        self.sent: list[tuple[int, bytes]] = []
        """Position and bytes of every MIDI message that left."""
        self.heard: list[tuple[int, bytes]] = []
        """Position and bytes of every MIDI message that came."""
        self.played_at = -1
        """Position of the first sample of what `play` was given last."""
        self.n_gaps = 0
        self.n_xruns = 0
        """How often JACK said that a client was late; an asynchronous server then loses a block's sound and MIDI."""
        self._playing: F32 = np.zeros(0, np.float32)
        self._n_played = 0
        self._queue: list[tuple[int, bytes]] = []
        self._last_frame = -1
        self._audio = self.client.inports.register("in")
        self._midi = self.client.midi_outports.register("out")
        self._microphone = self.client.outports.register("microphone")
        self._notes = self.client.midi_inports.register("notes")
        self.client.set_process_callback(self._process)
        self.client.set_xrun_callback(self._count_xrun)
        self.client.activate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.deactivate()
        self.client.close()

    def _process(self, n_samples: int) -> None:
        frame = self.client.last_frame_time
        if self._last_frame >= 0 and (frame - self._last_frame) % (1 << 32) != n_samples:
            self.n_gaps += 1
        self._last_frame = frame
        position = self.position
        end = min(position + n_samples, len(self.sound))
        self.sound[position:end] = self._audio.get_array()[: end - position]
        self._midi.clear_buffer()
        while self._queue:
            offset, message = self._queue.pop(0)
            offset = min(offset, n_samples - 1)
            self._midi.write_midi_event(offset, message)
            self.sent.append((position + offset, message))
        for offset, data in self._notes.incoming_midi_events():
            self.heard.append((position + offset, bytes(data)))
        self._play(position, n_samples)
        self.position = end

    def _count_xrun(self, _: float) -> None:
        self.n_xruns += 1

    def _play(self, position: int, n_samples: int) -> None:
        out, playing, begin = self._microphone.get_array(), self._playing, self._n_played
        if begin == 0 and len(playing):
            self.played_at = position
        piece = playing[begin : begin + n_samples]
        out[: len(piece)] = piece
        out[len(piece) :] = 0.0
        self._n_played = begin + len(piece)

    def ports(self, pattern: str, **kind: bool) -> list[str]:
        return [port.name for port in self.client.get_ports(pattern, **kind)]

    def connect_sound(self, audio_pattern: str = "PortAudio") -> None:
        """Listen to the bridge's audio."""
        audio = until(
            lambda: self.ports(audio_pattern, is_audio=True, is_output=True), 30, "no audio port of the bridge"
        )
        self.client.connect(audio[0], self._audio)

    def connect_bridge(self, midi_pattern: str = "latent-bridge", audio_pattern: str = "PortAudio") -> None:
        """Listen to the bridge's audio and send to its MIDI input."""
        self.connect_sound(audio_pattern)
        midi = until(lambda: self.ports(midi_pattern, is_midi=True, is_input=True), 30, "no MIDI port")
        self.client.connect(self._midi, midi[0])
        self.wait_samples(2 * self.client.blocksize)  # what is sent while JACK changes its graph reaches nobody

    def connect_microphone(self, audio_pattern: str = "PortAudio") -> None:
        """Be what the bridge hears."""
        ports = until(lambda: self.ports(audio_pattern, is_audio=True, is_input=True), 30, "no input of the bridge")
        for port in self.client.get_all_connections(ports[0]):
            self.client.disconnect(port, ports[0])
        self.client.connect(self._microphone, ports[0])

    def connect_notes(self, midi_pattern: str = "latent-bridge") -> None:
        """Take what the bridge sends by MIDI."""
        ports = until(lambda: self.ports(midi_pattern, is_midi=True, is_output=True), 30, "no MIDI output")
        self.client.connect(ports[0], self._notes)

    def play(self, sound: F32) -> None:
        """Begin to play (n_samples,) into the microphone, instead of what plays now."""
        self._playing = np.zeros(0, np.float32)
        self.played_at, self._n_played = -1, 0
        self._playing = np.ascontiguousarray(sound, np.float32)

    @property
    def is_playing(self) -> bool:
        """Whether what `play` was given has not ended."""
        return self._n_played < len(self._playing)

    @property
    def is_sending(self) -> bool:
        """Whether MIDI messages wait for their block."""
        return bool(self._queue)

    def send(self, *message: int, offset: int = 0) -> None:
        """Queue one MIDI message for the next block."""
        self._queue.append((offset, bytes(message)))

    def rewind(self) -> None:
        """Forget what was recorded and sent."""
        self.sent.clear()
        self.heard.clear()
        self.position = 0

    def wait_samples(self, n_samples: int) -> None:
        """Wait until so many more samples were recorded."""
        target = min(self.position + n_samples, len(self.sound))
        until(lambda: self.position >= target, 20 + 4 * n_samples / RATE_HZ, "the JACK clock stands still", 0.002)

    def record(self, seconds: float) -> F32:
        """The next sound, exactly so long."""
        start = self.position
        n = int(seconds * RATE_HZ)
        if start + n > len(self.sound):
            self.rewind()
            start = 0
        self.wait_samples(n)
        return self.sound[start : start + n].copy()

    def settle(self, seconds: float = 5.0, peak: float = 1e-4) -> None:
        """Wait for silence."""
        end = time.monotonic() + seconds
        while np.abs(self.record(0.1)).max() > peak:
            if time.monotonic() > end:
                pytest.fail(f"not silent after {seconds} s")
