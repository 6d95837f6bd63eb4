"""How the ears decide: every threshold by name, unit and default. Loads nothing, so that `rt.config` can have it."""

from __future__ import annotations

from dataclasses import dataclass

from rt.units import FULL_DB, VELOCITY_RANGE_DB

MOST_NOTES = 16
"""At once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSettings:
    """From samples to what one hop sounds like."""

    hop_s: float = 256 / 44_100
    """Time between two frames."""
    gate_db: float = -54.0
    """Level of the loudest band below which there is nothing to hear; 0 dB is a full-scale sine."""
    reference_db: float = -12.0
    """Auto-gain: the loudest band of every frame is brought to this level before the encoder sees it."""
    a4_hz: float = 440.0
    """What the players are tuned to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerSettings:
    """From hops to notes."""

    poly: int = 1
    """Most notes at once; above 1 every note is believed in by itself."""
    poly_even: float = 0.4
    """With several notes: what the ears must say of a note to speak neither for nor against it, 0-1."""
    poly_trust: float = 0.5
    """With several notes: how much one hop counts, 0-1."""
    poly_harmonic: float = 0.05
    """With several notes: how much less likely a harmonic of a sounding note starts than another note."""
    low_note: int = 21
    high_note: int = 108
    confidence: float = 0.95
    """Certainty that a note needs before it is told, 0.5-0.999: higher is later and surer."""
    trust: float = 0.7
    """How much one hop counts, 0-1; neighbouring hops see much of the same sound."""
    doubt: float = 0.01
    """Share of its certainty that a hop may be wrong about."""
    change: float = 0.005
    """Chance that another note starts within one hop."""
    faint_db: float = 14.0
    """With one note: nothing starts whose own partials lie so far under the whole sound."""
    start_rise_db: float = 7.0
    """With one note: one whose own partials have not risen by this within 150 ms must be the likeliest for as long."""
    min_note_s: float = 0.04
    """A note is not ended or replaced earlier than this after its start."""
    off_drop_db: float = 15.0
    """A note ends when its level falls this far within 100 ms."""
    repeat_rise_db: float = 6.0
    """Rise within 30 ms that starts the same note again."""
    repeat_dip_db: float = 10.0
    """The same note starts again when its own partials fall and rise by this, within 45 ms upwards."""
    repeat_s: float = 0.08
    """The same note starts again no sooner than this after its start."""
    full_db: float = FULL_DB
    """Level that velocity 127 stands for."""
    range_db: float = VELOCITY_RANGE_DB
    """The level falls by this much each time the velocity falls to a tenth."""
    dynamics_share: float = 0.3
    """How much of the velocity comes from the heard class of dynamics; the rest comes from the level."""
    bend: bool = False
    """Tell the pitch between the semitones as well."""
    bend_step_cents: float = 3.0
    """Smallest change of the pitch that is told."""
