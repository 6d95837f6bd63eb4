"""Samples to hops: what every few milliseconds of sound look like to the model's ears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F32, I64, AnyArray
from rt.errors import BridgeError
from rt.frames.live import LIVE, LiveAnalyser, bandwidths_hz
from rt.frames.spec import centre_hz
from rt.model import ListenerModel
from rt.transcribe import frame_features
from rt.transcribe.cached_encoder import CachedEncoder
from rt.transcribe.frame_features import N_NOTES, QUIET_DB, RISE_BINS, RISE_HOPS
from rt.transcribe.settings import ListenerSettings

MOST_HOPS = 64
"""Taken through the model at once."""
BAND_GAIN = 2.2
"""No band reads more than this times the largest sample in its window."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One moment; arrays are not to be written to, since like moments share them."""

    at_s: float
    """Seconds of sound so far."""
    peak_db: float
    """Level of the loudest band; 0 dB is a full-scale sine. Far below the gate it is the level of the samples."""
    level_db: float
    """Level of all bands together; 0 dB is a full-scale sine."""
    rise_db: float
    """How far the spectrum rose within the last RISE_HOPS, averaged over the bands that count."""
    notes: F32
    """(129,) probability of every MIDI note, and of silence at the end; 1 for silence below the gate."""
    values: F32
    """(n_bins,) frame values after auto-gain."""
    latent: F32 | None
    """(size,) None below the gate."""
    symbols: dict[str, F32] | None
    """Class probabilities by symbol, silence last; None below the gate."""
    polyphonic: F32 | None = None
    """(128,) probability of every MIDI note where several may sound; None below the gate, or where nobody asked."""


class Listener:
    """Makes a hop of every `hop_s` of samples, however they are cut into blocks."""

    def __init__(
        self,
        ears: ListenerModel,
        *,
        sample_rate_hz: float,
        n_channels: int = 1,
        settings: ListenerSettings | None = None,
        polyphonic: bool = False,
    ) -> None:
        """Begin with several : whether to ask which notes sound at once, of ears that can tell."""
        self._encoder = CachedEncoder(ears, polyphonic=polyphonic)
        self._settings = settings or ListenerSettings()
        self._frame = ears.manifest.frame
        spec = ears.manifest.listener or LIVE
        self._analyser = LiveAnalyser(self._frame, spec, sample_rate_hz * 440.0 / self._settings.a4_hz)
        self.sample_rate_hz = float(sample_rate_hz)
        self.hop_samples = max(round(self._settings.hop_s * sample_rate_hz), 1)
        self.hop_s = self.hop_samples / self.sample_rate_hz
        self._n_channels = n_channels
        spacing_hz = np.gradient(centre_hz(self._frame))
        self._share = (spacing_hz / (0.375 * bandwidths_hz(self._frame, spec))).astype(np.float32)
        self._scale = np.asarray([self._frame.floor_db, self._frame.step_db], np.float32)
        self._silence = np.zeros(N_NOTES + 1, np.float32)
        self._silence[-1] = 1.0
        self._quiet = np.float32(10.0 ** (self._settings.gate_db / 20.0) / BAND_GAIN)
        """Where no sample of a window is above this, no band is above the gate."""
        self._room = MOST_HOPS * self.hop_samples
        self.start()

    def start(self) -> None:
        """Begin at time 0, after silence."""
        n_window = self._analyser.n_window
        self._tape = np.zeros((self._n_channels, n_window + self._room), np.float32)
        self._n_held = n_window
        """Samples on the tape."""
        self._next = n_window + self.hop_samples
        """Where the next hop ends."""
        self._n_heard = 0
        self._encoder.begin()
        self._before_db = np.full((RISE_HOPS, self._frame.n_bins // RISE_BINS), QUIET_DB, np.float32)
        self._turn = 0

    def hear(self, samples: AnyArray) -> list[Hop]:
        """The hops that these samples complete.

        samples : (n,) or (n, n_channels), any n; full scale is 1, and what is not finite counts as silence.
        """
        block = np.asarray(samples, np.float32)
        if block.ndim == 1:
            block = block[:, None]
        if block.ndim != 2 or block.shape[1] != self._n_channels:
            raise BridgeError(f"samples are {np.shape(samples)}; the listener was made for {self._n_channels} channels")
        hops: list[Hop] = []
        for start in range(0, len(block), self._room):
            hops += self._hear(block[start : start + self._room])
        return hops

    def _hear(self, block: F32) -> list[Hop]:
        """The hops that a block (n, n_channels) completes, n at most the room on the tape."""
        if self._n_held + len(block) > self._tape.shape[1]:
            past = self._next - self._analyser.n_window
            self._tape[:, : self._n_held - past] = self._tape[:, past : self._n_held].copy()
            self._n_held -= past
            self._next -= past
        frame_features.append(self._tape, self._n_held, block)
        self._n_held += len(block)
        ends = np.arange(self._next, self._n_held + 1, self.hop_samples)
        if not len(ends):
            return []
        self._next += len(ends) * self.hop_samples
        return self._listen(ends)

    def _listen(self, ends: I64) -> list[Hop]:
        """Hops of the windows that end at these places of the tape, (n,)."""
        gate_db = self._settings.gate_db
        values, levels = self._describe(ends)
        is_loud = [peak_db >= gate_db for peak_db, _, _ in levels]
        said = iter(self._encoder.ask(values if all(is_loud) else values[is_loud]))
        hops = []
        for row, (peak_db, level_db, rise_db), has_sound in zip(values, levels, is_loud, strict=True):
            self._n_heard += self.hop_samples
            at_s = self._n_heard / self.sample_rate_hz
            if has_sound:
                notes, latent, symbols, polyphonic = next(said)
                hops.append(Hop(at_s, peak_db, level_db, rise_db, notes, row, latent, symbols, polyphonic))
            else:
                row[:] = 0.0
                hops.append(Hop(at_s, peak_db, level_db, 0.0, self._silence, row, None, None))
        return hops

    def _describe(self, ends: I64) -> tuple[F32, list[list[float]]]:
        """Frame values, (n, n_bins), and levels of the loudest band and of all and the rise, in dB, of each."""
        analyser, s, n_bins = self._analyser, self._settings, self._frame.n_bins
        values, levels = np.zeros((len(ends), n_bins), np.float32), np.empty((len(ends), 3))
        peaks, loud = frame_features.peaks_of(self._tape, ends, analyser.n_window, self._quiet)
        frames = np.empty((self._n_channels, len(loud), n_bins), np.float32)
        if len(loud):
            for channel in range(self._n_channels):
                analyser.frames(self._tape[channel], loud, frames[channel])
        self._turn = frame_features.describe_all(
            peaks, frames, self._share, self._before_db, self._turn, values, levels, self._quiet, s.gate_db,
            s.reference_db, self._scale,
        )  # fmt: skip
        return values, levels.tolist()
