"""What the attacks on files begin with: a folder, a song, and the proof that what is whole passes."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import mido

from rt import cli


@contextlib.contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder for the time of an attack."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def prove(arguments: list[str]) -> None:
    """The undamaged file must pass, or nothing is shown; the children share what is imported and compiled here."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main(arguments)
    assert code == 0, said.getvalue()


def midi_song(n_tracks: int = 3, n_notes: int = 10) -> bytes:
    """A MIDI file with notes, pedals and bends, one channel a track."""
    file = mido.MidiFile()
    for channel in range(n_tracks):
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.MetaMessage("track_name", name=("Violin", "x", "Piano")[channel]))
        track.append(mido.MetaMessage("set_tempo", tempo=500_000))
        track.append(mido.Message("program_change", program=40, channel=channel))
        for k in range(n_notes):
            track.append(mido.Message("note_on", note=60 + k, velocity=80, time=30, channel=channel))
            track.append(mido.Message("control_change", control=64, value=0, channel=channel))
            track.append(mido.Message("pitchwheel", pitch=100, channel=channel))
            track.append(mido.Message("note_off", note=60 + k, time=60, channel=channel))
    made = io.BytesIO()
    file.save(file=made)
    return made.getvalue()
