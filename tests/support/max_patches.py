"""Reads Max patches: every OSC message that one can send, with the types of its arguments, and every one it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from py2max.m4l import unpack_amxd

ROOT = Path(__file__).parents[2] / "maxpatches"
MANY = "f*"
"""As many floats as there are latents."""

Box = dict[str, Any]
Types = tuple[str, ...]


def load(path: Path) -> dict[str, Any]:
    """The patcher of a .maxpat, .maxhelp or .amxd."""
    data = path.read_bytes()
    patch: dict[str, Any] = json.loads(unpack_amxd(data)[0] if path.suffix == ".amxd" else data)
    inner: dict[str, Any] = patch["patcher"]
    return inner


def paths() -> list[Path]:
    """All patches of the package."""
    return sorted(path for kind in ("maxpat", "maxhelp", "amxd") for path in ROOT.rglob(f"*.{kind}"))


def levels(patcher: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A patcher and all patchers inside it."""
    yield patcher
    for entry in patcher["boxes"]:
        if "patcher" in entry["box"]:
            yield from levels(entry["box"]["patcher"])


def wires(level: dict[str, Any]) -> Iterator[tuple[Box, int, Box, int]]:
    """(source, outlet, target, inlet) of a patcher."""
    boxes = {entry["box"]["id"]: entry["box"] for entry in level["boxes"]}
    for entry in level["lines"]:
        (source, outlet), (target, inlet) = entry["patchline"]["source"], entry["patchline"]["destination"]
        yield boxes[source], outlet, boxes[target], inlet


def words(box: Box) -> list[str]:
    """The text of an object, its name first; attributes left out."""
    text = box.get("text", "") if box["maxclass"] in ("newobj", "message") else ""
    found: list[str] = text.split()
    return found[: next((k for k, word in enumerate(found) if word.startswith("@")), len(found))]


def type_of(word: str) -> str:
    """What Max makes of a word: i, f or s."""
    try:
        float(word)
    except ValueError:
        return "s"
    return "f" if "." in word else "i"


@dataclass
class PatchReader:
    """One patcher, with its wires followed backwards."""

    patcher: dict[str, Any]
    boxes: dict[str, Box] = field(init=False)

    def __post_init__(self) -> None:
        self.boxes = {entry["box"]["id"]: entry["box"] for entry in self.patcher["boxes"]}

    def sources(self, box: Box, inlet: int = 0) -> list[tuple[Box, int]]:
        """What is wired to an inlet: boxes and their outlets."""
        lines = [entry["patchline"] for entry in self.patcher["lines"]]
        return [(self.boxes[s[0]], s[1]) for s, d in ((x["source"], x["destination"]) for x in lines)
                if d == [box["id"], inlet]]  # fmt: skip

    def targets(self, box: Box, outlet: int = 0) -> list[Box]:
        """What an outlet is wired to."""
        lines = [entry["patchline"] for entry in self.patcher["lines"]]
        return [self.boxes[x["destination"][0]] for x in lines if x["source"] == [box["id"], outlet]]

    def sent(self) -> Iterator[tuple[str, Types, str]]:
        """(address, types, text of the box) for every way to make a message of the bridge."""
        for box in self.boxes.values():
            text = words(box)
            if box["maxclass"] == "message":
                for part in " ".join(text).split(","):
                    if part.strip().startswith("/lb"):
                        address, *rest = part.split()
                        yield address, tuple(type_of(word) for word in rest), part.strip()
            elif text[:1] == ["prepend"] and text[1].startswith("/lb"):
                fed = [types for source, outlet in self.sources(box) for types in self.emitted(source, outlet)]
                assert fed, f"nothing is wired to {box['text']}"
                for types in fed:
                    yield text[1], (*map(type_of, text[2:]), *types), box["text"]

    def taken(self) -> Iterator[tuple[str, list[Types]]]:
        """(address, what `unpack` expects of it) for every `route` of messages of the bridge."""
        for box in self.boxes.values():
            text = words(box)
            if text[:1] == ["route"]:
                for k, address in enumerate(text[1:]):
                    if address.startswith("/lb"):
                        yield (
                            address,
                            [
                                tuple("s" if word == "s" else type_of(word) for word in words(target)[1:])
                                for target in self.targets(box, k)
                                if words(target)[:1] == ["unpack"]
                            ],
                        )

    def emitted(self, box: Box, outlet: int) -> list[Types]:
        """The types of the messages that an outlet can put out."""
        name = box["maxclass"] if box["maxclass"] != "newobj" else words(box)[0]
        text = words(box)
        valueof = box.get("saved_attribute_attributes", {}).get("valueof", {})
        if name in ("number", "textbutton", "toggle", "sustain", "kslider", ">", "tab", "umenu", "live.text"):
            return [("s",)] if (name in ("tab", "umenu") and outlet == 1) else [("i",)]
        if name == "tosymbol":
            return [("s",)]
        if name in ("live.menu", "live.tab"):
            return [("s",) if outlet == 1 else ("i",)]
        if name in ("live.dial", "flonum"):
            return [("i",) if valueof.get("parameter_type") == 1 else ("f",)]
        if name in ("pack", "pak"):
            return [tuple(type_of(word) for word in text[1:])]
        if name == "expr":
            return [("f" if "." in box["text"] else "i",)]
        if name == "multislider":
            return [(MANY,)]
        if name in ("vexpr", "clip"):
            return [(MANY,)] if name == "vexpr" else self._through(box, 0)
        if name == "t" and text[1 + outlet] == "b":  # what gets the bang puts out what it had before
            return []
        if name in ("t", "change"):
            return self._through(box, 0)
        if text[:2] == ["zl", "reg"]:
            return self._through(box, 0) or self._through(box, 1)
        if name == "message" and text[:1] == ["set"]:
            return []
        if text[:2] == ["zl", "group"]:
            return [(MANY,)]
        if name == "gate":
            return self._through(box, 1)
        if name in ("bpatcher", "inlet"):  # what lb.heard puts out on the right of it, by its reference
            return [("i", "i")] if outlet == 1 else []
        raise AssertionError(f"teach this reader what {name} puts out: {box.get('text', '')}")

    def _through(self, box: Box, inlet: int) -> list[Types]:
        return [types for source, outlet in self.sources(box, inlet) for types in self.emitted(source, outlet)]
