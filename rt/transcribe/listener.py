"""Samples to hops: what every few milliseconds of sound look like to the model's ears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rt.arrays import F32, AnyArray
from rt.errors import BridgeError
from rt.frames.live import LIVE, LiveAnalyser, bandwidths_hz
from rt.frames.spec import centre_hz
from rt.frames.symbols import OCTAVE, PITCH_CLASS
from rt.model import Ears
from rt.transcribe.settings import ListenerSettings

N_NOTES = 128
MOST = 8.0
"""Samples beyond this are cut, so that nothing overflows."""
QUIET_DB = -200.0
RISE_HOPS = 4
"""A rise is measured over so many hops, about 23 ms."""
RISE_RANGE_DB = 45.0
"""Bands this far under the loudest do not count towards a rise."""
RISE_BINS = 4
"""Bands are compared in groups of so many, a semitone; a partial that moves to the next group is no rise."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One moment; arrays are the receiver's."""

    at_s: float
    """Seconds of sound so far."""
    peak_db: float
    """Level of the loudest band; 0 dB is a full-scale sine."""
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


class Listener:
    """Makes a hop of every `hop_s` of samples, however they are cut into blocks."""

    def __init__(
        self,
        ears: Ears,
        *,
        sample_rate_hz: float,
        n_channels: int = 1,
        settings: ListenerSettings | None = None,
    ) -> None:
        self._ears = ears
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
        self._silence = np.zeros(N_NOTES + 1, np.float32)
        self._silence[-1] = 1.0
        self.start()

    def start(self) -> None:
        """Begin at time 0, after silence."""
        self._sound = np.zeros((self._n_channels, self._analyser.n_window), np.float32)
        self._pending: list[F32] = []
        """Samples since the last hop."""
        self._n_pending = 0
        self._n_heard = 0
        self._levels_db = np.full((RISE_HOPS, self._frame.n_bins // RISE_BINS), QUIET_DB, np.float32)

    def hear(self, samples: AnyArray) -> list[Hop]:
        """The hops that these samples complete.

        samples : (n,) or (n, n_channels), any n; full scale is 1, and what is not finite counts as silence.
        """
        block = np.asarray(samples, np.float32)
        if block.ndim == 1:
            block = block[:, None]
        if block.ndim != 2 or block.shape[1] != self._n_channels:
            raise BridgeError(f"samples are {np.shape(samples)}; the listener was made for {self._n_channels} channels")
        block = np.clip(np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0), -MOST, MOST).T
        self._pending.append(block)
        self._n_pending += block.shape[1]
        if self._n_pending < self.hop_samples:
            return []
        sound = np.concatenate((self._sound, *self._pending), axis=1)
        n_window, hops = self._analyser.n_window, []
        for end in range(n_window + self.hop_samples, sound.shape[1] + 1, self.hop_samples):
            self._n_heard += self.hop_samples
            hops.append(self._hop(sound[:, end - n_window : end]))
        self._n_pending %= self.hop_samples
        last = sound.shape[1] - self._n_pending
        self._sound, self._pending = sound[:, last - n_window : last].copy(), [sound[:, last:].copy()]
        return hops

    def _hop(self, windows: F32) -> Hop:
        """What a window of each channel, (n_channels, n_window), sounds like."""
        found = self._analyser.magnitudes(windows)
        magnitudes = found[0] if len(found) == 1 else np.sqrt(np.mean(found**2, axis=0))  # no cancelling sides
        level_db = 20.0 * np.log10(np.maximum(magnitudes, 1e-10))
        peak_db = float(level_db.max())
        all_db = float(10.0 * np.log10(np.dot(magnitudes**2, self._share) + 1e-20))
        at_s = self._n_heard / self.sample_rate_hz
        rise_db = self._rise_db(level_db, peak_db)
        if peak_db < self._settings.gate_db:
            values = np.zeros(self._frame.n_bins, np.float32)
            return Hop(at_s, peak_db, all_db, 0.0, self._silence.copy(), values, None, None)
        gained_db = level_db + (self._settings.reference_db - peak_db)
        values = np.maximum((gained_db - self._frame.floor_db) / self._frame.step_db, 0.0, dtype=np.float32)
        latent, _ = self._ears.hear(values[None])
        symbols = {name: row[0] for name, row in self._ears.symbols(latent).items()}
        return Hop(at_s, peak_db, all_db, rise_db, notes_of_symbols(symbols), values, latent[0], symbols)

    def _rise_db(self, level_db: F32, peak_db: float) -> float:
        """How far the bands rose above their own neighbourhood RISE_HOPS ago."""
        floor_db = max(peak_db, self._settings.gate_db) - RISE_RANGE_DB
        n_groups = self._levels_db.shape[1]
        groups_db = level_db[: n_groups * RISE_BINS].reshape(n_groups, RISE_BINS).max(axis=1)
        before = np.maximum(self._levels_db[0], floor_db)
        self._levels_db[:-1] = self._levels_db[1:]
        last = self._levels_db[-1]
        last[:] = groups_db
        np.maximum(last[1:], groups_db[:-1], out=last[1:])
        np.maximum(last[:-1], groups_db[1:], out=last[:-1])
        return float(np.maximum(groups_db - before, 0.0).mean())


def notes_of_symbols(symbols: dict[str, F32]) -> F32:
    """(129,) probability of every MIDI note, and of silence, from those of octave and pitch class."""
    octave, pitch_class = symbols[OCTAVE], symbols[PITCH_CLASS]
    out = np.zeros(N_NOTES + 1, np.float32)
    grid = np.outer(octave[:-1], pitch_class[:-1]).ravel()[: N_NOTES - 12]
    out[12 : 12 + len(grid)] = grid
    out[-1] = octave[-1] * pitch_class[-1]
    return np.asarray(out / max(float(out.sum()), 1e-12), np.float32)
