"""Notes rendered from soundfonts.

Reverb and chorus are off and there is no random part, but the synthesizer remembers: its dither goes on from note to
note, it works in blocks, and for one block a voice glides from the loudness of its last note. So every note takes
whole periods of dither and leaves out its first block; its samples then do not depend on what was played before.
"""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from export.sources.files import SILENT_PEAK
from export.sources.instruments import DEFAULT_NAMES, KNOWN, KnownInstrument, instrument_of_program, known_instrument
from export.sources.labels import check_columns, labels_of, parse_class, parse_columns
from export.sources.source import Problem, SourceOptions, Take
from rt.arrays import F32
from rt.errors import BridgeError
from rt.manifest import Licence

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
FOLDERS = (
    "/usr/share/sounds/sf2",
    "/usr/share/sounds/sf3",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "/opt/homebrew/share/soundfonts",
    "~/.local/share/soundfonts",
)


@dataclass(frozen=True, slots=True)
class KnownFont:
    """A soundfont that systems install."""

    files: tuple[str, ...]
    licence: Licence


KNOWN_FONTS = {
    "MuseScore_General": KnownFont(
        ("MuseScore_General_Full.sf3", "MuseScore_General.sf3", "MuseScore_General.sf2"),
        Licence(
            source="MuseScore General soundfont (Debian package musescore-general-soundfont)",
            licence="MIT, parts public domain or CC0",
            credit="Adaptation (c) 2018-2021 S. Christian Collins; Fluid Mono (c) 2014-2017 Michael Cowgill; "
            "Fluid (c) 2000-2002, 2008 Frank Wen; Splendid Grand piano from AKAI S5000 (public domain)",
        ),
    ),
    "FluidR3_GM": KnownFont(
        ("FluidR3_GM.sf2",),
        Licence(
            source="FluidR3 GM soundfont (Debian package fluid-soundfont-gm)",
            licence="MIT",
            credit="(c) 2000-2002, 2008 Frank Wen and contributors",
        ),
    ),
    "FluidR3Mono_GM": KnownFont(
        ("FluidR3Mono_GM.sf3",),
        Licence(
            source="FluidR3 Mono GM soundfont (Debian package fluidr3mono-gm-soundfont)",
            licence="MIT",
            credit="Fluid Mono (c) 2014-2017 Michael Cowgill; Fluid (c) 2000-2002, 2008 Frank Wen",
        ),
    ),
    "TimGM6mb": KnownFont(
        ("TimGM6mb.sf2",),
        Licence(
            source="TimGM6mb soundfont (Debian package timgm6mb-soundfont)",
            licence="GPL-2",
            credit="(c) 2004 Tim Brechbill; parts (c) 2002 David Bolton",
        ),
    ),
}


class SoundfontSource:
    """The notes of some programs of a soundfont at five dynamics."""

    recorded = False

    def __init__(self, font: str, options: SourceOptions) -> None:
        self.path = find_font(font)
        known = next((name for name, f in KNOWN_FONTS.items() if self.path.name in f.files), None)
        self.name = known or self.path.stem
        self.licence = KNOWN_FONTS[known].licence if known else _licence(self.path, options)
        self.instruments = parse_programs(options.programs)
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self._every = options.every
        self._labels = labels_of_all(options, self.name)

    def takes(self) -> list[Take]:
        """Every note of every program at every dynamics."""
        _fluidsynth()
        return [
            Take(
                name=f"{instrument.name} {note} {dynamics}",
                instrument=instrument.name,
                note=note,
                dynamics=dynamics,
                labels=self._labels,
                hold_s=instrument.hold_s,
            )
            for instrument in self.instruments.values()
            for note in range(instrument.low_note, instrument.high_note + 1, self._every)
            for dynamics, _ in DYNAMICS
        ]

    def read(self, take: Take) -> tuple[F32, int]:
        """The note as the synthesizer plays it, from note-on to the end of its hold."""
        instrument = self.instruments[take.instrument]
        n_samples = int((take.hold_s or instrument.hold_s) * SYNTH_RATE_HZ) // BLOCK_SAMPLES * BLOCK_SAMPLES
        synth, bank = _open(self.path)
        n_played = BLOCK_SAMPLES + n_samples
        synth.all_sounds_off(0)
        synth.system_reset()
        for _ in range(MOST_RESTS):  # else the end of the last note sounds into this one
            synth.get_samples(PERIOD_SAMPLES)
            if not synth.get_active_voice_count():
                break
        synth.get_samples(-n_played % PERIOD_SAMPLES)
        if synth.program_select(0, bank, 0, instrument.program) != 0:
            raise BridgeError(f"{self.path.name}: has no program {instrument.program} for {take.instrument!r}")
        synth.noteon(0, take.note, dict(DYNAMICS)[take.dynamics])
        heard = synth.get_samples(n_played).reshape(-1, 2)[BLOCK_SAMPLES:]
        samples = (heard / 32768).astype(np.float32)
        samples[:BLOCK_SAMPLES] *= np.linspace(0.0, 1.0, BLOCK_SAMPLES, dtype=np.float32)[:, None]
        if np.abs(samples).max() <= SILENT_PEAK:
            raise BridgeError(f"{take.name}: the soundfont has no sound there")
        return samples, SYNTH_RATE_HZ


def labels_of_all(options: SourceOptions, source: str) -> tuple[tuple[str, str], ...]:
    """Further labels of a source that knows none itself: the defaults of the columns."""
    columns = parse_columns(options.columns)
    check_columns(columns, (), source)
    return labels_of(columns, {})


def find_font(text: str) -> Path:
    """File of a soundfont: a path, or a known name, looked for where systems install it."""
    path = Path(os.path.expanduser(text))
    name = re.sub(r"\.sf[23]$", "", text)
    if name in KNOWN_FONTS and not path.is_file():
        places = [Path(os.path.expanduser(folder)) / file for folder in FOLDERS for file in KNOWN_FONTS[name].files]
        path = next((place for place in places if place.is_file()), path)
        if not path.is_file():
            raise BridgeError(
                f"{name}: not in {', '.join(FOLDERS)}; install the {KNOWN_FONTS[name].licence.source}, or give its path"
            )
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except (OSError, ValueError) as error:
        names = ", ".join(KNOWN_FONTS)
        reason = getattr(error, "strerror", None) or error
        raise BridgeError(f"{text[:200]}: {reason}; give the path of a soundfont or one of {names}") from error
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise BridgeError(f"{path}: this is no soundfont; allowed are .sf2 and .sf3 files")
    return path


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


def _licence(path: Path, options: SourceOptions) -> Licence:
    """What the file says about itself."""
    info = font_info(path)
    title = info.get("INAM") or path.stem
    return Licence(
        source=f"{title} (soundfont {path.name})",
        licence=options.licence or "not stated",
        credit=info.get("ICOP") or info.get("IENG") or "",
    )


def font_info(path: Path) -> dict[str, str]:
    """The INFO texts of a soundfont: INAM its name, ICOP its copyright, IENG its makers."""
    found = {}
    with path.open("rb") as file:
        head = file.read(24)
        if len(head) < 24 or head[12:16] != b"LIST" or head[20:] != b"INFO":
            return {}
        rest = file.read(min(struct.unpack("<I", head[16:20])[0] - 4, 1 << 18))
    while len(rest) >= 8:
        size = struct.unpack("<I", rest[4:8])[0]
        text = rest[8 : 8 + size].split(b"\0")[0].decode("utf-8", "replace")
        found[rest[:4].decode("ascii", "replace")] = " ".join(text.split())[:300]
        rest = rest[8 + size + size % 2 :]
    return found


_synths: dict[Path, tuple[Any, int]] = {}
"""The synthesizers of this process; each loads only the programs that are played."""


def _open(path: Path) -> tuple[Any, int]:
    """Synthesizer with a soundfont, and the number of the soundfont in it."""
    if path not in _synths:
        synth = _fluidsynth().Synth(gain=SYNTH_GAIN, samplerate=float(SYNTH_RATE_HZ))
        synth.setting("synth.reverb.active", 0)
        synth.setting("synth.chorus.active", 0)
        synth.setting("synth.dynamic-sample-loading", 1)
        bank = synth.sfload(str(path))
        if bank < 0:
            synth.delete()
            raise BridgeError(f"{path}: fluidsynth cannot read this soundfont; install it again")
        _synths[path] = synth, bank
    return _synths[path]


def _fluidsynth() -> Any:
    try:
        import fluidsynth
    except ImportError as error:
        raise BridgeError("rendering needs pyfluidsynth and the fluidsynth library; install both") from error
    return fluidsynth
