"""Sound without a device: into a file at the clock's pace, or as fast as it goes.

The file driver stands in for PortAudio in the engine process, so a server that writes a file is the same server.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rt import sound_file
from rt.arrays import F32
from rt.audio.callback import BlockRenderer, SoundSource, count_block
from rt.errors import DeviceError
from rt.events import Event
from rt.stats import Stats

DEFAULT_RATE_HZ = 48_000
DEFAULT_BLOCK_SAMPLES = 128
MAX_LATE_S = 1.0
"""A machine that slept this long does not catch up."""
END_FADE_S = 0.03
"""A file of a given length ends with a fade, whatever sounds then."""


class RecordingError(DeviceError):
    """A sound file that takes no more: another try would end the same way."""


class WavFile:
    """A 24-bit WAV file that grows; `close` completes its header."""

    def __init__(self, path: Path, sample_rate_hz: int, *, n_channels: int = 1, called: Path | None = None) -> None:
        """Create or replace the file; RecordingError when it cannot be written. called : its name for the user."""
        try:
            import soundfile
        except (ImportError, OSError) as error:
            raise DeviceError("writing sound files needs soundfile; pip install soundfile") from error
        name = called or path
        self._is_full = False
        self._full = f"{name} cannot be written to its end; make room on the disk, or write elsewhere"
        try:
            self._file: Any = soundfile.SoundFile(
                sound_file.name_for_library(path),
                "w",
                samplerate=sample_rate_hz,
                channels=n_channels,
                subtype="PCM_24",
                format="WAV",
            )
        except (OSError, RuntimeError) as error:
            fix = "give a file name in an existing, writable folder on a disk that has room"
            raise RecordingError(f"{name} cannot be written; {fix}") from error

    def write(self, samples: F32) -> None:
        """Append (n_samples,), or (n_samples, n_channels); RecordingError when the disk is full."""
        try:
            self._file.write(samples)
        except (RuntimeError, AssertionError, OSError) as error:  # soundfile asserts that all was taken
            self._is_full = True
            raise RecordingError(self._full) from error

    def close(self) -> None:
        """Complete the file; RecordingError where that fails and no `write` has told so."""
        try:
            self._file.close()
        except (RuntimeError, OSError) as error:
            if not self._is_full:
                raise RecordingError(self._full) from error


class SoundReader:
    """A sound file of any format that libsndfile reads, in blocks."""

    def __init__(self, path: Path) -> None:
        """Open it; DeviceError when it cannot be read."""
        try:
            import soundfile  # noqa: F401
        except (ImportError, OSError) as error:
            raise DeviceError("reading sound files needs soundfile; pip install soundfile") from error
        if not path.is_file():
            raise DeviceError(f"{path}: no such file; give a sound file")
        try:
            self._file: Any = sound_file.opened(path)
        except (OSError, RuntimeError) as error:
            raise DeviceError(f"{path} is no sound file that can be read; give WAV, FLAC, OGG, AIFF or MP3") from error
        if self._file.channels > sound_file.MOST_CHANNELS:
            n_channels = self._file.channels
            self._file.close()
            raise DeviceError(f"{path}: {n_channels} channels, allowed are 1 to {sound_file.MOST_CHANNELS}")
        self._path = path
        self.sample_rate_hz = int(self._file.samplerate)
        self.n_channels = int(self._file.channels)
        self.n_samples = int(self._file.frames)

    def blocks(self, block_samples: int) -> Iterator[F32]:
        """Yield arrays (n, n_channels) until the end; DeviceError where the file is damaged."""
        with self._file as file:
            while True:
                try:
                    block = file.read(block_samples, dtype="float32", always_2d=True)
                except RuntimeError as error:
                    raise DeviceError(f"{self._path} is damaged ({error}); export it again") from error
                if not len(block):
                    return
                yield block


class FileDriver:
    """Asks a player for blocks at the clock's pace and writes them; `step` runs on the main thread.

    With `seconds` above 0 exactly so much is written, and what is rendered later is dropped.
    """

    def __init__(
        self,
        player: BlockRenderer,
        stats: Stats,
        file: WavFile,
        *,
        sample_rate_hz: int,
        block_samples: int,
        n_channels: int = 1,
        seconds: float = 0.0,
    ) -> None:
        self._player = player
        self._stats = stats
        self._file = file
        self._block_s = block_samples / sample_rate_hz
        self._block = _silence(block_samples, n_channels)
        self._due_s = time.monotonic()
        self._n_samples = round(seconds * sample_rate_hz)
        self._n_written = 0
        self._n_fade = min(round(END_FADE_S * sample_rate_hz), self._n_samples)

    def step(self) -> float:
        """Render and write the block that is due, if one is; return how long to nap."""
        now_s = time.monotonic()
        if now_s < self._due_s:
            return self._due_s - now_s
        self._due_s = max(self._due_s + self._block_s, now_s - MAX_LATE_S)
        self._player.render(self._block)
        self._file.write(self._trim(self._block))
        count_block(self._stats, len(self._block), None)
        return 0.0

    def _trim(self, block: F32) -> F32:
        """What of a block (n,) or (n, n_channels) still belongs to the file, faded towards its end."""
        if not self._n_samples:
            return block
        block = block[: max(0, self._n_samples - self._n_written)]
        before_end = self._n_samples - self._n_written - np.arange(len(block))
        self._n_written += len(block)
        fade = np.minimum(before_end / max(self._n_fade, 1), 1.0).astype(np.float32)
        return np.asarray((block.T * fade).T)


def free_name(path: Path) -> Path:
    """The path, or the first of NAME-2, NAME-3 ... that does not exist: a restarted engine keeps what is there."""
    candidate, number = path, 2
    while candidate.exists():
        candidate, number = path.with_stem(f"{path.stem}-{number}"), number + 1
    return candidate


def render_events(
    engine: SoundSource,
    events: Iterable[tuple[int, Event]],
    n_samples: int,
    *,
    block_samples: int = 512,
    n_channels: int = 1,
) -> Iterator[F32]:
    """Blocks of sound of timed events, each event applied at its exact sample.

    events : pairs of sample time and event, in order of time. n_samples : length of everything.
    Yields arrays (n,), or (n, n_channels) of several channels, n at most block_samples, that together are n_samples
    long; each is the caller's.
    """
    waiting = iter(events)
    next_event = next(waiting, None)
    for start in range(0, n_samples, block_samples):
        out = _silence(min(block_samples, n_samples - start), n_channels)
        done = 0
        while done < len(out):
            while next_event is not None and next_event[0] <= start + done:
                engine.apply(next_event[1])
                next_event = next(waiting, None)
            end = len(out) if next_event is None else min(len(out), next_event[0] - start)
            engine.render(out[done:end])
            done = end
        yield out


def _silence(n_samples: int, n_channels: int) -> F32:
    """Room for samples of one channel, (n_samples,), or of several, (n_samples, n_channels)."""
    return np.zeros(n_samples if n_channels == 1 else (n_samples, n_channels), np.float32)
