"""lb.presets: everything that is set in the bridge, saved under names."""

from __future__ import annotations

from maxpatches.source import controls, look
from maxpatches.source.reference import Reference
from maxpatches.source.sheet import Sheet, osc

REFERENCE = Reference(
    name="lb.presets",
    digest="Presets: everything that is set, under names",
    description=(
        "Lists the presets of the bridge and loads the one that is chosen. Type a name and press return to save what "
        "is set now; delete takes away the one that the menu shows, if it is one of yours. "
        "Wire the inlet to the left outlet of lb.bridge, and the outlet to its inlet."
    ),
    inlets=("what lb.bridge puts out",),
    outlets=("OSC messages for lb.bridge",),
    messages=(("anything", "What lb.bridge puts out."),),
    size=(480, 66),
    addresses=("/lb/preset", "/lb/preset.reply", "/lb/done"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    preset = osc("/lb/preset")
    sheet.head("lb.presets", "", (860, 0))
    into = sheet.inlet((20, 0), "what lb.bridge puts out")
    out = sheet.outlet((20, 14), "OSC messages for lb.bridge")
    kinds = box(f"route {osc('/lb/preset.reply')} {osc('/lb/done')}", (20, 1))
    wires((into, kinds))

    sheet.note("the list; its first name clears the menu", (20, 2))
    both = box("t l l", (20, 3))
    number, first, clear = box("zl nth 1", (120, 4)), box("sel 1", (120, 5)), sheet.message("clear", (120, 6))
    name, item = box("zl nth 3", (20, 5)), box("prepend append", (20, 6))
    menu = box("umenu", (20, 8), face=(10, 34, 190, 22), extent=(120, 22), **look.MENU)
    wires((kinds, both), (both, name), (both, number, 1), (number, first), (first, clear))
    wires((clear, menu), (name, item), (item, menu))

    sheet.note("load the chosen one", (20, 9.2))
    chosen = box("tosymbol", (20, 10))
    kept = box("t s s", (20, 11))
    load = box(f"prepend {preset} load", (20, 12))
    wires((menu, chosen, 1), (chosen, kept), (kept, load), (load, out))

    for k, (action, left) in enumerate((("previous", 206.0), ("next", 272.0))):
        face = (left, 34.0, 62.0, 22.0)
        button = box("textbutton", (280 + 130 * k, 3), face=face, extent=(70, 22), text=action, **look.BUTTON)
        step = sheet.message(f"{preset} {action}", (280 + 130 * k, 4))
        wires((button, step), (step, out))

    sheet.note("save under a name", (560, 2))
    typed = box("textedit", (560, 3), face=(338, 8, 132, 22), extent=(120, 22), lines=1, keymode=1, **look.VALUE)
    text, whole = sheet.box("route text", (560, 4)), sheet.box("tosymbol", (560, 5))
    save = box(f"prepend {preset} save", (560, 6))
    sheet.label("save as", (700, 3), (290, 11, 50, 18))
    wires((typed, text), (text, whole), (whole, save), (save, out))

    sheet.note("delete the chosen one", (280, 9.2))
    press = box("textbutton", (280, 10), face=(408, 34, 62, 22), extent=(70, 22), text="delete", **look.BUTTON)
    pressed, last = box("t b", (370, 10)), box("zl reg", (280, 11.2))
    delete = box(f"prepend {preset} delete", (280, 12.4))
    wires((press, pressed), (pressed, last), (kept, last, 1, 1), (last, delete), (delete, out))

    sheet.note("list when asked, when a bridge comes, and after each change", (560, 6.8))
    ask = sheet.message(f"{preset} list", (560, 12))
    listed = box("textbutton", (700, 10), face=(340, 34, 62, 22), extent=(70, 22), text="list", **look.BUTTON)
    command, detail = box("zl nth 1", (560, 9)), box("zl nth 2", (700, 9))
    whose, what = box(f"sel {preset}", (560, 10)), box("fromsymbol", (800, 10))
    verb, changed = box("zl nth 1", (800, 11)), box("sel save delete", (800, 12))
    done, passed = box("t l l", (560, 8)), box("gate", (800, 9))
    wires((kinds, done, 1), (done, command, 1), (done, detail), (command, whose))
    opened, closed = box("t 1", (620, 10.8)), box("t b 0", (900, 10.8))
    wires((whose, opened), (opened, passed), (detail, passed, 0, 1), (passed, what), (what, verb), (verb, changed))
    wires((whose, closed, 1), (closed, passed, 1), (changed, ask), (changed, ask, 1), (listed, ask), (ask, out))
    controls.repeat(sheet, (700, 11), ask)
