"""How the ears decide: every threshold by name, unit and default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSettings:
    """From samples to what one hop sounds like."""

    hop_s: float = 256 / 44_100
    """Time between two frames."""
    gate_db: float = -62.0
    """Level of the loudest band below which there is nothing to hear; 0 dB is a full-scale sine."""
    reference_db: float = -12.0
    """Auto-gain: the loudest band of every frame is brought to this level before the encoder sees it."""
    max_gain_db: float = 60.0
    """Auto-gain never does more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerSettings:
    """From hops to notes."""

    low_note: int = 21
    high_note: int = 108
    confidence: float = 0.9
    """Certainty that a note needs before it is told, 0.5-0.999: higher is later and surer."""
    min_note_s: float = 0.04
    """A note is not ended or replaced earlier than this after its start."""
    off_s: float = 0.04
    """A note ends after so long without evidence for it."""
    off_drop_db: float = 30.0
    """A note ends when it has fallen this far below its own recent level."""
    repeat_rise_db: float = 6.0
    """Rise of the level within 30 ms that starts the same note again."""
    repeat_s: float = 0.08
    """The same note starts again no sooner than this after its start."""
    bend: bool = False
    """Tell the pitch between the semitones as well."""
    bend_step_cents: float = 3.0
    """Smallest change of the pitch that is told."""
