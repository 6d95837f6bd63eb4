"""What is to be analysed: takes of all sources as items, and what is known of their instruments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from export.prepare.sound import level_of
from export.sources.instruments import known_instrument
from export.sources.source import Problem, Source, Take
from rt import sound_file
from rt.bundle.manifest import SymbolSpec
from rt.errors import BridgeError
from rt.frames.spec import NSGT_410
from rt.frames.symbols import KNOWN_VELOCITIES, PITCH_CLASSES, SILENT
from rt.units import hz_of_note

BELOW_BANDS = 2.0 ** (-3 / 12)
"""Notes up to three semitones below the lowest band are heard by their partials: the bottom of the piano."""
N_OCTAVES = 9
PROBES = 12
"""Takes that are listened to in order to know an instrument."""
FALL_S = (0.3, 1.5)
DECAY_DB_PER_S = 5.0
"""Median fall from which on an instrument is said to fade by itself."""
RELEASE_S = {True: 0.4, False: 0.2}
"""Of instruments that are not known, by whether they decay."""
STANDARD = ("octave", "pitch_class", "dynamics", "instrument")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user decides about preparing."""

    level: str = "even"
    """`even`: all notes of a class of dynamics as loud; `keep`: one gain per source."""
    brighten: bool = False
    """Louder is brighter, by as much as soundfonts lack."""
    vibrato: str = "stop"
    """`stop`: full-resolution frames of sustaining instruments are moved to be in tune; `keep`: they are not."""
    noise: bool = False
    """Take notes apart and keep the noise of every frame."""
    seed: int = 1
    jobs: int | None = None
    """Processes; None: one per core."""
    strict: bool = False
    """Stop at the first file that cannot be used."""
    voice: tuple[str, ...] = ()
    """Names of sources that are the voice of what they have, before the first ones on the command line."""
    mixtures: int = 0
    """How many mixtures to make; 0: single notes."""
    n_sources: int = 2
    """Notes in a mixture."""
    mix_of: tuple[str, ...] = ()
    """Instruments to mix; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One note of an item."""

    source: int
    take: Take
    recorded: bool
    decays: bool
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What becomes one take of the corpus: a note, or several that begin together."""

    name: str
    parts: tuple[Part, ...]
    whole: bool
    """Frames for all ages, not only for those that were recorded."""
    held_out: bool = False


@dataclass(slots=True)
class Plan:
    """Everything to do."""

    items: list[Item]
    problems: list[Problem] = field(default_factory=list)


def plan(sources: Sequence[Source], settings: Settings) -> Plan:
    """List the takes of all sources and learn what must be known before they are analysed."""
    taken: list[tuple[int, Take]] = []
    problems: list[Problem] = []
    for index, source in enumerate(sources):
        taken += [(index, take) for take in source.takes()]
        problems += source.problems
    usable = []
    for index, take in taken:
        reason = out_of_bands(take.note)
        if reason:
            problems.append(Problem(sources[index].name, take.name, reason))
        else:
            usable.append((index, take))
    refuse_missing([take.instrument for _, take in taken], [take.instrument for _, take in usable], problems)
    decays = {}
    for name in sorted({take.instrument for _, take in usable}):
        known = known_instrument(name)
        own = [(sources[index], take) for index, take in usable if take.instrument == name]
        decays[name] = known.decays if known else fades(own)
    order = voice_order(sources, settings.voice)
    voice = voices([(index, take.instrument) for index, take in usable], order)
    items = [
        Item(
            name=take.name,
            parts=(Part(source=i, take=take, recorded=sources[i].recorded, decays=decays[take.instrument]),),
            whole=not sources[i].recorded or voice[take.instrument] == i,
        )
        for i, take in usable
    ]
    return Plan(items, problems)


def out_of_bands(note: int) -> str | None:
    """Why a note cannot be analysed, None if it can."""
    low_hz, high_hz = NSGT_410.f_min_hz * BELOW_BANDS, NSGT_410.f_max_hz
    low = math.ceil(12.0 * math.log2(low_hz / hz_of_note(0)))
    high = min(math.floor(12.0 * math.log2(high_hz / hz_of_note(0))), 12 * (N_OCTAVES + 1) - 1)
    return None if low <= note <= high else f"note {note} lies outside the bands, allowed are {low}-{high}"


def refuse_missing(wanted: Sequence[str], kept: Sequence[str], problems: Sequence[Problem]) -> None:
    """Refuse a corpus in which an instrument has lost all its files, or that is empty."""
    first = f"; the first of {len(problems)} reasons: {problems[0].name}: {problems[0].reason}" if problems else ""
    if not kept:
        raise BridgeError(f"no file can be used{first}")
    missing = sorted(set(wanted) - set(kept))
    if missing:
        raise BridgeError(f"no file of {', '.join(map(repr, missing))} can be used{first}; mend or remove them")


def voice_order(sources: Sequence[Source], names: Sequence[str]) -> list[int]:
    """Indices of the sources, those that shall be the voice first."""
    wanted = []
    for name in names:
        found = [i for i, source in enumerate(sources) if name.casefold() in source.name.casefold()]
        if not found:
            known = ", ".join(repr(source.name) for source in sources)
            raise BridgeError(f"--voice {name!r}: no such source; there are {known}")
        wanted += found
    return [*dict.fromkeys([*wanted, *range(len(sources))])]


def voices(taken: Sequence[tuple[int, str]], order: Sequence[int]) -> dict[str, int]:
    """Source that is the voice of each instrument; `taken` lists source and instrument of every take."""
    place = {source: rank for rank, source in enumerate(order)}
    found: dict[str, int] = {}
    for source, instrument in taken:
        if instrument not in found or place[source] < place[found[instrument]]:
            found[instrument] = source
    return found


def fades(takes: Sequence[tuple[Source, Take]]) -> bool:
    """Whether held notes of an instrument fade by themselves: the median fall of its level tells."""
    chosen = [takes[i] for i in np.linspace(0, len(takes) - 1, min(len(takes), PROBES)).round().astype(int)]
    falls = []
    for source, take in chosen:
        try:
            samples, rate_hz = source.read(take)
        except BridgeError:
            continue
        if not samples.size or sound_file.is_damaged(samples):
            continue
        level = level_of(samples, rate_hz)
        level = level[int(np.argmax(level > 0.05 * level.max())) :]
        length_s = len(level) / rate_hz
        first_s, last_s = min(FALL_S[0], 0.2 * length_s), min(FALL_S[1], 0.8 * length_s)
        first, last = level[int(first_s * rate_hz)], level[int(last_s * rate_hz)]
        if first > 0.0 and last_s > first_s:
            falls.append(10.0 * math.log10(first / max(last, 1e-6 * first)) / (last_s - first_s))
    return bool(falls) and float(np.median(falls)) > DECAY_DB_PER_S


def symbols_of(takes: Sequence[Take]) -> tuple[SymbolSpec, ...]:
    """The vocabulary of some takes: octave, pitch class, dynamics from soft to loud, instrument, further columns."""
    columns = list(dict.fromkeys(column for take in takes for column, _ in take.labels))
    classes = {
        "octave": [str(octave) for octave in range(N_OCTAVES)],
        "pitch_class": list(PITCH_CLASSES),
        "dynamics": sorted_dynamics([take.dynamics for take in takes]),
        "instrument": sorted({take.instrument for take in takes}),
        **{
            column: sorted({dict(take.labels)[column] for take in takes if column in dict(take.labels)})
            for column in columns
        },
    }
    for column in columns:
        if column in STANDARD:
            raise BridgeError(f"column {column!r} has the name of a symbol that every corpus has; rename it")
        for take in takes:
            if column not in dict(take.labels):
                raise BridgeError(
                    f"{take.name}: no {column!r}; give --columns {column}=CLASS for those that do not say"
                )
    for name, found in classes.items():
        if SILENT in found:
            raise BridgeError(f"{name}: a class must not be called {SILENT!r}, which stands for no sound; rename it")
    return tuple(SymbolSpec(name=name, classes=(*found, SILENT)) for name, found in classes.items())


def sorted_dynamics(names: Sequence[str]) -> list[str]:
    """The classes among some dynamics, from soft to loud."""
    return sorted(set(names), key=_loudness)


def _loudness(dynamics: str) -> tuple[float, str]:
    """Sorting key: by velocity, names that are not known last."""
    try:
        return float(KNOWN_VELOCITIES.get(dynamics) or float(dynamics)), dynamics
    except ValueError:
        return math.inf, dynamics


def classes_of(symbols: Sequence[SymbolSpec], take: Take | None) -> list[int]:
    """Class index per symbol; the last classes where no note sounds."""
    if take is None:
        return [len(symbol.classes) - 1 for symbol in symbols]
    named = {
        "octave": str(take.note // 12 - 1),
        "pitch_class": PITCH_CLASSES[take.note % 12],
        "dynamics": take.dynamics,
        "instrument": take.instrument,
        **dict(take.labels),
    }
    return [symbol.classes.index(named[symbol.name]) for symbol in symbols]
