"""Mixtures of live frames for the net that hears several notes: up to N_MOST notes of a corpus of single ones."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from export.augment import NEPERS, STEP_DB, chance, moved_by, semitones, transpose, uniform
from export.corpus import Corpus
from export.noises import Noises
from rt.arrays import AnyArray

N_MOST = 4
N_NOTES_SHARES = (0.1, 0.3, 0.3, 0.15, 0.15)
"""How often 0, 1, ... notes sound at once."""
RELATIVES = (-24, -19, -12, -7, 7, 12, 19, 24)
"""Semitones from the first note to one that hides in its partials."""
RELATED, ALIKE = 0.3, 0.4
"""Share of the further notes that are relatives of the first one, and of the mixtures by one instrument."""
SPREAD_DB = 10.0
"""Notes of a mixture are up to so much louder or softer than as they were recorded."""
MASKED_DB, CLEAR_DB = -45.0, -30.0
"""Peak of a note under that of the mixture: below the first it cannot be heard, above the second it can."""
BREATH_DB = -20.0
"""Loudest breath under the loudest band: quiet notes must not drown in it."""
PHASE_BINS = 6
"""Neighbouring bands hear the same partials, so their phases move together."""


class Chords:
    """Draws mixtures of the live frames of one process."""

    def __init__(self, corpus: Corpus, rows: AnyArray, noises: Noises, low: AnyArray, high: AnyArray) -> None:
        """Take live frames to draw from, and the range of each take's instrument, (n_takes,) each."""
        self._corpus, self._noises = corpus, noises
        self._low, self._high, self._note = low, high, corpus.note[:, 0]
        takes = corpus.live_take[rows]
        n_instruments = int(self._instrument(takes).max()) + 1
        order = np.argsort(self._instrument(takes), kind="stable")
        self._by_instrument = rows[order]
        self._instrument_edges = np.searchsorted(self._instrument(takes)[order], np.arange(n_instruments + 1))
        order = np.argsort(self._note[takes], kind="stable")
        self._by_note = rows[order]
        self._note_edges = np.searchsorted(self._note[takes][order], np.arange(129))

    def _instrument(self, takes: AnyArray) -> AnyArray:
        names = [symbol.name for symbol in self._corpus.symbols]
        return np.asarray(self._corpus.classes[takes, 0, names.index("instrument")])

    def _pick(self, rng: np.random.Generator, rows: AnyArray, edges: AnyArray, which: AnyArray) -> AnyArray:
        """A random row of each of the groups `which`; -1 where a group is empty or does not exist."""
        known = (which >= 0) & (which < len(edges) - 1)
        safe = np.where(known, which, 0)
        size = edges[safe + 1] - edges[safe]
        place = edges[safe] + (rng.random(len(which)) * size).astype(np.int64)
        return np.where(known & (size > 0), rows[np.minimum(place, len(rows) - 1)], -1)

    def _rows(self, rng: np.random.Generator, n: int) -> AnyArray:
        """(n, N_MOST) live rows."""
        first = self._by_note[rng.integers(0, len(self._by_note), n)]
        alike = rng.random(n) < ALIKE
        columns = [first]
        for _ in range(1, N_MOST):
            row = self._by_note[rng.integers(0, len(self._by_note), n)]
            take = self._corpus.live_take[first]
            same = self._pick(rng, self._by_instrument, self._instrument_edges, self._instrument(take))
            row = np.where(alike, same, row)
            wanted = self._note[take] + rng.choice(RELATIVES, n)
            related = self._pick(rng, self._by_note, self._note_edges, wanted)
            row = np.where((rng.random(n) < RELATED) & (related >= 0), related, row)
            columns.append(row)
        return np.stack(columns, axis=1)

    def draw(
        self, rng: np.random.Generator, n: int, g: torch.Generator, *, most: int, clean: float, live_gain_db: float
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Disturbed mixtures (n, n_bins), their notes (n, N_MOST), and how well each is heard, 0 to 1, (n, N_MOST)."""
        device = g.device
        rows = self._rows(rng, n)
        takes = self._corpus.live_take[rows]
        note, low, high = (torch.from_numpy(a[takes]).to(device) for a in (self._note, self._low, self._high))
        by = semitones(note, low, high, most, g)
        note = note + by[:, None]
        count = torch.from_numpy(rng.choice(N_MOST + 1, n, p=N_NOTES_SHARES)).to(device)
        silent = torch.arange(N_MOST, device=device)[None] >= count[:, None]
        real = torch.zeros(n, self._noises.n_bins, device=device)
        imaginary, peaks = torch.zeros_like(real), []
        for i in range(N_MOST):
            values = torch.from_numpy(np.asarray(self._corpus.live[rows[:, i]])).to(device).float()
            values = transpose(values, by)
            values = moved_by(values, torch.randint(-1, 2, (n, 1), generator=g, device=device) * chance(g, n, 0.3))
            gain = uniform(g, n, -SPREAD_DB, SPREAD_DB) / STEP_DB
            size = ((values + gain) * (NEPERS / 2.0)).exp().masked_fill((values <= 0.0) | silent[:, i, None], 0.0)
            phase = self._phases(n, g)
            real, imaginary = real + size * phase.cos(), imaginary + size * phase.sin()
            peaks.append((size * size).amax(1))
        power = real * real + imaginary * imaginary
        frame = ((power + 1e-9).log() / NEPERS).clamp(min=0.0)
        under_db = ((torch.stack(peaks, 1) + 1e-9).log() / NEPERS - frame.amax(1, keepdim=True)) * STEP_DB
        heard = ((under_db - MASKED_DB) / (CLEAR_DB - MASKED_DB)).clamp(0.0, 1.0)
        note = note.masked_fill(silent, -1)
        disturbed = self._noises.disturb(frame, note, g, clean=clean, gain_db=live_gain_db, breath_db=BREATH_DB)
        hush = count == 0
        disturbed[hush] = self._noises.silence(int(hush.sum()), g)
        return disturbed, note, heard

    def _phases(self, n: int, g: torch.Generator) -> Tensor:
        """(n, n_bins) random phases, the same for a few neighbouring bands."""
        n_bins = self._noises.n_bins
        coarse = torch.rand(n, -(-n_bins // PHASE_BINS), generator=g, device=g.device)
        return 2.0 * math.pi * coarse.repeat_interleave(PHASE_BINS, 1)[:, :n_bins]
