"""`latent-bridge transcribe`: a sound file into a MIDI file, by the same ears that hear the microphone."""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rt.arrays import F32
from rt.atomic_write import atomic_write
from rt.bundle import bundle
from rt.config import config, flags
from rt.errors import ConfigError, ControlError
from rt.units import MAX_RATE_HZ, MIN_RATE_HZ, name_of_note

if TYPE_CHECKING:
    from rt.bundle.manifest import InstrumentSpec, Manifest
    from rt.midi.midi_file import TimedMessage
    from rt.transcribe.score import WrittenNote

SUMMARY = "write the notes of a sound file into a MIDI file"
BLOCK_SAMPLES = 8192
BEND_RANGE_SEMITONES = 2.0
"""What a synthesizer's pitch wheel does unless told otherwise."""
TEMPERING = 0.3
"""A file can wait: a hop counts less than live, so notes are surer and told later, but dated all the same."""
PREFERRED = {"model.provider": "cpu", "tracker.tempering": TEMPERING}
"""In place of the default settings."""
NUMBERS = {
    "--poly": ("tracker.poly", "N"),
    "--confidence": ("tracker.confidence", "X"),
    "--gate": ("listener.gate_db", "DB"),
    "--a4": ("listener.a4_hz", "HZ"),
}
CLIPPED, CLIPPED_SHARE = 0.999, 1e-3
OFFSET = 0.02


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and how to listen."""
    parser.add_argument("sound", type=Path, metavar="IN.wav", help="WAV, FLAC, OGG, AIFF or MP3 at 8 to 384 kHz")
    parser.add_argument("midi", type=Path, metavar="OUT.mid")
    parser.add_argument("--json", type=Path, metavar="OUT.json", help="the notes with times, confidence and instrument")
    parser.add_argument("--plot", type=Path, metavar="OUT.png", help="draw frames, class probabilities and notes")
    flags.add_config(parser)
    flags.add_flag(parser, "--bundle", "model.bundle", metavar="NAME")
    flags.add_flag(parser, "--provider", "model.provider")
    flags.add_flag(parser, "--bend", "tracker.bend")
    for name, (setting, metavar) in NUMBERS.items():
        flags.add_flag(parser, name, setting, metavar=metavar)


def run(arguments: argparse.Namespace) -> int:
    """Transcribe; a file without notes gives a MIDI file without notes and says why."""
    from rt.audio.offline import SoundReader
    from rt.midi import midi_file
    from rt.model import ListenerModel
    from rt.offline.options import check_outputs
    from rt.offline.pictures import HearingPicture
    from rt.offline.progress import with_bar
    from rt.transcribe import Transcriber
    from rt.transcribe.score import write

    settings = _settings(arguments)
    listener, tracker = settings.listener, settings.tracker
    check_outputs(
        [arguments.midi, arguments.json, arguments.plot],
        read=[arguments.sound, *([arguments.config] if arguments.config else [])],
    )
    reader = SoundReader(arguments.sound)
    if not reader.n_samples:
        raise ControlError(f"{arguments.sound}: holds no samples; give a longer file")
    if not MIN_RATE_HZ <= reader.sample_rate_hz <= MAX_RATE_HZ:
        raise ControlError(
            f"{arguments.sound}: {reader.sample_rate_hz} Hz, allowed are {MIN_RATE_HZ} to {MAX_RATE_HZ}; resample it"
        )
    opened = bundle.load(settings.model.bundle, keeps=True)
    ears = ListenerModel.load(opened, settings.model.provider)
    transcriber = Transcriber(
        ears, sample_rate_hz=reader.sample_rate_hz, n_channels=reader.n_channels, listener=listener, tracker=tracker
    )
    transcriber.warm_up()
    picture = None
    if arguments.plot:
        seconds = reader.n_samples / reader.sample_rate_hz
        picture = HearingPicture(arguments.plot, ears.manifest, seconds=seconds, hop_s=listener.hop_s)
    faults, start_s, events, peak_db = Faults(), time.monotonic(), [], -200.0
    for block in with_bar(reader.blocks(BLOCK_SAMPLES), reader.n_samples):
        faults.check(block)
        for heard in transcriber.hear(block):
            events += heard.events
            peak_db = max(peak_db, heard.hop.peak_db)
            if picture is not None:
                picture.add(heard.hop)
    notes = write([*events, *transcriber.stop()], monophonic=tracker.poly == 1)
    took_s = time.monotonic() - start_s
    player = heard_most(notes, ears.manifest)
    midi_file.save(arguments.midi, messages(notes, player), name=player.name if player else "")
    if arguments.json:
        _save_json(arguments, reader.sample_rate_hz, faults.n_samples, notes, ears.manifest)
    if picture is not None:
        picture.draw(notes, title=arguments.sound.name)
    for remark in faults.remarks():
        print(f"{arguments.sound}: {remark}")
    length_s = faults.n_samples / reader.sample_rate_hz
    print(
        f"{arguments.midi}: {len(notes)} notes in {length_s:.2f} s, {length_s / max(took_s, 1e-9):.1f} times real time"
    )
    if not notes:
        why = f"the loudest band is at {peak_db:.0f} dB, the gate at {listener.gate_db:g} dB"
        print(f"{arguments.sound}: no note heard; {why}: raise the level, or lower --gate or --confidence")
    return 0


def heard_most(notes: list[WrittenNote], manifest: Manifest) -> InstrumentSpec | None:
    """The instrument that most notes were heard to be of; None where none was heard."""
    heard = Counter(note.instrument for note in notes if note.instrument is not None)
    return manifest.instruments[heard.most_common(1)[0][0]] if heard else None


def messages(notes: list[WrittenNote], player: InstrumentSpec | None) -> Iterator[TimedMessage]:
    """MIDI messages of notes on channel 1, in order; first the player's General MIDI program."""
    from rt.midi.messages import NOTE_OFF, NOTE_ON, PROGRAM
    from rt.midi.midi_file import TimedMessage

    found: list[tuple[float, int, tuple[int, ...]]] = []
    if player is not None:
        found.append((0.0, 0, (PROGRAM, player.program)))
    is_bent = False
    for note in notes:
        if is_bent or note.bends:
            found.append((note.onset_s, 2, _wheel(0.0)))
        found.append((note.onset_s, 3, (NOTE_ON, note.note, note.velocity)))
        found += [(at_s, 4, _wheel(cents)) for at_s, cents in note.bends]
        is_bent = bool(note.bends)
        found.append((note.end_s, 1, (NOTE_OFF, note.note, 64)))
    return (TimedMessage(at_s, message) for at_s, _, message in sorted(found))


def _wheel(cents: float) -> tuple[int, int, int]:
    from rt.midi.messages import bend_message

    return bend_message(0, cents / 100.0, BEND_RANGE_SEMITONES)


class Faults:
    """What is wrong with the samples themselves."""

    def __init__(self) -> None:
        self.n_samples = 0
        self._n_bad = self._n_clipped = 0
        self._sum = 0.0

    def check(self, block: F32) -> None:
        """Count in (n, n_channels)."""
        self.n_samples += len(block)
        finite = np.isfinite(block)
        self._n_bad += int(np.sum(~finite.all(axis=1)))
        sound = np.where(finite, block, 0.0)
        self._n_clipped += int(np.sum((np.abs(sound) >= CLIPPED).any(axis=1)))
        self._sum += float(sound.mean(axis=1).sum())

    def remarks(self) -> Iterator[str]:
        """One line for each fault."""
        if self._n_bad:
            yield f"{self._n_bad} samples are no numbers and were taken for silence"
        if self._n_clipped > CLIPPED_SHARE * self.n_samples:
            share = 100 * self._n_clipped / self.n_samples
            yield f"clips ({share:.1f} % of the samples); notes may be wrong, record it softer"
        if self.n_samples and abs(self._sum) > OFFSET * self.n_samples:
            yield f"has a constant offset of {self._sum / self.n_samples:.2f}, which is not heard"


def _settings(arguments: argparse.Namespace) -> config.Config:
    """The settings; ConfigError for a number out of range."""
    from rt.offline.options import check_range

    given = flags.given(arguments)
    for name, (setting, _) in NUMBERS.items():
        said = config.find(setting)[1]
        if setting in given and said.low is not None and said.high is not None:
            check_range(name, given[setting], said.low, said.high)
    if given.get("tracker.poly", 1) > 1 and given.get("tracker.bend"):
        raise ConfigError("--bend bends all notes of a channel at once; leave --bend or --poly out")
    return flags.read(arguments, preferred=PREFERRED)


def _save_json(
    arguments: argparse.Namespace, rate_hz: int, n_samples: int, notes: list[WrittenNote], manifest: Manifest
) -> None:
    rows = [
        {
            "onset_s": round(n.onset_s, 4),
            "end_s": round(n.end_s, 4),
            "note": n.note,
            "name": name_of_note(n.note),
            "velocity": n.velocity,
            "confidence": round(n.confidence, 4),
            "instrument": None if n.instrument is None else manifest.instruments[n.instrument].name,
            "told_s": round(n.told_s, 4),
            "bends": [[round(at_s, 4), round(cents, 1)] for at_s, cents in n.bends],
        }
        for n in notes
    ]
    facts = {
        "sound": arguments.sound.name,
        "sample_rate_hz": rate_hz,
        "seconds": round(n_samples / rate_hz, 4),
        "bundle": manifest.name,
        "notes": rows,
    }
    try:
        with atomic_write(arguments.json) as place:
            place.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ControlError(f"{arguments.json} cannot be written ({error.strerror}); give a writable folder") from error
