"""The partials of notes in live frames: how loud a note is by itself, and when it began."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rt.arrays import F32, F64, AnyArray
from rt.bundle.manifest import Manifest
from rt.frames.live import LIVE, bandwidths_hz
from rt.frames.spec import bin_of_hz
from rt.transcribe.forward_filter import sum_db
from rt.transcribe.frame_features import N_NOTES, QUIET_DB
from rt.transcribe.listener import Hop
from rt.units import hz_of_note

N_PARTIALS = 8
REACH = 1
"""Bands to both sides of a partial among which its level is looked for."""
RANGE_DB = 20.0
"""Partials that lie further under the note's loudest do not tell when it began."""
ONSET_DB = 14.0
"""A partial begins where it comes this near to its loudest so far."""
DELAY_SHARE = 0.7
"""A partial that begins at once is seen to begin after this share of its band's delay,"""
RISE_SHARE = 1.4
"""and after this share of the time that it has risen since, where that is less: its kernel has not passed yet."""

EVEN_DB = 5.0
"""A note whose even partials are so much louder than its odd ones may be the one an octave above."""
BELOW_DB = -8.0
"""A note between whose partials lie others so loud may be the one an octave below; 0 dB is its loudest partial."""
OCTAVE = 12


class Partials:
    """Where the partials of every MIDI note lie, and what hops show of them."""

    def __init__(self, manifest: Manifest) -> None:
        frame, spec = manifest.frame, manifest.listener or LIVE
        self._step_db = frame.step_db
        numbers = range(1, N_PARTIALS + 1)
        bins = np.asarray(
            [[round(bin_of_hz(frame, k * hz_of_note(note))) for k in numbers] for note in range(N_NOTES)], np.int64
        )
        self._is_there = (bins >= REACH) & (bins < frame.n_bins - REACH)
        bins = np.clip(bins, REACH, frame.n_bins - 1 - REACH)
        self._bins = bins[:, :, None] + np.arange(-REACH, REACH + 1)
        self._own = [rows[there] for rows, there in zip(self._bins, self._is_there, strict=True)]
        self._delay_s = np.minimum(2.0 / bandwidths_hz(frame, spec), spec.window_s / 2.0)[bins]

    def levels_db(self, hops: Sequence[Hop], note: int) -> F64:
        """How loud each partial of a note is, (n_hops, N_PARTIALS); 0 dB is a full-scale sine."""
        out = np.full((len(hops), N_PARTIALS), QUIET_DB)
        for row, hop in zip(out, hops, strict=True):
            if hop.latent is not None:
                row[:] = self._levels_db(hop, self._bins[note])
        out[:, ~self._is_there[note]] = QUIET_DB
        return out

    def level_db(self, hop: Hop, note: int) -> float:
        """How loud all partials of a note are together; 0 dB is a full-scale sine."""
        if hop.latent is None:
            return QUIET_DB
        return sum_db(hop.values, self._own[note], hop.peak_db, self._step_db)

    def is_octave_doubtful(self, hop: Hop, note: int) -> bool:
        """Whether the note an octave above or below would explain the partials of this moment better."""
        own_db = self.levels_db([hop], note)[0]
        if own_db[1::2].max() > own_db[::2].max() + EVEN_DB:
            return True
        return note >= OCTAVE and bool(self.levels_db([hop], note - OCTAVE)[0, ::2].max() > own_db.max() + BELOW_DB)

    def _levels_db(self, hop: Hop, bins: AnyArray) -> F32:
        """Levels of the loudest band around each of these; what lies at the floor of the frames is quiet."""
        values = hop.values[bins].max(axis=-1)
        levels_db = hop.peak_db - self._step_db * (hop.values.max() - values)
        return np.where(values > 0.0, levels_db, np.float32(QUIET_DB))

    def onset_s(self, hops: Sequence[Hop], note: int) -> float | None:
        """When a note began whose partials have risen within these hops; None where they have not.

        Every partial tells its own time, the louder ones with more weight.
        """
        levels_db = self.levels_db(hops, note)
        now_db = levels_db[-1]
        found_s, weights = [], []
        for k in np.flatnonzero(now_db > max(float(now_db.max()) - RANGE_DB, QUIET_DB)):
            track_db = levels_db[:, k]
            least_db = float(track_db.max()) - ONSET_DB
            below = np.flatnonzero(track_db < least_db)
            if not len(below) or below[-1] + 1 == len(hops):
                continue
            before = int(below[-1])
            share = (least_db - track_db[before]) / (track_db[before + 1] - track_db[before])
            seen_s = hops[before].at_s + share * (hops[before + 1].at_s - hops[before].at_s)
            rise_s = hops[before + 1 + int(np.argmax(track_db[before + 1 :]))].at_s - seen_s
            found_s.append(seen_s - min(DELAY_SHARE * self._delay_s[note, k], RISE_SHARE * rise_s))
            weights.append(10.0 ** (now_db[k] / 20.0))
        if not found_s:
            return None
        order = np.argsort(found_s)
        share_of = np.cumsum(np.asarray(weights)[order])
        return max(float(found_s[order[np.searchsorted(share_of, 0.5 * share_of[-1])]]), 0.0)
