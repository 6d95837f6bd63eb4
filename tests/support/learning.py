"""A toy corpus for the tests of `export`: two instruments, an octave and a half, three dynamics, drawn by formula."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import itertools
import os
from typing import Any

import numpy as np
import pytest

from export.corpus import Corpus, CorpusInstrument
from rt.arrays import F32
from rt.bundle.manifest import Licence, SymbolSpec
from rt.frames.live import LIVE
from rt.frames.noise import NOISE_40
from rt.frames.spec import NSGT_410, bin_of_hz
from rt.frames.symbols import PITCH_CLASSES, SILENT
from rt.units import hz_of_note

INSTRUMENTS = (("Reed", 55, 72, 1.0), ("Pipe", 60, 77, 3.0))
"""Name, range, and how fast partials fall."""
DYNAMICS = ("p", "mf", "ff")
AGES_S = (0.0, 0.02, 0.1, 0.4, 0.6, 1.2)


def need(*modules: str) -> list[Any]:
    """Modules, imported; a missing one skips the tests by its name, and fails them where CI is true."""
    found = []
    for name in modules:
        try:
            found.append(importlib.import_module(name))
        except ImportError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"{name} is missing ({error})", allow_module_level=True)
    return found


def toy_frame(note: int, dynamics: int, slope: float, age_s: float) -> F32:
    """Frame values, (410,), of a made-up note."""
    values = np.zeros(NSGT_410.n_bins)
    bins = np.arange(NSGT_410.n_bins)
    for partial in range(1, 9):
        place = bin_of_hz(NSGT_410, hz_of_note(note) * partial)
        level = 3.0 + 0.3 * dynamics - 0.1 * slope * (partial - 1) * (1.5 - 0.4 * dynamics) - 0.2 * age_s
        values = np.maximum(values, level * np.exp(-(((bins - place) / 2.5) ** 2)))
    return values.astype(np.float32)


def toy_noise(note: int, dynamics: int, instrument: int, age_s: float) -> F32:
    """Noise values, (40,), of a made-up note: the first instrument hisses, the second rumbles, at the onset most."""
    places = np.linspace(0.0, 1.0, NOISE_40.n_bands)
    slope = places if instrument == 0 else 1.0 - places
    values = 1.0 + slope + 0.2 * dynamics + 0.005 * (note - 60) + 0.5 * np.exp(-age_s / 0.1)
    return np.asarray(values, np.float32)


@functools.cache
def toy_corpus(*, duets: bool = False, noise: bool = False) -> Corpus:
    """The corpus, or one of duets of its instruments. noise : known in all frames but every fifth."""
    symbols = (
        SymbolSpec(name="octave", classes=(*map(str, range(9)), SILENT)),
        SymbolSpec(name="pitch_class", classes=(*PITCH_CLASSES, SILENT)),
        SymbolSpec(name="dynamics", classes=(*DYNAMICS, SILENT)),
        SymbolSpec(name="instrument", classes=(*(name for name, *_ in INSTRUMENTS), SILENT)),
    )
    takes = [
        (index, note, step)
        for index, (_, low, high, _) in enumerate(INSTRUMENTS)
        for note, step in itertools.product(range(low, high + 1), range(len(DYNAMICS)))
    ]
    players: list[tuple[tuple[int, int, int], ...]] = [(take,) for take in takes]
    if duets:
        half = len(takes) // 2
        players = [(takes[i], takes[half + (7 * i) % half]) for i in range(half)]
    frames = [
        np.maximum.reduce([toy_frame(note, step, INSTRUMENTS[index][3], age) for index, note, step in played])
        for played in players
        for age in AGES_S
    ]
    n, ages = len(players), np.tile(np.array(AGES_S, np.float32), len(players))
    take = np.repeat(np.arange(n), len(AGES_S))
    stack = np.stack(frames).astype(np.float16)
    bands = [
        toy_noise(note, step, index, age) if (note + i) % 5 else np.full(NOISE_40.n_bands, -1.0)
        for ((index, note, step), *_) in players
        for i, age in enumerate(AGES_S)
    ]
    return Corpus(
        frame=dataclasses.replace(NSGT_410, noise=NOISE_40 if noise else None),
        noise=np.stack(bands).astype(np.float16) if noise else np.zeros((0, 0), np.float16),
        listener=LIVE,
        symbols=symbols,
        instruments=tuple(
            CorpusInstrument(name=name, low_note=low, high_note=high, program=0, decays=True, release_s=0.2)
            for name, low, high, _ in INSTRUMENTS
        ),
        sources=("toy",),
        licences=(Licence(source="toy", licence="none", credit="nobody"),),
        max_age_s=AGES_S[-1],
        n_sources=len(players[0]),
        facts={"seed": 0},
        name=np.array([f"take {i}" for i in range(n)]),
        source=np.zeros(n, np.int64),
        voice=np.ones(n, bool),
        held_out=np.arange(n) % 7 == 0 if duets else np.zeros(n, bool),
        classes=np.array([[[p[1] // 12 - 1, p[1] % 12, p[2], p[0]] for p in played] for played in players]),
        note=np.array([[p[1] for p in played] for played in players]),
        frames=stack,
        frame_take=take,
        frame_age_s=ages,
        frame_place_s=ages,
        frame_slot=np.tile(np.arange(len(AGES_S)), n),
        live=stack,
        live_take=take,
        live_age_s=ages,
    )
