"""What can be told of a Max patch from its file: ports, wires, words that objects understand, texts that fit."""

from __future__ import annotations

import functools
import re
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from py2max.maxref import get_object_info

from maxpatches.source import controls, face_controls, points
from maxpatches.source.parts import ALL
from tests.support import max_patches
from tests.support.max_patches import Box, levels, wires

PATCHES = max_patches.paths()
EVERY = pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.name)
ALONE = {"comment", "panel", "pattr", "plugout~"}
"""Objects that work without a wire."""
TRANSPARENT = {"t", "message", "deferlow", "outlet", "send"}
"""Objects that take anything, though Max's reference lists only some of it."""


def name_of(box: Box) -> str:
    """What the object is called."""
    return words(box)[0] if box["maxclass"] == "newobj" else str(box["maxclass"])


def words(box: Box) -> list[str]:
    """The text of an object as Max takes it apart."""
    return shlex.split(box.get("text", "")) or [box["maxclass"]]


def _variables(text: str) -> int:
    return max((int(number) for number in re.findall(r"\$[ifs](\d)", text)), default=1)


PORTS: dict[str, Callable[[list[str], str], tuple[int | None, int | None]]] = {
    "t": lambda args, _: (1, len(args)),
    "route": lambda args, _: (None, len(args) + 1),
    "sel": lambda args, _: (None, len(args) + 1),
    "unpack": lambda args, _: (1, len(args)),
    "pack": lambda args, _: (len(args), 1),
    "pak": lambda args, _: (len(args), 1),
    "gate": lambda args, _: (2, int(args[0]) if args else 1),
    "expr": lambda _, text: (_variables(text), 1),
    "vexpr": lambda _, text: (_variables(text), 1),
    "sprintf": lambda _, text: (text.replace("%%", "").count("%"), 1),
    "sustain": lambda *_: (3, 2),
    "flush": lambda *_: (2, 2),
    "uzi": lambda *_: (2, 3),
    "metro": lambda *_: (2, 1),
    "delay": lambda *_: (2, 1),
    "counter": lambda *_: (5, 4),
    "midiparse": lambda *_: (1, 8),
    "kslider": lambda *_: (2, 2),
    "live.dial": lambda *_: (1, 2),
    "live.tab": lambda *_: (1, 3),
    "live.menu": lambda *_: (1, 3),
    "live.text": lambda *_: (1, 2),
    "multislider": lambda *_: (1, 2),
    "umenu": lambda *_: (1, 3),
    "tab": lambda *_: (1, 3),
}
"""(inlets, outlets) that Max gives an object with these arguments; None where nothing is wired but the first."""


@EVERY
def test_wires_end_at_ports_that_max_makes(path: Path) -> None:
    known = 0
    for level in levels(max_patches.load(path)):
        for source, outlet, target, inlet in wires(level):
            assert 0 <= outlet < source["numoutlets"], source
            assert 0 <= inlet < target["numinlets"], target
            for box, port, side in ((source, outlet, 1), (target, inlet, 0)):
                ports = PORTS.get(name_of(box))
                if ports:
                    n_ports = ports(words(box)[1:], box.get("text", ""))[side]
                    assert port < (1 if n_ports is None else n_ports), (box.get("text", name_of(box)), port)
                    known += 1
    assert known or path.suffix == ".maxhelp" or path.parent.name in ("examples", "extras")


@EVERY
def test_nothing_is_wired_twice_or_left_over(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        ends = [(a["id"], outlet, b["id"], inlet) for a, outlet, b, inlet in wires(level)]
        assert len(set(ends)) == len(ends)
        joined = {name for a, _, b, _ in ends for name in (a, b)}
        for entry in level["boxes"]:
            box = entry["box"]
            if name_of(box) not in ALONE and "patcher" not in box and box["maxclass"] != "bpatcher":
                assert box["id"] in joined, box.get("text", box["maxclass"])


def sayings(box: Box) -> list[str]:
    """First words of what a box sends whatever comes in, `0` for a number; empty where that is not known."""
    if box["maxclass"] == "message":
        parts = [part.split() for part in box["text"].split(",")]
        return [part[0] for part in parts if part]
    text = words(box)
    if text[0] == "receive":
        return _by_name().get(text[1], [])
    return text[1:2] if text[0] in ("loadmess", "prepend") else []


@functools.cache
def _by_name() -> dict[str, list[str]]:
    """What all patches say through `send`, by its name."""
    found: dict[str, list[str]] = {}
    for path in PATCHES:
        for level in levels(max_patches.load(path)):
            for source, _, target, _ in wires(level):
                if name_of(target) == "send":
                    found.setdefault(words(target)[1], []).extend(sayings(source))
    return found


def understood(box: Box) -> set[str]:
    """Messages and attributes of an object or of one of our abstractions; empty where Max's reference has none."""
    if box["maxclass"] == "bpatcher":
        about = next(part.REFERENCE for part in ALL if f"{part.REFERENCE.name}.maxpat" == box["name"])
        return {name.split()[0] for name, _ in about.messages}
    facts = get_object_info(name_of(box))
    if not facts or name_of(box) in TRANSPARENT or "patcher" in box:
        return set()
    return set(facts["methods"]) | set(facts["attributes"])


@EVERY
def test_objects_understand_what_is_said_to_them(path: Path) -> None:
    asked = 0
    for level in levels(max_patches.load(path)):
        for source, _, target, inlet in wires(level):
            known = understood(target)
            for word in sayings(source) if known and inlet == 0 else ():
                is_number = re.fullmatch(r"-?[\d.]+", word) is not None
                allowed = {"int", "float", "list"} if is_number else {word, "anything"}
                assert allowed & known, f"{name_of(target)} does not know {word!r}"
                asked += 1
    assert asked or path.parent.name in ("examples", "extras", "help")


@EVERY
def test_messages_hold_nothing_that_max_would_split(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        for entry in level["boxes"]:
            if entry["box"]["maxclass"] == "message":
                text = entry["box"]["text"]
                assert ";" not in text
                assert set(re.findall(r"\$\w*", text)) <= {"$1"}


def test_what_is_sent_by_name_is_received() -> None:
    sent: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for path in PATCHES:
        for level in levels(max_patches.load(path)):
            for box in (entry["box"] for entry in level["boxes"]):
                if name_of(box) in ("send", "receive", "s", "r"):
                    (sent if name_of(box)[0] == "s" else received)[words(box)[1]] += 1
    assert {controls.SOUND, controls.QUIET, controls.AGAIN} <= sent.keys()
    replies = {name for name in sent if name.endswith(".help.replies")}  # every help patch offers them
    assert sent.keys() - replies | {"lb.bridge.help.replies"} == received.keys()


@EVERY
def test_texts_fit_their_places(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        for box in (entry["box"] for entry in level["boxes"]):
            rect = box.get("presentation_rect")
            if path.suffix == ".maxhelp" and box["maxclass"] == "comment":
                rect = box["patching_rect"]
            if rect is None:
                continue
            _, _, width, height = rect
            size = box.get("fontsize", 12.0)
            if box["maxclass"] == "comment" and box.get("text"):
                lines = face_controls.wrapped(box["text"], width - 6, size)
                assert len(lines) * 1.2 * size <= height + 2, box["text"]
            elif box["maxclass"] in ("textbutton", "live.text"):
                assert len(box["text"]) * size * 0.5 <= width - 6, box["text"]
            elif box["maxclass"] in ("tab", "live.tab"):
                valueof = box.get("saved_attribute_attributes", {}).get("valueof", {})
                names = box.get("tabs") or valueof["parameter_enum"]
                assert max(map(len, names)) * size * 0.5 <= width / len(names), names


@EVERY
def test_faces_lie_in_their_windows_and_do_not_overlap(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        if not level.get("openinpresentation"):
            continue
        width, height = level["rect"][2:]
        shown = [entry["box"] for entry in level["boxes"] if entry["box"].get("presentation")]
        rects = {box["id"]: box["presentation_rect"] for box in shown}
        for x, y, w, h in rects.values():
            assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        solid = [box for box in shown if box["maxclass"] not in ("panel", "comment")]
        for k, one in enumerate(solid):
            for other in solid[:k]:
                a, b = rects[one["id"]], rects[other["id"]]
                apart = a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
                assert apart, (one.get("text", one["maxclass"]), other.get("text", other["maxclass"]), path.name)


@EVERY
def test_dials_begin_inside_their_ranges(path: Path) -> None:
    for level in levels(max_patches.load(path)):
        found = Counter[str]()
        for box in (entry["box"] for entry in level["boxes"]):
            valueof = box.get("saved_attribute_attributes", {}).get("valueof")
            if not valueof:
                continue
            found[valueof["parameter_longname"]] += 1
            low, high = valueof.get("parameter_mmin", 0), valueof["parameter_mmax"]
            assert low <= valueof["parameter_initial"][0] <= high, box["varname"]
            assert valueof["parameter_type"] == (2 if "parameter_enum" in valueof else valueof["parameter_type"])
        assert all(count == 1 for count in found.values()), found


@pytest.mark.parametrize("path", [path for path in PATCHES if path.suffix == ".amxd"], ids=lambda path: path.name)
def test_control_surfaces_find_all_parameters_of_a_device(path: Path) -> None:
    patch = max_patches.load(path)
    listed = patch["parameters"]
    names = {
        entry["box"]["id"]: entry["box"]["saved_attribute_attributes"]["valueof"]["parameter_longname"]
        for entry in patch["boxes"]
        if entry["box"].get("parameter_enable")
    }
    assert {key: value[0] for key, value in listed.items() if key.startswith("obj-")} == names
    banks = [bank["parameters"] for bank in listed["parameterbanks"].values()]
    assert all(len(bank) == 8 for bank in banks)
    assert [name for bank in banks for name in bank if name != "-"] == list(names.values())


def test_points_are_where_the_default_bundle_has_these_sounds() -> None:
    kept, found = points.load(), points.compute()
    hint = "a new bundle? run python -m maxpatches.source.generate --points"
    assert len(kept) == len(found) == len(points.SOUNDS), hint
    for old, new in zip(kept, found, strict=True):
        assert old == pytest.approx(new, abs=0.011), hint
    assert len(set(kept)) == len(kept)
