"""SFZ instruments: every sample once, at the key that it was recorded on.

The note of a sample is the key at which it is not transposed, its dynamics the place of its velocities among those of
the same note. Round robins and random samples are takes of one note.
"""

from __future__ import annotations

import dataclasses
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from export.sources.files import SUFFIXES, checked, collect, read_audio
from export.sources.instruments import HOLD_S, instrument_name, known_instrument
from export.sources.labels import check_columns, labels_of, parse_class, parse_columns, parse_dynamics
from export.sources.sfz.loudness import dynamics_of
from export.sources.sfz.paths import Folder, is_absolute
from export.sources.sfz.regions import LOOPED, Region, regions_of
from export.sources.sfz.sampler_chunk import sampler_chunk
from export.sources.sfz.text import read_headers
from export.sources.source import Problem, SourceOptions, Take
from rt.arrays import F32
from rt.bundle.manifest import Licence
from rt.errors import BridgeError

BEYOND_RANGE = 3
"""Semitones that samples may lie outside of a known instrument's range; instruments have noises there."""


@dataclasses.dataclass(frozen=True, slots=True)
class SampledNote:
    """One sample, or a part of it, that is a note."""

    path: Path
    note: int
    regions: tuple[Region, ...]
    """All that play it; the first one says how."""

    @property
    def velocities(self) -> tuple[float, float]:
        """The lowest and the highest that play it."""
        return min(r.low_velocity for r in self.regions), max(r.high_velocity for r in self.regions)


class SfzSource:
    """The samples of one SFZ file."""

    recorded = True

    def __init__(self, path: Path, options: SourceOptions) -> None:
        path = path.absolute()
        self.name = f"{path.parent.name}/{path.stem}"
        self.licence = Licence(
            source=f"SFZ {self.name}", licence=options.licence or "not stated", credit=options.credit or ""
        )
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self._path = path
        self._options = options
        self._columns = parse_columns(options.columns)
        check_columns(self._columns, (), self.name)
        self._instrument = parse_class("instrument", instrument_name(options.instrument or path.stem))
        self._parts: dict[str, SampledNote] = {}

    def takes(self) -> list[Take]:
        """One take of every sample that a struck key plays."""
        self.problems, self.remarks, self._parts = [], [], {}
        regions, left_out, mistakes = regions_of(read_headers(self._path))
        self.problems += [Problem(self.name, sample, reason) for sample, reason in mistakes]
        found, n_noises = self._in_range(self._found(regions))
        if n_noises:
            left_out[f"outside of the range of {self._instrument}"] += n_noises
        if left_out:
            n_regions = sum(left_out.values())
            listed = ", ".join(f"{n} {reason}" for reason, n in sorted(left_out.items()))
            self.remarks.append(f"{n_regions} regions left out: {listed}")
        if not self._options.instrument:
            self.remarks.append(f"the instrument is {self._instrument!r}, after the file; instrument= renames it")
        dynamics = self._dynamics(found.values())
        takes = collect(sorted(found), lambda name: self._take(name, found[name], dynamics), self.name, self.problems)
        if not takes and left_out and not self.problems:
            raise BridgeError(f"{self._path}: no usable samples; {self.remarks[0]}")
        kept = checked(takes, self._options.every, str(self._path), self.problems)
        self._parts = {take.name: found[take.name] for take in kept}
        return kept

    def read(self, take: Take) -> tuple[F32, int]:
        """The sample as it was recorded, at the region's level; looped until a held note is heard long enough."""
        if take.name not in self._parts:
            self.takes()
        part = self._parts[take.name]
        region = part.regions[0]
        chunk = sampler_chunk(part.path)
        samples, rate_hz = read_audio(part.path, take.name, start=region.offset, stop=region.end)
        samples = samples * np.float32(10.0 ** (region.gain_db / 20.0))
        loop = _loop(region, chunk.loop if chunk else None)
        known = known_instrument(self._instrument)
        if loop and not (known and known.decays):
            fade = int(min(region.crossfade_s, HOLD_S) * rate_hz)
            samples = looped(samples, loop[0] - region.offset, loop[1] - region.offset + 1, int(HOLD_S * rate_hz), fade)
        return samples, rate_hz

    def _found(self, regions: Iterable[Region]) -> dict[str, SampledNote]:
        """Samples by the names of their takes; what cannot be found is a problem."""
        folder = Folder(self._path.parent)
        of_file: dict[Path, list[SampledNote]] = defaultdict(list)
        missing: set[str] = set()
        for region in regions:
            try:
                path = self._file(folder, region.sample)
                part = SampledNote(path, _note(region, path), (region,))
            except BridgeError as error:
                if region.sample not in missing:
                    self.problems.append(Problem(self.name, region.sample, str(error)))
                missing.add(region.sample)
                continue
            _merge(of_file[path], part)
        parts = [part for parts in of_file.values() for part in parts]
        return {_name(self._path.parent, part): part for part in parts}

    def _file(self, folder: Folder, sample: str) -> Path:
        """The file that a region names."""
        if is_absolute(sample.replace("\\", "/")):
            raise BridgeError("is a path on one machine; name it from the folder of the SFZ file")
        path = folder.find(sample)
        if not path or not path.is_file():
            raise BridgeError(f"there is no such file in {folder.path}")
        if path.suffix.lower() not in SUFFIXES:
            raise BridgeError(f"is no sound file; allowed are {' '.join(suffix[1:] for suffix in SUFFIXES)}")
        return path

    def _in_range(self, found: dict[str, SampledNote]) -> tuple[dict[str, SampledNote], int]:
        """Parts that the instrument can play, and how many regions play others."""
        known = known_instrument(self._instrument)
        if not known:
            return found, 0
        low, high = known.low_note - BEYOND_RANGE, known.high_note + BEYOND_RANGE
        kept = {name: part for name, part in found.items() if low <= part.note <= high}
        return kept, sum(len(part.regions) for name, part in found.items() if name not in kept)

    def _dynamics(self, parts: Iterable[SampledNote]) -> dict[tuple[int, float, float], str]:
        """Class of dynamics by note and range of velocities."""
        ranges: dict[int, set[tuple[float, float]]] = defaultdict(set)
        for part in parts:
            ranges[part.note].add(part.velocities)
        alone = parse_dynamics(self._options.dynamics or "mf")
        return {
            (note, *one): name
            for note, layers in ranges.items()
            for one, name in zip(sorted(layers, key=sum), dynamics_of(sorted(layers, key=sum), alone), strict=True)
        }

    def _take(self, name: str, part: SampledNote, dynamics: dict[tuple[int, float, float], str]) -> Take:
        return Take(
            name=name,
            instrument=self._instrument,
            note=part.note,
            dynamics=dynamics[(part.note, *part.velocities)],
            labels=labels_of(self._columns, {}),
        )


def looped(samples: F32, start: int, stop: int, n_wanted: int, n_fade: int) -> F32:
    """A held note whose loop, from `start` up to `stop`, is played until n_wanted samples have sounded.

    samples : (n_samples, n_channels). n_fade : samples before `stop` that fade into those before `start`.
    What lies after the loop is not heard while a note is held. Returns (n, n_channels), samples as they are when there
    is no such loop in them.
    """
    if not 0 <= start < stop <= len(samples):
        return samples
    body = samples[:stop].copy()
    n_fade = min(n_fade, start, stop - start)
    if n_fade:
        rising = np.linspace(0.0, 1.0, n_fade, endpoint=False, dtype=np.float32)[:, None]
        body[stop - n_fade :] = body[stop - n_fade :] * (1.0 - rising) + samples[start - n_fade : start] * rising
    n_more = max(n_wanted - stop, 0)
    places = start + np.arange(n_more) % (stop - start)
    return np.concatenate((body, body[places]))


def _loop(region: Region, in_file: tuple[int, int] | None) -> tuple[int, int] | None:
    """First and last sample of the loop that is heard while a note is held; None: it is not looped."""
    if region.loop_mode not in LOOPED and (region.loop_mode or not in_file):
        return None
    start = region.loop_start if region.loop_start is not None else in_file[0] if in_file else 0
    end = region.loop_end if region.loop_end is not None else in_file[1] if in_file else None
    return None if end is None else (start, end)


def _note(region: Region, path: Path) -> int:
    """The MIDI note that was recorded."""
    center = region.center
    if center is None:
        chunk = sampler_chunk(path)
        if not chunk:
            raise BridgeError("pitch_keycenter=sample, but the file's header names no note; write the number")
        center = chunk.note
    note = center - region.moved
    if not 0 <= note <= 127:
        raise BridgeError(f"its note is MIDI {note}, allowed are 0-127")
    return note


def _merge(parts: list[SampledNote], part: SampledNote) -> None:
    """Add a part of a file; where it overlaps with one that is there, both are one take.

    A sample is often played on several keys; what is told of it by a region whose keys include its note counts.
    """
    region = part.regions[0]
    for place, other in enumerate(parts):
        first = other.regions[0]
        if region.offset < (first.end or np.inf) and first.offset < (region.end or np.inf):
            if _on_own_key(part) and not _on_own_key(other):
                parts[place] = SampledNote(part.path, part.note, (region, *other.regions))
            elif part.note == other.note:
                parts[place] = dataclasses.replace(other, regions=(*other.regions, region))
            return
    parts.append(part)


def _on_own_key(part: SampledNote) -> bool:
    region = part.regions[0]
    return region.low_key <= part.note <= region.high_key


def _name(folder: Path, part: SampledNote) -> str:
    """A take's name: the path from the SFZ file, and the part of it where it holds several notes."""
    region = part.regions[0]
    path = Path(os.path.relpath(part.path, folder)).as_posix()
    if not region.offset and region.end is None:
        return path
    return f"{path} {region.offset}-{'' if region.end is None else region.end}"
