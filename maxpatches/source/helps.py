"""Help patches: one per abstraction, with tabs."""

from __future__ import annotations

from typing import Any

from maxpatches.source import samples
from maxpatches.source.face_controls import wrapped
from maxpatches.source.parts import bridge
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Place, Sheet
from rt.osc.table import INCOMING, OUTGOING, TABLE

WIDTH = 760.0
SHORT = 32
"""Letters of a message that leaves room for words beside it."""
BESIDE = 400.0
"""Where these words begin."""


def draw(part: Reference) -> dict[str, Any]:
    """The help patch of an abstraction."""
    root = Sheet()
    root.patcher.__dict__["showrootpatcherontab"] = 0
    root.note(f"{part.name}: {part.digest}", (20, 0))
    _basic(root.tab("basic", (20, 1)), part)
    if part.name == bridge.REFERENCE.name:
        categories = dict.fromkeys(message.category for message in INCOMING.values())
        for k, category in enumerate(categories):
            chosen = [m for m in INCOMING.values() if m.category == category]
            _messages(root.tab(category.lower(), (20, 2 + k)), part, [m.address for m in chosen])
        _replies(root.tab("replies", (20, 2 + len(categories))), part, [m.address for m in TABLE if m.outgoing])
    else:
        _messages(root.tab("messages", (20, 2)), part, [a for a in part.addresses if a in INCOMING])
    _start(root.tab("?", (20, 9)))
    help_patch = root.finish(description=part.description, digest=part.digest, tags="latent-bridge, OSC")
    help_patch["patcher"]["rect"] = [100.0, 100.0, WIDTH + 60.0, 720.0]
    return help_patch


def _words(sheet: Sheet, text: str, at: Place, width: float) -> int:
    """A comment as high as its text; how many lines it has."""
    n_lines = len(wrapped(text, width - 6, 12.0))
    note = sheet.note(text, at, width=width)
    note.patching_rect = note.patching_rect._replace(h=6.0 + 15.0 * n_lines)
    return n_lines


def _title(sheet: Sheet, title: str, text: str) -> float:
    """Write both at the top; the row below them."""
    sheet.note(title, (20, 0), width=WIDTH - 40, fontsize=16.0, fontface=1)
    return 1.6 + 0.5 * _words(sheet, text, (20, 1), WIDTH - 40)


def _basic(sheet: Sheet, part: Reference) -> None:
    row = _title(sheet, part.name, part.description)
    is_bridge = part.name == bridge.REFERENCE.name
    listed = [f"{a.name} ({a.type}): {a.text} {a.default} when left out." for a in part.arguments]
    for text in (f"argument {k + 1}, {line}" for k, line in enumerate(listed)):
        sheet.note(text, (20, row), width=WIDTH - 40)
        row += 0.75
    tried = [(name, text) for name, text in part.messages if _example(name)]
    boxes = []
    for name, text in tried:
        boxes.append(sheet.message(_example(name), (20, row)))
        sheet.note(text, (180, row), width=WIDTH - 200)
        row += 1.0
    row += 0.5
    if is_bridge:
        boxes.append(sheet.message(samples.text(INCOMING["/lb/ping"]), (20, row)))
        row += 1.2
    top = sheet.view(part, (20, row))
    for box in boxes:
        sheet.wire(box, top)
    row += part.size[1] / 32 + 0.8
    connection = top
    if not is_bridge:
        connection = sheet.view(bridge.REFERENCE, (20, row))
        sheet.wire(top, connection)
        row += bridge.REFERENCE.size[1] / 32 + 0.8
        if part.name in ("lb.heard", "lb.presets"):
            sheet.wire(connection, top)
    # One connection in all tabs: two would share the reply port.
    sheet.wire(sheet.box(f"receive {_line(part)}", (520, row - 4.5)), connection)
    sheet.wire(connection, sheet.box(f"send {_line(part)}.replies", (20, row)))


def _line(part: Reference) -> str:
    return f"{part.name}.help"


def _example(name: str) -> str:
    """What to type for a message of a reference, empty where nothing fits a box."""
    words = {"NUMBER": "1", "NAME": "flute", "HERTZ": "0.5", "SIZE": "1.5"}
    plain = {"int": "69", "list": ""}
    if name in ("anything", "list"):
        return plain.get(name, "")
    return " ".join(words.get(word, plain.get(word, word)) for word in name.split())


def _messages(sheet: Sheet, part: Reference, addresses: list[str]) -> None:
    row = _title(sheet, "messages", "Click one; docs/osc.md tells their arguments, units and ranges.")
    boxes = []
    for address in addresses:
        message = INCOMING[address]
        text, ending = samples.text(message), samples.ending(message)
        is_long = len(text) > SHORT
        box = sheet.message(text, (20, row + 0.75 * is_long))
        left = 40 if is_long else BESIDE
        n_lines = _words(sheet, message.description, (left, row), WIDTH - 20 - left)
        if is_long:
            box.patching_rect = box.patching_rect._replace(w=WIDTH - 40)
        boxes.append(box)
        if ending:
            boxes.append(sheet.message(ending, (210, row)))
        row += 1.9 if is_long else max(1.25, 0.5 * n_lines + 0.3)
    target = sheet.box(f"send {_line(part)}", (20, row + 0.5))
    sheet.wires(*((box, target) for box in boxes))


def _replies(sheet: Sheet, part: Reference, addresses: list[str]) -> None:
    row = _title(sheet, "replies", "What the bridge sends comes out of the left outlet; here is each, sorted out.")
    source = sheet.box(f"receive {_line(part)}.replies", (20, row))
    row += 1.5
    for address in addresses:
        found = sheet.box(f"route {address}", (20, row))
        shown = sheet.box("prepend set", (220, row))
        value = sheet.message("", (320, row), extent=(420, 22))
        sheet.note(OUTGOING[address].description, (320, row + 0.75), width=420)
        sheet.wires((source, found), (found, shown), (shown, value))
        row += 1.6


def _start(sheet: Sheet) -> None:
    text = (
        "The bridge is a program of its own, beside Max: open a terminal in its folder and type   make play\n"
        "The lamp of lb.bridge lights up when it answers. Its sound goes to the sound card, not through Max; "
        "to record it in Max or in Live use JACK, BlackHole or another loopback (docs/daw.md).\n"
        "On another computer: start it with --osc-host 0.0.0.0 and give lb.bridge its address as first argument and "
        "the address of this computer as fourth."
    )
    row = _title(sheet, "How to start the bridge", text)
    sheet.note(
        "All addresses, all settings: docs/osc.md and rt/config/default.toml in that folder.",
        (20, row + 1.5),
        width=600,
    )
