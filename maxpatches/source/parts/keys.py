"""lb.keys: notes from a keyboard on the screen, from MIDI and from the inlet."""

from __future__ import annotations

from py2max.core import Box

from maxpatches.source import controls, look
from maxpatches.source.names import instruments
from maxpatches.source.reference import Argument, Reference
from maxpatches.source.sheet import Place, Sheet, osc
from rt.osc.table import INCOMING

REFERENCE = Reference(
    name="lb.keys",
    digest="Notes from MIDI and from the screen",
    description=(
        "Plays notes of one channel: from the keyboard on its face, from MIDI input, and from lists of pitch and "
        "velocity at its inlet. The sustain pedal (controller 64) holds notes, the wheel bends by two semitones; with "
        "legato, overlapping notes glide into each other for the time of glide. Wire the outlet to lb.bridge."
    ),
    inlets=("pitch and velocity; velocity 0 ends the note",),
    outlets=("OSC messages for lb.bridge",),
    arguments=(Argument("channel", "int", "1", "Channel 1 to 16; each has its own instrument."),),
    messages=(
        ("list", "Pitch and velocity of a note."),
        ("instrument NAME", "New notes are played by another instrument."),
    ),
    size=(480, 170),
    addresses=("/lb/note", "/lb/instrument", "/lb/bend", "/lb/gain", "/lb/alive", "/lb/legato"),
)


def draw(sheet: Sheet) -> None:
    """Draw it on an empty sheet."""
    box, wires = sheet.box, sheet.wires
    sheet.head("lb.keys", "MIDI in, or click the keys", (760, 0))
    out = sheet.outlet((20, 17), "OSC messages for lb.bridge")

    into = sheet.inlet((20, 0), "pitch and velocity, or instrument NAME")
    kinds = box("route instrument", (20, 1.5))
    wires((into, kinds))

    sheet.note("MIDI", (130, 3))
    notes = box("notein", (130, 4))
    pair = box("pack 0 0", (130, 6))
    open_midi = box("textbutton", (250, 4), face=(330, 8, 66, 22), **controls.toggle("MIDI in"))
    on = sheet.box("loadmess 1", (250, 3))
    through = box("gate", (130, 7))
    wires((notes, pair), (notes, pair, 1, 1), (pair, through, 0, 1), (on, open_midi), (open_midi, through))

    sheet.note("screen", (350, 3))
    clicked = box("pack 0 0", (350, 9))

    keys = box("kslider", (350, 6), face=(10, 108, 460, 52), extent=(180, 53), range=61, offset=36, mode=2, **look.KEYS)
    shown = box("prepend set", (250, 8))
    hold = box("sustain", (130, 11))
    held = box("pack 60 100 1", (130, 13))
    note = box(f"prepend {osc('/lb/note')}", (130, 14))
    wires((through, hold), (kinds, hold, 1), (clicked, hold), (hold, held), (hold, held, 1, 1), (held, note))
    wires((note, out), (keys, clicked), (keys, clicked, 1, 1), (through, shown), (kinds, shown, 1), (shown, keys))
    clear = sheet.message("clear", (350, 11))
    controls.hush(sheet, (350, 10), clear)
    wires((clear, hold), (clear, keys))

    sheet.note("pedal", (20, 7))
    down = sheet.chain((20, 8), "ctlin 64", "> 63")[-1]
    foot = box("textbutton", (20, 10), face=(402, 8, 68, 22), extent=(68, 22), **controls.toggle("pedal"))
    wires((down, foot), (foot, hold, 0, 2))

    sheet.note("channel", (560, 3))
    channel = box("patcherargs 1", (560, 4))
    number = box("t i i i", (560, 5))
    sheet.note("instrument", (560, 6))
    menu = box("umenu", (560, 7), face=(10, 64, 120, 22), items=controls.items(instruments()), **look.MENU)
    chosen = box(f"pack {instruments()[0]} 1", (560, 9))
    named = box("prepend setsymbol", (640, 6))
    instrument = box(f"prepend {osc('/lb/instrument')}", (560, 10))
    wires((channel, number), (number, chosen, 0, 1), (number, held, 1, 2), (menu, chosen, 1), (chosen, instrument))
    _legato(sheet, (1090, 5), number, out)
    wires((instrument, out), (kinds, chosen), (kinds, named), (named, menu))
    sheet.label("instrument", (560, 11), (10, 44, 100, 18))

    sheet.note("wheel", (760, 4))
    bent = sheet.chain((760, 5), "bendin", "expr ($i1 - 64) / 32.")[-1]
    again = controls.repeat(sheet, (760, 13), chosen)
    left, x = 140.0, 760.0
    for address, arg_name in (("/lb/bend", "bend"), ("/lb/gain", "level"), ("/lb/alive", "amount")):
        at, face = (x, 8.0), (left, 44.0, 60.0, 48.0)
        if address == "/lb/bend":  # as far as a wheel bends by itself
            dial = controls.dial(sheet, at, face, "bend", -2.0, 2.0, 0.0, unit="st")
            wires((bent, dial))
        else:
            dial = controls.dial_of(sheet, at, face, address, arg_name, 0.0)
        sent = box(f"prepend {osc(address)}", (x, 11))
        wires((dial, sent), (sent, out), (again, dial))
        left, x = left + 64.0, x + 115.0


def _legato(sheet: Sheet, at: Place, channel: Box, out: Box) -> None:
    """A switch and a time; `channel` puts its number out of its third outlet."""
    x, row = at
    _, time, _ = INCOMING["/lb/legato"].args
    assert time.low is not None
    assert time.high is not None
    assert time.default is not None
    rest = float(time.default)
    sheet.note("legato", (x, row - 1))
    button = sheet.box("textbutton", (x, row), face=(402, 66, 68, 22), extent=(68, 22), **controls.toggle("legato"))
    glide = controls.dial(
        sheet, (x, row + 3), (332, 44, 60, 48), "glide", time.low, time.high, rest, unit="%.2f s", exponent=3.0
    )
    facts = sheet.box(f"pak 0 {rest} 1", (x, row + 6))
    sent = sheet.box(f"prepend {osc('/lb/legato')}", (x, row + 7))
    controls.repeat(sheet, (x, row + 8), facts)
    sheet.wires((button, facts), (glide, facts, 0, 1), (channel, facts, 2, 2), (facts, sent), (sent, out))
