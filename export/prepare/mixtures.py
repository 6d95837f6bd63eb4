"""Which notes to mix: instruments, weights and silences drawn at random.

A tenth of the (instrument, note, dynamics) groups, chosen by a hash of their names, occur only in mixtures that are
kept from training, and those mixtures hold nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from export.prepare.levels import DB_PER_VELOCITY, MF_VELOCITY
from export.prepare.plan import Item, Part, Settings, sorted_dynamics
from rt.errors import BridgeError
from rt.frames.symbols import velocities_of

HELD_SHARE = 0.1
WEIGHT_DB = 6.0
"""Notes are this much louder or softer than their dynamics say."""
SILENT_SHARE = 0.1
"""Probability that a source of a mixture is silent."""


def mixtures_of(items: Sequence[Item], settings: Settings) -> list[Item]:
    """Draw mixtures of single notes; `Item.parts` holds those that sound, in the order of their instruments."""
    names = sorted({item.parts[0].take.instrument for item in items})
    chosen = _chosen(names, settings)
    pools = {name: [item for item in items if item.parts[0].take.instrument == name] for name in chosen}
    held_out = {name: _held_groups(pools[name]) for name in chosen}
    levels_db = _levels_db([item.parts[0].take.dynamics for item in items])
    rng = np.random.default_rng((settings.seed, 2))
    found = []
    for number in range(settings.mixtures):
        is_held_out = bool(rng.random() < HELD_SHARE)
        members = sorted(rng.permutation(len(chosen))[: settings.n_sources])
        sounds = rng.random(settings.n_sources) >= SILENT_SHARE
        sounds[rng.integers(settings.n_sources)] |= not sounds.any()
        parts = []
        for member in (m for m, s in zip(members, sounds, strict=True) if s):
            name = chosen[member]
            pool = [item for item in pools[name] if (_group(item) in held_out[name]) == is_held_out] or pools[name]
            item = pool[rng.integers(len(pool))]
            gain_db = levels_db[item.parts[0].take.dynamics] + rng.uniform(-WEIGHT_DB, WEIGHT_DB)
            parts.append(replace(item.parts[0], gain_db=float(gain_db)))
        found.append(Item(name=f"mixture {number:06d}", parts=tuple(parts), whole=False, held_out=is_held_out))
    return found


def _chosen(names: Sequence[str], settings: Settings) -> list[str]:
    """Instruments to mix, sorted."""
    unknown = sorted(set(settings.mix_of) - set(names))
    if unknown:
        raise BridgeError(f"--mix-of: no {', '.join(map(repr, unknown))} here; there are {', '.join(names)}")
    chosen = sorted(settings.mix_of) or list(names)
    if len(chosen) < 2:
        raise BridgeError(f"mixtures need at least 2 instruments, there is {chosen[0]!r}; add a source or a program")
    if not 2 <= settings.n_sources <= len(chosen):
        raise BridgeError(f"--sources {settings.n_sources} of {len(chosen)} instruments; allowed are 2-{len(chosen)}")
    return chosen


def _group(item: Item) -> str:
    take = item.parts[0].take
    return f"{take.instrument}\0{take.note}\0{take.dynamics}"


def _held_groups(items: Sequence[Item]) -> set[str]:
    """Groups of one instrument that are kept from training: those whose hash comes first, at least one of two."""
    groups = sorted({_group(item) for item in items}, key=_hash)
    held_out = {group for group in groups if _hash(group) < HELD_SHARE}
    return held_out if 0 < len(held_out) < len(groups) else set(groups[:1] if len(groups) > 1 else ())


def _hash(text: str) -> float:
    """A number from 0 to 1 that depends on nothing but the text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / float(1 << 48)


def _levels_db(dynamics: Sequence[str]) -> dict[str, float]:
    """Level of each class of dynamics relative to mf."""
    classes = sorted_dynamics(dynamics)
    velocities = velocities_of(classes)
    return {
        name: DB_PER_VELOCITY * (velocity - MF_VELOCITY) for name, velocity in zip(classes, velocities, strict=True)
    }


def silent_parts(item: Item, n_sources: int) -> list[Part | None]:
    """The parts of an item, then None for each silent source."""
    return [*item.parts, *[None] * (n_sources - len(item.parts))]
