"""Shards -> corpus: what can only be known when all notes are analysed, then the arrays, row block by row block."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from export import store
from export.corpus import Corpus, CorpusInstrument
from export.prepare.analyse import AGE_EDGES_S, TakeFrames
from export.prepare.levels import (
    brightening_db,
    keeping_gains_db,
    levelling_gains_db,
    middle_of,
    peak_level_db,
    tilt_db,
)
from export.prepare.mixtures import silent_parts
from export.prepare.noise import UNKNOWN
from export.prepare.plan import RELEASE_S, Item, Settings, classes_of, symbols_of, voice_order, voices
from export.prepare.shards import Shard, read_shards
from export.sources.instruments import known_instrument
from export.sources.source import Source
from export.store import write_array
from rt.arrays import F64, AnyArray
from rt.frames.live import LIVE
from rt.frames.noise import NOISE_40, centres_of, values_of_power
from rt.frames.scaling import values_of_magnitudes
from rt.frames.spec import NSGT_410, centre_hz
from rt.frames.symbols import velocities_of

BRIGHTNESS_SLOTS = (4, 10)
"""The frames whose brightness is compared: 30 ms to 0.7 s."""


class Merge:
    """The usable items of all shards, their labels, and the corrections that depend on all of them."""

    def __init__(
        self, shards: Sequence[Shard], items: Sequence[Item], sources: Sequence[Source], settings: Settings
    ) -> None:
        self._shards, self._items, self._sources, self._settings = shards, items, sources, settings
        takes = [part.take for item in items for part in item.parts]
        self.symbols = symbols_of(takes)
        self.n_sources = settings.n_sources if settings.mixtures else 1
        parts = [silent_parts(item, self.n_sources) for item in items]
        self.classes = np.array([[classes_of(self.symbols, p.take if p else None) for p in row] for row in parts])
        self.note = np.array([[p.take.note if p else -1 for p in row] for row in parts])
        self.source = np.array([item.parts[0].source for item in items])
        self._dynamics, self._instrument = self.classes[:, 0, 2], self.classes[:, 0, 3]
        self._velocities = np.array(velocities_of(self.symbols[2].classes[:-1]))
        pairs = [(part.source, part.take.instrument) for item in items for part in item.parts]
        speakers = voices(pairs, voice_order(sources, settings.voice))
        self.voice = np.array([all(speakers[p.take.instrument] == p.source for p in item.parts) for item in items])
        self._slopes_db: dict[int, F64] = {}
        if settings.brighten and not settings.mixtures:
            self._slopes_db = self._find_slopes()
        self._frame = dataclasses.replace(NSGT_410, noise=NOISE_40 if settings.noise else None)
        self._gains_db = np.zeros(len(items)) if settings.mixtures else self._find_gains()

    def _shape_db(self, index: int) -> F64 | float:
        """Correction of the bands of one item's full-resolution frames."""
        if not self._settings.brighten or self._settings.mixtures:
            return 0.0
        known = known_instrument(self._items[index].parts[0].take.instrument)
        velocity, brightness = float(self._velocities[self._dynamics[index]]), known.brightness if known else 1.0
        tilt = tilt_db(NSGT_410, int(self.note[index, 0]), velocity, brightness)
        return tilt + self._slopes_db.get(index, 0.0)

    def _each(self) -> Iterator[tuple[int, TakeFrames]]:
        """Index and frames of every item; only one shard is in memory."""
        for first, read in read_shards(self._shards):
            yield from enumerate(read.found, start=first)

    def _find_slopes(self) -> dict[int, F64]:
        """What the brightening adds to the items of the voice, (n_bins,) in dB each."""
        sums: dict[tuple[int, int], dict[int, list[AnyArray]]] = {}
        for index, found in self._each():
            if self.voice[index]:
                body = (found.slot >= BRIGHTNESS_SLOTS[0]) & (found.slot <= BRIGHTNESS_SLOTS[1])
                frames = found.frames[body] if body.any() else found.frames
                tilted = frames * 10.0 ** (self._shape_db(index) / 20.0)
                key = int(self._instrument[index]), int(self.note[index, 0])
                power = np.mean(np.square(tilted, dtype=np.float64), axis=0)
                sums.setdefault(key, {}).setdefault(int(self._dynamics[index]), []).append(power)
        slopes: dict[tuple[int, int, int], F64] = {}
        for (instrument, note), powers in sums.items():
            classes = sorted(powers)
            mean = np.stack([np.mean(powers[c], axis=0) for c in classes])
            found_db = brightening_db(NSGT_410, mean, note, middle_of(self._velocities[classes]))
            slopes.update({(instrument, note, c): row for c, row in zip(classes, found_db, strict=True)})
        keys = zip(self._instrument.tolist(), self.note[:, 0].tolist(), self._dynamics.tolist(), strict=True)
        return {index: slopes[key] for index, key in enumerate(keys) if self.voice[index]}

    def _find_gains(self) -> F64:
        """Level of every item, in dB to be added."""
        level_db = np.zeros(len(self._items))
        for index, found in self._each():
            level_db[index] = peak_level_db(NSGT_410, found.frames * 10.0 ** (self._shape_db(index) / 20.0))
        if self._settings.level == "keep":
            return keeping_gains_db(level_db, self._dynamics, self.source, self._velocities)
        labels = self.note[:, 0], self._dynamics, self._instrument, self.source
        return levelling_gains_db(level_db, *labels, self._velocities)

    def write(self, out: Path, facts: dict[str, Any], sizes: dict[str, int]) -> Corpus:
        """Write the corpus; sizes : number of rows of `frames` and `live`."""
        store.remove(out)
        columns: dict[str, list[AnyArray]] = {}
        full = self._blocks(columns, self._full)
        files = {"frames": write_array(out / "frames.npy", "<f2", (sizes["frames"], NSGT_410.n_bins), full)}
        live = self._blocks(columns, self._live)
        files["live"] = write_array(out / "live.npy", "<f2", (sizes["live"], NSGT_410.n_bins), live)
        large = ["frames", "live"]
        if self._frame.noise:
            shape = sizes["frames"], self._frame.noise.n_bands
            files["noise"] = write_array(out / "noise.npy", "<f2", shape, self._noise())
            large.append("noise")
        arrays = {
            "name": np.array([item.name for item in self._items]),
            "source": self.source,
            "voice": self.voice,
            "held_out": np.array([item.held_out for item in self._items]),
            "classes": self.classes,
            "note": self.note,
            **{name: np.concatenate(parts) for name, parts in columns.items()},
        }
        for name, array in arrays.items():
            stored = arrays[name] = store.typed(name, array)
            files[name] = write_array(out / f"{name}.npy", stored.dtype, stored.shape, [stored])
        slots = arrays["frame_slot"][self.voice[arrays["frame_take"]]]
        corpus = Corpus(
            frame=self._frame,
            listener=LIVE,
            symbols=self.symbols,
            instruments=self._instruments(),
            sources=tuple(source.name for source in self._sources),
            licences=tuple(source.licence for source in self._sources),
            max_age_s=AGE_EDGES_S[int(slots.max(initial=1))],
            n_sources=self.n_sources,
            facts=facts,
            **{name: np.load(out / f"{name}.npy", mmap_mode="r") for name in large},
            **arrays,
        )
        store.seal(corpus, out, files)
        return corpus

    def _blocks(
        self,
        columns: dict[str, list[AnyArray]],
        values: Callable[[int, TakeFrames], tuple[AnyArray, dict[str, AnyArray]]],
    ) -> Iterator[AnyArray]:
        """Frame values of every item; fills the columns that go with them."""
        for index, found in self._each():
            frames, own = values(index, found)
            for name, column in own.items():
                columns.setdefault(name, []).append(column)
            yield values_of_magnitudes(NSGT_410, frames).astype("<f2")

    def _full(self, index: int, found: TakeFrames) -> tuple[AnyArray, dict[str, AnyArray]]:
        gain = 10.0 ** ((self._shape_db(index) + self._gains_db[index]) / 20.0)
        own = {
            "frame_take": np.full(len(found.frames), index),
            "frame_age_s": found.age_s,
            "frame_place_s": found.place_s,
            "frame_slot": found.slot,
        }
        return found.frames * gain, own

    def _noise(self) -> Iterator[AnyArray]:
        """Noise values of every item, corrected as its frames are."""
        for index, found in self._each():
            shape_db = np.broadcast_to(self._shape_db(index), NSGT_410.n_bins)
            gain_db = self._gains_db[index] + np.interp(centres_of(NOISE_40), centre_hz(NSGT_410), shape_db)
            power = found.noise * 10.0 ** (gain_db / 10.0)
            yield np.where(power < 0.0, UNKNOWN, values_of_power(self._frame, power)).astype("<f2")

    def _live(self, index: int, found: TakeFrames) -> tuple[AnyArray, dict[str, AnyArray]]:
        own = {"live_take": np.full(len(found.live), index), "live_age_s": found.live_age_s}
        return found.live * 10.0 ** (self._gains_db[index] / 20.0), own

    def _instruments(self) -> tuple[CorpusInstrument, ...]:
        """Facts about the instruments: known ones, or measured on the takes."""
        parts = [part for item in self._items for part in item.parts]
        decays = {part.take.instrument: part.decays for part in parts}
        known = {name: known_instrument(name) for name in decays}
        taken = {instrument.program for instrument in known.values() if instrument}
        free = iter(program for program in range(128) if program not in taken)
        found = []
        for name in self.symbols[3].classes[:-1]:
            notes = [part.take.note for part in parts if part.take.instrument == name]
            facts = known[name]
            found.append(
                CorpusInstrument(
                    name=name,
                    low_note=min(notes),
                    high_note=max(notes),
                    program=facts.program if facts else next(free, 127),
                    decays=decays[name],
                    release_s=facts.release_s if facts else RELEASE_S[decays[name]],
                )
            )
        return tuple(found)
