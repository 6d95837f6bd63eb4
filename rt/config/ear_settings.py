"""How the ears decide: every threshold by name, unit, default and range. Loads little: `rt.config` has it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rt.config.setting import ConfigPart, setting
from rt.errors import ConfigError
from rt.units import FULL_DB, VELOCITY_RANGE_DB

MOST_NOTES = 16
"""At once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerSettings(ConfigPart):
    """From samples to what one hop sounds like."""

    part: ClassVar[str] = "listener"

    hop_s: float = setting(
        256 / 44_100, "time between two looks at the sound: 256 samples at 44.1 kHz", low=0.001, high=0.1
    )
    gate_db: float = setting(
        -54.0,
        "level of the loudest band below which nothing is heard; 0 dB is a full-scale sine",
        low=-120.0,
        high=0.0,
    )
    reference_db: float = setting(-12.0, "auto-gain brings the loudest band to this level", low=-60.0, high=0.0)
    a4_hz: float = setting(440.0, "what the players are tuned to", low=400.0, high=480.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerSettings(ConfigPart):
    """From hops to notes."""

    part: ClassVar[str] = "tracker"

    poly: int = setting(1, "most notes at once; 1 follows a melody, which is surer and earlier", low=1, high=MOST_NOTES)
    poly_even: float = setting(
        0.4, "several notes: what the ears must say of a note to speak neither for nor against it", low=0.05, high=0.95
    )
    poly_tempering: float = setting(0.5, "several notes: how much one hop counts", low=0.01, high=1.0)
    poly_harmonic: float = setting(
        0.05,
        "several notes: how much less likely a harmonic of a sounding note starts than another one",
        low=0.0001,
        high=1.0,
    )
    low_note: int = setting(21, "lowest note that is heard", low=0, high=127)
    high_note: int = setting(108, "highest note that is heard", low=0, high=127)
    confidence: float = setting(
        0.95, "certainty that a note needs before it is told: higher is later and surer", low=0.5, high=0.999
    )
    tempering: float = setting(
        0.7, "how much one hop counts; neighbouring hops see much of the same sound", low=0.01, high=1.0
    )
    floor: float = setting(0.01, "share of its certainty that a hop may be wrong about", low=0.0001, high=0.5)
    transition: float = setting(0.005, "chance that another note starts within one hop", low=1e-6, high=0.5)
    faint_db: float = setting(
        14.0, "a melody note whose partials lie so far under the whole sound does not start", low=0.0, high=100.0
    )
    start_rise_db: float = setting(
        7.0,
        "rise of a melody note's partials within 150 ms without which it must be the likeliest for as long",
        low=0.0,
        high=60.0,
    )
    min_note_s: float = setting(
        0.04, "no note is ended or replaced earlier than this after its start", low=0.0, high=2.0
    )
    off_drop_db: float = setting(15.0, "a note ends when its level falls this far within 100 ms", low=1.0, high=100.0)
    repeat_rise_db: float = setting(
        6.0, "rise of the level within 30 ms that starts the same note again", low=0.1, high=60.0
    )
    repeat_dip_db: float = setting(
        10.0,
        "the same note starts again when its own partials fall and rise by this, within 45 ms upwards",
        low=0.1,
        high=60.0,
    )
    repeat_s: float = setting(0.08, "the same note starts again no sooner than this after its start", low=0.0, high=2.0)
    full_db: float = setting(FULL_DB, "level that velocity 127 stands for", low=-60.0, high=20.0)
    range_db: float = setting(
        VELOCITY_RANGE_DB, "the level falls by this much each time the velocity falls to a tenth", low=1.0, high=120.0
    )
    dynamics_share: float = setting(
        0.3,
        "how much of the velocity comes from the heard class of dynamics; the rest comes from the level",
        low=0.0,
        high=1.0,
    )
    bend: bool = setting(False, "tell the pitch between the semitones too, as pitch bend")
    bend_step_cents: float = setting(3.0, "smallest change of the pitch that is told", low=0.1, high=100.0)

    def check_together(self) -> None:
        """Raise ConfigError where the range of notes is empty, or where several notes would be bent at once."""
        if self.low_note > self.high_note:
            raise ConfigError(
                f"tracker.low_note is {self.low_note}; allowed is up to tracker.high_note, {self.high_note}"
            )
        if self.poly > 1 and self.bend:
            raise ConfigError(
                "tracker.bend bends all notes of a channel at once; set it to false, or tracker.poly to 1"
            )
