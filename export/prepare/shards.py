"""Items -> shards: files of a few dozen analysed items, each written at once, so that an interrupted run goes on.

`analyse_shard` runs in worker processes. A shard's name holds a key of all that decides its content.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from export.prepare.analyse import ANALYSER, TakeFrames, analyse, take_rng
from export.prepare.mixing import mix
from export.prepare.plan import Item, Part, Settings
from export.prepare.sound import Sound, UnusableError, sound_of
from export.sources.source import Problem, Source
from export.store import disk_errors
from rt.arrays import AnyArray
from rt.atomic_write import atomic_write
from rt.errors import BridgeError
from rt.frames.live import LIVE
from rt.frames.spec import NSGT_410

SHARD_ITEMS = 64
SHARDS = "shards"


@dataclasses.dataclass(frozen=True, slots=True)
class Shard:
    """Some items and the file that their frames go to."""

    path: Path
    items: tuple[Item, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ShardFrames:
    """What a shard's file holds, for those of its items that could be used."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    cents: AnyArray
    """(n_items,) largest correction of a part's tuning."""
    seconds: AnyArray
    """(n_items,) how long it sounds."""
    found: tuple[TakeFrames, ...]


def shards_of(items: Sequence[Item], sources: Sequence[Source], settings: Settings, folder: Path) -> list[Shard]:
    """Split items into shards, whose names change when anything that decides their frames does."""
    names = [(source.name, source.recorded) for source in sources]
    decisive = (
        ANALYSER,
        dataclasses.asdict(NSGT_410),
        dataclasses.asdict(LIVE),
        settings.seed,
        settings.vibrato,
        settings.noise,
        names,
    )
    shards = []
    for first in range(0, len(items), SHARD_ITEMS):
        chosen = tuple(items[first : first + SHARD_ITEMS])
        text = json.dumps([decisive, [dataclasses.asdict(item) for item in chosen]])
        key = hashlib.sha256(text.encode()).hexdigest()[:20]
        shards.append(Shard(folder / SHARDS / f"{first // SHARD_ITEMS:05d}-{key}.npz", chosen))
    return shards


def analyse_shard(shard: Shard, sources: Sequence[Source], settings: Settings) -> int:
    """Analyse the items of a shard and write its file; returns how many they were."""
    rows, problems = [], []
    for number, item in enumerate(shard.items):
        try:
            sounds = [sound_of_part(part, sources, wide=settings.noise) for part in item.parts]
        except UnusableError as error:
            problem = error.args[0]
            if settings.strict:
                raise BridgeError(f"{problem.name}: {problem.reason}; mend it, or leave it out with --skip") from error
            problems.append(problem)
            continue
        rows.append(
            (number, max((s.cents for s in sounds), key=abs), frames_of(item, sounds, sources, settings), sounds)
        )
    found = [row[2] for row in rows]
    arrays: dict[str, Any] = {
        "number": np.array([row[0] for row in rows], np.int64),
        "cents": np.array([row[1] for row in rows], np.float32),
        "seconds": np.array([min(s.sounding_s for s in row[3]) for row in rows], np.float32),
        "n_frames": np.array([len(one.frames) for one in found], np.int64),
        "n_live": np.array([len(one.live) for one in found], np.int64),
        "problems": np.array([json.dumps([dataclasses.astuple(problem) for problem in problems])]),
        **{f.name: _joined([getattr(one, f.name) for one in found]) for f in dataclasses.fields(TakeFrames)},
    }
    with disk_errors(shard.path.parent.parent), atomic_write(shard.path) as place, place.open("wb") as stream:
        np.savez(stream, **arrays)
    return len(shard.items)


def _joined(parts: list[AnyArray]) -> AnyArray:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def sound_of_part(part: Part, sources: Sequence[Source], *, wide: bool = False) -> Sound:
    """Read and retune one note; UnusableError with a Problem when that cannot be done. wide : as of `sound_of`."""
    source = sources[part.source]
    try:
        samples, rate_hz = source.read(part.take)
        kind = {"decays": part.decays, "recorded": part.recorded}
        return sound_of(NSGT_410, part.take, samples, rate_hz, **kind, wide=wide)
    except (BridgeError, UnusableError) as error:
        reason = str(error).removeprefix(f"{part.take.name}: ")
        raise UnusableError(Problem(source.name, part.take.name, reason)) from error


def frames_of(item: Item, sounds: Sequence[Sound], sources: Sequence[Source], settings: Settings) -> TakeFrames:
    """Frames of an item, with random numbers of its own."""
    part = item.parts[0]
    rng = take_rng(settings.seed, sources[part.source].name, item.name)
    if settings.mixtures:  # their notes fade on their own: there are frames while all of them sound
        return analyse(NSGT_410, mix(NSGT_410, item, sounds), rng, decays=True, whole=False)
    tuned = part.take.note if settings.vibrato == "stop" and not part.decays else None
    kind = {"decays": part.decays, "whole": item.whole}
    return analyse(
        NSGT_410, sounds[0], rng, **kind, in_tune_with=tuned, noise_of=part.take.note if settings.noise else None
    )


def read_shard(shard: Shard) -> ShardFrames:
    """Read a shard's file."""
    try:
        with np.load(shard.path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        problems = tuple(Problem(*one) for one in json.loads(str(arrays["problems"][0])))
        items = tuple(shard.items[number] for number in arrays["number"])
        full = np.cumsum([0, *arrays["n_frames"]])
        live = np.cumsum([0, *arrays["n_live"]])
        found = tuple(_part_of(arrays, slice(*full[i : i + 2]), slice(*live[i : i + 2])) for i in range(len(items)))
        return ShardFrames(items, problems, arrays["cents"], arrays["seconds"], found)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise BridgeError(f"{shard.path}: damaged ({error}); remove it and run the same command again") from error


def _part_of(arrays: dict[str, AnyArray], full: slice, live: slice) -> TakeFrames:
    """The frames of one item."""
    of_full = {name: arrays[name][full] for name in ("frames", "age_s", "place_s", "slot", "noise")}
    return TakeFrames(**of_full, live=arrays["live"][live], live_age_s=arrays["live_age_s"][live])


def read_shards(shards: Sequence[Shard]) -> Iterator[tuple[int, ShardFrames]]:
    """All shards one after the other, each with the index of its first usable item."""
    first = 0
    for shard in shards:
        read = read_shard(shard)
        yield first, read
        first += len(read.items)
