"""Every field of a manifest with every odd value: one clear line, or a bundle that works."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rt.bundle import bundle
from rt.bundle.bundle import Bundle
from rt.bundle.manifest import MANIFEST, ListenerSpec
from rt.config import config
from rt.engine import Engine
from rt.errors import BundleError
from rt.events import NoteOn
from rt.model import Model
from rt.stats import Stats
from tests.support.small_manifest import small_manifest, with_noise

Way = tuple[str | int, ...]

NUMBERS: list[Any] = [
    float("nan"),
    float("inf"),
    -float("inf"),
    1e300,
    -1e30,
    10**400,
    -(2**70),
    "1",
    True,
    None,
    [],
    {},
    [1],
]
"""Instead of a number, whole or not."""
TEXTS: list[Any] = [1, True, None, [], {}, 1.5, "", "a\x1b[31mb", "a\u202eb", "a\nb", "a\x00", "\ud800", "x" * 5000]
"""Instead of a text."""
PARTS: list[Any] = [1, 0.5, True, "x", None]
"""Instead of an object or a list."""
ABSENT = "absent"
FREE = ("training", "scores")
MAY_BE_ABSENT = {("training",), ("scores",), ("instruments", 0, "tuning_by_velocity_cents")}
MAY_BE_NULL = {("card",), ("listener",)}
MAY_BE_EMPTY = {("licences", 0, name) for name in ("source", "licence", "credit")}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle that uses every field."""
    folder = tmp_path_factory.mktemp("fields")
    for name in ("symbol_encoder.onnx", "signal_decoder.onnx", "card.md"):
        (folder / name).write_bytes(name.encode())
    whole = with_noise(small_manifest())
    piano = dataclasses.replace(whole.instruments[0], tuning_by_velocity_cents=((0.0, 1.0), (2.0, 3.0)))
    more: dict[str, Any] = {
        "instruments": (piano,),
        "listener": ListenerSpec(kind="vqt-early", window_s=0.1, gamma_hz=43.0),
        "card": "card.md",
        "training": {"steps": 10, "seed": {"of": [1, 2.5, "x"]}},
        "scores": {"pitch": 0.5},
    }
    return bundle.save(folder, dataclasses.replace(whole, **more))


def places(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every place in a JSON value."""
    if way:
        yield way, value
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*way, key))


def changed(raw: dict[str, Any], way: Way, value: Any) -> dict[str, Any]:
    """The manifest with another value at one place."""
    made = copy.deepcopy(raw)
    holder: Any = made
    for step in way[:-1]:
        holder = holder[step]
    if value is ABSENT:
        del holder[way[-1]]
    else:
        holder[way[-1]] = value
    return made


def odd_values(way: Way, value: Any) -> Iterator[Any]:
    """What must not be there."""
    if way[0] in FREE:  # names and types are free below these; numbers must be some, and texts printable
        yield from PARTS if len(way) == 1 else [float("nan"), float("inf"), 1e300, 10**400, "a\x1b[31mb", "a\u202eb"]
        return
    if isinstance(value, bool | int | float):
        yield from NUMBERS
        if isinstance(value, int):
            yield value + 0.5
    elif isinstance(value, str):
        yield from (one for one in TEXTS if not (one == "" and way in MAY_BE_EMPTY))
    else:
        yield from PARTS
    if isinstance(way[-1], str) and way not in MAY_BE_ABSENT:
        yield ABSENT


def refused(path: Path) -> str:
    """The line with which a bundle is refused, or nothing."""
    try:
        bundle.load(path)
    except BundleError as error:
        return str(error)
    return ""


def test_no_field_takes_an_odd_value(saved: Bundle) -> None:
    path = saved.path / MANIFEST
    whole = path.read_text(encoding="utf-8")
    raw = json.loads(whole)
    n, wrong = 0, []
    try:
        for way, value in places(raw):
            for odd in odd_values(way, value):
                if odd is None and way in MAY_BE_NULL:
                    continue
                path.write_text(json.dumps(changed(raw, way, odd)), encoding="utf-8")
                line = refused(saved.path)
                n += 1
                if not line.isprintable() or len(line) > 600 or not (MANIFEST in line or "onnx" in line):
                    wrong.append((way, ascii(odd)[:40], line[:200]))
    finally:
        path.write_text(whole, encoding="utf-8")
    assert wrong == []
    assert n > 1000
    assert refused(saved.path) == ""


ODD = st.one_of(
    st.sampled_from([*NUMBERS, *TEXTS, *PARTS, ABSENT]),
    st.integers(-300, 300),
    st.floats(-1e4, 1e4),
    st.text(max_size=8),
    st.lists(st.floats(-10, 10), max_size=3),
)


def near(value: Any) -> st.SearchStrategy[Any]:
    """Values that may well be allowed."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        return st.just(value)
    return st.sampled_from([type(value)(value * factor) for factor in (0.5, 0.9, 1.1, 2.0, -1.0, 0.0, 10.0)])


@pytest.mark.slow
@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_changed_manifest_is_refused_or_plays(tiny_bundle: Bundle, tmp_path: Path, data: st.DataObject) -> None:
    raw = json.loads((tiny_bundle.path / MANIFEST).read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 2))):
        way, value = data.draw(st.sampled_from(list(places(raw))))
        raw = changed(raw, way, data.draw(near(value) | ODD))
    for name in raw.get("files", {}) if isinstance(raw.get("files"), dict) else ():
        source = tiny_bundle.path / name
        if source.is_file() and not (tmp_path / name).exists():
            (tmp_path / name).write_bytes(source.read_bytes())
    (tmp_path / MANIFEST).write_text(json.dumps(raw), encoding="utf-8")
    try:
        model = Model.load(bundle.load(tmp_path), "cpu")
    except BundleError as error:
        line = str(error)
    else:
        line = ""
    assert line.isprintable() and len(line) < 1000
    if line:
        return
    engine = Engine(model, sample_rate_hz=48_000.0, config=config.load().engine, stats=Stats())
    for note in (0, 60, 127):
        engine.apply(NoteOn(0, note, 100))
    out = np.zeros(4096, np.float32)
    engine.render(out)
    assert np.isfinite(out).all() and np.abs(out).max() <= 1.0
