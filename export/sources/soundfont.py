"""Notes rendered from soundfonts.

Reverb and chorus are off, but the synthesizer remembers: its dither goes on from note to note, it works in blocks, and
for one block a voice glides from the loudness of its last note. So every note takes whole periods of dither and leaves
out its first block; its samples then do not depend on what was played before.

Nor may they depend on the process. `synth` takes care of the dither. And the soundfont is decoded by whichever
libsndfile the process has loaded first: `files` loads the one that soundfile brings along, ahead of the synthesizer's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from export.sources.files import SILENT_PEAK, checked
from export.sources.fonts import find_font, font_licence, known_font
from export.sources.instruments import DEFAULT_NAMES, KNOWN, KnownInstrument, instrument_of_program, known_instrument
from export.sources.labels import check_columns, labels_of, parse_class, parse_columns
from export.sources.source import Problem, SourceOptions, Take
from export.sources.synth import load_fluidsynth, open_synth
from rt.arrays import F32
from rt.errors import BridgeError

SYNTH_RATE_HZ = 44100
SYNTH_GAIN = 2.0
"""Loud enough that the softest notes are not lost in the 16 bits that the synthesizer returns."""
MOST_RESTS = 20
"""Periods of silence after which a note that still sounds is given up."""
PERIOD_SAMPLES = 48000
"""After which the synthesizer's dither repeats; a whole number of blocks."""
BLOCK_SAMPLES = 64
DYNAMICS = (("pp", 33), ("p", 49), ("mf", 72), ("f", 96), ("ff", 115))
"""Classes of dynamics and the MIDI velocities that they are played at."""
DEFAULT_RANGE = (36, 96)
"""Notes of programs whose range is not known."""


class SoundfontSource:
    """The notes of some programs of a soundfont at five dynamics."""

    recorded = False

    def __init__(self, font: str, options: SourceOptions) -> None:
        self.path = find_font(font)
        self.name = known_font(self.path) or self.path.stem
        self.licence = font_licence(self.path, options)
        self.instruments = parse_programs(options.programs)
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self._every = options.every
        self._labels = labels_of_all(options, self.name)

    def takes(self) -> list[Take]:
        """Every note of every program at every dynamics."""
        load_fluidsynth()
        takes = [
            Take(
                name=f"{instrument.name} {note} {dynamics}",
                instrument=instrument.name,
                note=note,
                dynamics=dynamics,
                labels=self._labels,
                hold_s=instrument.hold_s,
            )
            for instrument in self.instruments.values()
            for note in range(instrument.low_note, instrument.high_note + 1)
            for dynamics, _ in DYNAMICS
        ]
        return checked(takes, self._every, self.name, self.problems)

    def read(self, take: Take) -> tuple[F32, int]:
        """The note as the synthesizer plays it, from note-on to the end of its hold."""
        instrument = self.instruments[take.instrument]
        n_samples = int((take.hold_s or instrument.hold_s) * SYNTH_RATE_HZ) // BLOCK_SAMPLES * BLOCK_SAMPLES
        synth, font_id = _open(self.path)
        n_played = BLOCK_SAMPLES + n_samples
        synth.all_sounds_off(0)
        synth.system_reset()
        for _ in range(MOST_RESTS):  # else the end of the last note sounds into this one
            synth.get_samples(PERIOD_SAMPLES)
            if not synth.get_active_voice_count():
                break
        synth.get_samples(-n_played % PERIOD_SAMPLES)
        if synth.program_select(0, font_id, 0, instrument.program) != 0:
            raise BridgeError(f"{self.path.name}: has no program {instrument.program} for {take.instrument!r}")
        synth.noteon(0, take.note, dict(DYNAMICS)[take.dynamics])
        heard = synth.get_samples(n_played).reshape(-1, 2)[BLOCK_SAMPLES:]
        samples = (heard / 32768).astype(np.float32)
        # The second block fades in: cut at full level, a note would begin with a click.
        samples[:BLOCK_SAMPLES] *= np.linspace(0.0, 1.0, BLOCK_SAMPLES, dtype=np.float32)[:, None]
        if np.abs(samples).max() <= SILENT_PEAK:
            raise BridgeError(f"{take.name}: the soundfont has no sound there")
        return samples, SYNTH_RATE_HZ


def labels_of_all(options: SourceOptions, source: str) -> tuple[tuple[str, str], ...]:
    """Further labels of a source that knows none itself: the defaults of the columns."""
    columns = parse_columns(options.columns)
    check_columns(columns, (), source)
    return labels_of(columns, {})


def parse_programs(text: str | None) -> dict[str, KnownInstrument]:
    """Instruments of `Flute=73:60-96,Piano=0`; a name alone stands for what is known of it."""
    if text is None:
        return {name: KNOWN[name] for name in DEFAULT_NAMES}
    found: dict[str, KnownInstrument] = {}
    for part in text.split(","):
        given = re.fullmatch(r"\s*([^=:]+?)\s*(?:=\s*(\d+)\s*(?::\s*(\d+)\s*-\s*(\d+)\s*)?)?", part)
        known = known_instrument(given[1]) if given else None
        if not given or not (given[2] or known):
            raise BridgeError(
                f"program {part.strip()!r} is not understood; write NAME=PROGRAM or NAME=PROGRAM:LOW-HIGH"
            )
        name = parse_class("instrument", known.name if known else given[1])
        program = int(given[2]) if given[2] else known.program if known else 0
        same = known if known and known.program == program else None
        fits = same or next((one for one in KNOWN.values() if one.program == program), None)
        low, high = (fits.low_note, fits.high_note) if fits else DEFAULT_RANGE
        if given[3]:
            low, high = int(given[3]), int(given[4])
        if program > 127 or not 0 <= low <= high <= 127:
            raise BridgeError(f"program {part.strip()!r}: programs and notes must lie in 0-127, LOW below HIGH")
        if name in found:
            raise BridgeError(f"instrument {name!r} is named twice in the programs")
        brightness = fits.brightness if fits else 1.0
        found[name] = instrument_of_program(name, program, low, high, brightness=brightness)
    return found


_synths: dict[Path, tuple[Any, int]] = {}
"""The synthesizers of this process; each loads only the programs that are played."""


def _open(path: Path) -> tuple[Any, int]:
    """Synthesizer with a soundfont, and the number of the soundfont in it."""
    if path not in _synths:
        synth = open_synth(gain=SYNTH_GAIN, sample_rate_hz=float(SYNTH_RATE_HZ))
        synth.setting("synth.reverb.active", 0)
        synth.setting("synth.chorus.active", 0)
        synth.setting("synth.dynamic-sample-loading", 1)
        font_id = synth.sfload(str(path))
        if font_id < 0:
            synth.delete()
            raise BridgeError(f"{path}: fluidsynth cannot read this soundfont; install it again")
        _synths[path] = synth, font_id
    return _synths[path]
