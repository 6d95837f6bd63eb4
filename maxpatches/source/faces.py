"""Draws the face of a patch (its presentation mode) as SVG, close to what Max shows; needs no Max."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maxpatches.source.face_controls import DRAW, Box, draw_object

Patch = dict[str, Any]
Load = Callable[[str], Patch]
"""A patch by its file name."""


def draw(patch: Patch, load: Load) -> str:
    """SVG of the presentation of a patch, or of its patching view when it has no presentation."""
    inner = patch["patcher"]
    width, height = inner["rect"][2:]
    if inner.get("devicewidth"):
        width, height = inner["devicewidth"], 170.0
    body = _patcher(inner, load)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><rect width="100%" height="100%" fill="#e5e5e5"/>{body}</svg>\n'
    )


def _patcher(inner: Patch, load: Load) -> str:
    is_face = bool(inner.get("openinpresentation"))
    boxes = [entry["box"] for entry in inner["boxes"]]
    if is_face:
        boxes = [box for box in boxes if box.get("presentation")]
    boxes.sort(key=lambda box: not box.get("background"))
    shown = _at_start(inner)
    boxes = [box | {"shown": shown[box["id"]]} if box["id"] in shown else box for box in boxes]
    drawn = [_box(box, box["presentation_rect" if is_face else "patching_rect"], load) for box in boxes]
    return "".join(drawn if is_face else [*_wires(inner, {box["id"]: box for box in boxes}), *drawn])


def _at_start(inner: Patch) -> dict[str, list[float]]:
    """What `loadmess` puts into controls when the patch is opened: id -> numbers."""
    texts = {entry["box"]["id"]: entry["box"].get("text", "").split() for entry in inner["boxes"]}
    found = {}
    for entry in inner["lines"]:
        (source, _), (target, inlet) = entry["patchline"]["source"], entry["patchline"]["destination"]
        words = texts[source]
        if words[:1] == ["loadmess"] and inlet == 0:
            numbers = [word for word in words[1:] if word.replace(".", "").replace("-", "").isdigit()]
            found[target] = [float(number) for number in numbers]
    return {name: numbers for name, numbers in found.items() if numbers}


def _wires(inner: Patch, boxes: dict[str, Box]) -> list[str]:
    def port(box: Box, number: int, count: int, low: bool) -> tuple[float, float]:
        x, y, w, h = box["patching_rect"]
        return x + 9 + (w - 18) * number / max(1, count - 1), y + h * low

    drawn = []
    for entry in inner["lines"]:
        (source, outlet), (target, inlet) = entry["patchline"]["source"], entry["patchline"]["destination"]
        x1, y1 = port(boxes[source], outlet, boxes[source]["numoutlets"], True)
        x2, y2 = port(boxes[target], inlet, boxes[target]["numinlets"], False)
        bend = max(12.0, abs(y2 - y1) / 3)
        path = f"M{x1:.1f} {y1:.1f} C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}"
        drawn.append(f'<path d="{path}" fill="none" stroke="#8a9096" stroke-width="1.4"/>')
    return drawn


def _box(box: Box, rect: list[float], load: Load) -> str:
    x, y, w, h = rect
    drawn = DRAW.get(box["maxclass"], draw_object)(box, w, h)
    if box["maxclass"] == "bpatcher":
        inner = box["patcher"] if "patcher" in box else load(box["name"])["patcher"]
        drawn = f'<svg width="{w:g}" height="{h:g}">{_patcher(inner, load)}</svg>'
    return f'<g transform="translate({x:g} {y:g})">{drawn}</g>'
