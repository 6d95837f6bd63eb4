"""Damaged bundles: their manifests, their graphs, and what lies in place of them."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import os
import random
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from rt import cli
from rt.bundle.bundle import DEFAULT
from rt.bundle.manifest import MANIFEST
from tests.attack import children
from tests.attack.damage import damage
from tests.attack.material import folder_of_its_own, midi_song, prove
from tests.attack.report import Report

NAN, INFINITY = "NaN#", "Infinity#"
ODD_FIELDS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    10**400,
    -(10**400),
    1e308,
    -1e308,
    1e-320,
    0.5,
    "",
    "x",
    "x" * 10_000,
    "../../etc/passwd",
    "/etc/passwd",
    "\u0000",
    [],
    {},
    [[]],
    [1, 2],
    {"a": 1},
    NAN,
    INFINITY,
    [0] * 100_000,
    127,
    128,
    64,
    65,
    4096,
    4097,
    "\ud800",
    "\x1b[2J",
    "\u202e",
)


def bundles(n_cases: int) -> Report:
    """`info` on damaged bundles; those that pass must `render` or be refused, too."""
    report, chance = Report("bundles"), random.Random(23)
    manifest = json.loads((DEFAULT / MANIFEST).read_text(encoding="utf-8"))
    with folder_of_its_own() as folder:
        (folder / "in.mid").write_bytes(midi_song(n_tracks=1, n_notes=2))
        play = ["render", str(folder / "in.mid"), str(folder / "out.wav"), "--bundle"]
        prove(["info", str(DEFAULT)])
        prove([*play, str(DEFAULT)])
        for k in range(n_cases):
            target = folder / "bundle"
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            for file in DEFAULT.iterdir():
                shutil.copyfile(file, target / file.name)
            _damage_bundle(chance, target, manifest)
            ended = children.run(partial(cli.main, ["info", str(target)]))
            if children.judge(report, f"bundle {k}", ended) and k % 2:
                ended = children.run(partial(cli.main, [*play, str(target)]), seconds=60)
                children.judge(report, f"bundle {k} played", ended)
    return report


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every field of a manifest lies, of long lists the first three."""
    found = [above] if above else []
    steps = value if isinstance(value, dict) else range(min(3, len(value))) if isinstance(value, list) else ()
    for step in steps:
        found += _places(value[step], (*above, step))
    return found


def _odd_manifest(chance: random.Random, manifest: dict[str, Any]) -> bytes:
    changed, places = copy.deepcopy(manifest), _places(manifest)
    for _ in range(chance.choice((1, 1, 1, 2))):
        *way, last = chance.choice([place for place in places if chance.random() < 0.3 or len(place) <= 3] or places)
        holder: Any = changed
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for step in way:
                holder = holder[step]
            kind = chance.randrange(4)
            if kind == 0:
                del holder[last]
            elif kind == 1 and isinstance(holder[last], (int, float)):
                holder[last] *= chance.choice((-1, 0, 1000, 1e6, 1e-6))
            else:
                holder[last] = chance.choice(ODD_FIELDS)
    raw = json.dumps(changed, ensure_ascii=True)
    return raw.replace(f'"{NAN}"', "NaN").replace(f'"{INFINITY}"', "Infinity").encode()


def _damage_bundle(chance: random.Random, folder: Path, manifest: dict[str, Any]) -> None:
    """Damage the manifest, a graph (hashed again, so that it is read), or what kind of file one is."""
    path = folder / MANIFEST
    graph = folder / chance.choice([name for name in manifest["files"] if name.endswith(".onnx")])
    way = chance.randrange(10)
    if way < 2:
        path.write_bytes(damage(chance, path.read_bytes()))
    elif way < 7:
        path.write_bytes(_odd_manifest(chance, manifest))
    elif way < 9:
        data = damage(chance, graph.read_bytes())
        graph.write_bytes(data)
        changed = copy.deepcopy(manifest)
        changed["files"][graph.name] |= {"sha256": hashlib.sha256(data).hexdigest(), "n_bytes": len(data)}
        path.write_text(json.dumps(changed), encoding="utf-8")
    else:
        graph.unlink()
        odd = chance.randrange(4)
        if odd == 0:
            os.mkfifo(graph)
        elif odd == 1:
            graph.mkdir()
        elif odd == 2:
            graph.symlink_to("/dev/zero")
        else:
            graph.symlink_to(DEFAULT / graph.name)
