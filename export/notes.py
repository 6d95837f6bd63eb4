"""The net that hears several notes at once: live frame -> which MIDI notes sound. It knows nothing of the latents."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export.layers import convolution, shifted

N_NOTES = 128
PARTIAL_BINS = (-76, -48, -28, 0, 28, 48, 76, 96, 111, 124, 135, 144)
"""Where 1/3, 1/2, 2/3, 1, 3/2 of the fundamental and its partials 2..8 lie, in bands of 25 cents."""
INTERVALS = (-24, -19, -12, -7, 0, 7, 12, 19, 24, 28)
"""Semitones to the notes that share partials with a note: what one of them explains, the other need not."""
SEMITONE_BINS = 4
LOWEST_NOTE = 20
FIRST_BIN = 10
"""Bands that the lowest note lies below the first one."""
RANGE_VALUES = 3.0
"""Bands 60 dB under the loudest one are nothing."""
FIRST_LOGIT = -3.0
"""Most notes are silent: what the net says before it has learnt."""


class NoteListener(nn.Module):
    """Live frame -> logits of the MIDI notes. The same filters see every note, stacked with its relatives."""

    def __init__(self, n_bins: int, channels: int) -> None:
        super().__init__()
        c, self.n_narrow = channels, channels // 2
        self.n_semitones = (n_bins + FIRST_BIN - 1) // SEMITONE_BINS + 1
        self.partials: Tensor
        self.relatives: Tensor
        self.register_buffer("partials", shifted(PARTIAL_BINS, n_bins + FIRST_BIN), persistent=False)
        self.register_buffer("relatives", shifted(INTERVALS, self.n_semitones).flatten(), persistent=False)
        self.near = nn.Sequential(
            convolution(len(PARTIAL_BINS), self.n_narrow, 5), convolution(self.n_narrow, c, 9, SEMITONE_BINS)
        )
        self.narrow = convolution(c, self.n_narrow, 1)
        self.far = nn.Sequential(convolution(len(INTERVALS) * self.n_narrow + c, c, 1), convolution(c, c, 5))
        self.last = nn.Conv1d(c, 1, 3, padding=1)
        self.register = nn.Parameter(torch.full((1, self.n_semitones), FIRST_LOGIT))

    def forward(self, frame: Tensor) -> Tensor:
        """(n, n_bins) values -> (n, n_semitones) logits from LOWEST_NOTE up; the level of the frame does not count."""
        relative = (frame - frame.amax(1, keepdim=True)).clamp(min=-RANGE_VALUES) / (0.5 * RANGE_VALUES) + 1.0
        padded = F.pad(relative, (FIRST_BIN - PARTIAL_BINS[0], PARTIAL_BINS[-1]), value=-1.0)
        features = self.near(padded[:, self.partials])
        narrow = F.pad(self.narrow(features), (-INTERVALS[0], INTERVALS[-1]))
        far = narrow.index_select(2, self.relatives).view(-1, self.n_narrow, len(INTERVALS), self.n_semitones)
        far = far.transpose(1, 2).reshape(-1, len(INTERVALS) * self.n_narrow, self.n_semitones)
        hidden = self.far(torch.cat([features, far], 1))
        logits: Tensor = self.last(hidden)[:, 0] + self.register
        return logits


def targets(note: Tensor, heard: Tensor, n_semitones: int) -> tuple[Tensor, Tensor]:
    """What the net should say of notes (n, n_most), -1 where there is none.

    heard : (n, n_most) 1 for a note that can be heard, 0 for one that cannot, and between them in doubt, which counts
    neither way. Returns targets and weights, (n, n_semitones) each.
    """
    place = (note - LOWEST_NOTE).clamp(0, n_semitones - 1)
    sounds = torch.where(note >= 0, heard, 0.0)
    empty = torch.zeros(len(note), n_semitones, device=note.device)
    loudest = empty.scatter_reduce(1, place, sounds, "amax")
    in_doubt = (loudest > 0.0) & (loudest < 1.0)
    return (loudest >= 1.0).float(), (~in_doubt).float()


def notes_loss(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Binary cross entropy summed over the semitones."""
    cells = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (cells * weight).sum(1).mean()
