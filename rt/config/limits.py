"""What every number among the settings may be; `rt.config` checks it. Loads nothing."""

from __future__ import annotations

from rt.config.ear_settings import MOST_NOTES
from rt.units import MAX_RATE_HZ, MIN_RATE_HZ, N_CHANNELS

MOST_VOICES = 128

LIMITS: dict[str, tuple[float, float]] = {
    "audio.lead_blocks": (0, 64),
    "osc.port": (0, 65535),
    "osc.reply_port": (1, 65535),
    "osc.query_port": (0, 65535),
    "engine.voices": (1, MOST_VOICES),
    "engine.iterations": (-1, 4),
    "engine.gain_db": (-60, 12),
    "engine.bend_range_semitones": (0, 24),
    "engine.attack_s": (0.0005, 5),
    "engine.velocity_tilt_db": (0, 12),
    "engine.alive": (0, 1),
    "engine.limiter_ceiling_db": (-24, 0),
    "engine.seed": (0, 4_294_967_295),
    "listen.channel": (1, 64),
    "listen.midi_channel": (1, N_CHANNELS),
    "listen.echo_channel": (1, N_CHANNELS),
    "listener.hop_s": (0.001, 0.1),
    "listener.gate_db": (-120.0, 0.0),
    "listener.reference_db": (-60.0, 0.0),
    "listener.a4_hz": (400.0, 480.0),
    "tracker.poly": (1, MOST_NOTES),
    "tracker.poly_even": (0.05, 0.95),
    "tracker.poly_trust": (0.01, 1.0),
    "tracker.poly_harmonic": (0.0001, 1.0),
    "tracker.low_note": (0, 127),
    "tracker.high_note": (0, 127),
    "tracker.confidence": (0.5, 0.999),
    "tracker.trust": (0.01, 1.0),
    "tracker.doubt": (0.0001, 0.5),
    "tracker.change": (1e-6, 0.5),
    "tracker.faint_db": (0.0, 100.0),
    "tracker.start_rise_db": (0.0, 60.0),
    "tracker.min_note_s": (0.0, 2.0),
    "tracker.off_drop_db": (1.0, 100.0),
    "tracker.repeat_rise_db": (0.1, 60.0),
    "tracker.repeat_dip_db": (0.1, 60.0),
    "tracker.repeat_s": (0.0, 2.0),
    "tracker.full_db": (-60.0, 20.0),
    "tracker.range_db": (1.0, 120.0),
    "tracker.dynamics_share": (0.0, 1.0),
    "tracker.bend_step_cents": (0.1, 100.0),
    "run.seconds": (0, 10_000_000),
}
"""Lowest and highest value by the name of the setting."""

OR_ZERO: dict[str, tuple[float, float]] = {
    "audio.sample_rate_hz": (MIN_RATE_HZ, MAX_RATE_HZ),
    "audio.block_samples": (8, 8192),
}
"""The same, where 0 is allowed besides and leaves it to the device."""
