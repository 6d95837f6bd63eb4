"""Writes a tune into a saved Ardour session, as a region at its start; Ardour's Lua has no call for it.

python put_region.py SESSION.ardour TRACK NOTE_SECONDS NOTE...
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import mido

TICKS = 960
"""Of a beat in the MIDI file; a beat is half a second."""
SESSION_TICKS = 1920
SOURCE = (
    '<Source name="tune.mid" take-id="" type="midi" flags="Writable,CanRename" id="9000" natural-position="a0" '
    'captured-for="" origin=""/>'
)
REGION = (
    '<Region name="tune" muted="0" opaque="1" locked="0" video-locked="0" automatic="0" whole-file="{whole}" '
    'import="0" external="0" sync-marked="0" left-of-split="0" right-of-split="0" hidden="0" position-locked="0" '
    'valid-transients="0" start="b0" length="b{ticks}@b0" sync-position="b0" ancestral-start="b0" '
    'ancestral-length="b0@b0" stretch="1" shift="1" layering-index="0" tags="" contents="0" type="midi" '
    'first-edit="nothing" id="{id}" source-0="9000" master-source-0="9000" channels="1"/>'
)


def put_region(session: Path, track: str, note_s: float, notes: list[int]) -> None:
    """Notes of so many seconds, one after the other, into the playlist of a MIDI track."""
    tune = mido.MidiFile(type=0, ticks_per_beat=TICKS)
    events = mido.MidiTrack()
    tune.tracks.append(events)
    gap = TICKS // 10
    for k, note in enumerate(notes):
        events.append(mido.Message("note_on", note=note, velocity=100, time=gap if k else 0))
        events.append(mido.Message("note_off", note=note, velocity=0, time=round(2 * note_s * TICKS) - gap))
    folder = session.parent / "interchange" / session.stem / "midifiles"
    folder.mkdir(parents=True, exist_ok=True)
    tune.save(folder / "tune.mid")

    ticks = round(2 * note_s * len(notes) * SESSION_TICKS)
    text = session.read_text("utf-8")
    text = text.replace("<Sources/>", f"<Sources>{SOURCE}</Sources>")
    text = text.replace("<Regions/>", f"<Regions>{REGION.format(whole=1, ticks=ticks, id=9001)}</Regions>")
    playlist = re.compile(rf'(<Playlist id="\d+" name="{track}" type="midi"[^>]*)/>')
    text, n = playlist.subn(rf"\1>{REGION.format(whole=0, ticks=ticks, id=9002)}</Playlist>", text)
    assert n == 1, "Ardour writes its sessions in another way now"
    session.write_text(text, "utf-8")


if __name__ == "__main__":
    put_region(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), [int(text) for text in sys.argv[4:]])
