"""extras: the overview that Max lists, with a door to everything."""

from __future__ import annotations

from typing import Any

from maxpatches.source import examples, look
from maxpatches.source.parts import ALL, bridge
from maxpatches.source.sheet import Sheet

WIDTH = 500.0


def draw() -> dict[str, Any]:
    """The overview patch."""
    top = 160.0
    height = top + 26.0 * len(ALL) + 40 + 30 * len(examples.ALL) + 20
    sheet = Sheet(face=(WIDTH, height))
    ground = {**look.PANEL, "bgcolor": list(look.FIELD), "bgfillcolor": {"type": "color", "color": list(look.FIELD)}}
    sheet.box("panel", (1100, 0), face=(0, 0, WIDTH, height), extent=(60, 22), **ground)
    sheet.label("latent-bridge", (1100, 1), (12, 6, 300, 26), **{**look.TITLE, "fontsize": 18.0})
    text = "Start the bridge with make play; the lamp lights up when it answers."
    sheet.label(text, (1100, 2), (12, 32, WIDTH - 24, 18), **look.LABEL)
    sheet.view(bridge.REFERENCE, (1100, 4), face=(10, 54))

    door = sheet.box("pcontrol", (20, 30))
    row, y = 0.0, top
    for part in ALL:
        text = part.REFERENCE.digest
        _button(sheet, door, part.REFERENCE.name, f"load {part.REFERENCE.name}.maxhelp", (20, row), (10, y, 110, 22))
        sheet.label(text, (330, row), (128, y + 2, WIDTH - 138, 18), **look.VALUE)
        row, y = row + 1, y + 26
    sheet.label("examples", (330, row), (8, y + 8, 200, 18))
    row, y = row + 1, y + 30
    for name, function in examples.ALL.items():
        _button(sheet, door, name, f'load "{name}.maxpat"', (20, row), (10, y, 170, 24))
        text = (function.__doc__ or "").partition(": ")[2].rstrip(".")
        sheet.label(text, (450, row), (188, y + 3, WIDTH - 198, 18), **look.VALUE)
        row, y = row + 1, y + 30
    return sheet.finish(
        description="Everything that comes with latent-bridge", digest="latent-bridge overview", tags="latent-bridge"
    )


def _button(sheet: Sheet, door: Any, text: str, message: str, at: Any, face: Any) -> None:
    button = sheet.box("textbutton", at, face=face, extent=(140, 22), text=text, **look.BUTTON)
    load = sheet.message(message, (at[0] + 150, at[1]))
    sheet.wires((button, load), (load, door))
